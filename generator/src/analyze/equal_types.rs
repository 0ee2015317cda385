//! Inline types that are equal become one type, so that its values can go from one place to another without a conversion.
//!
//! The type keeps the name of the place that is nearest to a component, because that says most. Documentation of a property stays
//! at the property, so it need not be the same; everything else must be. Bodies of requests and successes keep types of their own.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::usage::Usages;
use crate::config::Config;
use crate::ir::{Api, ComponentKind, Docs, Origin, Owner, Role, Shape, TypeDef, TypeId};

/// Replaces equal inline types by one of them.
pub(super) fn share(api: &mut Api, usages: &Usages, config: &Config) {
    let inline = inline_types(api, config);
    let mut classes: BTreeMap<String, Vec<TypeId>> = BTreeMap::new();
    // The first type of each class, which the types that contain it are compared by.
    let mut first: BTreeMap<TypeId, TypeId> = BTreeMap::new();
    for id in parts_first(api, &inline) {
        let to = |id: TypeId| first.get(&id).copied().unwrap_or(id);
        api.types[id].rename(&to);
        let class = classes.entry(key(api, id, usages)).or_default();
        class.push(id);
        if let Some(known) = class.first() {
            first.insert(id, *known);
        }
    }
    let kept = kept(api, &classes);
    if !kept.is_empty() {
        api.merge_types(&|id| kept.get(&id).copied().unwrap_or(id));
    }
}

/// The inline types that may be equal to others: nothing but their schema says what they are.
fn inline_types(api: &Api, config: &Config) -> BTreeSet<TypeId> {
    let of_xml: BTreeSet<TypeId> = api.xml.iter().filter_map(|object| object.ty).collect();
    let is_inline = |id: &TypeId, def: &TypeDef| {
        matches!(def.origin, Origin::Inline { .. })
            && !is_body(api, &def.origin)
            && !matches!(def.shape, Shape::Alias(_))
            && !of_xml.contains(id)
            && !config.types.attributes.contains_key(&def.at.to_string())
    };
    api.types.iter().filter(|(id, def)| is_inline(id, def)).map(|(id, _)| id).collect()
}

/// Whether a type is the body of a request or of a success, which people look for under the name of its operation. Bodies of errors
/// are handled alike, so they are shared.
///
/// Components have names of their own, so none of their bodies are shared, not even those of errors.
fn is_body(api: &Api, origin: &Origin) -> bool {
    let Origin::Inline { owner, roles } = origin else { return false };
    let is_whole = !roles.iter().any(is_part);
    match owner {
        Owner::Operation(_) => is_whole && matches!(roles.first(), Some(Role::Request | Role::Response(_))),
        Owner::Component(id) => {
            is_whole && matches!(api.component(*id).kind, ComponentKind::Response | ComponentKind::RequestBody)
        }
        Owner::Type(_) => false,
    }
}

/// Whether a role is a part of a value, rather than a whole body.
fn is_part(role: &Role) -> bool {
    !matches!(role, Role::Request | Role::Response(_) | Role::Variant(_))
}

/// The given types, each behind those that it contains. Types on a cycle are left out.
fn parts_first(api: &Api, among: &BTreeSet<TypeId>) -> Vec<TypeId> {
    let mut containers: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    let mut missing: BTreeMap<TypeId, usize> = BTreeMap::new();
    let mut ready: Vec<TypeId> = Vec::new();
    for id in among {
        let mut parts = BTreeSet::new();
        api.types[*id].for_each_named(&mut |part| {
            if among.contains(&part) {
                parts.insert(part);
            }
        });
        if parts.is_empty() {
            ready.push(*id);
        }
        missing.insert(*id, parts.len());
        for part in parts {
            containers.entry(part).or_default().push(*id);
        }
    }
    let mut next = 0;
    while let Some(id) = ready.get(next).copied() {
        next += 1;
        for container in containers.get(&id).into_iter().flatten() {
            if let Some(missing) = missing.get_mut(container) {
                *missing = missing.saturating_sub(1);
                ready.extend((*missing == 0).then_some(*container));
            }
        }
    }
    ready
}

/// Everything about a type that must be the same. Places and examples are not part of it.
fn key(api: &Api, id: TypeId, usages: &Usages) -> String {
    let def = &api.types[id];
    let mut key = String::new();
    let mut add = |part: &dyn std::fmt::Debug| {
        // Writing to a string cannot fail.
        let _ = write!(key, "{part:?};");
    };
    add(&(is_in_condition(api, id), def.checks.without_examples(), own_docs(def)));
    match &def.shape {
        Shape::Struct(shape) => {
            add(&("struct", usages.of(id), &shape.rest, shape.rest_checks.without_examples(), &shape.forbidden));
            for field in &shape.fields {
                let checks = field.checks.without_examples();
                add(&(&field.wire, &field.docs, &field.ty, field.presence, &field.default, checks));
                add(&(field.secret, field.read_only, field.write_only, api.chosen_names.places.get(&field.at)));
            }
        }
        Shape::Enum(shape) => {
            add(&("enum", shape.repr, shape.open));
            shape.values.iter().for_each(|value| add(&(&value.literal, &value.name, &value.docs)));
        }
        Shape::Union(shape) => {
            add(&("union", usages.of(id), &shape.tag, shape.open, shape.default));
            for variant in &shape.variants {
                let checks = variant.checks.without_examples();
                add(&(&variant.hint, &variant.ty, &variant.tags, &variant.docs, checks));
            }
        }
        Shape::Newtype(ty) => add(&("newtype", ty)),
        Shape::Alias(ty) => add(&("alias", ty)),
    }
    key
}

/// The documentation that only the type has, if there is any. That of a property is shown there.
fn own_docs(def: &TypeDef) -> Option<&Docs> {
    let is_property = |roles: &[Role]| matches!(roles.last(), Some(Role::Property(_)));
    let is_shown = matches!(&def.origin, Origin::Inline { roles, .. } if is_property(roles));
    Some(&def.docs).filter(|docs| !is_shown && **docs != Docs::default())
}

fn is_in_condition(api: &Api, id: TypeId) -> bool {
    owners(api, id).any(|id| api.types[id].origin.is_condition())
}

/// A type, what it is a part of, and so on.
fn owners(api: &Api, id: TypeId) -> impl Iterator<Item = TypeId> {
    let owner = |id: &TypeId| match &api.types[*id].origin {
        Origin::Inline { owner: Owner::Type(owner), .. } => Some(*owner),
        Origin::Inline { .. } | Origin::Component(_) => None,
    };
    std::iter::successors(Some(id), owner).take(api.types.len())
}

/// For each type that another one replaces, that one.
fn kept(api: &mut Api, classes: &BTreeMap<String, Vec<TypeId>>) -> BTreeMap<TypeId, TypeId> {
    let mut kept = BTreeMap::new();
    for class in classes.values().filter(|class| class.len() > 1) {
        let Some(best) = class.iter().copied().min_by_key(|id| (distance(api, *id), *id)) else { continue };
        let docs = api.types[best].docs.clone();
        if class.iter().any(|id| api.types[*id].docs != docs) {
            api.types[best].docs = Docs::default();
        }
        for other in class.iter().filter(|id| **id != best) {
            let other = api.types[*other].clone();
            adopt_examples(&mut api.types[best], &other);
        }
        kept.extend(class.iter().filter(|id| **id != best).map(|id| (*id, best)));
    }
    kept
}

/// Gives a type the examples of an equal one, where it has none.
fn adopt_examples(def: &mut TypeDef, other: &TypeDef) {
    let mut examples = Vec::new();
    other.for_each_checks(&mut |checks| examples.push(checks.examples.clone()));
    let mut examples = examples.into_iter();
    def.for_each_checks_mut(&mut |checks| {
        let of_other = examples.next().unwrap_or_default();
        if checks.examples.is_empty() {
            checks.examples = of_other;
        }
    });
}

/// Returns how many letters and digits a name has.
fn letters(name: &str) -> usize {
    name.chars().filter(|c| c.is_alphanumeric()).count()
}

/// Whether a type belongs to an operation, how far it is from there or from its component, and how long the id of the operation is.
/// Of equal types in components, the first one in the document counts, so that a new property does not rename older types.
fn distance(api: &Api, id: TypeId) -> (bool, usize, usize) {
    let (mut of_operation, mut distance, mut length) = (false, 0, 0);
    for id in owners(api, id) {
        let Origin::Inline { owner, roles } = &api.types[id].origin else { continue };
        distance += roles.len();
        if let Owner::Operation(op) = owner {
            (of_operation, length) = (true, letters(&api.operation(*op).id));
        }
    }
    (of_operation, distance, length)
}
