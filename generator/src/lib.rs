//! Generates three crates from an OpenAPI document: models, an async client and an axum server, which share one set of types.
//!
//! [`generate`] runs the whole pipeline and returns the files in memory; [`write()`] writes them. [`Builder`] does both from a
//! `build.rs`. The package `crategen-cli` contains the command `crategen`.
//!
//! Apart from [`write()`] and [`Builder`], nothing in this library writes to the disk.

#[cfg(test)]
mod accounting_tests;
mod analyze;
mod build_script;
mod bundle;
mod config;
pub mod diag;
mod dialect;
mod diff;
mod distance;
mod emit;
mod glob;
mod inspect;
mod invisible;
mod ir;
mod load;
mod lower;
mod names;
mod percent;
mod pipeline;
mod relative;
mod render;
mod settings;
mod settings_file;
mod spec;
mod summary;
mod tree;
mod vocabulary;
mod write;

use std::collections::BTreeMap;
use std::path::PathBuf;

pub use build_script::{BuildError, Builder};
pub use config::{
    Config, CrateKind, Crates, DateTime, Integer, Limits, MapType, NameChoices, NextChoice, OperationChoices,
    OperationFilter, OperationIds, PackageChoices, PaginationChoice, Runtime, SettingsFile, TypeChoices,
};
use diag::Report;
pub use diff::{Change, ChangeKind, ChangePlace, Comparison, DiffError, Level, Surface, Version};
pub use inspect::{InspectedBody, InspectedType, Inspection, UnknownType};
pub use load::{RemoteError, Source};
use pipeline::run;
pub use settings::{Settings, SettingsError, is_url};
pub use summary::{Coverage, Summary};
pub use write::{Changes, WriteError, compare, overwrite, write};

/// Generated files in memory.
#[derive(Clone, Debug)]
pub struct Output {
    /// The text of every file, by its path below the output folder.
    pub files: BTreeMap<PathBuf, String>,
    /// The features of `crategen-runtime` that the crates need, sorted.
    pub runtime_features: Vec<&'static str>,
    /// The files on this machine that were read.
    pub read: Vec<PathBuf>,
    /// The files on other hosts that were fetched; [`write()`] keeps and pins them.
    pub fetched: Vec<Source>,
    /// How many operations were generated.
    pub coverage: Coverage,
    /// The warnings.
    pub report: Report,
}

/// Generates the configured crates.
///
/// Fails with all errors of the first stage that reports one. With `strict`, warnings are errors as well.
pub fn generate(source: Source, config: &Config) -> Result<Output, Report> {
    let ((files, runtime_features, coverage), report) = run(config, |run| {
        let document = run.read(source)?;
        let embedded = if config.crates.server { document.root().pretty_json() } else { String::new() };
        let api = run.lower(document)?;
        let (api, analysis) = run.analyze(api)?;
        let names = run.assign_names(&api)?;
        let features = emit::runtime_features(&emit::Needs::of(&api, &analysis), config);
        Ok((run.render(&api, &analysis, &names, &embedded)?, features, Coverage::of(&api)))
    })?;
    let fetched = report.sources().iter().filter(|source| source.fetched.is_some()).cloned().collect();
    let read = report.read();
    Ok(Output { files, runtime_features, read, fetched, coverage, report })
}

/// Checks a document without generating anything. Returns how many operations can be generated, and the warnings.
///
/// Fails like [`generate`].
pub fn validate(source: Source, config: &Config) -> Result<(Coverage, Report), Report> {
    run(config, |run| {
        let document = run.read(source)?;
        let api = run.lower(document)?;
        let (api, _) = run.analyze(api)?;
        run.assign_names(&api)?;
        Ok(Coverage::of(&api))
    })
}

/// Returns the draft of an implementation of the generated server, as the text of a Rust module, and the warnings: every trait with
/// bodies of `todo!()`.
///
/// Fails like [`generate`].
pub fn scaffold_server(source: Source, config: &Config) -> Result<(String, Report), Report> {
    run(config, |run| {
        let document = run.read(source)?;
        let api = run.lower(document)?;
        let (api, analysis) = run.analyze(api)?;
        let names = run.assign_names(&api)?;
        run.scaffold(&api, &analysis, &names)
    })
}

/// Returns the types and operations of a document with their Rust names, and the warnings.
///
/// Fails like [`generate`].
pub fn inspect(source: Source, config: &Config) -> Result<(Inspection, Report), Report> {
    run(config, |run| {
        let document = run.read(source)?;
        let api = run.lower(document)?;
        let (api, analysis) = run.analyze(api)?;
        let names = run.assign_names(&api)?;
        Ok(Inspection::of(&api, &analysis, &names, config))
    })
}

/// Compares two versions of an API: what changes for users of the crates, and in what is sent.
///
/// Both are read with the same configuration. Fails like [`generate`] if one of them has errors, and says which one.
pub fn diff(old: Source, new: Source, config: &Config) -> Result<Comparison, DiffError> {
    let read_old = run(config, |run| {
        let document = run.read(old)?;
        let api = run.lower(document)?;
        let (api, analysis) = run.analyze(api)?;
        run.assign_names(&api)?;
        Ok(((api, analysis), run.origins()))
    });
    let ((old, old_origins), old_report) = read_old.map_err(|report| DiffError { version: Version::Old, report })?;
    let compared = run(config, |run| {
        let document = run.read(new)?;
        let api = run.lower(document)?;
        let (api, analysis) = run.analyze(api)?;
        let names = run.assign_names(&api)?;
        let (old_api, old_analysis) = old;
        let old = diff::Model::again(old_api, old_analysis, config);
        Ok((diff::compare(&old, &diff::Model { api, analysis, names }, config), run.origins()))
    });
    let ((found, new_origins), new_report) = compared.map_err(|report| DiffError { version: Version::New, report })?;
    Ok(Comparison::locate(found, (&old_report, &old_origins), (&new_report, &new_origins)))
}

/// Merges a document that consists of several files into one, and returns the warnings about its references.
///
/// Only references to other files change: a schema in another file becomes a component, and any other object replaces the
/// reference to it. Fails if a file is invalid or a reference is not allowed; with `strict`, warnings are errors as well.
pub fn bundle(source: Source, config: &Config) -> Result<(Bundle, Report), Report> {
    run(config, |run| Ok(Bundle(run.read(source)?.into_root())))
}

/// A document that consists of one file.
#[derive(Clone, Debug)]
pub struct Bundle(tree::Tree);

impl Bundle {
    /// Returns the document as JSON, indented by two spaces.
    pub fn to_json(&self) -> String {
        self.0.pretty_json()
    }

    /// Returns the document as YAML.
    pub fn to_yaml(&self) -> String {
        self.0.to_yaml()
    }
}
