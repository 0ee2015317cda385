//! Bodies that are sequences of items: `itemSchema` (OpenAPI 3.2.0 §4.14.2), or what documents of earlier versions use instead.

use super::facts::{self, Facts, JsonType, Part};
use super::lowering::{Lowering, NameSite};
use super::schema;
use crate::diag::{Code, Pointer};
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
    if let Some(item) = item_schema(cx, at) {
        let event = facts::gather(cx, &[Part::whole(&item)]);
        let data = event.properties.get("data").cloned().unwrap_or_default();
        let places = data.iter().flat_map(|part| [Some(part.at.clone()), node(cx, &part.at).map(|node| node.at)]);
        let places: Vec<Pointer> = places.flatten().collect();
        let content = places.iter().find_map(|at| cx.spec.node(at)?.get("contentSchema")).map(|content| content.at);
        report_unread(cx, &event, &data, content.is_some(), &item);
        return content.map_or(text, |at| schema::lower_schema(cx, &at, site));
    }
    match lower_item(cx, schema, at, site) {
        Ty::Any => text,
        ty => ty,
    }
}

/// Reports what is said of events, apart from the `contentSchema` of their data.
fn report_unread(cx: &mut Lowering<'_, '_>, event: &Facts, data: &[Part], has_content: bool, at: &Pointer) {
    let said = facts::gather(cx, data);
    let is_text = said.types.as_ref().is_none_or(|types| types.iter().all(|ty| *ty == JsonType::String));
    let by_branch = !event.unions.is_empty() || !event.conditions.is_empty();
    if (by_branch || (!is_text && !has_content)) && cx.first_report(at) {
        let data = if has_content { "as the type of all events" } else { "as text" };
        cx.diags
            .warn(
                Code::FreeForm,
                at,
                format!("the data of these events is read {data}; the rest of this schema is ignored"),
            )
            .help("describe the data of every event by one `contentSchema` below `properties.data`");
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
