//! Keywords of arrays (JSON Schema Validation 2020-12 §6.4, Core 2020-12 §10.3.1).

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Checks, Is, Judge, canonical, json};

impl Checks<'_> {
    /// Checks `minItems`.
    pub fn min_items<T>(&mut self, items: &[T], least: usize) -> &mut Self {
        self.require(items.len() >= least, format_args!("must have at least {least} items"))
    }

    /// Checks `maxItems`.
    pub fn max_items<T>(&mut self, items: &[T], most: usize) -> &mut Self {
        self.require(items.len() <= most, format_args!("must have at most {most} items"))
    }

    /// Checks `uniqueItems`.
    pub fn unique_items<T: Serialize>(&mut self, items: &T) -> &mut Self {
        let items = json(items);
        let mut seen = BTreeSet::new();
        let unique = items.as_array().into_iter().flatten().all(|item| seen.insert(canonical(item)));
        self.require(unique, format_args!("must not have equal items"))
    }

    /// Checks `contains`, `minContains`, `maxContains`.
    pub fn contains<T: Serialize>(&mut self, items: &T, is: Is, least: usize, most: Option<usize>) -> &mut Self {
        let found = json(items).as_array().into_iter().flatten().filter(|item| is(item)).count();
        self.require(
            found >= least,
            format_args!("must contain at least {least} items that match `contains`, found {found}"),
        );
        let most = most.unwrap_or(usize::MAX);
        self.require(
            found <= most,
            format_args!("must contain at most {most} items that match `contains`, found {found}"),
        )
    }

    /// Checks `prefixItems`.
    pub fn item<T: Serialize>(&mut self, items: &[T], index: usize, judge: Judge) -> &mut Self {
        if let Some(item) = items.get(index) {
            judge(&json(item), &mut self.index(index));
        }
        self
    }

    /// Checks `items` after `prefixItems`.
    pub fn items_from<T: Serialize>(&mut self, items: &[T], first: usize, judge: Judge) -> &mut Self {
        for (index, item) in items.iter().enumerate().skip(first) {
            judge(&json(item), &mut self.index(index));
        }
        self
    }
}
