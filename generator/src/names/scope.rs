//! One scope of identifiers.
//!
//! | the claimed name | other candidates | result                              |
//! |------------------|------------------|-------------------------------------|
//! | is free          |                  | the name                            |
//! | is taken         | one is free      | the first free candidate            |
//! | is taken         | none is free     | the last candidate with 2, 3, ...   |
//!
//! Behind a digit, the number has an underscore: the second `Value10` is `Value10_2`.
//!
//! A name can be claimed with suffixes (`ListUsers` with `ListUsersError`). It is taken if one of these combinations is.
//!
//! Names that differ only in case count as equal, because some file systems and most readers do not distinguish them.

use std::collections::BTreeMap;

use crate::diag::Pointer;

/// Identifiers that must differ, each with the place that claimed it.
#[derive(Debug, Default)]
pub(super) struct Scope {
    taken: BTreeMap<String, Pointer>,
    /// Where the search for a free number ended, by name and suffixes. Names are never given back, so the next one starts there.
    numbers: BTreeMap<String, usize>,
}

impl Scope {
    /// Claims a name: the first candidate that is free, or the last one with a number. The second value is the place that has the
    /// first candidate, if it is taken.
    pub fn claim(&mut self, candidates: &[String], at: &Pointer) -> (String, Option<Pointer>) {
        self.claim_family(candidates, &[""], at)
    }

    /// Claims a name together with its combination with each suffix.
    pub fn claim_family(
        &mut self,
        candidates: &[String],
        suffixes: &[&str],
        at: &Pointer,
    ) -> (String, Option<Pointer>) {
        let first = candidates.first().and_then(|name| self.holder(name, suffixes)).cloned();
        let free = candidates.iter().find(|name| self.holder(name, suffixes).is_none()).cloned();
        let name = match free {
            Some(name) => name,
            None => self.numbered(candidates.last().map_or("", String::as_str), suffixes),
        };
        for suffix in suffixes {
            self.taken.insert(joined(&name, suffix).to_lowercase(), at.clone());
        }
        (name, first)
    }

    /// The place that has a combination of the name and a suffix.
    fn holder(&self, name: &str, suffixes: &[&str]) -> Option<&Pointer> {
        suffixes.iter().find_map(|suffix| self.taken.get(&joined(name, suffix).to_lowercase()))
    }

    fn numbered(&mut self, name: &str, suffixes: &[&str]) -> String {
        let key = format!("{} {}", joined(name, "").to_lowercase(), suffixes.join(" "));
        let mut n = self.numbers.get(&key).map_or(2, |last| last + 1);
        let ends_in_digit = name.trim_end_matches('_').ends_with(|c: char| c.is_ascii_digit());
        loop {
            let numbered = joined(name, &if ends_in_digit { format!("_{n}") } else { n.to_string() });
            if self.holder(&numbered, suffixes).is_none() {
                self.numbers.insert(key, n);
                return numbered;
            }
            n += 1;
        }
    }
}

/// A name with a suffix. The underscore that distinguishes a name from a keyword (`type_`) is dropped.
pub(super) fn joined(name: &str, suffix: &str) -> String {
    let bare = name.trim_end_matches('_');
    if suffix.is_empty() || bare.is_empty() { format!("{name}{suffix}") } else { format!("{bare}{suffix}") }
}
