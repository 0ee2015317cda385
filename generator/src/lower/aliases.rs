//! Aliases that lead to themselves, or stand for very large types.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diags, Pointer};
use crate::ir::{Api, Shape, Ty, TypeId};

/// Breaks each cycle of aliases among the types from a position on. Rust accepts no alias `Tree = Vec<Tree>`, so one alias of the
/// cycle becomes a type of its own. Types before that position do not mention later ones.
pub(super) fn break_cycles(api: &mut Api, from: usize, diags: &mut Diags) {
    let mut graph = Graph::new(api, from);
    let ids: Vec<TypeId> = api.types.ids().skip(from).collect();
    for id in ids.into_iter().filter(|id| graph.may_be_on_cycle(*id)).collect::<Vec<_>>() {
        let Shape::Alias(ty) = &api.types[id].shape else { continue };
        let ty = ty.clone();
        if graph.may_be_on_cycle(id) && mentions(api, &ty, id) {
            let is_empty = is_only_names(api, &ty);
            if is_empty {
                report_circle(&api.types[id].at, diags);
            }
            api.types[id].shape = if is_empty { Shape::Alias(Ty::Any) } else { Shape::Newtype(ty) };
            graph.remove(id);
        }
    }
}

/// An alias that stands for a type of more parts becomes a type of its own. Each alias that it mentions is a part as well.
const MAX_PARTS: usize = 1_000;

/// Limits the size of what the aliases from a position on stand for. In a chain of tuples, each of which mentions the next one twice,
/// every link doubles the size; and a chain of references is followed from each of its links. Cycles must be broken before.
pub(super) fn limit(api: &mut Api, from: usize) {
    let mut sizes: BTreeMap<TypeId, usize> = BTreeMap::new();
    for id in api.types.ids().skip(from).collect::<Vec<_>>() {
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            let Shape::Alias(ty) = &api.types[id].shape else { continue };
            if sizes.contains_key(&id) {
                continue;
            }
            let (mut size, mut unknown) = (0_usize, Vec::new());
            ty.for_each(&mut |part| match part {
                Ty::Named(other) if matches!(api.types[*other].shape, Shape::Alias(_)) => match sizes.get(other) {
                    Some(parts) => size = size.saturating_add(*parts).saturating_add(1),
                    None => unknown.push(*other),
                },
                _ => size = size.saturating_add(1),
            });
            if !unknown.is_empty() {
                open.push(id);
                open.extend(unknown);
            } else if size > MAX_PARTS {
                let ty = ty.clone();
                api.types[id].shape = Shape::Newtype(ty);
            } else {
                sizes.insert(id, size);
            }
        }
    }
}

/// Which aliases mention each other, without those that cannot be on a cycle: because they mention no other alias, or none mentions
/// them. Long chains would be followed from each of their aliases otherwise.
struct Graph {
    mentioned: BTreeMap<TypeId, Vec<TypeId>>,
    mentioning: BTreeMap<TypeId, Vec<TypeId>>,
    /// The aliases that are left, with the number of those that each mentions and that mention it.
    left: BTreeMap<TypeId, (usize, usize)>,
}

impl Graph {
    fn new(api: &Api, from: usize) -> Self {
        let mut graph = Self { mentioned: BTreeMap::new(), mentioning: BTreeMap::new(), left: BTreeMap::new() };
        for (id, def) in api.types.iter().skip(from) {
            let Shape::Alias(ty) = &def.shape else { continue };
            graph.left.entry(id).or_default();
            ty.for_each_named(&mut |other| {
                if matches!(api.types[other].shape, Shape::Alias(_)) {
                    graph.mentioned.entry(id).or_default().push(other);
                    graph.mentioning.entry(other).or_default().push(id);
                    graph.left.entry(id).or_default().0 += 1;
                    graph.left.entry(other).or_default().1 += 1;
                }
            });
        }
        let ends: Vec<TypeId> =
            graph.left.iter().filter(|(_, (out, back))| *out == 0 || *back == 0).map(|(id, _)| *id).collect();
        for id in ends {
            graph.remove(id);
        }
        graph
    }

    fn may_be_on_cycle(&self, id: TypeId) -> bool {
        self.left.contains_key(&id)
    }

    /// Removes an alias, and those that cannot be on a cycle without it.
    fn remove(&mut self, id: TypeId) {
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            if self.left.remove(&id).is_none() {
                continue;
            }
            for other in self.mentioned.get(&id).into_iter().flatten() {
                if let Some((_, back)) = self.left.get_mut(other) {
                    *back = back.saturating_sub(1);
                    open.extend((*back == 0).then_some(*other));
                }
            }
            for other in self.mentioning.get(&id).into_iter().flatten() {
                if let Some((out, _)) = self.left.get_mut(other) {
                    *out = out.saturating_sub(1);
                    open.extend((*out == 0).then_some(*other));
                }
            }
        }
    }
}

/// Reports a schema that only refers to itself.
pub(super) fn report_circle(at: &Pointer, diags: &mut Diags) {
    diags
        .warn(Code::CircularReference, at, "this schema only refers to itself; free-form JSON is used")
        .help("describe the value in one of the schemas of the circle");
}

/// Whether a type mentions a type, directly or through aliases.
fn mentions(api: &Api, ty: &Ty, goal: TypeId) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![ty.clone()];
    while let Some(ty) = open.pop() {
        let mut named = Vec::new();
        ty.for_each_named(&mut |id| named.push(id));
        for id in named {
            if id == goal {
                return true;
            }
            if let Shape::Alias(target) = &api.types[id].shape
                && seen.insert(id)
            {
                open.push(target.clone());
            }
        }
    }
    false
}

/// Whether a type consists of references only. A cycle of such types has no values.
fn is_only_names(api: &Api, ty: &Ty) -> bool {
    let mut ty = ty;
    for _ in 0..=api.types.len() {
        match ty {
            Ty::Nullable(inner) => ty = inner,
            Ty::Named(id) => match &api.types[*id].shape {
                Shape::Alias(target) => ty = target,
                _ => return false,
            },
            _ => return false,
        }
    }
    true
}
