//! Finds pointers in TOML.

use toml::de::{DeTable, DeValue};

use super::super::Pointer;
use super::{Found, note};

/// Finds the positions of the wanted pointers; none if the text is not TOML. An entry stands where its key is.
pub(super) fn find(text: &str, found: &mut Found) {
    let Ok(root) = DeTable::parse(text) else { return };
    let mut starts = Vec::new();
    let mut open = vec![(Pointer::default(), DeValue::Table(root.into_inner()))];
    while let Some((at, value)) = open.pop() {
        let mut enter = |child: Pointer, start: usize, value| {
            if found.contains_key(child.path()) {
                starts.push((start, child.path().to_owned()));
                open.push((child, value));
            }
        };
        match value {
            DeValue::Table(table) => {
                for (key, value) in table {
                    enter(at.push(key.get_ref()), key.span().start, value.into_inner());
                }
            }
            DeValue::Array(items) => {
                for (index, item) in items.into_iter().enumerate() {
                    enter(at.index(index), item.span().start, item.into_inner());
                }
            }
            _ => {}
        }
    }
    note(text, starts, found);
}
