//! `rules.rs` and `rules.json`: the schemas that values are compared with as JSON.

use quote::quote;

use super::super::file::RustFile;
use super::super::{Cx, rules};

/// `rules.rs`
pub(super) fn file() -> RustFile {
    let mut file = RustFile {
        docs: vec![
            "Schemas that values are compared with as JSON: for `oneOf`, `not`, `if` and similar keywords.".into(),
        ],
        ..RustFile::default()
    };
    file.tokens(quote! {
        /// The schemas, by their names.
        pub static RULES: crategen_runtime::models::Rules =
            crategen_runtime::models::Rules::new(include_str!("rules.json"));
    });
    file
}

/// `rules.json`: one schema per line.
pub(super) fn json(cx: &Cx<'_>) -> String {
    let entries: Vec<String> = rules::all(cx)
        .into_iter()
        .map(|(name, schema)| format!("{}: {}", crate::ir::Literal::String(name).json(), schema.json()))
        .collect();
    format!("{{\n{}\n}}\n", entries.join(",\n"))
}
