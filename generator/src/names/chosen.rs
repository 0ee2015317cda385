//! Names that people chose: in `[names]` of the configuration, or else in the document.

use std::collections::{BTreeMap, BTreeSet};

use super::words;
use crate::config::{Config, NameChoices, OperationIds};
use crate::diag::{Code, Diags, Pointer};
use crate::ir::ChosenNames;

/// The chosen names, and which entries of the configuration were looked up.
pub(super) struct Chosen<'a> {
    config: &'a Config,
    choices: &'a NameChoices,
    /// Those of the document that are identifiers, by their places.
    places: BTreeMap<&'a Pointer, &'a str>,
    tags: &'a BTreeMap<String, Pointer>,
    used: BTreeSet<(&'static str, &'a str)>,
    /// The names that are written in another case, with where they are chosen.
    recased: BTreeMap<Pointer, (String, Case)>,
}

/// How Rust writes names of a kind (RFC 430).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Case {
    /// `UpperCamelCase`, for types and variants.
    Upper,
    /// `snake_case`, for fields.
    Snake,
}

impl Case {
    /// Whether a name is written so. Abbreviations may be in capitals.
    fn fits(self, name: &str) -> bool {
        match self {
            Self::Upper => !name.starts_with(char::is_lowercase) && !separates_words(name),
            Self::Snake => !name.contains(char::is_uppercase) && !name.trim_matches('_').contains("__"),
        }
    }

    fn write(self, name: &str) -> String {
        match self {
            Self::Upper => words::pascal(name, "Type"),
            Self::Snake => words::snake(name, "value"),
        }
    }

    fn shown(self) -> &'static str {
        match self {
            Self::Upper => "UpperCamelCase",
            Self::Snake => "snake_case",
        }
    }
}

impl<'a> Chosen<'a> {
    /// Takes the names of the document that are identifiers, and warns about the others.
    pub fn new(config: &'a Config, document: &'a ChosenNames, diags: &mut Diags) -> Self {
        let mut places = BTreeMap::new();
        for (at, name) in &document.places {
            if is_identifier(name) {
                places.insert(at, name.as_str());
                continue;
            }
            let message = format!("`{}` is not a Rust identifier, so it is ignored", name.escape_debug());
            diags
                .warn(Code::InvalidName, &at.push(ChosenNames::KEY), message)
                .help("use letters, digits and `_`, and no keyword");
        }
        let (used, recased) = (BTreeSet::new(), BTreeMap::new());
        Self { config, choices: &config.names, places, tags: &document.tags, used, recased }
    }

    /// Whether operation ids are shortened.
    pub fn shortens_ids(&self) -> bool {
        self.choices.operation_ids == OperationIds::Short
    }

    /// The name of a type: a component by its key, an inline type by its generated name.
    pub fn of_type(&mut self, key: &str, at: Option<&Pointer>) -> Option<String> {
        let chosen = self.configured("types", key).or_else(|| self.in_document(at?));
        self.in_case(Case::Upper, chosen)
    }

    /// The name of a parameter.
    pub fn parameter(&mut self, at: &Pointer) -> Option<String> {
        let chosen = self.in_document(at);
        self.in_case(Case::Snake, chosen)
    }

    /// The name of an operation, by its id.
    pub fn operation(&mut self, id: &str, at: &Pointer) -> Option<String> {
        self.configured("operations", id).or_else(|| self.in_document(at)).map(|(name, _)| name)
    }

    /// The name of a tag.
    pub fn tag(&mut self, tag: &str) -> Option<String> {
        self.configured("tags", tag).or_else(|| self.in_document(self.tags.get(tag)?)).map(|(name, _)| name)
    }

    /// The name of a property of a type.
    pub fn property(&mut self, ty: &str, wire: &str, at: &Pointer) -> Option<String> {
        let chosen = self.configured("properties", &format!("{ty}.{wire}")).or_else(|| self.in_document(at));
        self.in_case(Case::Snake, chosen)
    }

    /// The name of a value of an enum, or of a branch of a union, which has a place.
    pub fn variant(&mut self, ty: &str, value: &str, at: Option<&Pointer>) -> Option<String> {
        let chosen = self.configured("variants", &format!("{ty}.{value}")).or_else(|| self.in_document(at?));
        self.in_case(Case::Upper, chosen)
    }

    fn in_document(&self, at: &Pointer) -> Option<(String, Pointer)> {
        self.places.get(at).map(|name| ((*name).to_owned(), at.push(ChosenNames::KEY)))
    }

    fn configured(&mut self, table: &'static str, key: &str) -> Option<(String, Pointer)> {
        let (_, entries) = self.choices.tables().into_iter().find(|(name, _)| *name == table)?;
        let (key, name) = entries.get_key_value(key)?;
        self.used.insert((table, key));
        Some((name.clone(), self.config.place(&["names", table, key])))
    }

    /// A name as Rust writes those of its kind.
    fn in_case(&mut self, case: Case, chosen: Option<(String, Pointer)>) -> Option<String> {
        let (name, at) = chosen?;
        if case.fits(&name) {
            return Some(name);
        }
        let written = case.write(&name);
        self.recased.insert(at, (name, case));
        Some(written)
    }

    /// Warns about names in another case, and about entries without effect.
    pub fn report(self, diags: &mut Diags) {
        for (at, (name, case)) in &self.recased {
            let message = format!("`{name}` is not in {}; `{}` is used", case.shown(), case.write(name));
            diags.warn(Code::InvalidName, at, message).help(format!("write it as `{}`", case.write(name)));
        }
        for (table, entries) in self.choices.tables() {
            for key in entries.keys().filter(|key| !self.used.contains(&(table, key.as_str()))) {
                diags
                    .warn(
                        Code::UnusedSetting,
                        &self.config.place(&["names", table, key]),
                        format!("`[names.{table}]`: there is no `{key}`"),
                    )
                    .help("remove or correct it; `crategen inspect` lists the names");
            }
        }
    }
}

/// Whether an underscore stands beside a letter inside a name, which `UpperCamelCase` has only between digits.
fn separates_words(name: &str) -> bool {
    let name = name.trim_matches('_');
    let mut pairs = name.chars().zip(name.chars().skip(1));
    pairs.any(|pair| matches!(pair, ('_', c) | (c, '_') if !c.is_ascii_digit()))
}

/// Whether a name is an identifier. Raw identifiers are refused, because modules and methods are called after names.
pub(crate) fn is_identifier(name: &str) -> bool {
    !name.starts_with("r#") && syn::parse_str::<syn::Ident>(name).is_ok()
}
