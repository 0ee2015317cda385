//! Keys of a settings file that do not exist.

use toml::de::{DeTable, DeValue};

use super::Settings;
use super::shape::{Key, SettingShape, Shaped as _};
use super::text::Text;
use crate::config::{Config, SettingsFile, UnknownSetting};
use crate::diag::{Code, Diags, FileId, Pointer};
use crate::distance::similar;
use crate::load::Source;

/// Finds the unknown keys in the text of a settings file.
pub(super) fn read_file(text: &str) -> SettingsFile {
    let mut unknown = Vec::new();
    // A text that is not TOML is an error when it is read.
    if let Ok(root) = DeTable::parse(text) {
        let root = DeValue::Table(root.into_inner());
        find(&root, Text::SHAPE, &Pointer::root(FileId::SETTINGS), &mut unknown);
    }
    unknown.sort_by_key(|unknown| unknown.start);
    SettingsFile { name: Settings::FILE.to_owned(), path: None, text: text.to_owned(), unknown }
}

/// Lets diagnostics point into the settings file, and reports its unknown keys.
pub(crate) fn report_unknown(config: &Config, diags: &mut Diags) {
    let Some(file) = &config.settings_file else { return };
    diags.set_settings(Source { path: file.path.clone(), ..Source::text(&file.name, &file.text) });
    for UnknownSetting { at, message, help, .. } in &file.unknown {
        diags.warn(Code::UnknownSetting, at, message).help(help);
    }
}

/// Finds the unknown keys of a value. The recursion is as deep as the shape.
fn find(value: &DeValue<'_>, shape: SettingShape, at: &Pointer, found: &mut Vec<UnknownSetting>) {
    match (value, shape) {
        (DeValue::Table(table), SettingShape::Table(keys)) => {
            for (name, value) in table {
                let (start, at) = (name.span().start, at.push(name.get_ref()));
                match keys.iter().find(|key| key.name() == name.get_ref().as_ref()) {
                    Some(key) => find(value.get_ref(), key.shape, &at, found),
                    None => found.push(unknown_key(name.get_ref(), keys, start, at)),
                }
            }
        }
        (DeValue::Table(table), SettingShape::Codes(_)) => {
            for name in table.keys() {
                if let Err(error) = name.get_ref().parse::<Code>() {
                    let help = match error.similar {
                        Some(code) => format!("did you mean `{code}`?"),
                        None => "`crategen explain` lists all codes".to_owned(),
                    };
                    let message = format!("`{}` is not the code of a diagnostic", name.get_ref());
                    found.push(UnknownSetting { start: name.span().start, at: at.push(name.get_ref()), message, help });
                }
            }
        }
        (DeValue::Array(items), SettingShape::List(shape)) => {
            for (index, item) in items.iter().enumerate() {
                find(item.get_ref(), *shape, &at.index(index), found);
            }
        }
        _ => {}
    }
}

fn unknown_key(name: &str, keys: &[Key], start: usize, at: Pointer) -> UnknownSetting {
    let names: Vec<String> = keys.iter().map(Key::name).collect();
    let help = match similar(name, names.iter().map(String::as_str)) {
        Some(known) => format!("did you mean `{known}`?"),
        None => format!("expected one of `{}`", names.join("`, `")),
    };
    UnknownSetting { start, at, message: format!("unknown setting `{name}`"), help }
}
