//! `[package]` and `[names]`.

use std::collections::BTreeMap;

use super::SettingsError;
use super::shape::FlagOrNames;
use super::text::{Names, Package};
use crate::config::{NameChoices, PackageChoices};

impl Names {
    pub(super) fn choices(self) -> Result<NameChoices, SettingsError> {
        let Self { operation_ids, types, operations, tags, properties, variants } = self;
        let operation_ids = operation_ids.unwrap_or_default();
        let choices = NameChoices { operation_ids, types, operations, tags, properties, variants };
        for (table, entries) in choices.tables() {
            if let Some((key, name)) = entries.iter().find(|(_, name)| !crate::names::is_identifier(name)) {
                return Err(SettingsError(format!(
                    "`[names.{table}]`: `{name}`, the name of `{key}`, is not a Rust identifier"
                )));
            }
        }
        Ok(choices)
    }
}

/// The keys that can be inherited.
const INHERITED: [&str; 6] = ["authors", "edition", "license", "publish", "repository", "version"];

/// The edition that generated code is written for.
const EDITION: &str = "2024";

impl Package {
    pub(super) fn choices(self) -> Result<PackageChoices, SettingsError> {
        let wrong = |message: String| SettingsError(format!("`[package]`: {message}"));
        if let Some(version) = self.version.as_deref().filter(|version| !is_version(version)) {
            return Err(wrong(format!("`{version}` is not a version; write it like `1.2.3` (semver.org)")));
        }
        if let Some(edition) = self.edition.as_deref().filter(|edition| *edition != EDITION) {
            return Err(wrong(format!("the generated code is written for edition {EDITION}, not for {edition}")));
        }
        let text = |text: Option<String>| text.map(toml::Value::String);
        let values = [
            ("authors", self.authors.map(list)),
            ("license", text(self.license)),
            (
                "publish",
                self.publish.map(|publish| match publish {
                    FlagOrNames::Flag(flag) => toml::Value::Boolean(flag),
                    FlagOrNames::Names(names) => list(names),
                }),
            ),
            ("repository", text(self.repository)),
        ];
        let keys: BTreeMap<&'static str, String> =
            values.into_iter().filter_map(|(key, value)| Some((key, value?.to_string()))).collect();
        let is_set = |key: &str| match key {
            "edition" => self.edition.is_some(),
            "version" => self.version.is_some(),
            key => keys.contains_key(key),
        };
        let inherited = match self.workspace {
            None | Some(FlagOrNames::Flag(false)) => Vec::new(),
            Some(FlagOrNames::Flag(true)) => INHERITED.into_iter().filter(|key| !is_set(key)).collect(),
            Some(FlagOrNames::Names(names)) => {
                let known = |name: &String| INHERITED.into_iter().find(|key| name == key);
                let found: Option<Vec<&'static str>> = names.iter().map(known).collect();
                let expected = INHERITED.join("`, `");
                found.ok_or_else(|| wrong(format!("`workspace` lists keys that are not among `{expected}`")))?
            }
        };
        if let Some(key) = inherited.iter().find(|key| is_set(key)) {
            return Err(wrong(format!("`{key}` is set and inherited from the workspace; remove one of them")));
        }
        Ok(PackageChoices { version: self.version, keys, inherited })
    }
}

fn list(names: Vec<String>) -> toml::Value {
    toml::Value::Array(names.into_iter().map(toml::Value::String).collect())
}

/// Whether a text is a version (Semantic Versioning 2.0.0 §2, §9, §10).
fn is_version(text: &str) -> bool {
    let core = text.split(['-', '+']).next().unwrap_or_default();
    let is_number = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let is_rest = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+');
    core.split('.').count() == 3 && core.split('.').all(is_number) && text.chars().all(is_rest)
}
