//! The command `crategen`.

mod args;
mod commands;
mod exit;
mod print;
mod report;
mod settings;

use std::process::ExitCode;

use clap::Parser as _;

use args::{Cli, Command};

#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return exit::usage(&error),
    };
    exit::code(match cli.command {
        Command::Generate(args) => commands::generate::run_generate(&args),
        Command::Validate(args) => commands::validate::run_validate(&args),
        Command::Bundle(args) => commands::bundle::run_bundle(&args),
        Command::Inspect(args) => commands::inspect::run_inspect(&args),
        Command::Diff(args) => commands::diff::run_diff(&args),
    })
}
