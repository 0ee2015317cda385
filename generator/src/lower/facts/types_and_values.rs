//! Keywords for values of any type: `type`, `enum`, `const`, `format` (JSON Schema Validation 2020-12 §6.1 and §7).

use std::collections::BTreeSet;

use super::super::lowering::Lowering;
use super::json_type::{JsonType, intersect};
use super::keys::has;
use super::model::Facts;
use crate::diag::{Code, Pointer};
use crate::ir::Literal;
use crate::spec::Node;
use crate::tree::Tree;
use crate::vocabulary;

/// Adds the types and values that a schema allows.
pub(super) fn add(cx: &mut Lowering<'_, '_>, facts: &mut Facts, node: &Node<'_>) {
    add_types(cx, facts, node);
    facts.nullable |= node.flag("nullable") || node.flag("x-nullable");
    if let Some(format) = node.str("format") {
        facts.format.get_or_insert_with(|| format.to_owned());
    }
    if let Some(encoding) = node.str("contentEncoding") {
        facts.content_encoding.get_or_insert_with(|| encoding.to_owned());
    }
    let listed = node.get("enum").map(|_| node.items("enum").map(|v| (v.at, v.tree.clone())).collect::<Vec<_>>());
    // `Node::get` treats `null` as absent, but `const: null` is a value.
    let constant = node.tree.get("const").map(|tree| vec![(node.at.push("const"), tree.clone())]);
    for values in [listed, constant].into_iter().flatten() {
        facts.values = Some(match facts.values.take() {
            None => values,
            Some(before) => intersect_values(cx, node, before, values),
        });
    }
    facts.string_keywords |= has(node, vocabulary::STRINGS);
    facts.number_keywords |= has(node, vocabulary::NUMBERS);
}

/// Values with their places.
type Values = Vec<(Pointer, Literal)>;

/// The values that are in both lists. If there are none, the shorter list is used: documents that narrow a list of tags to a tag of
/// their own often forget to add it to the list.
fn intersect_values(cx: &mut Lowering<'_, '_>, node: &Node<'_>, before: Values, values: Values) -> Values {
    let listed: BTreeSet<String> = values.iter().map(|(_, value)| value.key()).collect();
    let both: Values = before.iter().filter(|(_, value)| listed.contains(&value.key())).cloned().collect();
    if !both.is_empty() || before.is_empty() || values.is_empty() || cx.config.literal_schemas {
        return both;
    }
    if cx.first_report(&node.at.push("enum")) {
        cx.diags
            .warn(
                Code::OddSchema,
                &node.at,
                "this list of values has no value in common with the other list; the shorter list is used",
            )
            .help("list the value in both places");
    }
    if values.len() < before.len() { values } else { before }
}

fn add_types(cx: &mut Lowering<'_, '_>, facts: &mut Facts, node: &Node<'_>) {
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
            if both.is_empty() {
                facts.never = true;
                before
            } else {
                both
            }
        }
    });
}
