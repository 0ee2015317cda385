//! Named values that are collected one by one.

use std::collections::BTreeMap;

use super::parts::Parts;

/// Named values in the order in which their names were first seen. Adding one takes logarithmic time.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    list: Vec<(String, Parts)>,
    positions: BTreeMap<String, usize>,
}

impl Entries {
    /// Adds a value under a name; several values under one name become an array. A `list` is an array in any case.
    pub fn add(&mut self, name: &str, value: Parts, list: bool) {
        match self.get(name) {
            Some(Parts::List(items)) => items.push(value),
            Some(known) => *known = Parts::List(vec![std::mem::replace(known, Parts::Null), value]),
            None => self.set(name, if list { Parts::List(vec![value]) } else { value }),
        }
    }

    /// Sets the value under a name.
    pub(super) fn set(&mut self, name: &str, value: Parts) {
        match self.get(name) {
            Some(known) => *known = value,
            None => {
                self.positions.insert(name.to_owned(), self.list.len());
                self.list.push((name.to_owned(), value));
            }
        }
    }

    fn get(&mut self, name: &str) -> Option<&mut Parts> {
        let position = self.positions.get(name)?;
        self.list.get_mut(*position).map(|(_, value)| value)
    }

    /// Returns whether there is no value.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Returns the object that has these entries.
    pub fn into_parts(self) -> Parts {
        Parts::Object(self.list)
    }
}
