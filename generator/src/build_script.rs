//! Generating from a `build.rs`: one file, nothing checked in.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use crate::config::{Config, Runtime};
use crate::diag::{Fold, Report, Style};
use crate::{Output, Source, emit, generate, render, write};

/// Generates into `OUT_DIR` from a `build.rs`.
///
/// ```no_run
/// fn main() {
///     crategen::Builder::new("openapi.yaml").emit_to_out_dir("api.rs").unwrap_or_else(|error| panic!("{error}"));
/// }
/// ```
///
/// The file has the modules `models`, `client` and `server`; include it inside a module of your own with
/// `include!(concat!(env!("OUT_DIR"), "/api.rs"))`.
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until it emits"]
pub struct Builder {
    spec: PathBuf,
    config: Config,
    features: BTreeSet<String>,
    force: bool,
    verbose: bool,
}

/// Why a build script could not generate.
#[derive(Debug)]
pub enum BuildError {
    /// The document has errors.
    Document(Report),
    /// A file cannot be read or written, or `OUT_DIR` is not set.
    Io(std::io::Error),
    /// A bug of crategen: its output is no Rust.
    Internal(String),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document(report) => {
                f.write_str(&report.to_text_with(&Style { fold: Some(FOLD), ..Style::default() }))
            }
            Self::Io(error) => error.fmt(f),
            Self::Internal(message) => write!(f, "a bug of crategen: {message}"),
        }
    }
}

impl std::error::Error for BuildError {}

/// How build scripts fold diagnostics.
const FOLD: Fold = Fold { most: Fold::MOST, help: "call `.verbose(true)` of the `crategen::Builder`" };

/// Prints diagnostics as warnings of cargo, which have one line.
fn print_lines(report: &Report, fold: Option<Fold>) {
    for line in report.to_lines(fold) {
        println!("cargo:warning={}", line.replace(['\n', '\r'], " "));
    }
}

impl From<std::io::Error> for BuildError {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

impl Builder {
    /// Generates from a document; the path is relative to the package.
    pub fn new(spec: impl Into<PathBuf>) -> Self {
        Self { spec: spec.into(), config: Config::default(), features: BTreeSet::new(), force: false, verbose: false }
    }

    /// Whether the module `models` is generated; client and server need it.
    pub fn models(mut self, on: bool) -> Self {
        self.config.crates.models = on;
        self
    }

    /// Whether the module `client` is generated.
    pub fn client(mut self, on: bool) -> Self {
        self.config.crates.client = on;
        self
    }

    /// Whether the module `server` is generated.
    pub fn server(mut self, on: bool) -> Self {
        self.config.crates.server = on;
        self
    }

    /// Everything else that can be chosen, in place of what was chosen so far.
    pub fn config(mut self, config: Config) -> Self {
        self.config = config;
        self
    }

    /// Applies an overlay to the document, behind those before it; the path is relative to the package.
    pub fn overlay(mut self, overlay: impl Into<PathBuf>) -> Self {
        self.config.overlays.push(overlay.into());
        self
    }

    /// Enables a feature of the generated crates (`tracing`, `blocking`, `in-process`, `mock`, `docs`,
    /// `stubs` ...), which are disabled in the single file. The package enables the feature of `crategen-runtime` with the same name.
    pub fn feature(mut self, name: impl Into<String>) -> Self {
        self.features.insert(name.into());
        self
    }

    /// Whether a file that was not generated is replaced. By default it is an error.
    pub fn force(mut self, on: bool) -> Self {
        self.force = on;
        self
    }

    /// Whether all diagnostics are shown. By default, many diagnostics of one kind are folded.
    pub fn verbose(mut self, on: bool) -> Self {
        self.verbose = on;
        self
    }

    /// Writes one file of this name below `OUT_DIR`, and tells cargo when to run again.
    ///
    /// Fails if the document has errors or a file cannot be read or written. Warnings are shown as cargo's.
    pub fn emit_to_out_dir(&self, file: impl AsRef<Path>) -> Result<(), BuildError> {
        let out = std::env::var_os("OUT_DIR")
            .ok_or_else(|| std::io::Error::other("OUT_DIR is not set: call this from a build.rs"))?;
        println!("cargo:rerun-if-changed={}", self.spec.display());
        let output = self.generate().inspect_err(|error| {
            if let BuildError::Document(report) = error
                && self.verbose
            {
                print_lines(report, None);
            }
        })?;
        for path in &output.read {
            println!("cargo:rerun-if-changed={}", path.display());
        }
        print_lines(&output.report, (!self.verbose).then_some(FOLD));
        write::pin(&output.fetched)?;
        let text = self.modules(&output)?;
        let path = Path::new(&out).join(file);
        if !self.force && !write::is_generated_text(&path)? {
            let message = format!("`{}` exists and was not generated by crategen", path.display());
            return Err(std::io::Error::new(std::io::ErrorKind::AlreadyExists, message).into());
        }
        if std::fs::read_to_string(&path).ok().as_deref() != Some(&text) {
            write::atomically(&path, &text)?;
        }
        Ok(())
    }

    /// The crates as files, as the command writes them.
    ///
    /// Fails as [`Builder::emit_to_out_dir`] does.
    pub fn generate(&self) -> Result<Output, BuildError> {
        let source = Source::file(&self.spec).map_err(|error| {
            std::io::Error::new(error.kind(), format!("cannot read `{}`: {error}", self.spec.display()))
        })?;
        // The package depends on the runtime itself.
        let config = Config { runtime: Runtime::Version(emit::VERSION.to_owned()), ..self.config.clone() };
        generate(source, &config).map_err(BuildError::Document)
    }

    fn modules(&self, output: &Output) -> Result<String, BuildError> {
        let mut crates: BTreeMap<String, BTreeMap<PathBuf, &str>> = BTreeMap::new();
        for (path, text) in &output.files {
            let mut parts = path.components();
            let Some(krate) = parts.next().and_then(|part| part.as_os_str().to_str()) else { continue };
            let Ok(inside) = parts.as_path().strip_prefix("src") else { continue };
            crates.entry(krate.to_owned()).or_default().insert(inside.to_path_buf(), text);
        }
        let note = format!("Needs `crategen-runtime` with these features: {}.", output.runtime_features.join(", "));
        render::modules(&crates, &self.features, &note).map_err(BuildError::Internal)
    }
}
