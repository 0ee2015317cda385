//! Names that people chose: in `[names]` of the configuration, or else in the document.

use std::collections::{BTreeMap, BTreeSet};

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
}

impl<'a> Chosen<'a> {
    /// Takes the names of the document that are identifiers, and warns about the others.
    pub fn new(config: &'a Config, document: &'a ChosenNames, diags: &mut Diags) -> Self {
        let mut places = BTreeMap::new();
        for (at, name) in &document.places {
            if syn::parse_str::<syn::Ident>(name).is_ok() {
                places.insert(at, name.as_str());
                continue;
            }
            let message = format!("`{}` is not a Rust identifier, so it is ignored", name.escape_debug());
            diags
                .warn(Code::InvalidName, &at.push(ChosenNames::KEY), message)
                .help("use letters, digits and `_`, and no keyword");
        }
        Self { config, choices: &config.names, places, tags: &document.tags, used: BTreeSet::new() }
    }

    /// Whether operation ids are shortened.
    pub fn shortens_ids(&self) -> bool {
        self.choices.operation_ids == OperationIds::Short
    }

    /// The name of a type: a component by its key, an inline type by its generated name.
    pub fn of_type(&mut self, key: &str, at: Option<&Pointer>) -> Option<String> {
        self.configured("types", key).or_else(|| self.in_document(at?))
    }

    /// The name of an operation, by its id.
    pub fn operation(&mut self, id: &str, at: &Pointer) -> Option<String> {
        self.configured("operations", id).or_else(|| self.in_document(at))
    }

    /// The name of a tag.
    pub fn tag(&mut self, tag: &str) -> Option<String> {
        self.configured("tags", tag).or_else(|| self.in_document(self.tags.get(tag)?))
    }

    /// The name of a property of a type.
    pub fn property(&mut self, ty: &str, wire: &str, at: &Pointer) -> Option<String> {
        self.configured("properties", &format!("{ty}.{wire}")).or_else(|| self.in_document(at))
    }

    /// The name of a value of a type.
    pub fn variant(&mut self, ty: &str, value: &str) -> Option<String> {
        self.configured("variants", &format!("{ty}.{value}"))
    }

    fn in_document(&self, at: &Pointer) -> Option<String> {
        self.places.get(at).map(|name| (*name).to_owned())
    }

    fn configured(&mut self, table: &'static str, key: &str) -> Option<String> {
        let (_, entries) = self.choices.tables().into_iter().find(|(name, _)| *name == table)?;
        let (key, name) = entries.get_key_value(key)?;
        self.used.insert((table, key));
        Some(name.clone())
    }

    /// Warns about entries without effect.
    pub fn report_unused(self, diags: &mut Diags) {
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
