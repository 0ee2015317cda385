//! Validation: rules that a type does not enforce, such as bounds, patterns, `not` and `if` (JSON Schema Validation
//! 2020-12 §6, Core 2020-12 §10).
//!
//! Violations are collected together with their locations.

mod applicators;
mod arrays;
mod checks;
mod equality;
mod implementations;
mod multiple;
mod objects;
mod values;

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::problem::Violation;
use super::strict::strict;

pub use checks::Checks;
pub(super) use equality::canonical;
pub use multiple::Divide;

/// Returns whether a value satisfies a schema.
type Is = fn(&Value) -> bool;

/// Adds the violations of a value for a schema.
type Judge = fn(&Value, &mut Checks<'_>);

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

/// Returns whether a value is valid for a type: it can be decoded in strict mode and has no violation.
pub fn is<T: DeserializeOwned + Validate>(value: &Value) -> bool {
    strict(|| T::deserialize(value)).is_ok_and(|value| value.validate().is_ok())
}

/// Adds the violations of a value for a type.
pub fn judge<T: DeserializeOwned + Validate>(value: &Value, checks: &mut Checks<'_>) {
    match strict(|| T::deserialize(value)) {
        Ok(value) => value.check(checks),
        Err(error) => {
            checks.violation(error);
        }
    }
}

/// Returns a value as JSON; `null` if it cannot be written.
pub fn json<T: Serialize + ?Sized>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}
