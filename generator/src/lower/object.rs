//! Objects, maps and lists.

use super::facts::{self, Additional, Facts, Part};
use super::lowering::{CheckSite, Lowering, NameSite};
use super::schema::target::{Target, reserve};
use super::{schema, union};
use crate::diag::{Code, Pointer};
use crate::ir::{Checks, Field, Presence, Rest, Role, Rule, Shape, Struct, Ty, TypeId};
use crate::tree::Tree;

/// Longer tuples become lists, because the standard library implements traits for at most this many items.
const MAX_TUPLE: usize = 12;

/// Lowers an array; its items are free-form if the document says nothing about them.
pub(super) fn lower_list(cx: &mut Lowering<'_, '_>, facts: &Facts, site: &NameSite) -> Ty {
    if !facts.prefix_items.is_empty() {
        return lower_positions(cx, facts, site);
    }
    Ty::List(Box::new(lower_items(cx, facts, site)))
}

fn lower_items(cx: &mut Lowering<'_, '_>, facts: &Facts, site: &NameSite) -> Ty {
    if facts.items.is_empty() { Ty::Any } else { schema::lower_parts(cx, &facts.items, &site.with(Role::Item)) }
}

/// Lowers an array with a schema for each position: a tuple if the length is fixed, otherwise a list. The list is of one type if
/// all positions have the same.
fn lower_positions(cx: &mut Lowering<'_, '_>, facts: &Facts, site: &NameSite) -> Ty {
    let positions = facts.prefix_items.iter().enumerate();
    let types: Vec<Ty> = positions
        .map(|(index, at)| schema::lower_parts(cx, &[Part::whole(at)], &site.with(Role::Position(index))))
        .collect();
    let length = types.len() as u64;
    let has_no_more = facts.validation.contains(&Rule::MaxItems(length))
        || facts.items.iter().any(|part| cx.spec.node(&part.at).is_some_and(|node| *node.tree == Tree::Bool(false)));
    if has_no_more && facts.validation.contains(&Rule::MinItems(length)) && types.len() <= MAX_TUPLE {
        return Ty::Tuple(types);
    }
    // Without a schema for them, further items may be anything.
    let Some(first) = facts.prefix_items.first() else { return Ty::List(Box::new(Ty::Any)) };
    if facts.items.is_empty() && !has_no_more {
        if types.iter().any(|ty| *ty != Ty::Any) {
            let message =
                format!("the items behind the first {length} may be anything, so the list is one of free-form JSON");
            report_free(cx, first, message, "add `items: false` if there are no others, or the schema that they have");
        }
        return Ty::List(Box::new(Ty::Any));
    }
    let mut alternatives: Vec<(Vec<Part>, Role)> = facts
        .prefix_items
        .iter()
        .enumerate()
        .map(|(index, at)| (vec![Part::whole(at)], Role::Position(index)))
        .collect();
    if !has_no_more || types.is_empty() {
        alternatives.push((facts.items.clone(), Role::Item));
    }
    Ty::List(Box::new(union::lower_one_of(cx, &alternatives, &site.with(Role::Item), first)))
}

/// Reports values that are free-form JSON although the document says something about them.
fn report_free(cx: &mut Lowering<'_, '_>, at: &Pointer, message: String, help: &str) {
    if cx.first_report(at) {
        cx.diags.warn(Code::FreeForm, at, message).help(help);
    }
}

/// Lowers an object: to a struct if it declares properties, otherwise to a map.
pub(super) fn lower_object(
    cx: &mut Lowering<'_, '_>,
    facts: &Facts,
    parts: &[Part],
    at: &Pointer,
    target: Target<'_>,
) -> Ty {
    let closed = facts.additional == Additional::Forbidden && facts.pattern_properties.is_empty();
    if facts.properties.is_empty() && !closed {
        return lower_map(cx, facts, &target.site());
    }
    let id = reserve(cx, facts, parts, at, target);
    cx.pending.push((CheckSite::Type(id), parts.to_vec()));
    let mut fields = Vec::new();
    let mut forbidden = Vec::new();
    for (wire, schemas) in &facts.properties {
        match lower_field(cx, facts, wire, schemas, id) {
            Some(field) => {
                cx.pending.push((CheckSite::Field(id, fields.len()), schemas.clone()));
                fields.push(field);
            }
            None => forbidden.push(wire.clone()),
        }
    }
    report_undeclared(cx, facts, at);
    let rest = lower_rest(cx, facts, id);
    cx.api.types[id].shape = Shape::Struct(Struct { fields, rest, forbidden, ..Struct::default() });
    Ty::Named(id)
}

fn lower_rest(cx: &mut Lowering<'_, '_>, facts: &Facts, id: TypeId) -> Rest {
    let no_patterns = facts.pattern_properties.is_empty();
    let site = NameSite::of_type(id);
    match &facts.additional {
        Additional::Unsaid if no_patterns && !has_rules_for_keys(cx, facts) => Rest::Ignore,
        Additional::Forbidden if no_patterns => Rest::Closed,
        Additional::Schema(schemas) if no_patterns => {
            cx.pending.push((CheckSite::Rest(id), schemas.clone()));
            Rest::Collect(schema::lower_parts(cx, schemas, &site.with(Role::Entry)))
        }
        _ => Rest::Collect(lower_entries(cx, facts, &site)),
    }
}

/// Whether undeclared properties must be kept because rules mention them.
fn has_rules_for_keys(cx: &Lowering<'_, '_>, facts: &Facts) -> bool {
    let undeclared = |name: &String| !facts.properties.contains_key(name);
    let mentioned = facts.dependent_required.iter().flat_map(|(key, others)| std::iter::once(key).chain(others));
    cx.config.literal_schemas
        || facts.required.iter().any(undeclared)
        || mentioned.clone().any(undeclared)
        || !facts.dependent_schemas.is_empty()
        || !facts.conditions.is_empty()
}

/// Patterns that match every key, or every key that people use.
const MATCHES_ALL: [&str; 9] = ["", ".*", ".+", "^.*", "^.+", "^.*$", "^.+$", "^.*?$", "^[\\s\\S]*$"];

fn lower_map(cx: &mut Lowering<'_, '_>, facts: &Facts, site: &NameSite) -> Ty {
    Ty::Map(Box::new(lower_entries(cx, facts, site)))
}

/// The type of the values of keys that are not declared: that of the only schema for them, or a union.
fn lower_entries(cx: &mut Lowering<'_, '_>, facts: &Facts, site: &NameSite) -> Ty {
    if let (Additional::Schema(schemas), []) = (&facts.additional, facts.pattern_properties.as_slice()) {
        return schema::lower_parts(cx, schemas, &site.with(Role::Entry));
    }
    let Some((pattern, first)) = facts.pattern_properties.first() else { return Ty::Any };
    if cx.config.literal_schemas {
        return Ty::Any;
    }
    let mut alternatives: Vec<(Vec<Part>, Role)> =
        facts.pattern_properties.iter().map(|(_, part)| (vec![part.clone()], Role::Entry)).collect();
    match &facts.additional {
        Additional::Schema(schemas) => alternatives.push((schemas.clone(), Role::Entry)),
        Additional::Forbidden => {}
        Additional::Unsaid if MATCHES_ALL.contains(&pattern.as_str()) => {}
        Additional::Unsaid | Additional::Free => {
            let message =
                format!("keys that do not match `{pattern}` may have any value, so the values are free-form JSON");
            report_free(
                cx,
                &first.at,
                message,
                "add `additionalProperties: false`, or the schema that other values have",
            );
            return Ty::Any;
        }
    }
    union::lower_one_of(cx, &alternatives, &site.with(Role::Entry), &first.at)
}

fn lower_field(
    cx: &mut Lowering<'_, '_>,
    object: &Facts,
    wire: &str,
    schemas: &[Part],
    owner: TypeId,
) -> Option<Field> {
    let ty = schema::lower_parts(cx, schemas, &NameSite::of_type(owner).with(Role::Property(wire.to_owned())));
    if ty == Ty::Never {
        return None;
    }
    let required = object.required.contains(wire);
    let facts = facts::gather(cx, schemas);
    let secret = facts.write_only || facts.format.as_deref() == Some("password") || is_secret_name(wire);
    let mut docs = facts.docs.clone();
    if let Some(example) = facts.example.as_ref().filter(|_| !secret) {
        docs.notes.push(format!("Example: `{}`", shortened(&example.value)));
    }
    Some(Field {
        at: schemas.first().map(|part| part.at.clone()).unwrap_or_default(),
        wire: wire.to_owned(),
        docs,
        presence: if required { Presence::Required } else { Presence::Optional },
        default: facts.default_value(),
        example: facts.example.clone(),
        boxed: false,
        secret,
        read_only: facts.read_only,
        write_only: facts.write_only,
        checks: Checks::default(),
        ty,
    })
}

/// A value as JSON, shortened to 80 characters.
fn shortened(value: &Tree) -> String {
    let text = value.json();
    let start: String = text.chars().take(80).map(|c| if c == '`' { '\'' } else { c }).collect();
    if start.len() < text.len() { format!("{start} ...") } else { start }
}

/// Whether a property is called like a secret, which must not appear in logs.
fn is_secret_name(wire: &str) -> bool {
    let name: String = wire.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    matches!(
        name.as_str(),
        "password"
            | "passwd"
            | "secret"
            | "token"
            | "apikey"
            | "accesstoken"
            | "refreshtoken"
            | "clientsecret"
            | "privatekey"
    ) || name.ends_with("password")
        || name.ends_with("secret")
}

/// Reports required properties that are not declared, because their type is not known.
fn report_undeclared(cx: &mut Lowering<'_, '_>, facts: &Facts, at: &Pointer) {
    if facts.additional != Additional::Unsaid {
        return;
    }
    for name in facts.required.iter().filter(|name| !facts.properties.contains_key(*name)) {
        if cx.first_report(&at.push("required").push(name)) {
            cx.diags
                .warn(Code::OddSchema, at, format!("`required` lists `{name}`, which is not a property of this schema"))
                .help(format!("add `{name}` to `properties`, or remove it from `required`"));
        }
    }
}
