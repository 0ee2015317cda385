//! What the document says of the arguments of a method, which have no documentation of their own.

use proc_macro2::Ident;

use super::checks;
use super::docs::{self, Line};
use crate::ir::{Checks, Docs};

/// An argument: its name, and what the document says of it.
pub(super) type About<'d> = (&'d Ident, &'d Docs, Option<&'d Checks>);

/// A list of the arguments that the document describes.
pub(super) fn lines<'d>(arguments: impl IntoIterator<Item = About<'d>>) -> Vec<Line> {
    arguments.into_iter().filter_map(line).collect()
}

/// ``- `id`: The id of the user. At least 1. Deprecated.``
fn line((name, about, checks): About<'_>) -> Option<Line> {
    let text = docs::one_line(&about.description);
    let description = Some(text.markdown().to_owned()).filter(|text| !text.is_empty());
    let rules = checks.and_then(checks::notes);
    let deprecated = about.deprecated.then(|| "Deprecated.".to_owned());
    let sentences: Vec<String> = description.into_iter().chain(rules).chain(deprecated).collect();
    (!sentences.is_empty()).then(|| Line::from(format!("- `{name}`: {}", sentences.join(" "))))
}
