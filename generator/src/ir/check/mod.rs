//! Asserts the invariants of the model, which the documentation of [`super`] lists. A violation is a bug of this program, never a
//! mistake in the document.

mod analysis;
mod cycles;
mod groups;
mod ids;
mod operations;
mod types;

use std::fmt::Display;

use super::analysis::Analysis;
use super::api::Api;
use crate::diag::Pointer;

/// The violations found so far.
#[derive(Default)]
struct Violations(Vec<String>);

impl Violations {
    fn add(&mut self, at: &Pointer, message: impl Display) {
        self.0.push(format!("{at}: {message}"));
    }

    /// Adds a violation unless something holds.
    fn require(&mut self, holds: bool, at: &Pointer, message: impl Display) {
        if !holds {
            self.add(at, message);
        }
    }
}

/// Returns the violated invariants, each as a message with its place; empty if there are none.
pub fn check(api: &Api, analysis: &Analysis) -> Vec<String> {
    let mut violations = Violations::default();
    ids::check(api, &mut violations);
    // The other checks follow ids.
    if violations.0.is_empty() {
        types::check(api, &mut violations);
        cycles::check(api, &mut violations);
        operations::check(api, &mut violations);
        groups::check(api, &mut violations);
        analysis::check(api, analysis, &mut violations);
    }
    violations.0
}

#[cfg(test)]
mod check_tests;
