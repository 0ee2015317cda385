//! One scope of identifiers.
//!
//! | who comes                 | and the name is taken | gets                           |
//! |---------------------------|-----------------------|--------------------------------|
//! | first                     | no                    | the name                       |
//! | later, with other words   | yes                   | the name with those words      |
//! | later, without            | yes                   | the name with 2, 3, ...        |
//!
//! A name that others are made of (`ListUsers` of `ListUsersError`) is taken if one of its family is.
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
        self.claim_family(candidates, &[""], at)
    }

    /// Gives out a name whose combination with each suffix is free as well; all of them are taken then.
    pub fn claim_family(
        &mut self,
        candidates: &[String],
        suffixes: &[&str],
        at: &Pointer,
    ) -> (String, Option<Pointer>) {
        let first = candidates.first().and_then(|name| self.holder(name, suffixes)).cloned();
        let free = candidates.iter().find(|name| self.holder(name, suffixes).is_none()).cloned();
        let name = free.unwrap_or_else(|| self.numbered(candidates.last().map_or("", String::as_str), suffixes));
        for suffix in suffixes {
            self.taken.insert(joined(&name, suffix).to_lowercase(), at.clone());
        }
        (name, first)
    }

    /// Who has one of a name's family.
    fn holder(&self, name: &str, suffixes: &[&str]) -> Option<&Pointer> {
        suffixes.iter().find_map(|suffix| self.taken.get(&joined(name, suffix).to_lowercase()))
    }

    fn numbered(&self, name: &str, suffixes: &[&str]) -> String {
        let mut n = 2;
        loop {
            let numbered = joined(name, &n.to_string());
            if self.holder(&numbered, suffixes).is_none() {
                return numbered;
            }
            n += 1;
        }
    }
}

/// A name with an ending; what tells it from a keyword (`type_`) is not needed then.
pub(super) fn joined(name: &str, suffix: &str) -> String {
    let bare = name.trim_end_matches('_');
    if suffix.is_empty() || bare.is_empty() { format!("{name}{suffix}") } else { format!("{bare}{suffix}") }
}
