//! Keys that are reported once for each kind of object, however often they occur.

use indexmap::IndexMap;

use crate::diag::Pointer;
use crate::tree::{Map, Tree};
use crate::vocabulary::{ObjectShape, ValueKind};

/// The places of a key in objects of one kind.
pub(super) struct Occurrences {
    /// The kind of object.
    pub shape: &'static ObjectShape,
    /// The key.
    pub key: String,
    /// The first place.
    pub first: Pointer,
    /// How many places there are.
    count: usize,
}

impl Occurrences {
    /// Finds the keys that `is_wanted`, by their objects, in the order of the document.
    pub fn find(
        tree: &Tree,
        kind: ValueKind,
        at: &Pointer,
        is_wanted: impl Fn(&'static ObjectShape, &Map, &str) -> bool,
    ) -> Vec<Self> {
        let mut found: IndexMap<(&str, String), Self> = IndexMap::new();
        tree.walk(kind, at, &mut |tree, kind, at| {
            let (Some(shape), Some(map)) = (kind.shape(), tree.as_object()) else { return };
            for key in map.keys().filter(|key| is_wanted(shape, map, key)) {
                let first = || Self { shape, key: key.clone(), first: at.push(key), count: 0 };
                found.entry((shape.name, key.clone())).or_insert_with(first).count += 1;
            }
        });
        found.into_values().collect()
    }

    /// How many other places there are, as the end of a message.
    pub fn others(&self) -> String {
        match self.count {
            0 | 1 => String::new(),
            2 => "; it is also at another place".to_owned(),
            count => format!("; it is also at {} other places", count - 1),
        }
    }
}
