//! What a single file says otherwise than crates: included files are string literals, and examples are not compiled.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use syn::visit_mut::VisitMut;

use crate::emit;

/// Replaces each `include_str!("name")` by the text of that file, which is in `folder`. Examples name the crates that the modules of a
/// single file would be, so they are shown only.
pub(super) fn inline(file: &mut syn::File, files: &BTreeMap<PathBuf, &str>, folder: &Path) {
    Inline { files, folder }.visit_file_mut(file);
}

struct Inline<'f> {
    files: &'f BTreeMap<PathBuf, &'f str>,
    folder: &'f Path,
}

impl VisitMut for Inline<'_> {
    fn visit_attribute_mut(&mut self, attribute: &mut syn::Attribute) {
        if let syn::Meta::NameValue(pair) = &mut attribute.meta
            && pair.path.is_ident("doc")
            && let syn::Expr::Lit(text) = &mut pair.value
            && let syn::Lit::Str(line) = &mut text.lit
            && line.value().trim() == emit::FENCE
        {
            *line = syn::LitStr::new(" ```ignore", line.span());
        }
    }

    fn visit_expr_mut(&mut self, expression: &mut syn::Expr) {
        if let syn::Expr::Macro(call) = expression
            && call.mac.path.is_ident("include_str")
            && let Ok(name) = call.mac.parse_body::<syn::LitStr>()
            && let Some(text) = self.files.get(&self.folder.join(name.value()))
        {
            let literal = literal(text);
            *expression = syn::parse_quote!(#literal);
            return;
        }
        syn::visit_mut::visit_expr_mut(self, expression);
    }
}

/// A raw string literal with as many `#` as its text needs.
fn literal(text: &str) -> syn::LitStr {
    let mut hashes = "#".to_owned();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    let raw = syn::parse_str(&format!("r{hashes}\"{text}\"{hashes}"));
    // A raw string cannot hold a lone carriage return.
    raw.unwrap_or_else(|_| syn::LitStr::new(text, proc_macro2::Span::call_site()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::{Path, PathBuf};

    #[test]
    fn examples_are_not_compiled() {
        let mut file: syn::File = syn::parse_quote!(
            /// ```no_run
            /// shop_client::call();
            /// ```
            fn call() {}
        );
        super::inline(&mut file, &BTreeMap::new(), Path::new(""));
        assert!(prettyplease::unparse(&file).starts_with("/// ```ignore\n/// shop_client::call();\n/// ```\n"));
    }

    #[test]
    fn included_files_become_literals() {
        let json = "{\"a\": \"#\\\"#\"}\n";
        let files = BTreeMap::from([(PathBuf::from("mock.json"), json)]);
        let mut file: syn::File = syn::parse_quote!(
            static TEXT: Text = Text::new(include_str!("mock.json"));
        );
        super::inline(&mut file, &files, Path::new(""));
        let expected: syn::File = syn::parse_quote!(
            static TEXT: Text = Text::new(
                r###"{"a": "#\"#"}
"###,
            );
        );
        assert_eq!(prettyplease::unparse(&file), prettyplease::unparse(&expected).replace("###", "##"));
    }
}
