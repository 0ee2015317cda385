//! What went wrong, where, and what to do about it.
//!
//! Every stage appends to one [`Diags`] and goes on, so that one run shows all mistakes of a stage; [`Diags::stop`] between
//! the stages ends the run when there was an error.

mod code;
mod locate;
mod pointer;
mod render;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

pub use code::Code;
pub use pointer::{FileId, Pointer};

use crate::load::Source;

/// How bad a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The output is complete, but something in the document deserves attention.
    Warning,
    /// Nothing can be generated.
    Error,
}

impl Severity {
    /// `error` or `warning`, as printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One finding, tied to a place in the document.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What kind of finding it is; stable, for tools and `--allow`.
    pub code: Code,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where it is.
    pub at: Pointer,
    /// Line and column, both from 1, where no pointer leads: the text could not be read.
    pub position: Option<(usize, usize)>,
    /// A second place that matters, and why.
    pub related: Option<(Pointer, String)>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Adds what the reader can do about it.
    pub fn help(&mut self, help: impl Display) -> &mut Self {
        self.help = Some(help.to_string());
        self
    }

    /// Says where the place is, if no pointer leads to it; line and column from 1.
    pub fn position(&mut self, line: usize, column: usize) -> &mut Self {
        self.position = Some((line, column));
        self
    }

    /// Adds a second place and what it has to do with this one.
    pub fn related(&mut self, at: &Pointer, label: impl Display) -> &mut Self {
        self.related = Some((at.clone(), label.to_string()));
        self
    }
}

/// The diagnostics of one run, in the order in which they were found.
#[derive(Debug, Default)]
pub struct Diags {
    found: Vec<Diagnostic>,
}

/// A stage found errors; what they are is in the [`Diags`] of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped;

impl Diags {
    /// An empty collection.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds what was found elsewhere.
    pub fn append(&mut self, mut others: Self) {
        self.found.append(&mut others.found);
    }

    /// Records an error.
    pub fn error(&mut self, code: Code, at: &Pointer, message: impl Display) -> &mut Diagnostic {
        self.push(Severity::Error, code, at, message)
    }

    /// Records a warning.
    pub fn warn(&mut self, code: Code, at: &Pointer, message: impl Display) -> &mut Diagnostic {
        self.push(Severity::Warning, code, at, message)
    }

    fn push(&mut self, severity: Severity, code: Code, at: &Pointer, message: impl Display) -> &mut Diagnostic {
        let index = self.found.len();
        self.found.push(Diagnostic {
            severity,
            code,
            message: message.to_string(),
            at: at.clone(),
            position: None,
            related: None,
            help: None,
        });
        &mut self.found[index]
    }

    /// Ends the run if an error was found so far.
    pub fn stop(&self) -> Result<(), Stopped> {
        if self.found.iter().any(|found| found.severity == Severity::Error) { Err(Stopped) } else { Ok(()) }
    }

    /// Makes every warning an error (`--strict`).
    pub fn deny_warnings(&mut self) {
        for found in &mut self.found {
            found.severity = Severity::Error;
        }
    }

    /// What was found, each once, together with the text that it is about.
    ///
    /// `origins`: where parts of the root come from that other files define.
    pub fn into_report(mut self, sources: Vec<Source>, origins: &BTreeMap<Pointer, Pointer>) -> Report {
        if !origins.is_empty() {
            for found in &mut self.found {
                found.at = origin(&found.at, origins);
                if let Some((at, _)) = &mut found.related {
                    *at = origin(at, origins);
                }
            }
        }
        let mut known = BTreeSet::new();
        let mut is_new = |found: &Diagnostic| known.insert((found.code, found.at.clone(), found.message.clone()));
        Report { diagnostics: self.found.into_iter().filter(|found| is_new(found)).collect(), sources }
    }
}

/// The place in its file of what stands at a place of the root.
fn origin(at: &Pointer, origins: &BTreeMap<Pointer, Pointer>) -> Pointer {
    let mut inside = at.clone();
    let mut rest: Vec<String> = Vec::new();
    loop {
        if let Some(origin) = origins.get(&inside) {
            return rest.iter().rev().fold(origin.clone(), |at, token| at.push(token));
        }
        if inside.path().is_empty() {
            return at.clone();
        }
        rest.push(inside.last());
        inside = inside.parent();
    }
}

/// Diagnostics with the sources that they point into; prints as rustc would.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The findings, in the order of the stages.
    pub diagnostics: Vec<Diagnostic>,
    sources: Vec<Source>,
}

impl Report {
    /// Nothing was found.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// How many errors there are.
    pub fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    /// How many warnings there are.
    pub fn warnings(&self) -> usize {
        self.count(Severity::Warning)
    }

    fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|found| found.severity == severity).count()
    }
}
