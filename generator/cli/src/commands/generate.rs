//! `crategen generate`

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crategen::{Changes, Coverage, CrateKind, Output, Settings, WriteError};

use crate::args::{GenerateArgs, OutputArgs};
use crate::exit::Failure;
use crate::print::{Diagnostics, print_result, print_status};
use crate::progress::with_progress;
use crate::report::write_report;
use crate::settings::{read_settings, read_source};

/// What is done with the files.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Write,
    Check,
    DryRun,
}

/// Generates the crates, or compares them with the disk if `--check` or `--dry-run` is given.
pub fn run_generate(args: &GenerateArgs) -> Result<(), Failure> {
    let mode = match (args.check, args.dry_run) {
        (true, _) => Mode::Check,
        (_, true) => Mode::DryRun,
        _ => Mode::Write,
    };
    let settings = read_output_settings(&args.output)?;
    let output = generate(&settings, &args.output)?;
    finish(&output, &settings.config.out, &args.output, mode)
}

/// Reads the settings file and applies the flags.
pub fn read_output_settings(args: &OutputArgs) -> Result<Settings, Failure> {
    let mut settings = read_settings(&args.common)?;
    if !args.only.is_empty() {
        settings.config.crates = args.only.iter().copied().map(CrateKind::from).collect();
    }
    settings.config.crates.contract_tests |= args.contract_tests;
    let out = args.out.clone().or(settings.out.clone());
    settings.config.out = out.unwrap_or_else(|| PathBuf::from("generated"));
    Ok(settings)
}

/// Generates the files in memory and writes the report.
pub fn generate(settings: &Settings, args: &OutputArgs) -> Result<Output, Failure> {
    let source = read_source(settings)?;
    match with_progress("generating", &args.common, || crategen::generate(source, &settings.config)) {
        Ok(output) => {
            write_report(&args.report, output.coverage, &output.report)?;
            Ok(output)
        }
        Err(report) => {
            write_report(&args.report, Coverage::default(), &report)?;
            Err(Failure::Document(Box::new(report), Diagnostics::of(&args.common)))
        }
    }
}

/// Writes the files, and says what has changed.
pub fn write_files(output: &Output, out: &Path, args: &OutputArgs) -> Result<(), Failure> {
    finish(output, out, args, Mode::Write)
}

fn finish(output: &Output, out: &Path, args: &OutputArgs, mode: Mode) -> Result<(), Failure> {
    let changes = write_or_compare(output, out, args, mode)?;
    warn_of_old_crates(&changes, out);
    match mode {
        Mode::Check => return check_is_fresh(&changes, out),
        Mode::DryRun => show_dry_run(&changes, out, args.force),
        Mode::Write => print_status(&format!(
            "{} files below `{}`: {} written, {} removed",
            output.files.len(),
            out.display(),
            changes.stale.len(),
            changes.obsolete.len()
        )),
    }
    Ok(())
}

/// Lists what would change.
fn show_dry_run(changes: &Changes, out: &Path, force: bool) {
    list(changes, out, "would write", "would remove");
    if !changes.foreign.is_empty() && !force {
        print_status(
            "without `--force`, `crategen generate` refuses to overwrite these files, which it has not generated:",
        );
        changes.foreign.iter().for_each(|path| print_status(&format!("  {}", out.join(path).display())));
    }
}

/// Writes the files, or only compares them with the disk, and prints the warnings.
fn write_or_compare(output: &Output, out: &Path, args: &OutputArgs, mode: Mode) -> Result<Changes, Failure> {
    // Printing takes about as long as writing, because it looks up lines and columns, so both happen at the same time.
    let changes = std::thread::scope(|scope| {
        scope.spawn(|| Diagnostics::of(&args.common).print(&output.report));
        match (mode, args.force) {
            (Mode::Write, true) => crategen::overwrite(output, out),
            (Mode::Write, false) => crategen::write(output, out),
            _ => crategen::compare(output, out),
        }
    });
    let verb = if mode == Mode::Write { "write" } else { "compare with" };
    changes.map_err(|error| {
        let help = match &error {
            WriteError::Foreign(_) => {
                "\nhelp: move them, choose another folder with `--out`, or overwrite them with `--force`"
            }
            WriteError::Linked(_) => "\nhelp: remove the link, or use the folder that it leads to as the output folder",
            WriteError::Busy(_) => "\nhelp: wait until it has ended",
            _ => "",
        };
        Failure::File(format!("cannot {verb} the files below `{}`: {error}{help}", out.display()))
    })
}

/// Points out crates that have the name that the settings had before.
fn warn_of_old_crates(changes: &Changes, out: &Path) {
    if changes.left_behind.is_empty() {
        return;
    }
    let folders: Vec<String> =
        changes.left_behind.iter().map(|path| format!("`{}`", out.join(path).display())).collect();
    print_status(&format!(
        "warning: generated from this document under another name, and no longer updated: {}\nhelp: remove these folders, \
         unless another run of crategen writes them",
        folders.join(", ")
    ));
}

/// Fails and lists the differences, if there are any.
fn check_is_fresh(changes: &Changes, out: &Path) -> Result<(), Failure> {
    if changes.is_empty() {
        return Ok(());
    }
    list(changes, out, "stale", "obsolete");
    if changes.half_written {
        print_status(&format!(
            "`{}` is half-written: a run of `crategen generate` was interrupted, so old and new files may be mixed",
            out.display()
        ));
    }
    print_status("run `crategen generate` and commit the result");
    Err(Failure::Stale)
}

/// Prints one line per difference.
fn list(changes: &Changes, out: &Path, stale: &str, obsolete: &str) {
    let mut text = String::new();
    for path in changes.stale.iter().map(|path| out.join(path)).chain(changes.lock.clone()) {
        let _ = writeln!(text, "{stale}: {}", path.display());
    }
    for path in &changes.obsolete {
        let _ = writeln!(text, "{obsolete}: {}", out.join(path).display());
    }
    print_result(&text);
}
