//! Bodies that are sequences of items: `itemSchema` (OpenAPI 3.2.0 §4.14.2), or what documents of earlier versions use instead.

use super::facts::{self, Facts, JsonType, Part};
use super::lowering::{Lowering, NameSite};
use super::schema;
use crate::diag::{Code, Pointer};
use crate::ir::{Role, Scalar, Ty};

/// The type of the items of a sequence, by `itemSchema`, the items of an array, or the schema itself.
pub(super) fn lower_item(cx: &mut Lowering<'_, '_>, schema: Option<&Pointer>, at: &Pointer, site: &NameSite) -> Ty {
    let item = item_schema(cx, at).or_else(|| schema.cloned());
    let Some(item) = item else { return Ty::Any };
    let items = cx.object(&item).filter(|node| node.str("type") == Some("array")).and_then(|node| node.get("items"));
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
        let contents = content_schemas(cx, &data);
        report_ignored_parts(cx, &event, &data, contents.len(), &item);
        return contents.first().map_or(text, |at| schema::lower_schema(cx, at, site));
    }
    match lower_item(cx, schema, at, site) {
        Ty::Any => text,
        ty => ty,
    }
}

/// The schemas of the data of events: `contentSchema` of the property, of what it refers to, and of the parts of an `allOf`.
fn content_schemas(cx: &mut Lowering<'_, '_>, data: &[Part]) -> Vec<Pointer> {
    let mut found = Vec::new();
    for part in data {
        let own = cx.spec.node(&part.at);
        let target = cx.object(&part.at).filter(|target| target.at != part.at);
        for schema in own.into_iter().chain(target) {
            for part in std::iter::once(schema.clone()).chain(schema.items("allOf")) {
                let Some(content) = part.get("contentSchema") else { continue };
                cx.contents.insert(content.at.clone(), true);
                found.push(content.at);
            }
        }
    }
    found
}

/// Reports the strings whose `contentSchema` nothing reads (JSON Schema Validation 2020-12 §8.5).
pub(super) fn report_unread_contents(cx: &mut Lowering<'_, '_>) {
    for (at, _) in cx.contents.iter().filter(|(_, is_read)| !**is_read) {
        cx.diags
            .warn(Code::IgnoredKey, at, "`contentSchema` is ignored: the values of strings are not parsed")
            .help("parse and check the value yourself, or send it as JSON instead of as a string");
    }
}

/// Reports what is said of events, apart from one `contentSchema` of their data.
fn report_ignored_parts(cx: &mut Lowering<'_, '_>, event: &Facts, data: &[Part], contents: usize, at: &Pointer) {
    let said = facts::gather(cx, data);
    let is_text = said.types.as_ref().is_none_or(|types| types.iter().all(|ty| *ty == JsonType::String));
    let is_simple = |facts: &Facts| facts.unions.is_empty() && facts.conditions.is_empty() && facts.values.is_none();
    let has_data = event.properties.is_empty() || event.properties.contains_key("data");
    let says_one = contents == 1 || (contents == 0 && is_text && said.validation.is_empty());
    if !(has_data && says_one && is_simple(event) && is_simple(&said)) && cx.first_report(at) {
        let data = if contents == 0 { "as text" } else { "as the type of all events" };
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
