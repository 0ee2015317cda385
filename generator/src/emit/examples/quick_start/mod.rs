//! The first program that the page and the README of a generated crate show.

mod client;
mod models;
mod server;

pub(in super::super) use client::client;
pub(in super::super) use models::models;
pub(in super::super) use server::server;

use super::super::{Cx, docs};
use crate::ir::{Direction, OpId};

/// A program, and the cargo features that it needs.
pub(in super::super::super) struct QuickStart {
    lines: Vec<String>,
    features: Vec<String>,
}

impl QuickStart {
    /// The program on the page of a crate: a doc test, unless one of the features is off.
    pub fn page(&self) -> Vec<docs::Line> {
        let features: Vec<String> = self.features.iter().map(|name| format!("feature = \"{name}\"")).collect();
        let mut lines = vec!["# Quick start".to_owned(), String::new(), super::FENCE.to_owned()];
        lines.extend((!features.is_empty()).then(|| format!("# #[cfg(all({}))]", features.join(", "))));
        lines.extend((!features.is_empty()).then(|| "# mod quick_start {".to_owned()));
        lines.extend(self.lines.iter().cloned());
        lines.extend((!features.is_empty()).then(|| "# }".to_owned()));
        lines.push("```".to_owned());
        lines.into_iter().map(docs::Line::from).collect()
    }

    /// The program in the README.
    pub fn readme(&self) -> String {
        let lines: String = self.lines.iter().map(|line| docs::Line::from(line).markdown().to_owned() + "\n").collect();
        format!("```rust,no_run\n{lines}```")
    }
}

/// Further operations are not looked at.
const MAX_TRIED: usize = 64;

/// The features of a group.
fn features_of(cx: &Cx<'_>, group: usize) -> Vec<String> {
    cx.names.group(group).feature.clone().into_iter().collect()
}

/// The calls of the document, each with its group.
fn calls<'a>(cx: &Cx<'a>) -> impl Iterator<Item = (usize, OpId)> + use<'a> {
    let groups = cx.api.groups.iter().enumerate().filter(|(_, group)| group.direction == Direction::Call);
    groups.flat_map(|(index, group)| group.operations.iter().map(move |op| (index, *op))).take(MAX_TRIED)
}

/// The import of items of a crate, with as many on a line as fit.
fn uses(krate: &str, items: &[impl AsRef<str>]) -> Vec<String> {
    if let [only] = items {
        return vec![format!("use {krate}::{};", only.as_ref())];
    }
    let all = items.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ");
    if all.len() + krate.len() <= MAX_USES {
        return vec![format!("use {krate}::{{{all}}};")];
    }
    let (mut lines, mut line) = (vec![format!("use {krate}::{{")], String::new());
    for item in items {
        if !line.is_empty() && line.len() + item.as_ref().len() > MAX_USES {
            lines.push(std::mem::take(&mut line));
        }
        line.push_str(if line.is_empty() { "    " } else { " " });
        line.push_str(item.as_ref());
        line.push(',');
    }
    lines.extend([line, "};".to_owned()]);
    lines
}

/// The width of a line of an import.
const MAX_USES: usize = 76;
