//! What the document says of the arguments of a method, which have no documentation of their own.

use proc_macro2::Ident;

use super::docs::{self, Line};
use crate::ir::Docs;

/// A list of the arguments that the document describes, by their names.
pub(super) fn lines<'d>(arguments: impl IntoIterator<Item = (&'d Ident, &'d Docs)>) -> Vec<Line> {
    arguments.into_iter().filter_map(|(name, about)| line(name, about)).collect()
}

/// ``- `id`: The id of the user. Deprecated.``
fn line(name: &Ident, about: &Docs) -> Option<Line> {
    let text = docs::one_line(&about.description);
    let description = Some(text.markdown().to_owned()).filter(|text| !text.is_empty());
    let deprecated = about.deprecated.then(|| "Deprecated.".to_owned());
    let sentences: Vec<String> = description.into_iter().chain(deprecated).collect();
    (!sentences.is_empty()).then(|| Line::from(format!("- `{name}`: {}", sentences.join(" "))))
}
