//! `collectionFormat` of Swagger 2.0: what separates the items of a list (Swagger 2.0, Parameter Object).

use crate::diag::{Code, Diags, Pointer};
use crate::tree::{Map, Tree};

/// Converts `collectionFormat` of a list in the query or in a form to `style` and `explode`. `map` is a parameter or a header. The
/// problem of a shared parameter is reported where it is defined, so there are no `diags` where it is used.
pub(super) fn convert(map: &mut Map, at: &Pointer, diags: Option<&mut Diags>) {
    if map.get("type").and_then(Tree::as_str) != Some("array") {
        return;
    }
    let has_style = matches!(map.get("in").and_then(Tree::as_str), Some("query" | "formData"));
    let format = map.get("collectionFormat").and_then(Tree::as_str).unwrap_or("csv").to_owned();
    let style = match format.as_str() {
        "multi" if has_style => Some(("form", true)),
        "ssv" if has_style => Some(("spaceDelimited", false)),
        "pipes" if has_style => Some(("pipeDelimited", false)),
        "csv" => Some(("form", false)),
        _ => None,
    };
    if let Some(diags) = diags {
        if style.is_none() {
            let message = format!("`collectionFormat: {format}` is not supported here; `csv` is used");
            diags.warn(Code::Unsupported, at, message).help("use another `collectionFormat`");
        }
        report_nested(map, at, diags);
    }
    if has_style {
        let (style, explode) = style.unwrap_or(("form", false));
        map.insert("style".to_owned(), Tree::from(style));
        map.insert("explode".to_owned(), Tree::Bool(explode));
    }
}

/// Reports a list of lists, whose inner lists are JSON.
fn report_nested(map: &Map, at: &Pointer, diags: &mut Diags) {
    let inner = map.get("items").filter(|items| items.get("type").and_then(Tree::as_str) == Some("array"));
    if inner.is_some() {
        diags
            .warn(
                Code::Unsupported,
                &at.push("items"),
                "a list in a list has no `collectionFormat` here; it is written as JSON",
            )
            .help("describe the items as strings, or send the lists in a body");
    }
}
