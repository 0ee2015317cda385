//! Keywords of strings and numbers (JSON Schema Validation 2020-12 §6.2 and §6.3).

use std::fmt;

use super::{Checks, Divide, counted};

impl Checks<'_> {
    /// Checks `minLength`.
    pub fn min_length(&mut self, text: &str, least: usize) -> &mut Self {
        self.require(has_at_least(text, least), format_args!("must have at least {}", counted(least, "character")))
    }

    /// Checks `maxLength`.
    pub fn max_length(&mut self, text: &str, most: usize) -> &mut Self {
        self.require(
            !has_at_least(text, most.saturating_add(1)),
            format_args!("must have at most {}", counted(most, "character")),
        )
    }

    /// Checks `minimum`.
    pub fn minimum<N: PartialOrd + fmt::Display>(&mut self, value: N, limit: N) -> &mut Self {
        self.require(value >= limit, format_args!("must be at least {limit}"))
    }

    /// Checks `exclusiveMinimum`.
    pub fn exclusive_minimum<N: PartialOrd + fmt::Display>(&mut self, value: N, limit: N) -> &mut Self {
        self.require(value > limit, format_args!("must be more than {limit}"))
    }

    /// Checks `maximum`.
    pub fn maximum<N: PartialOrd + fmt::Display>(&mut self, value: N, limit: N) -> &mut Self {
        self.require(value <= limit, format_args!("must be at most {limit}"))
    }

    /// Checks `exclusiveMaximum`.
    pub fn exclusive_maximum<N: PartialOrd + fmt::Display>(&mut self, value: N, limit: N) -> &mut Self {
        self.require(value < limit, format_args!("must be less than {limit}"))
    }

    /// Checks `multipleOf`.
    pub fn multiple_of<N: Divide + fmt::Display>(&mut self, value: N, of: N) -> &mut Self {
        self.require(value.is_multiple(of), format_args!("must be a multiple of {of}"))
    }

    /// Checks `multipleOf` of an integer by a number with a fraction.
    #[allow(clippy::cast_precision_loss)] // the quotient is as precise as an `f64` can be
    pub fn whole_multiple_of(&mut self, value: i128, of: f64) -> &mut Self {
        self.multiple_of(value as f64, of)
    }
}

/// Whether a text has so many characters. A character has one to four bytes, so most texts need not be counted.
fn has_at_least(text: &str, least: usize) -> bool {
    match text.len() {
        bytes if bytes < least => false,
        bytes if bytes / 4 >= least => true,
        _ => text.chars().count() >= least,
    }
}
