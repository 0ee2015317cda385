//! Keywords for values of any type: `type`, `enum`, `const`, `format` (JSON Schema Validation 2020-12 §6.1 and §7).

use std::collections::BTreeSet;

use super::super::lowering::Lowering;
use super::json_type::{JsonType, intersect};
use super::keys::has;
use super::model::Facts;
use super::values;
use crate::diag::{Code, Pointer};
use crate::spec::Node;
use crate::tree::Tree;
use crate::vocabulary;

/// Formats that the type already shows, or that add nothing. Others are documented.
const IN_TYPES: [&str; 20] = [
    "int8",
    "int16",
    "int32",
    "int64",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "uint",
    "float",
    "double",
    "date",
    "date-time",
    "uuid",
    "byte",
    "base64",
    "binary",
    "file",
    "password",
    "string",
];

/// Adds the types and values that a schema allows. The only branch of a union replaces a `type` beside the union that excludes it.
pub(super) fn add(cx: &mut Lowering<'_, '_>, facts: &mut Facts, node: &Node<'_>, is_branch: bool) {
    add_types(cx, facts, node, is_branch);
    if let Some(format) = node.str("format") {
        facts.format.get_or_insert_with(|| format.to_owned());
        let shown = format!("Format: `{}`.", format.replace('`', "'"));
        if !format.trim().is_empty() && !IN_TYPES.contains(&format) && !facts.docs.notes.contains(&shown) {
            facts.docs.notes.push(shown);
        }
    }
    // An annotation (JSON Schema Validation 2020-12 §8.3): text that is not encoded is valid as well.
    if let Some(encoding) = node.str("contentEncoding") {
        facts.string_keywords = true;
        facts.docs.notes.push(format!("The text is encoded as `{}`.", encoding.replace('`', "'")));
    }
    facts.string_keywords |= node.get("contentMediaType").is_some();
    facts.contents.extend(node.get("contentSchema").filter(restricts).map(|content| content.at));
    values::add(cx, facts, node);
    facts.string_keywords |= has(node, vocabulary::STRINGS);
    facts.number_keywords |= has(node, vocabulary::NUMBERS);
}

/// Whether a schema restricts its values.
fn restricts(schema: &Node<'_>) -> bool {
    match schema.tree {
        Tree::Object(map) => map.keys().any(|key| !vocabulary::restricts_nothing(key)),
        other => *other != Tree::Bool(true),
    }
}

fn add_types(cx: &mut Lowering<'_, '_>, facts: &mut Facts, node: &Node<'_>, is_branch: bool) {
    let Some(found) = node.get("type") else { return };
    let names: Vec<(Pointer, &str)> = match found.tree {
        Tree::String(name) => vec![(found.at.clone(), name)],
        _ => node.items("type").filter_map(|item| Some((item.at, item.tree.as_str()?))).collect(),
    };
    let mut types = BTreeSet::new();
    for (at, name) in names {
        match JsonType::parse(name) {
            Some(ty) => {
                types.insert(ty);
            }
            None if name == "file" => {
                types.insert(JsonType::String);
                facts.format.get_or_insert_with(|| "binary".to_owned());
            }
            None => {
                if cx.first_report(&at) {
                    cx.diags
                        .warn(Code::OddSchema, &at, format!("`{name}` is not a JSON Schema type; it is ignored"))
                        .help("use one of `string`, `number`, `integer`, `boolean`, `array`, `object`, `null`");
                }
            }
        }
    }
    if types.is_empty() {
        return;
    }
    facts.types = Some(match facts.types.take() {
        None => types,
        Some(before) => {
            let both = intersect(&before, &types);
            match both.is_empty() {
                true if is_branch && !cx.config.literal_schemas => {
                    report_excluded(cx, node);
                    types
                }
                true => {
                    facts.never = true;
                    before
                }
                false => both,
            }
        }
    });
}

/// Reports a branch that has none of the types that the schema around it allows. Taken literally, no value satisfies such a branch.
/// Documents that write `type: object` beside it mean one of the other branches.
pub(in super::super) fn report_excluded(cx: &mut Lowering<'_, '_>, branch: &Node<'_>) {
    if cx.first_report(&branch.at.push("type")) {
        cx.diags
            .warn(
                Code::OddSchema,
                &branch.at,
                "the `type` beside these branches excludes this branch; it is ignored for this branch",
            )
            .help("remove the `type` beside `oneOf` or `anyOf`");
    }
}
