//! What the document says of the arguments of a method, which have no documentation of their own.

use proc_macro2::Ident;

use super::checks;
use super::docs::{self, Line};
use crate::ir::{Checks, Docs};

/// An argument: its name, and what the document says of it.
pub(super) type ArgumentDocs<'d> = (&'d Ident, &'d Docs, Option<&'d Checks>);

/// A list of the arguments that the document describes.
pub(super) fn lines<'d>(arguments: impl IntoIterator<Item = ArgumentDocs<'d>>) -> Vec<Line> {
    arguments.into_iter().filter_map(line).collect()
}

/// The beginning of a Markdown text that is neither a list, a table nor code, as one line.
fn first_sentences(markdown: &str) -> String {
    let begins_other =
        |line: &str| ["- ", "* ", "+ ", "|", "#", ">", "```", "~~~"].iter().any(|start| line.starts_with(start));
    let is_prose = |line: &&str| !line.is_empty() && !begins_other(line);
    let lines = markdown.lines().map(str::trim).skip_while(|line| line.is_empty()).take_while(is_prose);
    lines.collect::<Vec<_>>().join(" ")
}

/// A text with a mark at its end.
fn sentence(text: &str) -> String {
    let is_ended = text.is_empty() || text.ends_with(['.', '!', '?', ':']);
    if is_ended { text.to_owned() } else { format!("{text}.") }
}

/// ``- `id`: The id of the user. At least 1. Deprecated.``
fn line((name, about, checks): ArgumentDocs<'_>) -> Option<Line> {
    let text = docs::one_line(first_sentences(&about.description).as_str());
    let description = Some(sentence(text.markdown())).filter(|text| !text.is_empty());
    let rules = checks.and_then(checks::notes);
    let deprecated = about.deprecated.then(|| "Deprecated.".to_owned());
    let sentences: Vec<String> = description.into_iter().chain(rules).chain(deprecated).collect();
    (!sentences.is_empty()).then(|| Line::from(format!("- `{name}`: {}", sentences.join(" "))))
}
