//! Sample values, where the document has no example.

use std::cell::Cell;

use super::api::Api;
use super::checks::{Checks, Rule};
use super::literal::Literal;
use super::scalar::Scalar;
use super::structs::Presence;
use super::ty::Ty;
use super::types::{Shape, TypeDef};
use super::unions::{Tag, Variant};
use crate::tree::{Map, Number, Tree};

/// Optional parts deeper than this are left out.
const MAX_DEPTH: usize = 6;

/// A value of a type that satisfies the rules for strings, numbers and the length of lists. `None` if no such value is found, or
/// if it would be endless. Rules that relate several values are ignored.
pub fn sample(api: &Api, ty: &Ty, checks: &Checks) -> Option<Literal> {
    Sampler::new(api, false).value(ty, checks, 0)
}

/// A sample for a parameter, which is sent as text, so free-form JSON is a string.
pub fn sample_of_text(api: &Api, ty: &Ty, checks: &Checks) -> Option<Literal> {
    Sampler::new(api, true).value(ty, checks, 0)
}

/// Larger samples are not made: nested lists with a least length, and objects that contain each other, grow exponentially.
const MAX_VALUES: usize = 20_000;

struct Sampler<'a> {
    api: &'a Api,
    text: bool,
    /// How many more values may be made.
    left: Cell<usize>,
}

impl<'a> Sampler<'a> {
    fn new(api: &'a Api, text: bool) -> Self {
        Self { api, text, left: Cell::new(MAX_VALUES) }
    }

    /// Counts values; `None` if there are too many.
    fn count(&self, values: usize) -> Option<()> {
        self.left.set(self.left.get().checked_sub(values)?);
        Some(())
    }

    fn value(&self, ty: &Ty, checks: &Checks, depth: usize) -> Option<Literal> {
        if depth > MAX_DEPTH * 4 {
            return None;
        }
        self.count(1)?;
        if let Some(values) = checks.rules.iter().find_map(one_of) {
            return values.first().cloned();
        }
        match ty {
            Ty::Any if self.text => Some(Tree::from("value")),
            Ty::Any => Some(Tree::Object(Map::default())),
            Ty::Null => Some(Tree::Null),
            // What a given type takes is not known.
            Ty::Never | Ty::Given(_) => None,
            Ty::Scalar(scalar) => scalar_sample(*scalar, &checks.rules),
            Ty::List(item) => Some(Tree::Array(self.list(item, checks, depth)?)),
            Ty::Tuple(items) => {
                let none = Checks::default();
                let item =
                    |(index, ty): (usize, &Ty)| self.value(ty, checks.positions.get(index).unwrap_or(&none), depth + 1);
                Some(Tree::Array(items.iter().enumerate().map(item).collect::<Option<_>>()?))
            }
            Ty::Map(value) => {
                let deep = depth >= MAX_DEPTH || (**value == Ty::Any && !self.text);
                let entry = if deep { None } else { self.value(value, &part(checks), depth + 1) };
                Some(entry.into_iter().map(|value| ("key".to_owned(), value)).collect())
            }
            Ty::Nullable(inner) if depth < MAX_DEPTH => self.value(inner, checks, depth + 1).or(Some(Tree::Null)),
            Ty::Nullable(_) => Some(Tree::Null),
            Ty::Named(id) => match &self.api.types[*id] {
                TypeDef { shape: Shape::Newtype(ty), checks, .. } => self.value(ty, checks, depth + 1),
                def => self.shape(&def.shape, checks, depth),
            },
        }
    }

    fn list(&self, item: &Ty, checks: &Checks, depth: usize) -> Option<Vec<Literal>> {
        let least =
            checks.rules.iter().find_map(|rule| if let Rule::MinItems(least) = rule { Some(*least) } else { None });
        let unique = checks.rules.contains(&Rule::UniqueItems);
        let least = usize::try_from(least.unwrap_or(0)).unwrap_or(usize::MAX).min(64);
        let item = if depth < MAX_DEPTH || least > 0 { self.value(item, &part(checks), depth + 1) } else { None };
        let count = if unique { 1 } else { least.max(1) };
        let Some(item) = item else { return Some(Vec::new()) };
        self.count(size(&item).saturating_mul(count - 1))?;
        Some(vec![item; count])
    }

    fn shape(&self, shape: &Shape, checks: &Checks, depth: usize) -> Option<Literal> {
        match shape {
            Shape::Alias(ty) | Shape::Newtype(ty) => self.value(ty, checks, depth + 1),
            Shape::Enum(shape) => shape.values.first().map(|value| value.literal.clone()),
            Shape::Union(union) => {
                let of_variant = |variant: &Variant| {
                    let mut value = self.value(&variant.ty, &variant.checks, depth + 1)?;
                    if let (Tag::Property(name), Some(tag), Some(map)) =
                        (&union.tag, variant.tags.first(), value.as_object_mut())
                    {
                        map.insert(name.clone(), tag.clone());
                    }
                    Some(value)
                };
                union.variants.iter().find_map(of_variant)
            }
            Shape::Struct(shape) => {
                let mut map = Map::default();
                for field in &shape.fields {
                    let required = field.presence == Presence::Required;
                    if required || (depth < MAX_DEPTH && !field.boxed) {
                        match self.value(&field.ty, &field.checks, depth + 1) {
                            Some(value) => {
                                map.insert(field.wire.clone(), value);
                            }
                            None if required => return None,
                            None => {}
                        }
                    }
                }
                Some(Tree::Object(map))
            }
        }
    }
}

/// How many values a value consists of.
fn size(value: &Literal) -> usize {
    1 + value.children().map(|(_, child)| size(child)).sum::<usize>()
}

fn part(checks: &Checks) -> Checks {
    checks.items.as_deref().cloned().unwrap_or_default()
}

fn one_of(rule: &Rule) -> Option<&[Literal]> {
    if let Rule::OneOfValues(values) = rule { Some(values) } else { None }
}

fn scalar_sample(scalar: Scalar, rules: &[Rule]) -> Option<Literal> {
    Some(match scalar {
        Scalar::Bool => Tree::Bool(true),
        Scalar::Int(int) => Tree::Number(Number::Int(whole_number(int.range(), rules)?)),
        Scalar::Float => Tree::Number(number(rules)?),
        Scalar::String | Scalar::File => Tree::from(text(rules)?.as_str()),
        Scalar::Base64 => Tree::from("Ynl0ZXM="),
        Scalar::Date => Tree::from("2026-01-31"),
        Scalar::DateTime => Tree::from("2026-01-31T12:00:00Z"),
        Scalar::Uuid => Tree::from("67e55044-10b1-426f-9247-bb680e5fe0c8"),
    })
}

/// Whether a number satisfies the rules.
fn satisfies_rules(value: f64, rules: &[Rule]) -> bool {
    rules.iter().all(|rule| match rule {
        Rule::Minimum(least) => value >= least.as_f64(),
        Rule::ExclusiveMinimum(least) => value > least.as_f64(),
        Rule::Maximum(most) => value <= most.as_f64(),
        Rule::ExclusiveMaximum(most) => value < most.as_f64(),
        Rule::MultipleOf(of) => {
            let quotient = value / of.as_f64();
            (quotient - quotient.round()).abs() < 1e-9
        }
        _ => true,
    })
}

/// The numbers in the rules, and numbers close to them.
fn candidates(rules: &[Rule]) -> impl Iterator<Item = f64> + '_ {
    let named = rules.iter().filter_map(|rule| match rule {
        Rule::Minimum(n)
        | Rule::ExclusiveMinimum(n)
        | Rule::Maximum(n)
        | Rule::ExclusiveMaximum(n)
        | Rule::MultipleOf(n) => Some(n.as_f64()),
        _ => None,
    });
    named.flat_map(|n| [n, n.ceil(), n + 1.0, n - 1.0, n * 2.0, n / 2.0, n + 0.5])
}

#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
fn whole_number(range: (i128, i128), rules: &[Rule]) -> Option<i128> {
    let fine = |value: &f64| {
        let held = value.abs() < 9e15 && (range.0..=range.1).contains(&(*value as i128));
        value.fract() == 0.0 && held && satisfies_rules(*value, rules)
    };
    std::iter::once(1.0).chain(candidates(rules)).chain([0.0]).find(fine).map(|value| value as i128)
}

fn number(rules: &[Rule]) -> Option<Number> {
    let found = std::iter::once(1.5).chain(candidates(rules)).chain([0.0]).find(|value| satisfies_rules(*value, rules));
    found.map(Number::Float)
}

/// Texts that match the patterns of real documents.
const TEXTS: [&str; 26] = [
    "sample",
    "a",
    "A",
    "1",
    "abc",
    "ABC",
    "123",
    "0123456789",
    "a1",
    "A1",
    "2026-01-31",
    "12:00:00",
    "2026-01-31T12:00:00Z",
    "jane@example.com",
    "https://example.com",
    "/path",
    "example.com",
    "127.0.0.1",
    "+15555550100",
    "1.5",
    "1.0.0",
    "#ffffff",
    "en-US",
    "67e55044-10b1-426f-9247-bb680e5fe0c8",
    "0123456789abcdef01234567",
    "user_1",
];

fn text(rules: &[Rule]) -> Option<String> {
    let least = rules.iter().find_map(|rule| if let Rule::MinLength(n) = rule { Some(*n) } else { None }).unwrap_or(0);
    let most = rules.iter().find_map(|rule| if let Rule::MaxLength(n) = rule { Some(*n) } else { None });
    let (least, most) =
        (usize::try_from(least).ok()?, most.and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX));
    let fit = |text: &str| {
        // A text that is too short is repeated, and one that is too long is cut.
        let long = text.chars().cycle().take(least.clamp(text.chars().count().max(1), 4096).min(most));
        long.collect::<String>()
    };
    let patterns: Vec<regress::Regex> = rules
        .iter()
        .filter_map(|rule| if let Rule::Pattern(pattern) = rule { regress::Regex::new(pattern).ok() } else { None })
        .collect();
    let fine = |text: &String| patterns.iter().all(|pattern| pattern.find(text).is_some());
    TEXTS.iter().map(|text| fit(text)).find(fine)
}
