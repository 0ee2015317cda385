//! Samples of arrays.

use super::super::checks::{Checks, Rule};
use super::super::ids::TypeId;
use super::super::literal::Literal;
use super::super::ty::Ty;
use super::{MAX_DEPTH, Sampler, size};
use crate::tree::Tree;

/// Longer arrays are not made.
const MAX_ITEMS: usize = 64;

impl Sampler<'_> {
    /// An array that satisfies its rules: one item, or as many as it must have.
    pub(super) fn list(&self, item: &Ty, checks: &Checks, depth: usize) -> Option<Vec<Literal>> {
        let rules = checks.rules.as_slice();
        let least = least_count(rules)?;
        if depth >= MAX_DEPTH && least == 0 {
            return self.satisfied(rules, &Tree::Array(Vec::new())).then(Vec::new);
        }
        let part = checks.items.as_deref().cloned().unwrap_or_default();
        let mut items: Vec<Literal> = Vec::new();
        for index in 0..least.max(1) {
            let made = match schema_at(rules, index) {
                Some(schema) => self.value(&Ty::Named(schema), &Checks::default(), depth + 1),
                None => self.item(item, &part, rules, &items, depth),
            };
            match made {
                Some(made) => items.push(made),
                None if index < least => return None,
                None => break,
            }
        }
        let fits = |items: Vec<Literal>| {
            let array = Tree::Array(items);
            let is_valid = self.satisfied(rules, &array);
            if let (true, Tree::Array(items)) = (is_valid, array) { Some(items) } else { None }
        };
        fits(items).or_else(|| fits(Vec::new()))
    }

    /// The next item: another one than those before if they must differ, otherwise the same.
    fn item(&self, ty: &Ty, part: &Checks, rules: &[Rule], before: &[Literal], depth: usize) -> Option<Literal> {
        if !rules.contains(&Rule::UniqueItems) {
            if let Some(last) =
                before.last().filter(|_| !rules.iter().any(|rule| matches!(rule, Rule::Position { .. })))
            {
                self.count(size(last))?;
                return Some(last.clone());
            }
            return self.value(ty, part, depth + 1);
        }
        let outer = self.nth.replace(before.len());
        let made = self.value(ty, part, depth + 1).filter(|made| !before.contains(made));
        self.nth.set(outer);
        made
    }
}

/// The least number of items; `None` if that is too many. Positions with a schema of their own are filled.
fn least_count(rules: &[Rule]) -> Option<usize> {
    let least = rules.iter().map(|rule| match rule {
        Rule::MinItems(least) => usize::try_from(*least).unwrap_or(usize::MAX),
        Rule::Contains { min, .. } => usize::try_from(*min).unwrap_or(usize::MAX),
        Rule::Position { index, .. } => index + 1,
        _ => 0,
    });
    let most = rules
        .iter()
        .filter_map(|rule| if let Rule::MaxItems(most) = rule { usize::try_from(*most).ok() } else { None });
    let least = least.max().unwrap_or(0).min(most.min().unwrap_or(usize::MAX));
    (least <= MAX_ITEMS).then_some(least)
}

/// The schema of the item at a position, if it has one of its own.
fn schema_at(rules: &[Rule], position: usize) -> Option<TypeId> {
    let at = rules.iter().find_map(|rule| match rule {
        Rule::Position { index, schema } if *index == position => Some(*schema),
        Rule::ItemsFrom { index, schema } if *index <= position => Some(*schema),
        _ => None,
    });
    let contained = || {
        rules.iter().find_map(|rule| match rule {
            Rule::Contains { schema, min, .. } if (position as u64) < *min => Some(*schema),
            _ => None,
        })
    };
    at.or_else(contained)
}
