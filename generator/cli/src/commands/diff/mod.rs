//! `crategen diff`

pub mod args;
mod git;

use std::path::PathBuf;

use crategen::{Comparison, DiffError, Settings, Source, Surface, Version};

use crate::args::Format;
use crate::exit::Failure;
use crate::print::{Diagnostics, print_result, print_status};
use crate::settings::{read_settings, read_source};
use args::{DiffArgs, DiffFormat};
use git::Checkout;

/// Prints what changed between two documents.
pub fn run_diff(args: &DiffArgs) -> Result<(), Failure> {
    let comparison = compare(args)?;
    print_result(&match args.format {
        DiffFormat::Text => comparison.to_text(),
        DiffFormat::Json => comparison.to_json(),
        DiffFormat::Markdown => comparison.to_markdown(),
    });
    match args.fail_on.level() {
        Some(level) if comparison.highest().is_some_and(|highest| highest >= level) => Err(Failure::Changed),
        _ => Ok(()),
    }
}

fn compare(args: &DiffArgs) -> Result<Comparison, Failure> {
    let (settings, old, checkout) = match &args.against {
        Some(revision) => against(args, revision)?,
        None => {
            let [old, new] = two_documents(args)?;
            let settings = read_settings(&args.common(Some(new)))?;
            let old = read_source(&Settings { spec: Some(old), ..settings.clone() })?;
            (settings, old, None)
        }
    };
    let new = read_source(&settings)?;
    let mut comparison = crategen::diff(old, new, &settings.config).map_err(|error| unreadable(error, args))?;
    if let Some(checkout) = checkout {
        checkout.rename_files(&mut comparison);
    }
    if !args.only.is_empty() {
        comparison.retain(&args.only.iter().map(|compared| Surface::from(*compared)).collect::<Vec<_>>());
    }
    Ok(comparison)
}

/// Says which document has errors, as the place of an error may be unknown.
fn unreadable(error: DiffError, args: &DiffArgs) -> Failure {
    if args.read.message_format == Format::Text {
        let version = if error.version == Version::Old { "old" } else { "new" };
        print_status(&format!("the {version} document has errors:"));
    }
    Failure::Document(Box::new(error.report), Diagnostics::of(&args.common(None)))
}

fn two_documents(args: &DiffArgs) -> Result<[PathBuf; 2], Failure> {
    match args.documents.as_slice() {
        [old, new] => Ok([old.clone(), new.clone()]),
        _ => {
            let message =
                "two documents are needed: pass `OLD NEW`, or `--against REVISION` to read the old one from git";
            Err(Failure::Usage(message.to_owned()))
        }
    }
}

/// The settings of the new document, and the old one from git.
fn against(args: &DiffArgs, revision: &str) -> Result<(Settings, Source, Option<Checkout>), Failure> {
    let spec = match args.documents.as_slice() {
        [] => None,
        [spec] => Some(spec.clone()),
        _ => {
            let message = "`--against` takes one document: its old version is read from git";
            return Err(Failure::Usage(message.to_owned()));
        }
    };
    let settings = read_settings(&args.common(spec))?;
    let Some(path) = settings.spec.clone() else {
        let message = "no document; pass `--against REVISION SPEC` or set `spec = \"FILE\"` in `crategen.toml`";
        return Err(Failure::Usage(message.to_owned()));
    };
    let (old, checkout) = git::read(revision, &path, settings.config.allow_outside)?;
    Ok((settings, old, checkout))
}
