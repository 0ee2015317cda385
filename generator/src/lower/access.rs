//! `readOnly` and `writeOnly` (OpenAPI 3.0.3 §4.7.24.2), and `null` in requests.
//!
//! A caller must not be asked for what only the server knows, nor find missing what only callers send. Where such a property is
//! required, requests get a type of their own, and so does whatever holds it. Where it is optional, one type does for both.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Api, Origin, Owner, Presence, Role, Shape, Struct, Ty, TypeId, Usage};

/// Splits the types whose requests differ from their responses, then keeps absent and `null` apart in what requests hold.
pub(super) fn split(api: &mut Api) {
    let affected = affected(api);
    let requests = clones(api, &affected);
    let rename = |id: TypeId| requests.get(&id).copied().unwrap_or(id);
    for id in &affected {
        let request = rename(*id);
        api.types[request].shape.for_each_ty_mut(&mut |ty| ty.rename(&rename));
        // A request is held against what requests are.
        api.types[request].for_each_checks_mut(&mut |checks| checks.rename(&rename));
        trim(api, request, |field| field.read_only);
    }
    for operation in &mut api.operations {
        operation.params.iter_mut().for_each(|param| param.ty.rename(&rename));
        for content in operation.body.iter_mut().flat_map(|body| &mut body.contents) {
            if let Some(ty) = content.media.ty_mut() {
                ty.rename(&rename);
            }
            content.checks.rename(&rename);
        }
    }
    only_responses(api);
    patches(api);
}

fn is_split(shape: &Shape) -> bool {
    let Shape::Struct(shape) = shape else { return false };
    let one_way = |field: &crate::ir::Field| field.read_only != field.write_only;
    shape.fields.iter().any(|field| one_way(field) && field.presence == Presence::Required)
}

/// The types of requests whose form depends on the direction.
fn affected(api: &Api) -> BTreeSet<TypeId> {
    let mut affected = BTreeSet::new();
    loop {
        let before = affected.len();
        for (id, def) in api.types.iter().filter(|(_, def)| def.usage.request) {
            if is_split(&def.shape) || def.shape.mentions(&|other| affected.contains(&other)) {
                affected.insert(id);
            }
        }
        if affected.len() == before {
            return affected;
        }
    }
}

/// A type for requests beside each type that responses need as well.
fn clones(api: &mut Api, affected: &BTreeSet<TypeId>) -> BTreeMap<TypeId, TypeId> {
    let mut clones = BTreeMap::new();
    let both: Vec<TypeId> = affected.iter().copied().filter(|id| api.types[*id].usage.response).collect();
    for id in both {
        let mut def = api.types[id].clone();
        def.origin = Origin::Inline { owner: Owner::Type(id), roles: vec![Role::Request] };
        def.usage = Usage { request: true, response: false };
        if let Shape::Union(union) = &mut def.shape {
            union.open = false;
        }
        api.types[id].usage.request = false;
        clones.insert(id, api.types.push(def));
    }
    clones
}

fn trim(api: &mut Api, id: TypeId, is_foreign: impl Fn(&crate::ir::Field) -> bool) {
    if !is_split(&api.types[id].shape) {
        return;
    }
    if let Shape::Struct(Struct { fields, .. }) = &mut api.types[id].shape {
        fields.retain(|field| !is_foreign(field));
    }
}

/// Types of responses alone do not have what only callers send.
fn only_responses(api: &mut Api) {
    let ids: Vec<TypeId> = api.types.ids().collect();
    for id in ids {
        if api.types[id].usage == (Usage { request: false, response: true }) {
            trim(api, id, |field| field.write_only);
        }
    }
}

/// In a request that changes something, absent and `null` mean different things.
fn patches(api: &mut Api) {
    let ids: Vec<TypeId> = api.types.ids().collect();
    for id in ids {
        let def = &mut api.types[id];
        // A type that no operation mentions may travel anywhere.
        let sent = def.usage.request || def.usage == Usage::default();
        let Shape::Struct(shape) = &mut def.shape else { continue };
        for field in shape.fields.iter_mut().filter(|_| sent) {
            if field.presence == Presence::Optional && matches!(field.ty, Ty::Nullable(_)) {
                field.presence = Presence::Patch;
            }
        }
    }
}
