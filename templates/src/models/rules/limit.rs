//! Limits of numbers (JSON Schema Validation 2020-12 §6.2).

use serde_json::Number;

use super::super::validate::Divide as _;

/// A limit of numbers.
#[derive(Debug)]
pub(super) struct Limit {
    /// Which one.
    pub kind: LimitKind,
    /// The number in the keyword.
    pub number: Number,
}

/// The keyword of a [`Limit`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LimitKind {
    /// `minimum`
    Minimum,
    /// `exclusiveMinimum`
    ExclusiveMinimum,
    /// `maximum`
    Maximum,
    /// `exclusiveMaximum`
    ExclusiveMaximum,
    /// `multipleOf`
    MultipleOf,
}

impl Limit {
    /// Returns whether a number satisfies the limit.
    pub fn allows(&self, number: &Number) -> bool {
        if let (Some(value), Some(limit)) = (integer(number), integer(&self.number)) {
            return self.compare(value.cmp(&limit)).unwrap_or_else(|| value.is_multiple(limit));
        }
        let (Some(value), Some(limit)) = (number.as_f64(), self.number.as_f64()) else { return false };
        let ordering = value.partial_cmp(&limit);
        ordering.and_then(|ordering| self.compare(ordering)).unwrap_or_else(|| value.is_multiple(limit))
    }

    /// Returns whether the order of number and limit is the right one; `None` if the order does not matter.
    fn compare(&self, ordering: std::cmp::Ordering) -> Option<bool> {
        match self.kind {
            LimitKind::Minimum => Some(ordering.is_ge()),
            LimitKind::ExclusiveMinimum => Some(ordering.is_gt()),
            LimitKind::Maximum => Some(ordering.is_le()),
            LimitKind::ExclusiveMaximum => Some(ordering.is_lt()),
            LimitKind::MultipleOf => None,
        }
    }

    /// Returns what is wrong with a number that breaks the limit.
    pub fn message(&self) -> String {
        let words = match self.kind {
            LimitKind::Minimum => "at least",
            LimitKind::ExclusiveMinimum => "more than",
            LimitKind::Maximum => "at most",
            LimitKind::ExclusiveMaximum => "less than",
            LimitKind::MultipleOf => "a multiple of",
        };
        format!("must be {words} {}", self.number)
    }
}

/// Returns a number without a fraction as an integer; `1.0` is one (JSON Schema Core 2020-12 §4.2.3).
pub(in crate::models) fn integer(number: &Number) -> Option<i128> {
    let exact = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    exact.or_else(|| {
        let double = number.as_f64().filter(|double| double.fract() == 0.0 && double.abs() < 1e30)?;
        #[allow(clippy::cast_possible_truncation)] // it has no fraction and is in range
        Some(double as i128)
    })
}
