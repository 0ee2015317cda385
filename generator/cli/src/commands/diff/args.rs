//! The flags of `crategen diff`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use crategen::{Level, Surface};

use crate::args::{CommonArgs, ReadArgs};

/// The flags of `diff`.
#[derive(Args)]
#[command(
    override_usage = "crategen diff [OPTIONS] OLD NEW\n       crategen diff [OPTIONS] --against REVISION [SPEC]",
    after_help = EXAMPLES
)]
pub struct DiffArgs {
    /// The old and the new document; with `--against`, only the new one [default: `spec` in `crategen.toml`].
    #[arg(value_name = "DOCUMENT", num_args = 0..=2)]
    pub documents: Vec<PathBuf>,
    /// Compare the document with its version in this revision of git: a commit, a tag or a branch.
    #[arg(long, value_name = "REVISION")]
    pub against: Option<String>,
    /// Exit with 1 if a change has this level or a higher one.
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t = FailOn::Major)]
    pub fail_on: FailOn,
    /// Compare only these: `models`, `client`, `server`, `wire` [default: all].
    #[arg(long, value_enum, value_name = "CRATES", value_delimiter = ',')]
    pub only: Vec<Compared>,
    /// Format of the list of changes. `markdown` is a section of a changelog.
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub format: DiffFormat,
    /// How the documents are read.
    #[command(flatten)]
    pub read: ReadArgs,
}

impl DiffArgs {
    /// The flags that all commands have, for a document.
    pub fn common(&self, spec: Option<PathBuf>) -> CommonArgs {
        CommonArgs { spec, read: self.read.clone(), ..CommonArgs::default() }
    }
}

const EXAMPLES: &str = "\
Levels are those of Semantic Versioning: `major` for what breaks programs, `minor` for what is new, `patch` for
documentation. Those of the crates follow Cargo's rules: a new field or variant is `major`, because struct literals
and `match` without `..` or `_` stop compiling. `wire` is what requests and responses contain.

Exit codes: 0 if no change has the level of `--fail-on`, 1 if one has it or a document has errors, 2 for wrong flags.

Examples:
  crategen diff openapi-1.0.yaml openapi-1.1.yaml
  crategen diff --against main openapi.yaml --only wire
  crategen diff --against v1.0.0 --format markdown --fail-on never >> CHANGELOG.md";

/// The level at which the command fails.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Changes that break programs.
    Major,
    /// Also additions.
    Minor,
    /// Any change.
    Patch,
    /// None: the changes are only listed.
    Never,
}

impl FailOn {
    /// The lowest level at which the command fails.
    pub fn level(self) -> Option<Level> {
        match self {
            Self::Major => Some(Level::Major),
            Self::Minor => Some(Level::Minor),
            Self::Patch => Some(Level::Patch),
            Self::Never => None,
        }
    }
}

/// What is compared.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Compared {
    /// The types that client and server share.
    Models,
    /// The client.
    Client,
    /// The server.
    Server,
    /// Requests and responses.
    Wire,
}

impl From<Compared> for Surface {
    fn from(compared: Compared) -> Self {
        match compared {
            Compared::Models => Self::Models,
            Compared::Client => Self::Client,
            Compared::Server => Self::Server,
            Compared::Wire => Self::Wire,
        }
    }
}

/// A format of a comparison.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For people.
    Text,
    /// For tools.
    Json,
    /// For a changelog.
    Markdown,
}
