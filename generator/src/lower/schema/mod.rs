//! From schemas to types.
//!
//! A set of schemas is lowered once; its type is remembered, and recursion ends there.

mod decide;
mod given;
mod reference;
pub(super) mod target;

use super::facts::{self, Part, View};
use super::lowering::{Lowering, NameSite};
use super::{aliases, union};
use crate::diag::{Code, Pointer};
use crate::ir::{Origin, Shape, Ty, TypeId};
use crate::spec::Node;
use decide::lower_facts;
use reference::lower_reference;
use target::{Target, named};

/// Inline schemas nested deeper than this become free-form JSON. Known documents stay below 20.
const MAX_DEPTH: usize = 64;

/// A definition that is reached through more schemas than this is lowered later, so that the stack stays small however long the
/// chains of a document are. In known documents this does not happen.
const MAX_LEVEL: usize = 1_000;

/// Lowers every schema under `components`, in the order of the document.
pub(super) fn lower_components(cx: &mut Lowering<'_, '_>) {
    let root = cx.spec.root();
    let components = root.get("components").into_iter().flat_map(|components| components.entries("schemas"));
    // Swagger 2.0 has `definitions` at the root.
    let schemas: Vec<Node<'_>> = components.chain(root.entries("definitions")).map(|(_, schema)| schema).collect();
    union::find_heirs(cx, &schemas);
    for schema in schemas {
        lower_definition(cx, &schema);
    }
}

/// Lowers the schema at a place. `site` is what it is called after if it is an inline schema.
pub(super) fn lower_schema(cx: &mut Lowering<'_, '_>, at: &Pointer, site: &NameSite) -> Ty {
    lower_parts(cx, &[Part::whole(at)], site)
}

/// Lowers several schemas that a value must satisfy together.
pub(super) fn lower_parts(cx: &mut Lowering<'_, '_>, parts: &[Part], site: &NameSite) -> Ty {
    if let Some(ty) = cx.known.get(parts) {
        return ty.clone();
    }
    let outermost = cx.level == 0;
    let ty = lower_inline(cx, parts, site);
    if outermost {
        finish(cx);
    }
    ty
}

/// Lowers schemas that are not just a reference to a definition.
fn lower_inline(cx: &mut Lowering<'_, '_>, parts: &[Part], site: &NameSite) -> Ty {
    if let [Part { at, view }] = parts
        && *view == View::default()
        && let Some(ty) = given::for_place(cx, at).or_else(|| lower_reference(cx, at))
    {
        return ty;
    }
    if cx.depth >= MAX_DEPTH {
        if let Some(part) = parts.first() {
            cx.diags
                .warn(
                    Code::Limit,
                    &part.at,
                    format!("schemas are nested more than {MAX_DEPTH} levels deep here; free-form JSON is used"),
                )
                .help("move the inner schemas to `components`");
        }
        return Ty::Any;
    }
    cx.depth += 1;
    cx.level += 1;
    let facts = facts::gather(cx, parts);
    let at = parts.first().map(|part| part.at.clone()).unwrap_or_default();
    let ty = lower_facts(cx, &facts, parts, &at, Target::Inline(site));
    cx.depth -= 1;
    cx.level -= 1;
    cx.known.entry(parts.to_vec()).or_insert(ty).clone()
}

/// Lowers a schema that has a name of its own: a component, or the target of a `$ref`.
pub(super) fn lower_definition(cx: &mut Lowering<'_, '_>, node: &Node<'_>) -> Ty {
    let parts = vec![Part::whole(&node.at)];
    if let Some(ty) = cx.known.get(&parts) {
        return ty.clone();
    }
    if let Some(ty) = given::for_place(cx, &node.at) {
        cx.known.insert(parts, ty.clone());
        return ty;
    }
    // A `$ref` may lead into a component. Its parts are called after the component, which is lowered first.
    if let Some(owner) = node.at.enclosing_component()
        && let Some(owner) = cx.spec.node(&owner)
        && !cx.known.contains_key(&[Part::whole(&owner.at)][..])
    {
        lower_definition(cx, &owner);
        if let Some(ty) = cx.known.get(&parts) {
            return ty.clone();
        }
    }
    let id = cx.reserve(&node.at, Origin::Component(cx.spec.definition_name(&node.at)));
    cx.known.insert(parts.clone(), Ty::Named(id));
    if cx.level >= MAX_LEVEL {
        let ty = named(id, &facts::gather(cx, &parts));
        cx.known.insert(parts, ty.clone());
        cx.deferred.push_back((node.at.clone(), id));
        return ty;
    }
    let outermost = cx.level == 0;
    let depth = std::mem::take(&mut cx.depth);
    cx.level += 1;
    let ty = fill_definition(cx, node, id, parts);
    cx.level -= 1;
    cx.depth = depth;
    if outermost {
        finish(cx);
    }
    ty
}

/// Finishes what had to wait until the schemas around it were lowered: definitions that were too deep when they were reached, and
/// unions, whose variants may contain each other.
fn finish(cx: &mut Lowering<'_, '_>) {
    while let Some((at, id)) = cx.deferred.pop_front() {
        if let Some(node) = cx.spec.node(&at) {
            cx.level += 1;
            fill_definition(cx, &node, id, vec![Part::whole(&at)]);
            cx.level -= 1;
        }
    }
    union::settle(cx);
}

/// Gives the type that was reserved for a definition its shape.
fn fill_definition(cx: &mut Lowering<'_, '_>, node: &Node<'_>, id: TypeId, parts: Vec<Part>) -> Ty {
    if let Some(heirs) = cx.heirs.get(&node.at).cloned() {
        let facts = facts::gather(cx, &parts);
        return union::lower_heirs(cx, id, &facts, &node.at, &heirs);
    }
    let ty = match lower_reference(cx, &node.at) {
        Some(ty) => ty,
        None => {
            let facts = facts::gather(cx, &parts);
            // The type is known before its parts are lowered, because they may refer to it.
            cx.known.insert(parts.clone(), named(id, &facts));
            lower_facts(cx, &facts, &parts, &node.at, Target::Definition(id))
        }
    };
    let whole = if matches!(ty, Ty::Nullable(_)) { Ty::Named(id).nullable() } else { Ty::Named(id) };
    cx.known.insert(parts.clone(), whole.clone());
    // The type of the definition is without `null`; types that refer to it add it.
    let inner = ty.not_null().clone();
    if inner != Ty::Named(id) {
        cx.api.types[id].shape = Shape::Alias(inner);
        cx.api.types[id].docs = facts::gather(cx, &parts).docs.clone();
    } else if matches!(cx.api.types[id].shape, Shape::Alias(Ty::Any)) {
        // The reserved type was never filled, so the schema only refers to itself.
        aliases::report_circle(&node.at, cx.diags);
    }
    whole
}
