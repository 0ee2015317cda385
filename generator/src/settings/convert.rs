//! Turns the tables of `crategen.toml` into the configuration.

use std::path::Path;

use super::SettingsError;
use super::text::{Filter, LimitsTable, Operations, Pagination, RuntimeTable, Types};
use crate::config::{Limits, NextChoice, OperationChoices, OperationFilter, PaginationChoice, Runtime, TypeChoices};

impl LimitsTable {
    pub(super) fn limits(&self) -> Limits {
        let default = Limits::default();
        Limits {
            files: self.files.unwrap_or(default.files),
            bytes: self.bytes.unwrap_or(default.bytes),
            fetches: self.fetches.unwrap_or(default.fetches),
            fetch_seconds: self.fetch_seconds.unwrap_or(default.fetch_seconds),
        }
    }
}

impl Filter {
    pub(super) fn filter(self) -> Result<OperationFilter, SettingsError> {
        let Self { tag, id, method, path, deprecated } = self;
        let filter = OperationFilter { tag, id, method, path, deprecated };
        if filter == OperationFilter::default() {
            return Err(SettingsError(
                "empty filter of operations; set `tag`, `id`, `method`, `path` or `deprecated`".to_owned(),
            ));
        }
        Ok(filter)
    }
}

impl Pagination {
    pub(super) fn choice(self) -> Result<PaginationChoice, SettingsError> {
        let wrong = |message: &str| Err(SettingsError(format!("`[[pagination]]`: {message}")));
        let operations = self.operations.filter()?;
        if self.more.is_some() && self.last.is_none() {
            return wrong("`more` belongs to `last`, a property of the last item");
        }
        let cursor = match (self.cursor, self.from, self.last) {
            (Some(param), Some(from), None) => Some(NextChoice::Cursor { param, from }),
            (Some(param), None, Some(last)) => Some(NextChoice::LastItem { param, last, more: self.more }),
            (None, None, None) => None,
            _ => {
                return wrong(
                    "set `cursor` (a parameter) together with either `from` (a property) or `last` (a property of the last item)",
                );
            }
        };
        let ways = [
            self.link.then_some(NextChoice::Link),
            self.url.map(NextChoice::Url),
            cursor,
            self.offset.map(NextChoice::Offset),
            self.page.map(NextChoice::Page),
        ];
        let mut ways = ways.into_iter().flatten();
        match (ways.next(), ways.next(), self.none) {
            (next @ Some(_), None, false) | (next @ None, None, true) => {
                Ok(PaginationChoice { operations, items: self.items, next })
            }
            _ => wrong("set exactly one of `link`, `url`, `cursor`, `offset`, `page` and `none`"),
        }
    }
}

impl Operations {
    pub(super) fn choices(self) -> Result<OperationChoices, SettingsError> {
        let filters = |list: Vec<Filter>| list.into_iter().map(Filter::filter).collect::<Result<Vec<_>, _>>();
        Ok(OperationChoices { include: filters(self.include)?, exclude: filters(self.exclude)? })
    }
}

impl RuntimeTable {
    pub(super) fn choice(self, folder: &Path) -> Result<Runtime, SettingsError> {
        match (self.path, self.version) {
            (None, None) => Ok(Runtime::Written),
            (Some(path), None) => Ok(Runtime::Path(folder.join(path))),
            (None, Some(version)) => Ok(Runtime::Version(version)),
            (Some(_), Some(_)) => {
                Err(SettingsError("`[runtime]` has both `path` and `version`; set only one of them".to_owned()))
            }
        }
    }
}

/// The traits that can be derived without a path (the Rust Reference, "Derive").
const DERIVES: [&str; 9] = ["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];

impl Types {
    pub(super) fn choices(self) -> Result<TypeChoices, SettingsError> {
        for path in self.formats.values().chain(self.replace.values()).chain(&self.derive) {
            if syn::parse_str::<syn::Type>(path).is_err() {
                return Err(SettingsError(format!(
                    "`{path}` is not a Rust type; write a path such as `my_crate::Money`"
                )));
            }
        }
        if let Some(name) = self.derive.iter().find(|path| !path.contains("::") && !DERIVES.contains(&path.as_str())) {
            let known = DERIVES.join("`, `");
            return Err(SettingsError(format!(
                "`derive`: `{name}` is not one of `{known}`; write other traits with their path, such as `my_crate::{name}`"
            )));
        }
        for text in self.attributes.values().flatten() {
            if syn::parse_str::<syn::ItemStruct>(&format!("{text} struct A;")).is_err() {
                return Err(SettingsError(format!("`{text}` is not an attribute; write it like `#[non_exhaustive]`")));
            }
        }
        let dependencies = self.dependencies.into_iter().map(|(name, value)| (name, value.to_string())).collect();
        Ok(TypeChoices {
            date_time: self.date_time.unwrap_or_default(),
            integer: self.integer.unwrap_or_default(),
            map: self.map.unwrap_or_default(),
            formats: self.formats,
            replace: self.replace,
            derive: self.derive,
            attributes: self.attributes,
            dependencies,
        })
    }
}
