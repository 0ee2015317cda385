//! Which types have rules that are about their values as JSON, so that the runtime compares them with the schema itself.

use crate::ir::{Analysis, Api, Checks, JsonKind, Shape, Tag, TypeId, Union};

/// Marks the types with such rules, and those with one of them somewhere inside.
pub(super) fn mark(api: &Api, analysis: &mut Analysis) {
    for (id, def) in api.types.iter() {
        let mut found = false;
        def.for_each_checks(&mut |checks: &Checks| found |= checks.are_on_json());
        analysis[id].has_json_rules = found;
        analysis[id].is_ambiguous = matches!(&def.shape, Shape::Union(union) if is_ambiguous(api, union));
    }
    let mut open: Vec<TypeId> = api.types.ids().filter(|id| analysis[*id].has_json_rules).collect();
    let users = users(api);
    while let Some(id) = open.pop() {
        if !std::mem::replace(&mut analysis[id].contains_json_rules, true) {
            open.extend(users.get(id.index()).into_iter().flatten());
        }
    }
}

/// The types that contain each type directly.
fn users(api: &Api) -> Vec<Vec<TypeId>> {
    let mut users = vec![Vec::new(); api.types.len()];
    for (user, def) in api.types.iter() {
        def.shape.for_each_ty(&mut |ty| {
            ty.for_each_named(&mut |id| users.get_mut(id.index()).into_iter().for_each(|users| users.push(user)));
        });
    }
    users
}

/// Whether a value can look like two variants of a union.
fn is_ambiguous(api: &Api, union: &Union) -> bool {
    let kinds: Vec<JsonKind> = union.variants.iter().map(|variant| api.json_kind(&variant.ty)).collect();
    let mut pairs =
        kinds.iter().enumerate().flat_map(|(index, kind)| kinds.iter().skip(index + 1).map(move |other| (kind, other)));
    union.tag == Tag::Shape && pairs.any(|(kind, other)| kind.overlaps(*other))
}
