//! Objects, maps and lists.

use super::cx::{Cx, Site};
use super::facts::{self, Additional, Facts, Part};
use super::schema::{self, Target};
use crate::diag::{Code, Pointer};
use crate::ir::{Field, Presence, Rest, Role, Shape, Struct, Ty, TypeId};

/// A list of what its items are; free-form items if nothing says more.
pub(super) fn lower_list(cx: &mut Cx<'_, '_>, facts: &Facts, site: &Site) -> Ty {
    if let Some(first) = facts.prefix_items.first()
        && cx.first_report(first)
    {
        cx.diags
            .warn(
                Code::Unsupported,
                first,
                "a list whose positions have types of their own is a list of free-form JSON for now",
            )
            .help("use an object if you can choose");
    }
    let item = if !facts.prefix_items.is_empty() || facts.items.is_empty() {
        Ty::Any
    } else {
        schema::lower_parts(cx, &facts.items, &site.with(Role::Item))
    };
    Ty::List(Box::new(item))
}

/// A struct if properties are known, a map otherwise.
pub(super) fn lower_object(cx: &mut Cx<'_, '_>, facts: &Facts, parts: &[Part], at: &Pointer, target: Target<'_>) -> Ty {
    if facts.properties.is_empty() && facts.additional != Additional::Forbidden {
        return lower_map(cx, facts, &target.site());
    }
    let id = schema::reserve(cx, facts, parts, at, target);
    let mut fields = Vec::new();
    for (wire, schemas) in &facts.properties {
        fields.extend(lower_field(cx, facts, wire, schemas, id));
    }
    undeclared(cx, facts, at);
    let rest = match &facts.additional {
        Additional::Unsaid if facts.pattern_properties.is_empty() => Rest::Ignore,
        Additional::Forbidden if facts.pattern_properties.is_empty() => Rest::Closed,
        Additional::Unsaid | Additional::Forbidden | Additional::Free => Rest::Collect(Ty::Any),
        Additional::Schema(schemas) => {
            let value = schema::lower_parts(cx, schemas, &schema::part_of(id, Role::Entry));
            Rest::Collect(if facts.pattern_properties.is_empty() { value } else { Ty::Any })
        }
    };
    cx.api.types[id].shape = Shape::Struct(Struct { fields, rest });
    Ty::Named(id)
}

fn lower_map(cx: &mut Cx<'_, '_>, facts: &Facts, site: &Site) -> Ty {
    let value = match (&facts.additional, facts.pattern_properties.as_slice()) {
        (Additional::Schema(schemas), []) => schema::lower_parts(cx, schemas, &site.with(Role::Entry)),
        (Additional::Unsaid | Additional::Forbidden, [only]) => {
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
    Some(Field {
        at: schemas.first().map(|part| part.at.clone()).unwrap_or_default(),
        wire: wire.to_owned(),
        docs: said.docs,
        presence: if required { Presence::Required } else { Presence::Optional },
        default: said.default.map(|(_, value)| value),
        boxed: false,
        secret,
        read_only: said.read_only,
        write_only: said.write_only,
        ty,
    })
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
