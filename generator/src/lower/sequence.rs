//! Bodies that are sequences of items: `itemSchema` (OpenAPI 3.2.0 §4.14.2), or what documents of earlier versions use instead.

use super::lowering::{Lowering, NameSite};
use super::schema;
use crate::diag::Pointer;
use crate::ir::{Role, Scalar, Ty};
use crate::spec::Node;

/// The type of the items of a sequence, by `itemSchema`, the items of an array, or the schema itself.
pub(super) fn lower_item(cx: &mut Lowering<'_, '_>, schema: Option<&Pointer>, at: &Pointer, site: &NameSite) -> Ty {
    let item = item_schema(cx, at).or_else(|| schema.cloned());
    let Some(item) = item else { return Ty::Any };
    let items = node(cx, &item).filter(|node| node.str("type") == Some("array")).and_then(|node| node.get("items"));
    match items {
        Some(items) => schema::lower_schema(cx, &items.at, &site.with(Role::Item)),
        None => schema::lower_schema(cx, &item, site),
    }
}

/// The type of the data of events; a string if the document does not say.
///
/// An `itemSchema` describes the whole event, whose `data` may have a `contentSchema`. In earlier versions,
/// the schema is that of the data, or of an array of them.
pub(super) fn lower_event(cx: &mut Lowering<'_, '_>, schema: Option<&Pointer>, at: &Pointer, site: &NameSite) -> Ty {
    let text = Ty::Scalar(Scalar::String);
    if let Some(item) = item_schema(cx, at).and_then(|at| node(cx, &at)) {
        let data = item.get("properties").and_then(|properties| properties.get("data"));
        let Some(data) = data.and_then(|data| node(cx, &data.at)) else { return text };
        return data.get("contentSchema").map_or(text, |content| schema::lower_schema(cx, &content.at, site));
    }
    match lower_item(cx, schema, at, site) {
        Ty::Any => text,
        ty => ty,
    }
}

fn item_schema(cx: &Lowering<'_, '_>, at: &Pointer) -> Option<Pointer> {
    Some(cx.spec.node(at)?.get("itemSchema")?.at)
}

/// The schema at a place, behind its references.
fn node<'d>(cx: &mut Lowering<'d, '_>, at: &Pointer) -> Option<Node<'d>> {
    let node = cx.spec.node(at)?;
    cx.resolve(node)
}
