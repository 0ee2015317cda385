//! The commands and their flags.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use crategen::CrateKind;
use crategen::diag::Code;

use crate::help;

/// Reads the code of a diagnostic.
fn code() -> impl clap::builder::TypedValueParser<Value = Code> {
    PossibleValuesParser::new(Code::ALL.iter().map(|code| code.as_str())).try_map(|text| text.parse::<Code>())
}

pub use crate::commands::diff::args::DiffArgs;

/// Generates models, client and axum server crates from an OpenAPI document.
#[derive(Parser)]
#[command(name = "crategen", version)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Subcommand)]
pub enum Command {
    /// Write a settings file with comments.
    #[command(after_help = help::INIT)]
    Init(InitArgs),
    /// Generate the crates.
    #[command(after_help = help::GENERATE)]
    Generate(GenerateArgs),
    /// Generate the crates whenever the document, a file that it refers to, or the settings file changes.
    #[command(after_help = help::WATCH)]
    Watch(OutputArgs),
    /// Check a document without generating anything.
    #[command(after_help = help::VALIDATE)]
    Validate(ValidateArgs),
    /// Merge a document that consists of several files into one file.
    #[command(after_help = help::BUNDLE)]
    Bundle(BundleArgs),
    /// List the types and operations of a document with their Rust names.
    #[command(after_help = help::INSPECT)]
    Inspect(InspectArgs),
    /// Compare two versions of a document: what changes for users of the crates, and in what is sent.
    Diff(DiffArgs),
    /// Print the draft of an implementation: every trait of the generated server, with `todo!()` in place of bodies.
    #[command(after_help = help::SCAFFOLD)]
    Scaffold(ScaffoldArgs),
    /// Explain a diagnostic: what it means, an example, and what to do.
    #[command(after_help = help::EXPLAIN)]
    Explain(ExplainArgs),
    /// Print the JSON Schema of the settings file, for editors.
    #[command(after_help = help::SCHEMA)]
    Schema,
    /// Print a script that completes the commands and flags in a shell.
    #[command(after_help = help::COMPLETIONS)]
    Completions(CompletionsArgs),
}

/// How documents are read.
#[derive(Args, Clone, Default)]
pub struct ReadArgs {
    /// Settings file [default: `crategen.toml` in the current folder, if it exists].
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Overlay to apply to each document, after those in the settings file. May be repeated.
    #[arg(long, value_name = "FILE")]
    pub overlay: Vec<PathBuf>,
    /// Allow references to files outside the folder of the document.
    #[arg(long)]
    pub allow_outside: bool,
    /// Allow the document and its references to be on other hosts. `generate` pins their content in `crategen.lock`.
    #[arg(long)]
    pub allow_remote: bool,
    /// Format of the diagnostics.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub message_format: Format,
}

/// The flags of all commands that read one document.
#[derive(Args, Default)]
pub struct CommonArgs {
    /// How it is read.
    #[command(flatten)]
    pub read: ReadArgs,
    /// OpenAPI document, YAML or JSON [default: `spec` in the settings file]. `-` reads standard input; a URL requires
    /// `--allow-remote`.
    #[arg(value_name = "SPEC")]
    pub spec: Option<PathBuf>,
    /// Prefix of the crate names: `NAME-models`, `NAME-client`, `NAME-server` [default: the title of the document].
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Treat all warnings as errors, except those of `--allow`.
    #[arg(long)]
    pub strict: bool,
    /// Do not report warnings of this code. Errors are always reported. May be repeated, like `--warn` and `--deny`.
    #[arg(long, value_name = "CODE", value_parser = code(), hide_possible_values = true)]
    pub allow: Vec<Code>,
    /// Report warnings of this code, although the settings file allows or denies them.
    #[arg(long, value_name = "CODE", value_parser = code(), hide_possible_values = true)]
    pub warn: Vec<Code>,
    /// Treat warnings of this code as errors. Wins over `--warn` and `--allow`.
    #[arg(long, value_name = "CODE", value_parser = code(), hide_possible_values = true)]
    pub deny: Vec<Code>,
    /// Print all diagnostics, even if there are many of one code.
    #[arg(long)]
    pub verbose: bool,
}

/// The flag of commands that can write a report.
#[derive(Args)]
pub struct ReportArgs {
    /// Write a JSON report of what was repaired, renamed, left out, or became free-form JSON.
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}

/// The flags of commands that write crates.
#[derive(Args)]
pub struct OutputArgs {
    /// The flags of all commands.
    #[command(flatten)]
    pub common: CommonArgs,
    /// Output folder, which gets one subfolder per crate [default: `out` in the settings file, or `generated`].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Generate only these crates, separated by commas.
    #[arg(long, value_enum, value_name = "CRATES", value_delimiter = ',')]
    pub only: Vec<Only>,
    /// Also generate a crate of tests that run the client against the server.
    #[arg(long)]
    pub contract_tests: bool,
    /// Overwrite files in the output folder that were not generated by crategen.
    #[arg(long)]
    pub force: bool,
    /// The report.
    #[command(flatten)]
    pub report: ReportArgs,
}

/// The flags of `generate`.
#[derive(Args)]
pub struct GenerateArgs {
    /// The flags of commands that write crates.
    #[command(flatten)]
    pub output: OutputArgs,
    /// List what would change, without writing anything.
    #[arg(long)]
    pub dry_run: bool,
    /// Exit with 1 and list stale files if anything would change, without writing anything.
    #[arg(long, conflicts_with = "dry_run")]
    pub check: bool,
}

/// The flags of `validate`.
#[derive(Args)]
pub struct ValidateArgs {
    /// The flags of all commands.
    #[command(flatten)]
    pub common: CommonArgs,
    /// The report.
    #[command(flatten)]
    pub report: ReportArgs,
}

/// The flags of `bundle`.
#[derive(Args)]
pub struct BundleArgs {
    /// The flags of all commands.
    #[command(flatten)]
    pub common: CommonArgs,
    /// Output file; its extension selects YAML or JSON [default: JSON on standard output].
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// The flags of `inspect`.
#[derive(Args)]
pub struct InspectArgs {
    /// The flags of all commands.
    #[command(flatten)]
    pub common: CommonArgs,
    /// Format of the list.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Show only this type: its name in Rust, or the key of its component.
    #[arg(long = "type", value_name = "NAME")]
    pub ty: Option<String>,
}

/// The flags of `scaffold`.
#[derive(Args)]
pub struct ScaffoldArgs {
    /// What to implement.
    #[arg(value_enum)]
    pub what: Scaffold,
    /// The flags of all commands.
    #[command(flatten)]
    pub common: CommonArgs,
}

/// What can be implemented.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Scaffold {
    /// The traits of the server crate.
    Server,
}

/// The arguments of `init`.
#[derive(Args)]
pub struct InitArgs {
    /// OpenAPI document [default: the one that is found in the usual places].
    #[arg(value_name = "SPEC")]
    pub spec: Option<PathBuf>,
    /// Replace a settings file that exists.
    #[arg(long)]
    pub force: bool,
}

/// The argument of `completions`.
#[derive(Args)]
pub struct CompletionsArgs {
    /// The shell.
    #[arg(value_enum)]
    pub shell: Shell,
}

/// The argument of `explain`.
#[derive(Args)]
pub struct ExplainArgs {
    /// The text between the brackets of `warning[...]` or `error[...]` [default: list all].
    #[arg(value_name = "CODE", value_parser = code(), hide_possible_values = true)]
    pub code: Option<Code>,
}

/// A crate that can be generated.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Only {
    /// The types that client and server share.
    Models,
    /// The client.
    Client,
    /// The server.
    Server,
    /// Tests that run the client against the server.
    ContractTests,
}

impl From<Only> for CrateKind {
    fn from(only: Only) -> Self {
        match only {
            Only::Models => Self::Models,
            Only::Client => Self::Client,
            Only::Server => Self::Server,
            Only::ContractTests => Self::ContractTests,
        }
    }
}

/// A format of what is printed.
#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For tools.
    Json,
}
