//! Bodies that are one item after the other: `itemSchema` (OpenAPI 3.2.0 §4.14.2), or what earlier versions write in its place.

use super::cx::{Cx, Site};
use super::schema;
use crate::diag::Pointer;
use crate::ir::{Role, Scalar, Ty};
use crate::spec::Node;

/// The type of the values of a sequence: `itemSchema`, the items of a list, or the schema itself.
pub(super) fn lower_item(cx: &mut Cx<'_, '_>, schema: Option<&Pointer>, at: &Pointer, site: &Site) -> Ty {
    let said = item_schema(cx, at).or_else(|| schema.cloned());
    let Some(said) = said else { return Ty::Any };
    let items = node(cx, &said).filter(|node| node.str("type") == Some("array")).and_then(|node| node.get("items"));
    match items {
        Some(items) => schema::lower_schema(cx, &items.at, &site.with(Role::Item)),
        None => schema::lower_schema(cx, &said, site),
    }
}

/// The type of the data of events; a string if nothing is said of it.
///
/// An `itemSchema` describes the whole event, whose `data` may have a `contentSchema`. Earlier versions know nothing of events:
/// there the schema is that of the data, or of a list of them.
pub(super) fn lower_event(cx: &mut Cx<'_, '_>, schema: Option<&Pointer>, at: &Pointer, site: &Site) -> Ty {
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

fn item_schema(cx: &Cx<'_, '_>, at: &Pointer) -> Option<Pointer> {
    Some(cx.spec.node(at)?.get("itemSchema")?.at)
}

/// The schema at a place, behind its references.
fn node<'d>(cx: &mut Cx<'d, '_>, at: &Pointer) -> Option<Node<'d>> {
    let node = cx.spec.node(at)?;
    cx.resolve(node)
}
