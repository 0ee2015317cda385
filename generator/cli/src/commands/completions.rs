//! `crategen completions`

use clap::CommandFactory as _;

use crate::args::{Cli, CompletionsArgs};
use crate::print::print_result;

/// Prints a completion script.
pub fn run_completions(args: &CompletionsArgs) {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "crategen", &mut script);
    print_result(&String::from_utf8_lossy(&script));
}
