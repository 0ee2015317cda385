//! The command `crategen`.

mod args;
mod commands;
mod exit;
mod help;
mod print;
mod progress;
mod report;
mod settings;

use std::process::ExitCode;

use clap::Parser as _;

use args::{Cli, Command};
use exit::Failure;

#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return exit::usage(&error),
    };
    exit::code(run(cli.command))
}

fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Init(args) => commands::init::run_init(&args)?,
        Command::Generate(args) => commands::generate::run_generate(&args)?,
        Command::Watch(args) => commands::watch::run_watch(&args)?,
        Command::Validate(args) => commands::validate::run_validate(&args)?,
        Command::Bundle(args) => commands::bundle::run_bundle(&args)?,
        Command::Inspect(args) => commands::inspect::run_inspect(&args)?,
        Command::Diff(args) => commands::diff::run_diff(&args)?,
        Command::Scaffold(args) => commands::scaffold::run_scaffold(&args)?,
        Command::Explain(args) => commands::explain::run_explain(&args),
        Command::Schema => commands::schema::run_schema(),
        Command::Completions(args) => commands::completions::run_completions(&args),
    }
    Ok(())
}
