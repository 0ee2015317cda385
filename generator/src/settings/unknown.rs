//! The text of a settings file, and the keys in it that do not exist.

use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use super::Settings;
use super::shape::{Key, Shape, Shaped as _};
use super::text::Text;
use crate::config::Config;
use crate::diag::{Code, Diags, FileId, Pointer};
use crate::distance::similar;
use crate::load::Source;

/// The settings file that a configuration was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsFile {
    name: String,
    path: Option<PathBuf>,
    text: String,
    unknown: Vec<Unknown>,
}

/// A key that does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Unknown {
    /// The offset in the text.
    start: usize,
    at: Pointer,
    message: String,
    help: String,
}

impl SettingsFile {
    /// Finds the unknown keys in the text of a settings file.
    pub(super) fn of(text: &str) -> Self {
        let mut unknown = Vec::new();
        // A text that is not TOML is an error when it is read.
        if let Ok(root) = DeTable::parse(text) {
            let root = DeValue::Table(root.into_inner());
            find(&root, Text::SHAPE, &Pointer::root(FileId::SETTINGS), &mut unknown);
        }
        unknown.sort_by_key(|unknown| unknown.start);
        Self { name: Settings::FILE.to_owned(), path: None, text: text.to_owned(), unknown }
    }

    pub(super) fn set_path(&mut self, path: &Path) {
        self.name = path.display().to_string();
        self.path = Some(path.to_path_buf());
    }

    /// Returns a sentence for each unknown key.
    pub(super) fn hints(&self) -> impl Iterator<Item = String> + '_ {
        self.unknown.iter().map(|Unknown { message, help, .. }| format!("{message}; {help}"))
    }
}

/// Lets diagnostics point into the settings file, and reports its unknown keys.
pub(crate) fn report_unknown(config: &Config, diags: &mut Diags) {
    let Some(file) = &config.settings_file else { return };
    diags.set_settings(Source { path: file.path.clone(), ..Source::text(&file.name, &file.text) });
    for Unknown { at, message, help, .. } in &file.unknown {
        diags.warn(Code::UnknownSetting, at, message).help(help);
    }
}

/// Finds the unknown keys of a value. The recursion is as deep as the shape.
fn find(value: &DeValue<'_>, shape: Shape, at: &Pointer, found: &mut Vec<Unknown>) {
    match (value, shape) {
        (DeValue::Table(table), Shape::Table(keys)) => {
            for (name, value) in table {
                let (start, at) = (name.span().start, at.push(name.get_ref()));
                match keys.iter().find(|key| key.name() == name.get_ref().as_ref()) {
                    Some(key) => find(value.get_ref(), key.shape, &at, found),
                    None => found.push(unknown_key(name.get_ref(), keys, start, at)),
                }
            }
        }
        (DeValue::Table(table), Shape::Codes(_)) => {
            for name in table.keys() {
                if let Err(error) = name.get_ref().parse::<Code>() {
                    let help = match error.similar {
                        Some(code) => format!("did you mean `{code}`?"),
                        None => "`crategen explain` lists all codes".to_owned(),
                    };
                    let message = format!("`{}` is not the code of a diagnostic", name.get_ref());
                    found.push(Unknown { start: name.span().start, at: at.push(name.get_ref()), message, help });
                }
            }
        }
        (DeValue::Array(items), Shape::List(shape)) => {
            for (index, item) in items.iter().enumerate() {
                find(item.get_ref(), *shape, &at.index(index), found);
            }
        }
        _ => {}
    }
}

fn unknown_key(name: &str, keys: &[Key], start: usize, at: Pointer) -> Unknown {
    let names: Vec<String> = keys.iter().map(Key::name).collect();
    let help = match similar(name, names.iter().map(String::as_str)) {
        Some(known) => format!("did you mean `{known}`?"),
        None => format!("expected one of `{}`", names.join("`, `")),
    };
    Unknown { start, at, message: format!("unknown setting `{name}`"), help }
}
