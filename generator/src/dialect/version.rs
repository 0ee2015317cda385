//! Which dialect a document is written in.

use crate::diag::{Code, Diags, Pointer};
use crate::tree::Tree;

/// A supported version of the specification.
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

const SUPPORTED: &str =
    "write one of the supported versions, such as `openapi: 3.0.3`: OpenAPI 3.0, 3.1, 3.2, or Swagger 2.0";

/// Reads `openapi:` or `swagger:`. An unsupported version is an error.
pub(super) fn detect(tree: &Tree, at: &Pointer, diags: &mut Diags) -> Option<Version> {
    let Some(map) = tree.as_object() else {
        diags
            .error(Code::UnknownVersion, at, format!("the document is {}, not an object", tree.kind()))
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
        diags.error(Code::UnknownVersion, &at, format!("`swagger: {version}` is not supported")).help(SUPPORTED);
        return None;
    }
    let Some(version) = map.get("openapi") else {
        diags
            .error(Code::UnknownVersion, at, "`openapi` is missing, so the version of the document is unknown")
            .help(SUPPORTED);
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
            diags.error(Code::UnknownVersion, &at, format!("`openapi: {version}` is not supported")).help(SUPPORTED);
            None
        }
    }
}
