//! Which dialect a document is written in.

use crate::diag::{Code, Diags, Pointer};
use crate::load::Tree;

/// A version of the specification that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// Swagger 2.0.
    V20,
    /// OpenAPI 3.0.x.
    V30,
    /// OpenAPI 3.1.x.
    V31,
    /// OpenAPI 3.2.x.
    V32,
}

const READ: &str = "crategen reads Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2: `openapi: 3.0.3`";

/// Reads `openapi:`; an error says what was found and what is read.
pub(super) fn detect(tree: &Tree, at: &Pointer, diags: &mut Diags) -> Option<Version> {
    let Some(map) = tree.as_object() else {
        diags
            .error(Code::UnknownVersion, at, format!("the document is {}, not a mapping", tree.kind()))
            .help("an OpenAPI document starts with `openapi: 3.0.3`");
        return None;
    };
    let text = |tree: &Tree| match tree {
        Tree::String(text) => text.clone(),
        Tree::Number(number) => number.to_string(),
        other => other.kind().to_owned(),
    };
    if let Some(version) = map.get("swagger") {
        let version = text(version);
        if version == "2.0" || version == "2" {
            return Some(Version::V20);
        }
        let at = at.push("swagger");
        diags.error(Code::UnknownVersion, &at, format!("`swagger: {version}` is no version that is read")).help(READ);
        return None;
    }
    let Some(version) = map.get("openapi") else {
        diags.error(Code::UnknownVersion, at, "the document says no version: `openapi` is missing").help(READ);
        return None;
    };
    let version = text(version);
    let family = version.split('.').take(2).collect::<Vec<_>>().join(".");
    match family.as_str() {
        "3.0" | "3" => Some(Version::V30),
        "3.1" => Some(Version::V31),
        "3.2" => Some(Version::V32),
        _ => {
            let at = at.push("openapi");
            diags
                .error(Code::UnknownVersion, &at, format!("`openapi: {version}` is no version that is read"))
                .help(READ);
            None
        }
    }
}
