//! The commands and their flags.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

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
    /// Generate the crates.
    Generate(GenerateArgs),
    /// Check a document without generating anything.
    Validate(ValidateArgs),
    /// Merge a document that consists of several files into one file.
    Bundle(BundleArgs),
    /// List the types and operations of a document with their Rust names.
    Inspect(InspectArgs),
}

/// The flags of all commands.
#[derive(Args)]
pub struct CommonArgs {
    /// Settings file [default: `crategen.toml` in the current folder, if it exists].
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// OpenAPI document, YAML or JSON. `-` reads standard input; a URL requires `--allow-remote`.
    #[arg(long, value_name = "FILE")]
    pub spec: Option<PathBuf>,
    /// Prefix of the crate names: `NAME-models`, `NAME-client`, `NAME-server` [default: the title of the document].
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Overlay to apply to the document, after those in the settings file. May be repeated.
    #[arg(long, value_name = "FILE")]
    pub overlay: Vec<PathBuf>,
    /// Treat warnings as errors.
    #[arg(long)]
    pub strict: bool,
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

/// The flag of commands that can write a report.
#[derive(Args)]
pub struct ReportArgs {
    /// Write a JSON report of what was repaired, renamed, left out, or became free-form JSON.
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}

/// The flags of `generate`.
#[derive(Args)]
pub struct GenerateArgs {
    /// The flags of all commands.
    #[command(flatten)]
    pub common: CommonArgs,
    /// Output folder, which gets one subfolder per crate [default: `generated`].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Generate only these crates: `models`, `client`, `server`, `contract-tests`.
    #[arg(long, value_name = "CRATES", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Also generate a crate of tests that run the client against the server.
    #[arg(long)]
    pub contract_tests: bool,
    /// List what would change, without writing anything.
    #[arg(long)]
    pub dry_run: bool,
    /// Exit with 1 and list stale files if anything would change, without writing anything.
    #[arg(long, conflicts_with = "dry_run")]
    pub check: bool,
    /// The report.
    #[command(flatten)]
    pub report: ReportArgs,
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
}

/// A format of what is printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For tools.
    Json,
}
