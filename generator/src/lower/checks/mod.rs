//! What values must satisfy beyond their types.
//!
//! This runs once every type has its shape, because where a keyword is checked depends on what its schema became: a property that
//! is a struct is checked by the struct.

mod applicators;
mod conditions;
mod objects;
mod shared;
mod values;

use super::aliases;
use super::facts::{self, Part};
use super::lowering::{CheckSite, Lowering, NameSite};
use crate::diag::Pointer;
use crate::ir::{Checks, OpId, Owner, Rest, Role, Shape, Tag, Ty, TypeId};

/// Attaches the checks of every type, parameter and body.
pub(super) fn lower_checks(cx: &mut Lowering<'_, '_>) {
    let mut next = 0;
    attach_pending(cx, &mut next);
    let mut operations = std::mem::take(&mut cx.api.operations);
    for (index, operation) in operations.iter_mut().enumerate() {
        let owner = Owner::Operation(OpId::new(index));
        for param in &mut operation.params {
            let site = NameSite { owner, roles: vec![Role::Parameter(param.wire.clone())] };
            param.checks = of_place(cx, &param.at, &param.ty, &site);
        }
        let of_responses = operation.responses.iter_mut().flat_map(|response| &mut response.headers);
        for header in operation.headers.iter_mut().chain(of_responses) {
            let site = NameSite { owner, roles: vec![Role::Header(header.wire.clone())] };
            header.checks = of_place(cx, &header.at, &header.ty, &site);
        }
        let requests =
            operation.body.iter_mut().flat_map(|body| &mut body.contents).map(|content| (content, Role::Request));
        let responses = operation.responses.iter_mut().flat_map(|response| &mut response.contents);
        for (content, role) in requests.chain(responses.map(|content| (content, Role::Response(None)))) {
            if let Some(ty) = content.media.ty().cloned() {
                content.checks = of_place(cx, &content.at, &ty, &NameSite { owner, roles: vec![role] });
            }
        }
        if let Some(body) = &mut operation.body {
            shared::drop_different_rules(cx, body);
        }
    }
    cx.api.operations = operations;
    attach_pending(cx, &mut next);
}

/// Attaches the checks that are pending from a position on. On the way, schemas that values are validated against are lowered,
/// and have checks of their own.
fn attach_pending(cx: &mut Lowering<'_, '_>, next: &mut usize) {
    aliases::break_cycles(&mut cx.api, 0, cx.diags);
    aliases::limit(&mut cx.api, 0);
    while let Some((site, parts)) = cx.pending.get(*next).cloned() {
        let known = cx.api.types.len();
        attach(cx, &site, &parts);
        if cx.api.types.len() > known {
            aliases::break_cycles(&mut cx.api, known, cx.diags);
            aliases::limit(&mut cx.api, known);
        }
        *next += 1;
    }
}

/// The checks of a parameter or a body, by the schema at its place.
fn of_place(cx: &mut Lowering<'_, '_>, at: &Pointer, ty: &Ty, site: &NameSite) -> Checks {
    match cx.schemas.get(at).cloned() {
        Some(schema) => values::of_type(cx, &[Part::whole(&schema)], ty, site),
        None => Checks::default(),
    }
}

/// Attaches the checks of one site.
fn attach(cx: &mut Lowering<'_, '_>, site: &CheckSite, parts: &[Part]) {
    match site {
        CheckSite::Type(id) => {
            let checks = of_definition(cx, *id, parts);
            cx.api.types[*id].checks = checks;
        }
        CheckSite::Field(id, index) => {
            let Shape::Struct(shape) = &cx.api.types[*id].shape else { return };
            let Some(field) = shape.fields.get(*index) else { return };
            let (ty, role) = (field.ty.clone(), Role::Property(field.wire.clone()));
            let checks = values::of_type(cx, parts, &ty, &NameSite::of_type(*id).with(role));
            if let Shape::Struct(shape) = &mut cx.api.types[*id].shape
                && let Some(field) = shape.fields.get_mut(*index)
            {
                field.checks = checks;
            }
        }
        CheckSite::Rest(id) => {
            let Shape::Struct(shape) = &cx.api.types[*id].shape else { return };
            let Rest::Collect(ty) = shape.rest.clone() else { return };
            let checks = values::of_type(cx, parts, &ty, &NameSite::of_type(*id).with(Role::Entry));
            if let Shape::Struct(shape) = &mut cx.api.types[*id].shape {
                shape.rest_checks = checks;
            }
        }
        CheckSite::Variant(id, index) => {
            let Shape::Union(union) = &cx.api.types[*id].shape else { return };
            let Some(variant) = union.variants.get(*index) else { return };
            let (ty, hint) = (variant.ty.clone(), variant.hint.clone());
            let checks = values::of_type(cx, parts, &ty, &NameSite::of_type(*id).with(Role::Variant(hint)));
            if let Shape::Union(union) = &mut cx.api.types[*id].shape
                && let Some(variant) = union.variants.get_mut(*index)
            {
                variant.checks = checks;
            }
        }
    }
}

/// The checks of a type itself, rather than of its parts. What an alias stands for is checked where it is used.
fn of_definition(cx: &mut Lowering<'_, '_>, id: TypeId, parts: &[Part]) -> Checks {
    let site = NameSite::of_type(id);
    let mut rules = Vec::new();
    let shape = match cx.api.types[id].shape.clone() {
        Shape::Newtype(ty) => return values::of_type(cx, parts, &ty, &site),
        Shape::Alias(_) => return Checks::default(),
        shape => shape,
    };
    let facts = facts::gather(cx, parts);
    match shape {
        Shape::Struct(_) => {
            objects::add(cx, &facts, &site, &mut rules);
            applicators::add_conditions(cx, &facts, &site, &mut rules);
            applicators::add_unions(cx, &facts, &site, &mut rules);
        }
        Shape::Union(shape) if shape.tag == Tag::Shape && cx.merged.contains(&id) => {
            applicators::add_merged(cx, &facts, &site, &mut rules);
        }
        Shape::Union(shape) if shape.tag == Tag::Shape => {
            applicators::add_exactly_one(cx, &facts, &shape, &site, &mut rules);
        }
        Shape::Enum(_) => applicators::add_conditions(cx, &facts, &site, &mut rules),
        Shape::Union(_) | Shape::Newtype(_) | Shape::Alias(_) => {}
    }
    Checks { rules, examples: facts.examples.clone(), ..Checks::default() }
}
