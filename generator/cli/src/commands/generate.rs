//! `crategen generate`

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crategen::{Changes, Coverage, Crates, Output, Settings, WriteError};

use crate::args::GenerateArgs;
use crate::exit::Failure;
use crate::print::{print_report, print_result, print_status};
use crate::report::write_report;
use crate::settings::{read_settings, read_source};

/// Generates the crates, or compares them with the disk if `--check` or `--dry-run` is given.
pub fn run_generate(args: &GenerateArgs) -> Result<(), Failure> {
    let mut settings = read_settings(&args.common)?;
    if !args.only.is_empty() {
        settings.config.crates = Crates::parse(args.only.iter().map(String::as_str))?;
    }
    settings.config.crates.contract_tests |= args.contract_tests;
    let out = args.out.clone().or(settings.out.clone()).unwrap_or_else(|| PathBuf::from("generated"));
    settings.config.out.clone_from(&out);
    let output = generate(&settings, args)?;
    let changes = write_or_compare(&output, &out, args)?;
    if args.check {
        return check_is_fresh(&changes, &out);
    }
    if args.dry_run {
        list(&changes, &out, "would write", "would remove");
        if !changes.foreign.is_empty() && !args.force {
            print_status(
                "without `--force`, `crategen generate` refuses to overwrite these files, which it has not generated:",
            );
            changes.foreign.iter().for_each(|path| print_status(&format!("  {}", out.join(path).display())));
        }
        return Ok(());
    }
    print_status(&format!(
        "{} files below `{}`: {} written, {} removed",
        output.files.len(),
        out.display(),
        changes.stale.len(),
        changes.obsolete.len()
    ));
    Ok(())
}

/// Generates the files in memory and writes the report.
fn generate(settings: &Settings, args: &GenerateArgs) -> Result<Output, Failure> {
    match crategen::generate(read_source(settings)?, &settings.config) {
        Ok(output) => {
            write_report(&args.report, output.coverage, &output.report)?;
            Ok(output)
        }
        Err(report) => {
            write_report(&args.report, Coverage::default(), &report)?;
            Err(Failure::Document(Box::new(report), args.common.message_format))
        }
    }
}

/// Writes the files, or only compares them with the disk, and prints the warnings.
fn write_or_compare(output: &Output, out: &Path, args: &GenerateArgs) -> Result<Changes, Failure> {
    // Printing takes about as long as writing, because it looks up lines and columns, so both happen at the same time.
    let changes = std::thread::scope(|scope| {
        scope.spawn(|| print_report(&output.report, args.common.message_format));
        match (args.check || args.dry_run, args.force) {
            (true, _) => crategen::compare(output, out),
            (false, true) => crategen::overwrite(output, out),
            (false, false) => crategen::write(output, out),
        }
    });
    let verb = if args.check || args.dry_run { "compare with" } else { "write" };
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
