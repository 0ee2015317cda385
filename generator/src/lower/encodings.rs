//! How the fields of forms are encoded (OpenAPI 3.0.3 §4.7.15).

use std::collections::BTreeMap;

use super::content::{is_text, mentions_file};
use super::lowering::Lowering;
use super::media_kind::is_json;
use super::text;
use crate::diag::{Code, Pointer};
use crate::ir::{FieldEncoding, Form, PartHeader, Shape, Style, Ty, essence};
use crate::spec::Node;

/// The Encoding Objects of the form at a place, by the names of its fields.
pub(super) fn lower(cx: &mut Lowering<'_, '_>, at: &Pointer) -> BTreeMap<String, FieldEncoding> {
    let Some(node) = cx.spec.node(at) else { return BTreeMap::new() };
    let mut encoding = |node: &Node<'_>| FieldEncoding {
        style: match node.str("style") {
            Some("form") => Some(Style::Form),
            Some("spaceDelimited") => Some(Style::SpaceDelimited),
            Some("pipeDelimited") => Some(Style::PipeDelimited),
            Some("deepObject") => Some(Style::DeepObject),
            _ => None,
        },
        explode: node.get("explode").and_then(|explode| explode.tree.as_bool()),
        allow_reserved: node.flag("allowReserved"),
        media_type: node.str("contentType").map(str::to_owned),
        headers: part_headers(cx, node),
    };
    node.entries("encoding").map(|(name, node)| (name.to_owned(), encoding(&node))).collect()
}

/// Reports fields of several parts whose media type is not JSON: their values are written as JSON.
pub(super) fn report_written_as_json(cx: &mut Lowering<'_, '_>, form: &Form, at: &Pointer) {
    let Ty::Named(id) = cx.api.resolve(form.ty.not_null()) else { return };
    let Shape::Struct(shape) = &cx.api.types[*id].shape else { return };
    let item = |ty: &Ty| match cx.api.resolve(ty.not_null()) {
        Ty::List(item) => (**item).clone(),
        ty => ty.clone(),
    };
    let mut found = Vec::new();
    for field in &shape.fields {
        let encoding = form.encodings.get(&field.wire);
        let media_type = encoding.and_then(|encoding| encoding.media_type.as_deref());
        let has_style = encoding.is_some_and(|encoding| encoding.style.is_some() || encoding.explode.is_some());
        let is_other = |media_type: &&str| !media_type.split(',').map(essence).any(|essence| may_be_json(&essence));
        let Some(media_type) = media_type.filter(is_other).filter(|_| !has_style) else { continue };
        let item = item(&field.ty);
        // Any value may be text.
        let is_any = item == Ty::Any && !is_text(media_type);
        if (is_any || text::has_parts(cx, &item)) && !mentions_file(cx, &field.ty) {
            found.push((field.wire.clone(), media_type.to_owned()));
        }
    }
    for (wire, media_type) in found {
        let at = at.push("encoding").push(&wire).push("contentType");
        if cx.first_report(&at) {
            let message = format!("`{wire}` is written and read as JSON, although its media type is `{media_type}`");
            cx.diags.warn(Code::Unsupported, &at, message).help("use `application/json`, or a field of type `string`");
        }
    }
}

/// Whether JSON is among the media types of a range.
fn may_be_json(essence: &str) -> bool {
    is_json(essence) || matches!(essence, "*/*" | "application/*")
}

/// The headers of a part. `Content-Type` is that of the Encoding Object.
fn part_headers(cx: &mut Lowering<'_, '_>, encoding: &Node<'_>) -> Vec<PartHeader> {
    let mut found = Vec::new();
    for (name, node) in encoding.entries("headers") {
        if let Some(header) = cx.object(&node.at).filter(|_| !name.eq_ignore_ascii_case("Content-Type")) {
            found.push(PartHeader { wire: name.to_owned(), required: header.flag("required") });
        }
    }
    found
}
