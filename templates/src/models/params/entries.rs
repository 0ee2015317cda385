//! Named values that are collected one by one.

use std::collections::BTreeMap;

use super::parts::Parts;

/// Named values in the order in which their names were first seen. Adding one takes logarithmic time.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    list: Vec<(String, Parts)>,
    /// The positions of the names, once there are more than [`FEW`].
    positions: BTreeMap<String, usize>,
}

/// As many names are searched one after the other.
const FEW: usize = 16;

impl Entries {
    /// Adds a value under a name; several values under one name become an array. A `list` is an array in any case.
    pub fn add(&mut self, name: String, value: Parts, list: bool) {
        match self.get(&name) {
            Some(Parts::List(items)) => items.push(value),
            Some(known) => *known = Parts::List(vec![std::mem::replace(known, Parts::Null), value]),
            None => self.push(name, if list { Parts::List(vec![value]) } else { value }),
        }
    }

    /// Sets the value under a name.
    pub(super) fn set(&mut self, name: &str, value: Parts) {
        match self.get(name) {
            Some(known) => *known = value,
            None => self.push(name.to_owned(), value),
        }
    }

    fn push(&mut self, name: String, value: Parts) {
        let position = self.list.len();
        if position == FEW {
            self.positions = self.list.iter().enumerate().map(|(index, (name, _))| (name.clone(), index)).collect();
        }
        if position >= FEW {
            self.positions.insert(name.clone(), position);
        }
        self.list.push((name, value));
    }

    fn get(&mut self, name: &str) -> Option<&mut Parts> {
        let position = if self.list.len() <= FEW {
            self.list.iter().position(|(known, _)| known == name)?
        } else {
            *self.positions.get(name)?
        };
        self.list.get_mut(position).map(|(_, value)| value)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_and_many_names_are_found() {
        let mut entries = Entries::default();
        for round in 0..2 {
            for index in 0..2 * FEW {
                entries.add(format!("n{index}"), Parts::Text(round.to_string()), false);
            }
        }
        let list = if let Parts::Object(list) = entries.into_parts() { list } else { Vec::new() };
        assert_eq!(list.len(), 2 * FEW);
        let both = |value: &Parts| matches!(value, Parts::List(items) if items.len() == 2);
        assert!(list.iter().enumerate().all(|(index, (name, value))| *name == format!("n{index}") && both(value)));
    }
}
