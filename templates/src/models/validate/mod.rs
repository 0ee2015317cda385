//! Validation: rules that a type does not enforce, such as bounds and patterns (JSON Schema Validation 2020-12 §6).
//!
//! Violations are collected together with their locations. There is a limit to their number and length.

mod arrays;
mod checks;
mod equality;
mod implementations;
mod multiple;
mod values;

use std::fmt;

use super::problem::Violation;

pub use checks::Checks;
pub(super) use equality::canonical;
pub use multiple::Divide;

/// A type whose values are validated against rules of the document that decoding does not enforce.
pub trait Validate {
    /// Adds the violations of the value. By default there are none.
    fn check(&self, checks: &mut Checks<'_>) {
        let _ = checks;
    }

    /// Checks that the value satisfies the document.
    ///
    /// Fails with all violations, each at its JSON pointer.
    fn validate(&self) -> Result<(), Invalid> {
        let mut violations = Vec::new();
        self.check(&mut Checks::new("#", &mut violations));
        if violations.is_empty() { Ok(()) } else { Err(Invalid { violations }) }
    }
}

/// A number of things in words, which are only made where they are printed.
pub(super) struct Counted(usize, &'static str);

pub(super) const fn counted(count: usize, what: &'static str) -> Counted {
    Counted(count, what)
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(count, what) = self;
        write!(f, "{count} {what}{}", if *count == 1 { "" } else { "s" })
    }
}

/// The error of a value that violates the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// The violations, in the order of the document; never empty.
    pub violations: Vec<Violation>,
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.violations.iter().enumerate() {
            let between = if index == 0 { "" } else { "; " };
            write!(f, "{between}{}: {}", violation.location, violation.detail)?;
        }
        Ok(())
    }
}

impl std::error::Error for Invalid {}
