//! Diagnostics: what is wrong, where, and what to do about it.
//!
//! A stage adds its findings to the `Diags` of the run and continues, so that one run shows all mistakes of a stage. After a
//! stage that reported an error, the run ends.

mod code;
mod level;
mod locate;
mod places;
mod pointer;
mod render;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::path::PathBuf;

pub use code::{Code, UnknownCode};
pub use level::{Level, Levels};
pub(crate) use places::{Located, Origins};
pub use pointer::{FileId, Pointer};
pub use render::{Fold, Style};

use crate::load::Source;

/// The severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Output can be generated, but something in the document needs attention.
    Warning,
    /// No output can be generated.
    Error,
}

impl Severity {
    /// Returns `error` or `warning`, as printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A finding, and its location in the document.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The severity.
    pub severity: Severity,
    /// The kind of finding; stable, for tools.
    pub code: Code,
    /// What is wrong: lowercase, without a full stop.
    pub message: String,
    /// The location.
    pub at: Pointer,
    /// Line and column, both from 1, if the text could not be parsed and no pointer leads to the location.
    pub position: Option<(usize, usize)>,
    /// A second location, and how it is related.
    pub related: Option<(Pointer, String)>,
    /// What the reader can do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Adds a sentence that tells the reader what to do.
    pub(crate) fn help(&mut self, help: impl Display) -> &mut Self {
        self.help = Some(help.to_string());
        self
    }

    /// Sets line and column, both from 1, of a location that no pointer leads to.
    pub(crate) fn position(&mut self, line: usize, column: usize) -> &mut Self {
        self.position = Some((line, column));
        self
    }

    /// Adds a second location and how it is related to the first one.
    pub(crate) fn related(&mut self, at: &Pointer, label: impl Display) -> &mut Self {
        self.related = Some((at.clone(), label.to_string()));
        self
    }
}

/// The diagnostics of one run, in the order in which they were found, and the files that they point into.
#[derive(Debug, Default)]
pub(crate) struct Diags {
    found: Vec<Diagnostic>,
    /// The files that were read, by [`FileId`].
    sources: Vec<Source>,
    /// The settings file, which is [`FileId::SETTINGS`].
    settings: Option<Source>,
    /// The files on this machine that could not be read.
    missing: Vec<PathBuf>,
    /// Locations in the bundled document -> the locations in other files that were put there.
    origins: BTreeMap<Pointer, Pointer>,
}

/// A stage reported an error, so the run ends; the error is in the [`Diags`] of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stopped;

impl Diags {
    /// Creates an empty collection.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds a file that diagnostics can point into.
    pub(crate) fn add_source(&mut self, source: Source) -> FileId {
        let file = FileId(u32::try_from(self.sources.len()).unwrap_or(u32::MAX));
        self.sources.push(source);
        file
    }

    /// Adds a file on this machine that the document or the settings name and that could not be read.
    pub(crate) fn add_missing(&mut self, path: PathBuf) {
        self.missing.push(path);
    }

    /// Notes the settings file, which diagnostics can point into.
    pub(crate) fn set_settings(&mut self, settings: Source) {
        self.settings = Some(settings);
    }

    /// Returns a file that was added.
    pub(crate) fn source(&self, file: FileId) -> Option<&Source> {
        self.sources.get(file.0 as usize)
    }

    /// Notes which parts of the root came from other files; from now on, pointers into the root point into the bundle.
    pub(crate) fn set_origins(&mut self, origins: BTreeMap<Pointer, Pointer>) {
        self.origins = origins;
    }

    /// Records an error.
    pub(crate) fn error(&mut self, code: Code, at: &Pointer, message: impl Display) -> &mut Diagnostic {
        self.push(Severity::Error, code, at, message)
    }

    /// Records a warning.
    pub(crate) fn warn(&mut self, code: Code, at: &Pointer, message: impl Display) -> &mut Diagnostic {
        self.push(Severity::Warning, code, at, message)
    }

    /// Returns whether there is a diagnostic with this code at this place.
    pub(crate) fn has(&self, code: Code, at: &Pointer) -> bool {
        self.found.iter().any(|found| found.code == code && found.at == *at)
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

    /// Runs a stage. Fails if it, or a stage before it, reported an error.
    pub(crate) fn stage<T>(&mut self, stage: impl FnOnce(&mut Self) -> T) -> Result<T, Stopped> {
        let value = stage(self);
        if self.found.iter().any(|found| found.severity == Severity::Error) { Err(Stopped) } else { Ok(value) }
    }

    /// Turns warnings into errors, and leaves out diagnostics that are not wanted.
    pub(crate) fn apply(&mut self, levels: &Levels) {
        self.found.retain_mut(|found| {
            let level = levels.codes.get(&found.code);
            let is_denied = level == Some(&Level::Deny) || levels.strict && level != Some(&Level::Allow);
            if found.severity == Severity::Error && level == Some(&Level::Allow) {
                let help = found.help.take().map(|help| format!("{help}; ")).unwrap_or_default();
                found.help = Some(format!("{help}`allow` is for warnings: nothing can be generated after an error"));
            }
            if is_denied {
                found.severity = Severity::Error;
            }
            found.severity == Severity::Error || level != Some(&Level::Allow)
        });
    }

    /// Returns the diagnostics without repetitions, each pointing into the file that it is about.
    pub(crate) fn into_report(mut self) -> Report {
        if !self.origins.is_empty() {
            for found in &mut self.found {
                found.at = origin(&found.at, &self.origins);
                if let Some((at, _)) = &mut found.related {
                    *at = origin(at, &self.origins);
                }
            }
        }
        let mut known = BTreeSet::new();
        let mut is_new = |found: &Diagnostic| known.insert((found.code, found.at.clone(), found.message.clone()));
        Report {
            diagnostics: self.found.into_iter().filter(|found| is_new(found)).collect(),
            sources: self.sources,
            missing: self.missing,
            settings: self.settings.map(Box::new),
        }
    }
}

/// Translates a location in the bundled document to the location in the file that its content came from.
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

/// Diagnostics and the files that they point into. Prints like rustc.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The diagnostics, in the order of the stages.
    pub diagnostics: Vec<Diagnostic>,
    sources: Vec<Source>,
    missing: Vec<PathBuf>,
    settings: Option<Box<Source>>,
}

impl Report {
    /// Returns whether there are no diagnostics.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// Returns the number of errors.
    pub fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    /// Returns the number of warnings.
    pub fn warnings(&self) -> usize {
        self.count(Severity::Warning)
    }

    /// Returns the files on this machine that were read, the settings file among them.
    pub fn read(&self) -> Vec<PathBuf> {
        self.sources.iter().chain(self.settings.as_deref()).filter_map(|source| source.path.clone()).collect()
    }

    /// Returns the files on this machine that the document or the settings name and that could not be read. A new run may find
    /// them.
    pub fn missing(&self) -> &[PathBuf] {
        &self.missing
    }

    /// Returns the files of the document, by [`FileId`].
    pub(crate) fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// Returns the file that a diagnostic points into.
    fn file(&self, file: FileId) -> Option<&Source> {
        if file == FileId::SETTINGS { self.settings.as_deref() } else { self.sources.get(file.0 as usize) }
    }

    fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|found| found.severity == severity).count()
    }
}
