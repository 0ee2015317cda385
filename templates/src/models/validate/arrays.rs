//! Keywords of arrays (JSON Schema Validation 2020-12 §6.4).

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Checks, canonical, counted};
use crate::models::Node;

impl Checks<'_> {
    /// Checks `minItems`.
    pub fn min_items<T>(&mut self, items: &[T], least: usize) -> &mut Self {
        self.require(items.len() >= least, format_args!("must have at least {}", counted(least, "item")))
    }

    /// Checks `maxItems`.
    pub fn max_items<T>(&mut self, items: &[T], most: usize) -> &mut Self {
        self.require(items.len() <= most, format_args!("must have at most {}", counted(most, "item")))
    }

    /// Checks `uniqueItems`.
    pub fn unique_items<T: Serialize>(&mut self, items: &[T]) -> &mut Self {
        let mut seen = BTreeSet::new();
        let unique = items.iter().all(|item| {
            let item = serde_json::to_value(item).unwrap_or_default();
            seen.insert(canonical(&Node::from(item)))
        });
        self.require(unique, format_args!("must not have equal items"))
    }
}
