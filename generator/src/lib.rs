//! From an OpenAPI document to three crates that share one set of types: models, an async client, an axum server.
//!
//! [`generate`] is the whole pipeline, pure but for the reading of files that the document refers to. [`Builder`] runs it from
//! a `build.rs`; the command `crategen` runs it from a shell.

mod build_script;
mod bundle;
mod config;
pub mod diag;
mod dialect;
mod emit;
mod inspect;
pub mod ir;
mod load;
mod lower;
mod names;
mod relative;
mod render;
mod settings;
mod spec;
mod summary;
mod tree;
mod vocabulary;
mod write;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::AtomicUsize;

pub use build_script::{BuildError, Builder};
pub use config::{
    Config, Crates, DateTime, Integer, MapType, NextChoice, OperationChoices, OperationFilter, PaginationChoice,
    Runtime, TypeChoices,
};
use diag::{Code, Diags, Pointer, Report, Stopped};
pub use inspect::Inspection;
pub use load::{RemoteError, Source};
pub use settings::{Settings, SettingsError, is_url};
pub use summary::{Coverage, Summary};
pub use write::{Changes, compare, write};

/// What was generated, in memory.
#[derive(Clone, Debug)]
pub struct Output {
    /// The text of every file, by its path below the output folder.
    pub files: BTreeMap<PathBuf, String>,
    /// Every file that was read.
    pub read: Vec<PathBuf>,
    /// How much of the document was generated.
    pub coverage: Coverage,
    /// What deserves attention.
    pub report: Report,
}

/// Generates every crate that `config` asks for.
///
/// Fails with every error of the first stage that found one; nothing is written in either case.
pub fn generate(source: Source, config: &Config) -> Result<Output, Report> {
    let mut diags = Diags::new();
    let document = load::load(source, config, &mut diags);
    let document = bundle::bundle(document, &mut diags);
    // Only servers carry the document.
    let json = if config.crates.server { document.root().pretty_json() } else { String::new() };
    let document = if diags.stop().is_ok() { dialect::normalise(document, &mut diags) } else { document };
    let files = diags.stop().and_then(|()| crates(&document, &json, config, &mut diags));
    let read = document.sources.iter().filter_map(|source| source.path.clone()).collect();
    if config.strict {
        diags.deny_warnings();
    }
    let report = diags.into_report(document.sources, &document.origins);
    match files {
        Ok((files, coverage)) => Ok(Output { files, read, coverage, report }),
        Err(Stopped) => Err(report),
    }
}

/// The stages after the document is normal.
fn crates(
    document: &load::Document,
    json: &str,
    config: &Config,
    diags: &mut Diags,
) -> Result<(BTreeMap<PathBuf, String>, Coverage), Stopped> {
    let spec = spec::Spec::read(document);
    let api = lower::lower(&spec, config, diags);
    diags.stop()?;
    for bug in ir::check::check(&api) {
        diags.error(Code::Internal, &Pointer::default(), bug).help("this is a bug of crategen; please report it");
    }
    diags.stop()?;
    let coverage = Coverage { documented: api.documented, generated: api.operations.len() };
    let (files, of_names) = files(&api, json, config);
    diags.append(of_names);
    if config.strict {
        diags.deny_warnings();
    }
    diags.stop()?;
    let files = files.map_err(|bug| {
        diags
            .error(
                Code::Internal,
                &Pointer::default(),
                format!("{} cannot be rendered: {}", bug.path.display(), bug.message),
            )
            .help("this is a bug of crategen; please report it");
        Stopped
    })?;
    Ok((files, coverage))
}

/// The text of every file, by its path.
type Files = Result<BTreeMap<PathBuf, String>, render::Unrenderable>;

/// The files of every crate that is wanted, and what is to be said of names.
fn files(api: &ir::Api, json: &str, config: &Config) -> (Files, Diags) {
    let free = AtomicUsize::new(0);
    let needs = emit::Needs::of(api);
    let make = || {
        // Identifiers do not move between threads; everyone comes to the same ones.
        let mut diags = Diags::new();
        let names = names::Names::assign(api, config, &mut diags);
        let cx = emit::Cx { api, needs: &needs, names: &names, config, document: json };
        let mut share = emit::Share::of(&free);
        let crates = emit::wanted(config).map(|emitter| {
            render::all(&emit::crate_name(&names, emitter), &mut share, |files| emitter.emit_crate(&cx, files))
        });
        let mut files: Files =
            crates.collect::<Result<Vec<_>, _>>().map(|crates| crates.into_iter().flatten().collect());
        if config.runtime == Runtime::Written {
            let runtime = render::all("crategen-runtime", &mut share, emit::runtime);
            files = files.and_then(|mut files| {
                files.extend(runtime?);
                Ok(files)
            });
        }
        (files, diags)
    };
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads()).map(|_| scope.spawn(make)).collect();
        let (mut files, diags): (Files, Diags) = make();
        for other in others {
            let (found, _) = other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            files = files.and_then(|mut files| {
                files.extend(found?);
                Ok(files)
            });
        }
        (files, diags)
    })
}

/// How many threads share work: more than a few would do the same preparations for too little work each.
fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(4)
}

/// The document as one file, and what was wrong with its references.
///
/// It is as it was written but for references to other files: a schema of another file becomes a component, any other object
/// stands where it is referred to. Fails if a file cannot be understood.
pub fn bundle(source: Source, config: &Config) -> Result<(Bundle, Report), Report> {
    let mut diags = Diags::new();
    let document = load::load(source, config, &mut diags);
    let document = bundle::bundle(document, &mut diags);
    if config.strict {
        diags.deny_warnings();
    }
    let bundle = Bundle(document.root().clone());
    let stopped = diags.stop();
    let report = diags.into_report(document.sources, &document.origins);
    match stopped {
        Ok(()) => Ok((bundle, report)),
        Err(Stopped) => Err(report),
    }
}

/// A document of one file.
#[derive(Clone, Debug)]
pub struct Bundle(tree::Tree);

impl Bundle {
    /// The document as JSON, indented by two.
    pub fn to_json(&self) -> String {
        self.0.pretty_json()
    }

    /// The document as YAML.
    pub fn to_yaml(&self) -> String {
        self.0.to_yaml()
    }
}

/// Shows what is understood of a document: its types and operations, and what they are called.
///
/// Fails as [`generate`] does.
pub fn inspect(source: Source, config: &Config) -> Result<(Inspection, Report), Report> {
    let mut diags = Diags::new();
    let document = load::load(source, config, &mut diags);
    let document = bundle::bundle(document, &mut diags);
    let document = if diags.stop().is_ok() { dialect::normalise(document, &mut diags) } else { document };
    let found = diags.stop().and_then(|()| {
        let api = lower::lower(&spec::Spec::read(&document), config, &mut diags);
        diags.stop()?;
        let names = names::Names::assign(&api, config, &mut diags);
        Ok(Inspection::of(&api, &names, config))
    });
    let report = diags.into_report(document.sources, &document.origins);
    match found {
        Ok(inspection) => Ok((inspection, report)),
        Err(Stopped) => Err(report),
    }
}
