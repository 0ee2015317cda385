//! Samples of values without parts.

use super::super::checks::{Checks, Rule};
use super::super::literal::Literal;
use super::super::scalar::Scalar;
use super::{Sampler, TEXT, formats, patterns};
use crate::tree::{Number, Tree};

impl Sampler<'_> {
    /// A value of a scalar type that satisfies the rules about it.
    pub(super) fn scalar(&self, scalar: Scalar, checks: &Checks) -> Option<Literal> {
        let rules = checks.rules.as_slice();
        match scalar {
            Scalar::Bool => self.pick([true, false].into_iter().map(Tree::Bool), rules),
            Scalar::Int(int) => self.pick(whole_numbers(int.range(), rules), rules),
            Scalar::Float => self.pick(numbers(rules).map(|value| Tree::Number(Number::Float(value))), rules),
            Scalar::String | Scalar::File => self.text(checks),
            Scalar::Base64 => self.pick(texts_of("byte"), rules),
            Scalar::Date => self.pick(texts_of("date"), rules),
            Scalar::DateTime => self.pick(texts_of("date-time"), rules),
            Scalar::Uuid => self.pick(texts_of("uuid"), rules),
        }
    }

    /// The first value that satisfies the rules; for the later items of an array whose items differ, a later one.
    pub(super) fn pick(&self, values: impl Iterator<Item = Literal>, rules: &[Rule]) -> Option<Literal> {
        let (mut found, mut seen) = (None, Vec::new());
        for value in values.filter(|value| self.satisfied(rules, value)) {
            if !seen.contains(&value) {
                found = Some(value.clone());
                seen.push(value);
            }
            if seen.len() > self.nth.get() {
                break;
            }
        }
        found
    }

    fn text(&self, checks: &Checks) -> Option<Literal> {
        let rules = checks.rules.as_slice();
        let format = checks.format.as_deref().map(formats::of_format).unwrap_or_default();
        let (least, most) = lengths(rules)?;
        let patterns =
            rules.iter().filter_map(|rule| if let Rule::Pattern(pattern) = rule { Some(pattern) } else { None });
        let matching =
            patterns.flat_map(|pattern| patterns::candidates(&self.conformance.pattern(pattern).rust_syntax(), least));
        let matching: Vec<String> = matching.collect();
        let plain = TEXTS
            .iter()
            .map(|text| fit(text, least, most))
            .chain((1..20).map(|n| fit(&format!("sample {n}"), least, most)));
        let others =
            matching.iter().map(String::as_str).map(Tree::from).chain(plain.map(|text| Tree::from(text.as_str())));
        // What has a known format is of that format, unless the rules say otherwise.
        let usual = self.pick(format.iter().map(|text| Tree::from(*text)), rules);
        usual.or_else(|| self.pick(others, rules))
    }
}

fn texts_of(format: &str) -> impl Iterator<Item = Literal> {
    formats::of_format(format).iter().map(|text| Tree::from(*text))
}

/// The least and the greatest length.
fn lengths(rules: &[Rule]) -> Option<(usize, usize)> {
    let (mut least, mut most) = (0, usize::MAX);
    for rule in rules {
        match rule {
            Rule::MinLength(n) => least = least.max(usize::try_from(*n).ok()?),
            Rule::MaxLength(n) => most = most.min(usize::try_from(*n).unwrap_or(usize::MAX)),
            _ => {}
        }
    }
    Some((least, most))
}

/// A text that is too short is repeated, and one that is too long is cut.
fn fit(text: &str, least: usize, most: usize) -> String {
    let length = least.clamp(text.chars().count().max(1), MAX_LENGTH).min(most);
    text.chars().cycle().take(length).collect()
}

/// Longer texts are not made.
const MAX_LENGTH: usize = 4096;

/// The numbers in the rules, and numbers close to them.
fn candidates(rules: &[Rule]) -> impl Iterator<Item = f64> + '_ {
    let limits = || {
        rules.iter().filter_map(|rule| match rule {
            Rule::Minimum(n) | Rule::ExclusiveMinimum(n) | Rule::Maximum(n) | Rule::ExclusiveMaximum(n) => {
                Some(n.as_f64())
            }
            _ => None,
        })
    };
    let steps =
        || rules.iter().filter_map(|rule| if let Rule::MultipleOf(of) = rule { Some(of.as_f64()) } else { None });
    let close = limits().flat_map(|n| [n, n.ceil(), n + 1.0, n - 1.0, n * 2.0, n / 2.0, n + 0.5]);
    // Multiples: the first ones, and those around the limits.
    let multiples = steps().flat_map(move |step| {
        let around = limits().flat_map(move |n| (-2..=20).map(move |k| ((n / step).ceil() + f64::from(k)) * step));
        (0..20).map(move |k| f64::from(k) * step).chain(around)
    });
    close.chain(multiples)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)] // compared with the range before
fn whole_numbers(range: (i128, i128), rules: &[Rule]) -> impl Iterator<Item = Literal> + '_ {
    let more = (0..64).map(f64::from);
    let above = candidates(rules).flat_map(|n| (0..64).map(move |k| n.ceil() + f64::from(k)));
    let all = std::iter::once(1.0).chain(candidates(rules)).chain(more).chain(above);
    all.filter(move |value| {
        value.fract() == 0.0 && value.abs() < 9e15 && (range.0..=range.1).contains(&(*value as i128))
    })
    .map(|value| Tree::Number(Number::Int(value as i128)))
}

fn numbers(rules: &[Rule]) -> impl Iterator<Item = f64> + '_ {
    let between = candidates(rules).flat_map(|n| (1..20).map(move |k| n + f64::from(k) / 16.0));
    std::iter::once(1.5).chain(candidates(rules)).chain((0..64).map(f64::from)).chain(between)
}

/// Texts that match the patterns of real documents.
const TEXTS: [&str; 26] = [
    TEXT,
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
