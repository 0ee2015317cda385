//! The features of a generated crate, as its README lists them.

use super::super::Cx;
use super::super::capability::{self, Krate};

/// The features of a crate, as a table of its README.
pub(in super::super) fn features(cx: &Cx<'_>, krate: Krate) -> String {
    let tags: Vec<&str> =
        (0..cx.api.groups.len()).filter_map(|index| cx.names.group(index).feature.as_deref()).collect();
    let mut rows: Vec<String> =
        capability::choices(cx, krate).map(|choice| format!("| `{}` | {} |\n", choice.name, choice.about)).collect();
    if let [first, ..] = tags.as_slice() {
        let some = tags.iter().take(MAX_TAGS).map(|tag| format!("`{tag}`")).collect::<Vec<_>>().join(", ");
        let more = if tags.len() > MAX_TAGS { ", ..." } else { "" };
        rows.push(format!("| {some}{more} | The operations of each tag; all are on by default. `default-features = false, features = [\"{first}\"]` enables one alone. |\n"));
    }
    if rows.is_empty() {
        return String::new();
    }
    format!("\n\n## Features\n\n| feature | what it adds |\n|---|---|\n{}", rows.concat().trim_end())
}

/// More tags are not listed.
const MAX_TAGS: usize = 8;
