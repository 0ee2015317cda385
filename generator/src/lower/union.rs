//! `oneOf`, `anyOf`, several types, and inheritance by discriminator.

use super::cx::Cx;
use super::facts::{self, DiscriminatorFacts, Facts, JsonType, Part, UnionFacts, View};
use super::schema::{self, Target};
use crate::diag::{Code, Pointer};
use crate::ir::{Docs, Role, Shape, Tag, Ty, Union, Variant};
use crate::load::Tree;
use crate::spec::Node;

/// Notes which components inherit from one with a discriminator.
pub(super) fn find_heirs(cx: &mut Cx<'_, '_>, schemas: &[Node<'_>]) {
    for schema in schemas {
        for branch in schema.items("allOf") {
            let Some(reference) = branch.str("$ref") else { continue };
            let Some(branch) = cx.spec.node(&branch.at) else { continue };
            let Some(base) = cx.spec.target(&branch, reference, &mut crate::diag::Diags::new()) else { continue };
            let inherits = base.get("discriminator").is_some() && base.get("oneOf").is_none() && base.get("anyOf").is_none();
            if inherits {
                cx.heirs.entry(base.at).or_default().push(schema.at.clone());
            }
        }
    }
}

/// Whether the branches make a difference; branches that only list `required` do not.
pub(super) fn is_union(cx: &Cx<'_, '_>, facts: &Facts) -> bool {
    facts.unions.iter().any(|union| union.branches.iter().any(|branch| says_more(cx, branch)))
}

/// Whether a branch says more than which properties must be there.
fn says_more(cx: &Cx<'_, '_>, branch: &Pointer) -> bool {
    const RULES: [&str; 5] = ["required", "not", "description", "title", "minProperties"];
    match cx.spec.node(branch).map(|node| node.tree) {
        Some(Tree::Object(map)) => map.keys().any(|key| !RULES.contains(&key.as_str()) && !key.starts_with("x-")),
        Some(Tree::Bool(_)) | None => false,
        Some(_) => true,
    }
}

/// Lowers a schema with branches; the second value is whether `null` is one of them.
pub(super) fn lower_union(
    cx: &mut Cx<'_, '_>,
    facts: &Facts,
    parts: &[Part],
    at: &Pointer,
    target: Target<'_>,
) -> (Ty, bool) {
    let union = facts.unions.iter().find(|union| union.branches.iter().any(|branch| says_more(cx, branch)));
    let Some(union) = union else { return (Ty::Any, false) };
    let (null, branches) = split_null(cx, union);
    if let [only] = branches.as_slice() {
        return (lower_only(cx, facts, parts, only, &target), null);
    }
    let _ = (facts, at);
    unsupported(cx, &union.at);
    (Ty::Any, null)
}

fn unsupported(cx: &mut Cx<'_, '_>, at: &Pointer) {
    if cx.first_report(at) {
        cx.diags.warn(Code::Unsupported, at, "unions are free-form JSON for now");
    }
}

/// The branches without `null`, and whether it was among them.
fn split_null(cx: &Cx<'_, '_>, union: &UnionFacts) -> (bool, Vec<Pointer>) {
    let is_null = |at: &Pointer| {
        cx.spec.node(at).is_some_and(|node| {
            node.str("type") == Some("null")
                || node.tree.get("const") == Some(&Tree::Null)
                || node.tree.get("enum").and_then(Tree::as_array) == Some(&[Tree::Null])
        })
    };
    let branches: Vec<Pointer> = union.branches.iter().filter(|at| !is_null(at)).cloned().collect();
    (branches.len() < union.branches.len(), branches)
}

/// One branch: the schema and the branch together.
fn lower_only(cx: &mut Cx<'_, '_>, facts: &Facts, parts: &[Part], branch: &Pointer, target: &Target<'_>) -> Ty {
    let bare = facts.properties.is_empty() && facts.types.is_none() && facts.values.is_none();
    let mut together: Vec<Part> = Vec::new();
    if !bare {
        together.extend(parts.iter().map(|part| Part { at: part.at.clone(), view: View::WithoutUnions }));
    }
    together.push(Part::whole(branch));
    schema::lower_parts(cx, &together, &target.site())
}

/// Several types: one variant each.
pub(super) fn lower_types(
    cx: &mut Cx<'_, '_>,
    kinds: &[JsonType],
    _facts: &Facts,
    parts: &[Part],
    at: &Pointer,
    _target: Target<'_>,
) -> Ty {
    let _ = (kinds, parts);
    unsupported(cx, &at.push("type"));
    Ty::Any
}
