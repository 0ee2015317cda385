//! One scope of identifiers.
//!
//! | who comes                 | and the name is taken | gets                           |
//! |---------------------------|-----------------------|--------------------------------|
//! | first                     | no                    | the name                       |
//! | later, with other words   | yes                   | the name with those words      |
//! | later, without            | yes                   | the name with 2, 3, ...        |
//!
//! Names that differ only in case count as the same: they would be one file on some systems, and one name to most readers.

use std::collections::BTreeMap;

use crate::diag::Pointer;

/// Identifiers that must differ, and who has them.
#[derive(Debug, Default)]
pub(super) struct Scope {
    taken: BTreeMap<String, Pointer>,
}

impl Scope {
    /// Gives out a name: the first candidate that is free, or the last one with a number.
    /// The second value is who has the first candidate, if it was not given out.
    pub fn claim(&mut self, candidates: &[String], at: &Pointer) -> (String, Option<Pointer>) {
        let first = candidates.first().and_then(|name| self.taken.get(&name.to_lowercase())).cloned();
        let free = candidates.iter().find(|name| !self.taken.contains_key(&name.to_lowercase())).cloned();
        let name = free.unwrap_or_else(|| self.numbered(candidates.last().map_or("", String::as_str)));
        self.taken.insert(name.to_lowercase(), at.clone());
        (name, first)
    }

    fn numbered(&self, name: &str) -> String {
        let mut n = 2;
        loop {
            let numbered = format!("{name}{n}");
            if !self.taken.contains_key(&numbered.to_lowercase()) {
                return numbered;
            }
            n += 1;
        }
    }
}
