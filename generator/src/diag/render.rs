//! Prints diagnostics: as text for people, as JSON lines for tools.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::json;

use super::locate::{self, Position};
use super::{Code, Diagnostic, FileId, Pointer, Report, Severity};
use crate::load::Source;

/// How a report is printed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    /// Whether to use ANSI colors, for a terminal.
    pub colors: bool,
    /// How to fold many diagnostics of one code. Default: all are printed.
    pub fold: Option<Fold>,
}

/// How many diagnostics of one code and severity are folded.
#[derive(Clone, Copy, Debug)]
pub struct Fold {
    /// How many of them are printed.
    pub most: usize,
    /// How to see the others, such as "use `--verbose`".
    pub help: &'static str,
}

impl Fold {
    /// How many diagnostics of one code people usually want to read.
    pub const MOST: usize = 5;
}

/// Diagnostics of a report with their lines and columns.
struct Located<'r> {
    report: &'r Report,
    positions: BTreeMap<FileId, BTreeMap<String, Position>>,
    lines: BTreeMap<FileId, Vec<Line<'r>>>,
}

impl Report {
    /// Returns the report as rustc would print it, without colors. The last line counts errors and warnings.
    pub fn to_text(&self) -> String {
        self.to_text_with(&Style::default())
    }

    /// Returns the text of [`Report::to_text`] in a style.
    pub fn to_text_with(&self, style: &Style) -> String {
        let renderer = if style.colors { Renderer::styled() } else { Renderer::plain() };
        let (shown, folded) = self.folded(style.fold);
        let located = Located::new(self, &shown);
        let mut out = String::new();
        for found in shown {
            out.push_str(&located.text(found, &renderer));
            out.push_str("\n\n");
        }
        if let Some(folded) = folded {
            let _ = writeln!(out, "{folded}\n");
        }
        let (errors, warnings) = (self.errors(), self.warnings());
        let _ = match (errors, warnings) {
            (0, 0) => Ok(()),
            (0, w) => writeln!(out, "{}", count(w, "warning")),
            (e, 0) => writeln!(out, "{}", count(e, "error")),
            (e, w) => writeln!(out, "{}, {}", count(e, "error"), count(w, "warning")),
        };
        out
    }

    /// Returns one line per diagnostic, and one about those that are folded: for tools that show lines.
    pub fn to_lines(&self, fold: Option<Fold>) -> Vec<String> {
        let (shown, folded) = self.folded(fold);
        let located = Located::new(self, &shown);
        shown.iter().map(|found| located.line(found)).chain(folded).collect()
    }

    /// Returns the diagnostics that are printed, and a text about the others.
    fn folded(&self, fold: Option<Fold>) -> (Vec<&Diagnostic>, Option<String>) {
        let most = fold.map_or(usize::MAX, |fold| fold.most);
        let mut counts: BTreeMap<(Severity, Code), usize> = BTreeMap::new();
        let mut is_shown = |found: &&Diagnostic| {
            let count = counts.entry((found.severity, found.code)).or_default();
            *count += 1;
            *count <= most
        };
        let shown = self.diagnostics.iter().filter(&mut is_shown).collect();
        let more = counts.iter().rev().filter(|(_, count)| **count > most);
        let more: Vec<String> =
            more.map(|((_, code), count)| format!("{} more of `{code}`", count.saturating_sub(most))).collect();
        let text = fold.filter(|_| !more.is_empty()).map(|fold| format!("and {}; {}", more.join(", "), fold.help));
        (shown, text)
    }

    /// Returns one JSON object per line: `severity`, `code`, `message`, `file`, `line`, `column`, `pointer`, `help`.
    pub fn to_json_lines(&self) -> String {
        let mut out = String::new();
        for (_, value) in self.to_json() {
            let _ = writeln!(out, "{value}");
        }
        out
    }

    /// Returns the code of each diagnostic and the object that [`Report::to_json_lines`] prints for it.
    pub(crate) fn to_json(&self) -> Vec<(Code, serde_json::Value)> {
        let all: Vec<&Diagnostic> = self.diagnostics.iter().collect();
        let located = Located::new(self, &all);
        let object = |found: &Diagnostic| {
            let position = located.of(found);
            json!({
                "severity": found.severity.as_str(),
                "code": found.code.as_str(),
                "message": found.message,
                "file": self.source(&found.at).map(|source| source.name.clone()),
                "line": position.map(|p| p.line),
                "column": position.map(|p| p.column),
                "pointer": found.at.to_string(),
                "help": found.help,
            })
        };
        self.diagnostics.iter().map(|found| (found.code, object(found))).collect()
    }

    fn source(&self, at: &Pointer) -> Option<&Source> {
        self.file(at.file())
    }
}

fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

impl<'r> Located<'r> {
    fn new(report: &'r Report, shown: &[&'r Diagnostic]) -> Self {
        let mut wanted: BTreeMap<FileId, Vec<&Pointer>> = BTreeMap::new();
        for found in shown {
            wanted.entry(found.at.file()).or_default().push(&found.at);
            if let Some((at, _)) = &found.related {
                wanted.entry(at.file()).or_default().push(at);
            }
        }
        let lines = |file: &FileId| {
            let source = report.file(*file)?;
            Some((*file, source.text.lines().map(Line::new).collect()))
        };
        let lines = wanted.keys().filter_map(lines).collect();
        let positions = wanted
            .into_iter()
            .filter_map(|(file, pointers)| {
                let source = report.file(file)?;
                Some((file, locate::positions(file, &source.text, pointers.into_iter())))
            })
            .collect();
        Self { report, positions, lines }
    }

    fn position(&self, at: &Pointer) -> Option<Position> {
        locate::nearest(self.positions.get(&at.file())?, at)
    }

    /// Returns the position that the stage has set, or the one that the pointer leads to.
    fn of(&self, found: &Diagnostic) -> Option<Position> {
        match found.position {
            Some((line, column)) => Some(Position { line, column }),
            None => self.position(&found.at),
        }
    }

    fn line(&self, found: &Diagnostic) -> String {
        let Diagnostic { severity, code, message, at, .. } = found;
        let line = format!("{}[{code}]: {message}", severity.as_str());
        match (self.report.source(at), self.of(found)) {
            (Some(source), Some(Position { line: row, column })) => format!("{line} ({}:{row}:{column})", source.name),
            _ => format!("{line} ({at})"),
        }
    }

    fn text(&self, found: &Diagnostic, renderer: &Renderer) -> String {
        let level = match found.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(&found.message).id(found.code.as_str());
        let mut group = match self.snippet(&found.at, self.of(found), AnnotationKind::Primary, None) {
            Some(snippet) => title.element(snippet),
            None => Group::with_title(title),
        };
        if let Some((at, label)) = &found.related
            && let Some(snippet) = self.snippet(at, self.position(at), AnnotationKind::Context, Some(label))
        {
            group = group.element(snippet);
        }
        group = group.element(Level::NOTE.with_name("at").message(found.at.to_string()));
        if let Some(help) = &found.help {
            group = group.element(Level::HELP.message(help));
        }
        renderer.render(&[group])
    }

    /// Shows the line at `position`, with carets under the value there.
    fn snippet<'s>(
        &'s self,
        at: &Pointer,
        position: Option<Position>,
        kind: AnnotationKind,
        label: Option<&'s String>,
    ) -> Option<Snippet<'s, annotate_snippets::Annotation<'s>>> {
        let source = self.report.source(at)?;
        let position = position?;
        let line = self.lines.get(&at.file())?.get(position.line.checked_sub(1)?)?;
        let (line, column) = line.window(position.column.saturating_sub(1));
        let start = line.char_indices().nth(column).map_or(line.len(), |(offset, _)| offset);
        let rest = line.get(start..).unwrap_or("");
        let comment = rest.find(" #").unwrap_or(rest.len());
        let length = rest.find([',', '{', '}']).unwrap_or(rest.len()).min(comment);
        let length = rest.get(..length).unwrap_or("").trim_end().len();
        let end = start + length.max(rest.chars().next().map_or(0, char::len_utf8));
        let annotation = kind.span(start..end);
        let annotation = match label {
            Some(label) => annotation.label(label),
            None => annotation,
        };
        Some(Snippet::source(line).line_start(position.line).path(&source.name).annotation(annotation))
    }
}

/// A line of a file. A minified document is one line of megabytes, in which every diagnostic looks for its column.
struct Line<'r> {
    text: &'r str,
    /// The offsets of every [`Line::STEP`]th character.
    marks: Vec<usize>,
}

impl<'r> Line<'r> {
    const STEP: usize = 256;

    fn new(text: &'r str) -> Self {
        let marks = text.char_indices().step_by(Self::STEP).map(|(offset, _)| offset);
        Self { text, marks: if text.len() > SHOWN { marks.collect() } else { Vec::new() } }
    }

    /// Returns the offset of a character.
    fn offset(&self, column: usize) -> usize {
        let (mark, rest) = (self.marks.get(column / Self::STEP).copied(), column % Self::STEP);
        let (mark, rest) = match mark {
            Some(mark) => (mark, rest),
            None if self.marks.is_empty() => (0, column),
            None => return self.text.len(),
        };
        let from_mark = self.text.get(mark..).and_then(|text| text.char_indices().nth(rest));
        from_mark.map_or(self.text.len(), |(offset, _)| mark + offset)
    }

    /// Returns the part around a column, and the column in it.
    fn window(&self, column: usize) -> (&'r str, usize) {
        if self.text.len() <= SHOWN {
            return (self.text, column);
        }
        let skip = column.saturating_sub(SHOWN / 4);
        (self.text.get(self.offset(skip)..self.offset(skip + SHOWN)).unwrap_or(""), column - skip)
    }
}

/// How many characters of a line are shown.
const SHOWN: usize = 160;
