//! `crategen.toml`: where the document is, where the crates go, and what was chosen.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::config::{Config, Crates};

/// What `crategen.toml` says; paths are relative to the folder that it is in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The document.
    pub spec: Option<PathBuf>,
    /// The output folder.
    pub out: Option<PathBuf>,
    /// Everything else.
    pub config: Config,
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Text {
    spec: Option<PathBuf>,
    out: Option<PathBuf>,
    name: Option<String>,
    crates: Option<Vec<String>>,
    #[serde(default)]
    literal_schemas: bool,
    #[serde(default)]
    strict: bool,
    #[serde(default)]
    allow_outside: bool,
}

/// Why settings cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsError(pub String);

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SettingsError {}

impl Settings {
    /// The file that is looked for.
    pub const FILE: &'static str = "crategen.toml";

    /// Reads a file; fails if it cannot be read, is no TOML, or has keys that mean nothing.
    pub fn read(path: &Path) -> Result<Self, SettingsError> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| SettingsError(format!("cannot read `{}`: {error}", path.display())))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        Self::parse(&text, folder)
            .map_err(|SettingsError(message)| SettingsError(format!("{}: {message}", path.display())))
    }

    /// The settings of a text; relative paths start at `folder`.
    pub fn parse(text: &str, folder: &Path) -> Result<Self, SettingsError> {
        let text: Text = toml::from_str(text).map_err(|error| SettingsError(error.to_string()))?;
        let crates = match text.crates {
            Some(names) => crates(names.iter().map(String::as_str))?,
            None => Crates::default(),
        };
        Ok(Self {
            spec: text.spec.map(|path| folder.join(path)),
            out: text.out.map(|path| folder.join(path)),
            config: Config {
                name: text.name,
                crates,
                literal_schemas: text.literal_schemas,
                strict: text.strict,
                allow_outside: text.allow_outside,
            },
        })
    }
}

/// The crates of a list of names.
pub fn crates<'n>(names: impl Iterator<Item = &'n str>) -> Result<Crates, SettingsError> {
    let mut crates = Crates { models: false, client: false, server: false };
    for name in names {
        match name.trim() {
            "models" => crates.models = true,
            "client" => crates.client = true,
            "server" => crates.server = true,
            other => return Err(SettingsError(format!("`{other}` is no crate; use `models`, `client`, `server`"))),
        }
    }
    Ok(crates)
}
