//! Reads `crategen.toml`.

mod choices;
mod convert;
mod package;
mod schema;
mod shape;
mod text;
mod unknown;
mod unused;

use std::fmt;
use std::path::{Path, PathBuf};

use crate::config::{Config, Crates, SettingsFile};
use crate::diag::Levels;
use crate::load::Lock;
use text::{Pagination, Text};
pub(crate) use unknown::report_unknown;
pub(crate) use unused::{report_attributes_without_type, report_unused_types};

/// The content of `crategen.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The document.
    pub spec: Option<PathBuf>,
    /// The output folder.
    pub out: Option<PathBuf>,
    /// All other settings.
    pub config: Config,
}

/// Why settings are invalid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsError(pub String);

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SettingsError {}

impl Settings {
    /// The default file name.
    pub const FILE: &'static str = "crategen.toml";

    /// Reads a settings file. Fails if it cannot be read, is not valid TOML, or has invalid values.
    ///
    /// Unknown keys are warnings of the runs that use the configuration.
    pub fn read(path: &Path) -> Result<Self, SettingsError> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| SettingsError(format!("cannot read `{}`: {error}", path.display())))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut settings = Self::parse(&text, folder)
            .map_err(|SettingsError(message)| SettingsError(format!("{}: {message}", path.display())))?;
        if let Some(file) = &mut settings.config.settings_file {
            file.name = path.display().to_string();
            file.path = Some(path.to_path_buf());
        }
        Ok(settings)
    }

    /// Parses the text of a settings file. Relative paths start at `folder`. Fails like [`Settings::read`].
    pub fn parse(text: &str, folder: &Path) -> Result<Self, SettingsError> {
        let file = unknown::read_file(text);
        let read: Text = toml::from_str(text).map_err(|error| SettingsError(error.to_string()))?;
        // A key that is missing may be there in another spelling.
        Self::convert(read, folder, file.clone()).map_err(|SettingsError(message)| {
            SettingsError(std::iter::once(message).chain(file.hints()).collect::<Vec<_>>().join("\nhelp: "))
        })
    }

    fn convert(text: Text, folder: &Path, file: SettingsFile) -> Result<Self, SettingsError> {
        let codes = text.diagnostics.iter().filter_map(|(name, level)| Some((name.code()?, *level))).collect();
        Ok(Self {
            spec: text.spec.map(|path| if is_url(&path) { path } else { folder.join(path) }),
            out: text.out.as_ref().map(|path| folder.join(path)),
            config: Config {
                name: text.name,
                crates: text.crates.map_or_else(Crates::default, Crates::from_iter),
                operations: text.operations.choices()?,
                types: text.types.choices()?,
                pagination: text.pagination.into_iter().map(Pagination::choice).collect::<Result<_, _>>()?,
                overlays: text.overlays.into_iter().map(|path| folder.join(path)).collect(),
                literal_schemas: text.literal_schemas,
                levels: Levels { codes, strict: text.strict },
                allow_outside: text.allow_outside,
                allow_remote: text.allow_remote,
                limits: text.limits.limits(),
                lock: Some(folder.join(Lock::FILE)),
                out: folder.join(text.out.as_deref().unwrap_or(Path::new(DEFAULT_OUT))),
                names: text.names.choices()?,
                package: text.package.choices()?,
                runtime: text.runtime.choice(folder)?,
                settings_file: Some(file),
            },
        })
    }
}

/// The output folder without any setting.
const DEFAULT_OUT: &str = "generated";

/// Returns whether the path of a document is a URL.
pub fn is_url(path: &Path) -> bool {
    let text = path.to_string_lossy();
    text.starts_with("https://") || text.starts_with("http://")
}
