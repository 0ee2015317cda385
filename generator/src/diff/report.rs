//! Prints a comparison: for people, for tools, and as a section of a changelog.

use std::fmt::Write as _;

use super::change::{Change, ChangePlace, Level, Surface};
use super::comparison::Comparison;
use super::kind::ChangeKind;
use crate::invisible::is_invisible;

/// More changes of documentation than these are counted instead of listed.
const MAX_DOCUMENTATION: usize = 10;

impl Comparison {
    /// Returns a text for people: the changes by level, then the verdict.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        for level in Level::ALL {
            for change in self.listed(level) {
                let surfaces = surfaces(change).join(", ");
                let _ = writeln!(
                    out,
                    "{level}[{}] `{}`: {}",
                    change.kind,
                    one_line(&change.symbol).replace('`', "'"),
                    one_line(&change.message),
                    level = level.as_str()
                );
                let _ = writeln!(out, "  --> {} ({}; {surfaces})", shown(&change.place), change.place.pointer);
            }
        }
        let omitted = self.omitted();
        if omitted > 0 {
            let _ = writeln!(out, "and {omitted} changes of documentation only");
        }
        if !out.is_empty() {
            out.push('\n');
        }
        let verdicts = Surface::ALL.map(|surface| format!("{}: {}", surface.as_str(), verdict(self.level(surface))));
        let _ = writeln!(out, "{}", verdicts.join(", "));
        out
    }

    /// Returns a JSON object: the `verdict` of each surface and the `changes`.
    pub fn to_json(&self) -> String {
        let entry = |surface: Surface| (surface.as_str().to_owned(), self.level(surface).map(Level::as_str).into());
        let verdict: serde_json::Map<String, serde_json::Value> = Surface::ALL.into_iter().map(entry).collect();
        let value = serde_json::json!({ "verdict": verdict, "changes": self.changes });
        serde_json::to_string_pretty(&value).unwrap_or_else(|_| "{}".to_owned()) + "\n"
    }

    /// Returns a section of a changelog in Markdown.
    pub fn to_markdown(&self) -> String {
        let mut out = String::from("## API changes\n\n| models | client | server | wire |\n|---|---|---|---|\n");
        let verdicts = Surface::ALL.map(|surface| verdict(self.level(surface)));
        let _ = writeln!(out, "| {} |", verdicts.join(" | "));
        for (level, heading) in
            [(Level::Major, "Breaking"), (Level::Minor, "Compatible"), (Level::Patch, "Documentation")]
        {
            let listed: Vec<&Change> = self.listed(level).collect();
            let omitted = if level == Level::Patch { self.omitted() } else { 0 };
            if listed.is_empty() && omitted == 0 {
                continue;
            }
            let _ = writeln!(out, "\n### {heading}\n");
            for change in listed {
                let (symbol, surfaces) = (code(&change.symbol), surfaces(change).join(", "));
                let _ = writeln!(out, "- {symbol}: {} ({surfaces})", escaped(&change.message));
            }
            if omitted > 0 {
                let _ = writeln!(out, "- {omitted} changes of documentation only");
            }
        }
        if self.changes.is_empty() {
            out.push_str("\nNo changes.\n");
        }
        out
    }

    /// The changes of a level that are listed one by one.
    fn listed(&self, level: Level) -> impl Iterator<Item = &Change> {
        let are_omitted = self.omitted() > 0;
        let of_level = self.changes.iter().filter(move |change| change.level == level);
        of_level.filter(move |change| !are_omitted || change.kind != ChangeKind::DocumentationChanged)
    }

    /// How many changes of documentation are only counted.
    fn omitted(&self) -> usize {
        let is_documentation = |change: &&Change| change.kind == ChangeKind::DocumentationChanged;
        let count = self.changes.iter().filter(is_documentation).count();
        if count > MAX_DOCUMENTATION { count } else { 0 }
    }
}

fn verdict(level: Option<Level>) -> &'static str {
    level.map_or("unchanged", Level::as_str)
}

fn surfaces(change: &Change) -> Vec<&'static str> {
    change.surfaces.iter().map(|surface| surface.as_str()).collect()
}

fn shown(place: &ChangePlace) -> String {
    match (place.line, place.column) {
        (Some(line), Some(column)) => format!("{}:{line}:{column}", place.file),
        _ => place.file.clone(),
    }
}

/// Text as inline code of Markdown, whatever it contains (CommonMark 0.31 §6.1).
fn code(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    if text.contains('`') { escaped(&text) } else { format!("`{text}`") }
}

/// Text in which only the code between backticks means anything.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    // A lone backtick at the end begins no code.
    let is_paired = text.matches('`').count().is_multiple_of(2);
    let mut is_code = false;
    for c in text.chars() {
        match c {
            '`' if is_paired => {
                is_code = !is_code;
                out.push(c);
            }
            '\n' | '\r' => out.push(' '),
            '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '`' if !is_code => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// A text that stays in its line, without characters that a terminal would act on.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c == '\n' || is_invisible(c) { '\u{fffd}' } else { c }).collect()
}
