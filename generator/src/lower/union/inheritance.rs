//! Inheritance by discriminator: components that refer by `allOf` to a schema with a discriminator and without branches, directly or
//! through other components (OpenAPI 3.0.3 §4.7.25).

use std::collections::{BTreeMap, BTreeSet};

use super::super::facts::{self, Discriminator, Facts, Part, View};
use super::super::lowering::{Lowering, NameSite};
use super::super::schema;
use super::discriminator;
use super::unsettled::Unsettled;
use crate::diag::Pointer;
use crate::ir::{Rest, Role, Shape, Ty, TypeId};
use crate::spec::Node;

/// A schema inherits from at most this many others. In known documents, it is below 10.
const MAX_BASES: usize = 64;

/// Finds the components that inherit from a schema with a discriminator.
pub(in super::super) fn find_heirs<'d>(cx: &mut Lowering<'d, '_>, schemas: &[Node<'d>]) {
    let mut bases: BTreeMap<Pointer, Vec<Node<'d>>> = BTreeMap::new();
    for schema in schemas {
        let references = schema.items("allOf").filter_map(|branch| cx.spec.find_target(&branch, branch.str("$ref")?));
        bases.insert(schema.at.clone(), references.collect());
    }
    for schema in schemas {
        let mut seen = BTreeSet::from([schema.at.clone()]);
        let mut open: Vec<&Node<'d>> = bases.get(&schema.at).into_iter().flatten().collect();
        while let Some(base) = open.pop() {
            if seen.len() > MAX_BASES || !seen.insert(base.at.clone()) {
                continue;
            }
            if base.get("discriminator").is_some() && base.get("oneOf").is_none() && base.get("anyOf").is_none() {
                cx.inheriting.insert(schema.at.clone());
                cx.heirs.entry(base.at.clone()).or_default().push(schema.at.clone());
            }
            open.extend(bases.get(&base.at).into_iter().flatten());
        }
    }
}

/// Whether a schema inherits from one with a discriminator. Then it is not just another name for that schema.
pub(in super::super) fn is_heir(cx: &Lowering<'_, '_>, at: &Pointer) -> bool {
    cx.inheriting.contains(at)
}

/// Lowers a schema with a discriminator to the union of the schemas that inherit from it. The schema itself is a variant as well, unless
/// every value that it allows for the discriminator belongs to an heir.
pub(in super::super) fn lower_heirs(
    cx: &mut Lowering<'_, '_>,
    id: TypeId,
    facts: &Facts,
    base: &Pointer,
    heirs: &[Pointer],
) -> Ty {
    let mut union = Unsettled::new(id, facts.discriminator.clone());
    for at in heirs {
        let Some(node) = cx.spec.node(at) else { continue };
        let ty = schema::lower_definition(cx, &node);
        union.push(at, Some(at.last()), ty, Vec::new());
    }
    cx.api.types[id].docs = facts.docs.clone();
    let is_covered = facts.discriminator.as_ref().is_some_and(|found| is_covered(cx, found, facts, heirs));
    if !is_covered {
        push_base(cx, base, &mut union);
    }
    union.defer(cx)
}

/// Whether the schemas that inherit have all the values that the base allows for the discriminator.
fn is_covered(cx: &mut Lowering<'_, '_>, discriminator: &Discriminator, facts: &Facts, heirs: &[Pointer]) -> bool {
    let Some(parts) = facts.properties.get(&discriminator.property) else { return false };
    let Some(values) = facts::gather(cx, parts).values.clone() else { return false };
    let mapping = discriminator::mapping(cx, discriminator);
    let mut taken = BTreeSet::new();
    for heir in heirs {
        let own = facts::gather(cx, &[Part::whole(heir)]).properties.get(&discriminator.property).cloned();
        let constants = own.filter(|own| own != parts).and_then(|own| facts::gather(cx, &own).values.clone());
        taken.extend(constants.into_iter().flatten().map(|value| value.literal.text()));
        taken.extend(mapping.get(heir).into_iter().flatten().cloned());
        taken.insert(heir.last());
    }
    values.iter().all(|value| taken.contains(&value.literal.text()))
}

/// Adds the variant for values of the base itself, and of heirs that the document does not mention. It keeps all their properties.
fn push_base(cx: &mut Lowering<'_, '_>, base: &Pointer, union: &mut Unsettled) {
    let part = Part { at: base.clone(), view: View { without_unions: true, only: None } };
    let site = NameSite::of_type(union.id).with(Role::Variant("other".to_owned()));
    let ty = schema::lower_parts(cx, std::slice::from_ref(&part), &site);
    let Ty::Named(other) = ty else { return };
    let Shape::Struct(shape) = &mut cx.api.types[other].shape else { return };
    if shape.rest == Rest::Ignore {
        shape.rest = Rest::Collect(Ty::Any);
    }
    union.push_default(base, "other".to_owned(), ty, vec![part]);
}
