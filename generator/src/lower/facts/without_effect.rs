//! Keywords that restrict values of a type that a schema excludes: `maxLength` of an integer, `properties` of a string.

use std::collections::BTreeSet;

use super::super::lowering::Lowering;
use super::json_type::JsonType;
use super::model::Facts;
use crate::diag::{Code, Pointer};
use crate::vocabulary::{self, Field};

/// Reports the keywords without effect. `places` are the schemas that were merged; only those inside `schema` are looked at, because a
/// schema that is referred to may have an effect elsewhere. Such keywords never refuse a value (JSON Schema Validation 2020-12 §6), so
/// nothing is generated from them.
pub(super) fn report(cx: &mut Lowering<'_, '_>, facts: &Facts, schema: &Pointer, places: &BTreeSet<Pointer>) {
    let Some(types) = facts.types.as_ref().filter(|_| !facts.never) else { return };
    let is_excluded = |ty: JsonType| !types.iter().any(|own| own.is_a(ty));
    let excluded: Vec<&Field> =
        GROUPS.into_iter().filter(|(ty, _)| is_excluded(*ty)).flat_map(|(_, keywords)| keywords).collect();
    let is_within = |at: &&Pointer| {
        let rest = at.path().strip_prefix(schema.path()).filter(|_| at.file() == schema.file());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    for at in places.iter().filter(is_within) {
        let Some(node) = cx.spec.node(at) else { continue };
        let keys = excluded.iter().map(|(key, _)| *key).filter(|key| node.get(key).is_some());
        let keys: Vec<String> = keys.map(|key| format!("`{key}`")).collect();
        if keys.is_empty() || !cx.first_report(&at.push("type")) {
            continue;
        }
        let have = if keys.len() == 1 { "has" } else { "have" };
        let values: Vec<&str> = types.iter().map(|ty| ty.plural()).collect();
        cx.diags
            .warn(
                Code::OddSchema,
                at,
                format!("{} {have} no effect: the values are {}", keys.join(", "), values.join(" or ")),
            )
            .help("remove what has no effect, or correct `type`");
    }
}

/// Reports the keywords of a schema without `type` that are about values of another type than the one it is read as. They would refuse
/// values of that other type.
pub(in super::super) fn report_of_other_types(cx: &mut Lowering<'_, '_>, read_as: JsonType, schema: &Pointer) {
    let Some(node) = cx.spec.node(schema) else { return };
    let others = GROUPS.into_iter().filter(|(ty, _)| *ty != read_as).flat_map(|(_, keywords)| keywords);
    // Without `properties`, `required` says that an object is meant.
    let keys = others.map(|(key, _)| *key).filter(|key| *key != "required" && node.get(key).is_some());
    let keys: Vec<String> = keys.map(|key| format!("`{key}`")).collect();
    if !keys.is_empty() && cx.first_report(&schema.push("type")) {
        let are = if keys.len() == 1 { "is" } else { "are" };
        let (keys, values) = (keys.join(", "), read_as.plural());
        let message = format!("without `type`, these values are read as {values}, so {keys} {are} not checked");
        cx.diags.warn(Code::OddSchema, schema, message).help("add `type`");
    }
}

/// The keywords for values of each type.
const GROUPS: [(JsonType, &[Field]); 4] = [
    (JsonType::String, vocabulary::STRINGS),
    (JsonType::Number, vocabulary::NUMBERS),
    (JsonType::Array, vocabulary::ARRAYS),
    (JsonType::Object, vocabulary::OBJECTS),
];
