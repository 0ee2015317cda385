//! Samples of unions.

use super::super::checks::{Checks, Rule};
use super::super::ids::TypeId;
use super::super::literal::Literal;
use super::super::structs::Presence;
use super::super::ty::Ty;
use super::super::types::Shape;
use super::super::unions::{Tag, Union, Variant};
use super::{MAX_DEPTH, Sampler};

/// Variants are compared by their least depth up to this one.
const MAX_LEVELS: usize = 8;

impl Sampler<'_> {
    /// A value of the first variant that has one. Inside of a value of the same union, the variants that end soonest are tried first.
    pub(super) fn union(&self, id: TypeId, union: &Union, rules: &[Rule], depth: usize) -> Option<Literal> {
        let mut variants: Vec<&Variant> = union.variants.iter().collect();
        if depth >= MAX_DEPTH || self.unions.borrow().contains(&id) {
            variants.sort_by_cached_key(|variant| self.least_depth(&variant.ty));
        }
        self.unions.borrow_mut().push(id);
        let found = self.first_variant(union, &variants, rules, depth);
        self.unions.borrow_mut().pop();
        found
    }

    fn first_variant(&self, union: &Union, variants: &[&Variant], rules: &[Rule], depth: usize) -> Option<Literal> {
        let last = variants.len().saturating_sub(1);
        variants.iter().enumerate().find_map(|(index, variant)| {
            let all = self.left.get();
            // A variant that is too large leaves something for those behind it.
            let share = if index == last { all } else { all / 4 * 3 };
            self.left.set(share);
            let value = self.variant(union, variant, depth);
            self.left.set(all - (share - self.left.get()));
            value.filter(|value| self.satisfied(rules, value))
        })
    }

    /// A value of a variant, with its tag.
    fn variant(&self, union: &Union, variant: &Variant, depth: usize) -> Option<Literal> {
        let mut value = self.value(&variant.ty, &variant.checks, depth + 1)?;
        if let (Tag::Property(name), Some(tag), Some(map)) = (&union.tag, variant.tags.first(), value.as_object_mut()) {
            // A tag that is already a value of the variant stays: it may be a number.
            if !map.get(name).is_some_and(|value| variant.tags.contains(value)) {
                map.insert(name.clone(), tag.clone());
                // The property may have a list of values without the tag.
                return Some(value).filter(|value| self.conformance.accepts(&variant.ty, &variant.checks, value));
            }
        }
        Some(value)
    }

    /// How many levels a value of a type has at least, up to a limit.
    fn least_depth(&self, ty: &Ty) -> usize {
        (0..=MAX_LEVELS).find(|levels| self.is_within(ty, *levels)).unwrap_or(usize::MAX)
    }

    /// Whether a type has a value of at most so many levels of objects and unions.
    fn is_within(&self, ty: &Ty, levels: usize) -> bool {
        // Lists and maps may be empty, and `null` is a value.
        let Ty::Named(id) = self.api.resolve(ty) else { return true };
        let key = (*id, levels);
        if let Some(known) = self.shallow.borrow().get(&key) {
            return *known;
        }
        let found = levels.checked_sub(1).map_or_else(|| self.is_leaf(*id), |below| self.parts_are_within(*id, below));
        self.shallow.borrow_mut().insert(key, found);
        found
    }

    fn is_leaf(&self, id: TypeId) -> bool {
        matches!(self.api.types[id].shape, Shape::Enum(_))
    }

    fn parts_are_within(&self, id: TypeId, levels: usize) -> bool {
        match &self.api.types[id].shape {
            Shape::Struct(shape) => {
                let mut required = shape.fields.iter().filter(|field| field.presence == Presence::Required);
                required.all(|field| self.part_is_within(&field.ty, &field.checks, levels))
            }
            Shape::Union(union) => {
                union.variants.iter().any(|variant| self.part_is_within(&variant.ty, &variant.checks, levels))
            }
            Shape::Newtype(inner) => self.part_is_within(inner, &self.api.types[id].checks, levels),
            Shape::Alias(inner) => self.is_within(inner, levels),
            Shape::Enum(_) => true,
        }
    }

    /// As [`Self::is_within`], for a list that may need items.
    fn part_is_within(&self, ty: &Ty, checks: &Checks, levels: usize) -> bool {
        let needs_items = checks.rules.iter().any(|rule| matches!(rule, Rule::MinItems(least) if *least > 0));
        match self.api.resolve(ty) {
            Ty::List(item) if needs_items => self.is_within(item, levels),
            Ty::Tuple(items) => items.iter().all(|item| self.is_within(item, levels)),
            ty => self.is_within(ty, levels),
        }
    }
}
