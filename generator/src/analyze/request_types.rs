//! Requests and responses of one schema that need types of their own: `readOnly` and `writeOnly` (OpenAPI 3.0.3 §4.7.24.2).
//!
//! Callers cannot send a required property that only the server knows, and responses lack a required property that only callers
//! send. A type with such a property is split: requests get a type of their own, and so does every type that contains it. A
//! property that is optional needs no split, but types of responses alone do without what only requests have.

use std::collections::{BTreeMap, BTreeSet};

use super::containers;
use super::usage::{Usage, Usages};
use crate::ir::{Api, Field, Origin, Owner, Presence, Role, Shape, Ty, TypeId};

/// Splits the types whose requests differ from their responses.
pub(super) fn split(api: &mut Api, usages: &mut Usages) {
    let affected = affected(api, usages);
    let request_types = add_request_types(api, usages, &affected);
    let request_type = |id: TypeId| request_types.get(&id).copied().unwrap_or(id);
    for id in &affected {
        let id = request_type(*id);
        api.types[id].shape.for_each_ty_mut(&mut |ty| ty.rename(&request_type));
        api.types[id].for_each_checks_mut(&mut |checks| checks.rename(&request_type));
        remove_fields(api, id, |field| field.read_only);
    }
    for operation in &mut api.operations {
        operation.params.iter_mut().for_each(|param| param.ty.rename(&request_type));
        for content in operation.body.iter_mut().flat_map(|body| &mut body.contents) {
            if let Some(ty) = content.media.ty_mut() {
                ty.rename(&request_type);
            }
            content.checks.rename(&request_type);
        }
    }
    let ids: Vec<TypeId> = api.types.ids().filter(|id| usages.of(*id) == Usage::RESPONSE).collect();
    for id in ids {
        // No request needs the optional ones either.
        if let Shape::Struct(shape) = &mut api.types[id].shape {
            shape.fields.retain(|field| !field.write_only || field.read_only);
        }
    }
}

/// Makes absent and `null` two different values of optional properties that are sent in requests: in a request that changes
/// something they mean different things.
pub(super) fn tell_null_from_absent(api: &mut Api, usages: &Usages) {
    // A type that no operation mentions may be sent anywhere.
    let is_sent = |id: &TypeId| usages.of(*id).request || usages.of(*id) == Usage::NONE;
    let ids: Vec<TypeId> = api.types.ids().filter(is_sent).collect();
    for id in ids {
        let Shape::Struct(shape) = &mut api.types[id].shape else { continue };
        for field in &mut shape.fields {
            if field.presence == Presence::Optional && matches!(field.ty, Ty::Nullable(_)) {
                field.presence = Presence::Patch;
            }
        }
    }
}

/// Whether a struct has a required property that is sent in one direction only.
fn depends_on_direction(shape: &Shape) -> bool {
    let Shape::Struct(shape) = shape else { return false };
    let one_way = |field: &Field| field.read_only != field.write_only;
    shape.fields.iter().any(|field| one_way(field) && field.presence == Presence::Required)
}

/// The types of requests that depend on the direction, in themselves or through a type that they contain.
fn affected(api: &Api, usages: &Usages) -> BTreeSet<TypeId> {
    let is_sent = |id: TypeId| usages.of(id).request;
    let found = api.types.iter().filter(|(id, def)| is_sent(*id) && depends_on_direction(&def.shape));
    containers::of_types(api, found.map(|(id, _)| id).collect(), is_sent)
}

/// Adds a type for requests for each affected type that responses use as well.
fn add_request_types(api: &mut Api, usages: &mut Usages, affected: &BTreeSet<TypeId>) -> BTreeMap<TypeId, TypeId> {
    let mut request_types = BTreeMap::new();
    let both: Vec<TypeId> = affected.iter().copied().filter(|id| usages.of(*id).response).collect();
    for id in both {
        let mut def = api.types[id].clone();
        def.origin = Origin::Inline { owner: Owner::Type(id), roles: vec![Role::Request] };
        if let Shape::Union(union) = &mut def.shape {
            union.open = false;
        }
        let request_type = api.types.push(def);
        usages.set(id, Usage::RESPONSE);
        usages.set(request_type, Usage::REQUEST);
        request_types.insert(id, request_type);
    }
    request_types
}

fn remove_fields(api: &mut Api, id: TypeId, is_removed: impl Fn(&Field) -> bool) {
    let shape = &mut api.types[id].shape;
    if depends_on_direction(shape)
        && let Shape::Struct(shape) = shape
    {
        shape.fields.retain(|field| !is_removed(field));
    }
}
