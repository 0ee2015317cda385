//! Which types contain other types.

use std::collections::BTreeSet;

use crate::ir::{Api, Shape, Ty, TypeId};

/// The given types and all types that contain one of them, directly or through others. Types that are not allowed do not count.
///
/// Each type is looked at once, however long the chains of types are.
pub(super) fn of_types(api: &Api, found: Vec<TypeId>, is_allowed: impl Fn(TypeId) -> bool) -> BTreeSet<TypeId> {
    let mut containers: Vec<Vec<TypeId>> = vec![Vec::new(); api.types.len()];
    for (id, def) in api.types.iter().filter(|(id, _)| is_allowed(*id)) {
        def.shape.for_each_ty(&mut |ty| {
            ty.for_each_named(&mut |part| {
                containers.get_mut(part.index()).into_iter().for_each(|containers| containers.push(id));
            });
        });
    }
    let mut all = BTreeSet::new();
    let mut open = found;
    while let Some(id) = open.pop() {
        if all.insert(id) {
            open.extend(containers.get(id.index()).into_iter().flatten().copied());
        }
    }
    all
}

/// For each type the cycle that it is on, as a number; types that values contain each other without indirection have the same one.
/// Lists and maps are indirect.
pub(super) fn cycles(api: &Api) -> Vec<usize> {
    Search::new(api).run()
}

/// Tarjan's algorithm, without recursion.
struct Search {
    /// What each type contains.
    parts: Vec<Vec<usize>>,
    /// When each type was reached; `None` if it was not.
    reached: Vec<Option<usize>>,
    /// The earliest type that is known to be on a cycle with each type.
    low: Vec<usize>,
    cycle: Vec<Option<usize>>,
    stack: Vec<usize>,
    count: usize,
}

impl Search {
    fn new(api: &Api) -> Self {
        let direct = |ty: &Ty| if let Ty::Named(id) = ty.not_null() { Some(id.index()) } else { None };
        let parts = |shape: &Shape| match shape {
            Shape::Struct(shape) => shape.fields.iter().filter_map(|field| direct(&field.ty)).collect(),
            Shape::Union(union) => union.variants.iter().filter_map(|variant| direct(&variant.ty)).collect(),
            Shape::Alias(ty) | Shape::Newtype(ty) => direct(ty).into_iter().collect(),
            Shape::Enum(_) => Vec::new(),
        };
        let parts: Vec<Vec<usize>> = api.types.iter().map(|(_, def)| parts(&def.shape)).collect();
        let len = parts.len();
        Self { parts, reached: vec![None; len], low: vec![0; len], cycle: vec![None; len], stack: Vec::new(), count: 0 }
    }

    fn run(mut self) -> Vec<usize> {
        for root in 0..self.parts.len() {
            if self.reached.get(root).is_some_and(Option::is_none) {
                self.visit(root);
            }
        }
        self.cycle.into_iter().map(Option::unwrap_or_default).collect()
    }

    fn visit(&mut self, root: usize) {
        // The types on the way from the root, each with the position of its next part.
        let mut path = vec![(root, 0)];
        self.reach(root);
        while let Some((id, next)) = path.last_mut() {
            let id = *id;
            let part = self.parts.get(id).and_then(|parts| parts.get(*next)).copied();
            *next += 1;
            match part {
                Some(part) if self.reached.get(part).is_some_and(Option::is_none) => {
                    self.reach(part);
                    path.push((part, 0));
                }
                Some(part) => {
                    if self.cycle.get(part).is_some_and(Option::is_none) {
                        self.lower(id, self.reached.get(part).copied().flatten());
                    }
                }
                None => {
                    path.pop();
                    if let Some((container, _)) = path.last() {
                        self.lower(*container, self.low.get(id).copied());
                    }
                    self.close(id);
                }
            }
        }
    }

    fn reach(&mut self, id: usize) {
        if let (Some(reached), Some(low)) = (self.reached.get_mut(id), self.low.get_mut(id)) {
            *reached = Some(self.count);
            *low = self.count;
        }
        self.count += 1;
        self.stack.push(id);
    }

    fn lower(&mut self, id: usize, to: Option<usize>) {
        if let (Some(low), Some(to)) = (self.low.get_mut(id), to) {
            *low = (*low).min(to);
        }
    }

    /// Gives the types that were reached since a type the number of its cycle, if the type is the first one on it.
    fn close(&mut self, id: usize) {
        if self.reached.get(id).copied().flatten() != self.low.get(id).copied() {
            return;
        }
        while let Some(member) = self.stack.pop() {
            if let Some(cycle) = self.cycle.get_mut(member) {
                *cycle = Some(id);
            }
            if member == id {
                return;
            }
        }
    }
}
