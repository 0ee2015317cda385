//! Objects, maps and lists.

use super::cx::{Cx, Place, Site};
use super::facts::{self, Additional, Facts, Part};
use super::schema::{self, Target};
use crate::diag::{Code, Pointer};
use crate::ir::{Checks, Field, Presence, Rest, Role, Rule, Shape, Struct, Ty, TypeId};
use crate::tree::Tree;

/// Tuples longer than this are lists: the standard library's traits end here.
const MAX_TUPLE: usize = 12;

/// A list of what its items are; free-form items if nothing says more.
pub(super) fn lower_list(cx: &mut Cx<'_, '_>, facts: &Facts, site: &Site) -> Ty {
    if !facts.prefix_items.is_empty() {
        return lower_positions(cx, facts, site);
    }
    Ty::List(Box::new(lower_items(cx, facts, site)))
}

fn lower_items(cx: &mut Cx<'_, '_>, facts: &Facts, site: &Site) -> Ty {
    if facts.items.is_empty() { Ty::Any } else { schema::lower_parts(cx, &facts.items, &site.with(Role::Item)) }
}

/// A tuple if the length is fixed, otherwise a list: of one type if every position has it.
fn lower_positions(cx: &mut Cx<'_, '_>, facts: &Facts, site: &Site) -> Ty {
    let positions = facts.prefix_items.iter().enumerate();
    let types: Vec<Ty> = positions
        .map(|(index, at)| schema::lower_parts(cx, &[Part::whole(at)], &site.with(Role::Position(index))))
        .collect();
    let length = types.len() as u64;
    let no_more = facts.limits.contains(&Rule::MaxItems(length))
        || facts.items.iter().any(|part| cx.spec.node(&part.at).is_some_and(|node| *node.tree == Tree::Bool(false)));
    if no_more && facts.limits.contains(&Rule::MinItems(length)) && types.len() <= MAX_TUPLE {
        return Ty::Tuple(types);
    }
    let rest = lower_items(cx, facts, site);
    let item = match types.split_first() {
        Some((first, others)) if others.iter().all(|ty| ty == first) && (no_more || rest == *first) => first.clone(),
        _ => Ty::Any,
    };
    Ty::List(Box::new(item))
}

/// A struct if properties are known, a map otherwise.
pub(super) fn lower_object(cx: &mut Cx<'_, '_>, facts: &Facts, parts: &[Part], at: &Pointer, target: Target<'_>) -> Ty {
    let closed = facts.additional == Additional::Forbidden && facts.pattern_properties.is_empty();
    if facts.properties.is_empty() && !closed {
        return lower_map(cx, facts, &target.site());
    }
    let id = schema::reserve(cx, facts, parts, at, target);
    cx.pending.push((Place::Type(id), parts.to_vec()));
    let mut fields = Vec::new();
    let mut forbidden = Vec::new();
    for (wire, schemas) in &facts.properties {
        match lower_field(cx, facts, wire, schemas, id) {
            Some(field) => {
                cx.pending.push((Place::Field(id, wire.clone()), schemas.clone()));
                fields.push(field);
            }
            None => forbidden.push(wire.clone()),
        }
    }
    undeclared(cx, facts, at);
    let rest = lower_rest(cx, facts, id);
    cx.api.types[id].shape = Shape::Struct(Struct { fields, rest, forbidden, ..Struct::default() });
    Ty::Named(id)
}

fn lower_rest(cx: &mut Cx<'_, '_>, facts: &Facts, id: TypeId) -> Rest {
    let no_patterns = facts.pattern_properties.is_empty();
    match &facts.additional {
        Additional::Unsaid if no_patterns && !judges_keys(cx, facts) => Rest::Ignore,
        Additional::Forbidden if no_patterns => Rest::Closed,
        Additional::Unsaid | Additional::Forbidden | Additional::Free => Rest::Collect(Ty::Any),
        Additional::Schema(schemas) => {
            let value = schema::lower_parts(cx, schemas, &schema::part_of(id, Role::Entry));
            if no_patterns {
                cx.pending.push((Place::Rest(id), schemas.clone()));
            }
            Rest::Collect(if no_patterns { value } else { Ty::Any })
        }
    }
}

/// Whether keys that no property declares must be kept, because something is said of them.
fn judges_keys(cx: &Cx<'_, '_>, facts: &Facts) -> bool {
    let undeclared = |name: &String| !facts.properties.contains_key(name);
    let mentioned = facts.dependent_required.iter().flat_map(|(key, others)| std::iter::once(key).chain(others));
    cx.config.literal_schemas
        || facts.required.iter().any(undeclared)
        || mentioned.clone().any(undeclared)
        || !facts.dependent_schemas.is_empty()
        || !facts.conditions.is_empty()
}

fn lower_map(cx: &mut Cx<'_, '_>, facts: &Facts, site: &Site) -> Ty {
    let value = match (&facts.additional, facts.pattern_properties.as_slice()) {
        (Additional::Schema(schemas), []) => schema::lower_parts(cx, schemas, &site.with(Role::Entry)),
        (Additional::Unsaid | Additional::Forbidden, [(_, only)]) if !cx.config.literal_schemas => {
            schema::lower_parts(cx, std::slice::from_ref(only), &site.with(Role::Entry))
        }
        _ => Ty::Any,
    };
    Ty::Map(Box::new(value))
}

fn lower_field(cx: &mut Cx<'_, '_>, facts: &Facts, wire: &str, schemas: &[Part], owner: TypeId) -> Option<Field> {
    let ty = schema::lower_parts(cx, schemas, &schema::part_of(owner, Role::Property(wire.to_owned())));
    if ty == Ty::Never {
        return None;
    }
    let said = facts::gather(cx, schemas);
    let required = facts.required.iter().any(|name| name == wire);
    let secret = said.write_only || said.format.as_deref() == Some("password") || is_secret_name(wire);
    let mut docs = said.docs;
    if let Some(example) = said.example.filter(|_| !secret) {
        docs.notes.push(format!("Example: `{}`", short(&example)));
    }
    Some(Field {
        at: schemas.first().map(|part| part.at.clone()).unwrap_or_default(),
        wire: wire.to_owned(),
        docs,
        presence: if required { Presence::Required } else { Presence::Optional },
        default: said.default.map(|(_, value)| value),
        boxed: false,
        secret,
        read_only: said.read_only,
        write_only: said.write_only,
        checks: Checks::default(),
        ty,
    })
}

/// A value on part of a line.
fn short(value: &Tree) -> String {
    let text = value.json();
    let start: String = text.chars().take(80).map(|c| if c == '`' { '\'' } else { c }).collect();
    if start.len() < text.len() { format!("{start} ...") } else { start }
}

/// Property names whose values nobody wants in a log.
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

/// A required name without a property: nothing can be known of its value.
fn undeclared(cx: &mut Cx<'_, '_>, facts: &Facts, at: &Pointer) {
    if facts.additional != Additional::Unsaid {
        return;
    }
    for name in facts.required.iter().filter(|name| !facts.properties.contains_key(*name)) {
        if cx.first_report(&at.push("required").push(name)) {
            cx.diags
                .warn(Code::OddSchema, at, format!("`required` lists `{name}`, which is no property of this schema"))
                .help(format!("add `{name}` to `properties`, or remove it from `required`"));
        }
    }
}
