//! Walks through a tree that know the kind of value at each place.

use super::Tree;
use crate::diag::Pointer;
use crate::vocabulary::ValueKind;

impl Tree {
    /// What a child of this value is, if this value is of `kind`.
    fn kind_of_child(&self, kind: ValueKind, token: &str) -> ValueKind {
        if self.as_array().is_some() { kind.item() } else { kind.entry(token) }
    }

    /// Visits this value, which is of `kind` and stands at `at`, and everything in it, parents first. Data is left out.
    pub fn walk(&self, kind: ValueKind, at: &Pointer, visit: &mut dyn FnMut(&Self, ValueKind, &Pointer)) {
        if kind.is_data() {
            return;
        }
        visit(self, kind, at);
        for (token, child) in self.children().filter(|(_, child)| child.is_container()) {
            child.walk(self.kind_of_child(kind, &token), &at.push(&token), visit);
        }
    }

    /// Visits this value, which is of `kind`, and every mapping and list in it for changes, parents first. Data is left out.
    pub fn walk_mut(&mut self, kind: ValueKind, visit: &mut dyn FnMut(&mut Self, ValueKind)) {
        if kind.is_data() {
            return;
        }
        visit(self, kind);
        match self {
            Self::Object(map) => {
                map.iter_mut()
                    .filter(|(_, child)| child.is_container())
                    .for_each(|(key, child)| child.walk_mut(kind.entry(key), visit));
            }
            Self::Array(items) => items.iter_mut().for_each(|item| item.walk_mut(kind.item(), visit)),
            _ => {}
        }
    }

    /// What stands below this value, which is of `kind`; `None` if nothing does.
    pub fn kind_below(&self, kind: ValueKind, path: impl Iterator<Item = String>) -> Option<ValueKind> {
        let mut place = (self, kind);
        for token in path {
            place = (place.0.child(&token)?, place.0.kind_of_child(place.1, &token));
        }
        Some(place.1)
    }
}
