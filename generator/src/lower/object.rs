//! Objects, maps and lists.

use super::facts::{self, Additional, Facts, Part};
use super::lowering::{CheckSite, Lowering, NameSite};
use super::schema;
use super::schema::target::{Target, reserve};
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
    let rest = lower_items(cx, facts, site);
    let item = match types.split_first() {
        Some((first, others)) if others.iter().all(|ty| ty == first) && (has_no_more || rest == *first) => {
            first.clone()
        }
        _ => Ty::Any,
    };
    Ty::List(Box::new(item))
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
                cx.pending.push((CheckSite::Field(id, wire.clone()), schemas.clone()));
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
    match &facts.additional {
        Additional::Unsaid if no_patterns && !has_rules_for_keys(cx, facts) => Rest::Ignore,
        Additional::Forbidden if no_patterns => Rest::Closed,
        Additional::Unsaid | Additional::Forbidden | Additional::Free => Rest::Collect(Ty::Any),
        Additional::Schema(schemas) => {
            let value = schema::lower_parts(cx, schemas, &NameSite::of_type(id).with(Role::Entry));
            if no_patterns {
                cx.pending.push((CheckSite::Rest(id), schemas.clone()));
            }
            Rest::Collect(if no_patterns { value } else { Ty::Any })
        }
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
    let value = match (&facts.additional, facts.pattern_properties.as_slice()) {
        (Additional::Schema(schemas), []) => schema::lower_parts(cx, schemas, &site.with(Role::Entry)),
        // Other keys may have other values, unless they are forbidden, or match as well.
        (additional, [(pattern, only)])
            if !cx.config.literal_schemas
                && (*additional == Additional::Forbidden
                    || (*additional == Additional::Unsaid && MATCHES_ALL.contains(&pattern.as_str()))) =>
        {
            schema::lower_parts(cx, std::slice::from_ref(only), &site.with(Role::Entry))
        }
        _ => Ty::Any,
    };
    Ty::Map(Box::new(value))
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
        docs.notes.push(format!("Example: `{}`", shortened(example)));
    }
    Some(Field {
        at: schemas.first().map(|part| part.at.clone()).unwrap_or_default(),
        wire: wire.to_owned(),
        docs,
        presence: if required { Presence::Required } else { Presence::Optional },
        default: facts.default_value(),
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
