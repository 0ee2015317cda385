//! Reads `crategen.toml`.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::config::{
    Config, Crates, DateTime, Integer, Limits, MapType, NameChoices, NextChoice, OperationChoices, OperationFilter,
    PackageChoices, PaginationChoice, Runtime, TypeChoices,
};
use crate::load::Lock;

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

/// The file format.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Text {
    spec: Option<PathBuf>,
    out: Option<PathBuf>,
    name: Option<String>,
    crates: Option<Vec<String>>,
    #[serde(default)]
    operations: Operations,
    #[serde(default)]
    pagination: Vec<Pagination>,
    #[serde(default)]
    names: Names,
    #[serde(default)]
    package: Package,
    #[serde(default)]
    runtime: RuntimeTable,
    #[serde(default)]
    types: Types,
    #[serde(default)]
    literal_schemas: bool,
    #[serde(default)]
    overlays: Vec<PathBuf>,
    #[serde(default)]
    strict: bool,
    #[serde(default)]
    allow_outside: bool,
    #[serde(default)]
    allow_remote: bool,
    #[serde(default)]
    limits: LimitsTable,
}

/// `[limits]`
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct LimitsTable {
    files: Option<usize>,
    bytes: Option<u64>,
    fetches: Option<usize>,
    fetch_seconds: Option<u64>,
}

impl LimitsTable {
    fn limits(&self) -> Limits {
        let default = Limits::default();
        Limits {
            files: self.files.unwrap_or(default.files),
            bytes: self.bytes.unwrap_or(default.bytes),
            fetches: self.fetches.unwrap_or(default.fetches),
            fetch_seconds: self.fetch_seconds.unwrap_or(default.fetch_seconds),
        }
    }
}

/// `[operations]`
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct Operations {
    include: Vec<Filter>,
    exclude: Vec<Filter>,
}

/// A filter of operations.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Filter {
    tag: Option<String>,
    id: Option<String>,
    method: Option<String>,
    path: Option<String>,
    deprecated: Option<bool>,
}

impl Filter {
    fn filter(self) -> Result<OperationFilter, SettingsError> {
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

/// `[[pagination]]`
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct Pagination {
    operations: Filter,
    items: Option<String>,
    link: bool,
    url: Option<String>,
    cursor: Option<String>,
    from: Option<String>,
    offset: Option<String>,
    page: Option<String>,
    none: bool,
}

impl Pagination {
    fn choice(self) -> Result<PaginationChoice, SettingsError> {
        let wrong = |message: &str| Err(SettingsError(format!("`[[pagination]]`: {message}")));
        let operations = self.operations.filter()?;
        let cursor = match (self.cursor, self.from) {
            (Some(param), Some(from)) => Some(NextChoice::Cursor { param, from }),
            (None, None) => None,
            _ => return wrong("`cursor` (a parameter) and `from` (a property) must be set together"),
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
    fn choices(self) -> Result<OperationChoices, SettingsError> {
        let filters = |list: Vec<Filter>| list.into_iter().map(Filter::filter).collect::<Result<Vec<_>, _>>();
        Ok(OperationChoices { include: filters(self.include)?, exclude: filters(self.exclude)? })
    }
}

/// `[runtime]`
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RuntimeTable {
    path: Option<PathBuf>,
    version: Option<String>,
}

impl RuntimeTable {
    fn choice(self, folder: &Path) -> Result<Runtime, SettingsError> {
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

/// `[names]`
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct Names {
    operation_ids: Option<String>,
    types: BTreeMap<String, String>,
    operations: BTreeMap<String, String>,
    tags: BTreeMap<String, String>,
    properties: BTreeMap<String, String>,
    variants: BTreeMap<String, String>,
}

impl Names {
    fn choices(self) -> Result<NameChoices, SettingsError> {
        let whole_operation_ids = choice("operation-ids", self.operation_ids.as_deref(), &OPERATION_IDS)?;
        let Self { types, operations, tags, properties, variants, .. } = self;
        let choices = NameChoices { whole_operation_ids, types, operations, tags, properties, variants };
        for (table, entries) in choices.tables() {
            if let Some((key, name)) = entries.iter().find(|(_, name)| syn::parse_str::<syn::Ident>(name).is_err()) {
                return Err(SettingsError(format!(
                    "`[names.{table}]`: `{name}`, the name of `{key}`, is not a Rust identifier"
                )));
            }
        }
        Ok(choices)
    }
}

/// Whether operations keep their whole ids.
const OPERATION_IDS: [(&str, bool); 2] = [("short", false), ("whole", true)];

/// `[package]`, with the keys of Cargo's manifests.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct Package {
    version: Option<String>,
    license: Option<String>,
    authors: Option<Vec<String>>,
    repository: Option<String>,
    publish: Option<toml::Value>,
    edition: Option<String>,
    workspace: Option<toml::Value>,
}

impl Package {
    fn choices(self) -> Result<PackageChoices, SettingsError> {
        let wrong = |message: String| SettingsError(format!("`[package]`: {message}"));
        if let Some(version) = self.version.as_deref().filter(|version| !is_version(version)) {
            return Err(wrong(format!("`{version}` is not a version; write it like `1.2.3` (semver.org)")));
        }
        if let Some(edition) = self.edition.as_deref().filter(|edition| *edition != EDITION) {
            return Err(wrong(format!("the generated code is written for edition {EDITION}, not for {edition}")));
        }
        let is_publish = |value: &toml::Value| match value {
            toml::Value::Boolean(_) => true,
            toml::Value::Array(names) => names.iter().all(toml::Value::is_str),
            _ => false,
        };
        if self.publish.as_ref().is_some_and(|value| !is_publish(value)) {
            return Err(wrong("`publish` must be `true`, `false` or a list of registries".to_owned()));
        }
        let authors =
            self.authors.map(|names| toml::Value::Array(names.into_iter().map(toml::Value::String).collect()));
        let text = |text: Option<String>| text.map(toml::Value::String);
        let values = [
            ("authors", authors),
            ("license", text(self.license)),
            ("publish", self.publish),
            ("repository", text(self.repository)),
        ];
        let keys: BTreeMap<&'static str, String> =
            values.into_iter().filter_map(|(key, value)| Some((key, value?.to_string()))).collect();
        let is_set = |key: &str| keys.contains_key(key) || (key == "version" && self.version.is_some());
        let inherited = match self.workspace {
            None | Some(toml::Value::Boolean(false)) => Vec::new(),
            Some(toml::Value::Boolean(true)) => INHERITED.into_iter().filter(|key| !is_set(key)).collect(),
            Some(toml::Value::Array(names)) => {
                let known = |name: &toml::Value| INHERITED.into_iter().find(|key| name.as_str() == Some(key));
                let found: Option<Vec<&'static str>> = names.iter().map(known).collect();
                let expected = INHERITED.join("`, `");
                found.ok_or_else(|| wrong(format!("`workspace` lists keys that are not among `{expected}`")))?
            }
            Some(_) => return Err(wrong("`workspace` must be `true` or a list of keys".to_owned())),
        };
        if let Some(key) = inherited.iter().find(|key| is_set(key)) {
            return Err(wrong(format!("`{key}` is set and inherited from the workspace; remove one of them")));
        }
        Ok(PackageChoices { version: self.version, keys, inherited })
    }
}

/// The keys that `workspace = true` inherits, unless they are set.
const INHERITED: [&str; 6] = ["authors", "edition", "license", "publish", "repository", "version"];

/// The edition that generated code is written for.
const EDITION: &str = "2024";

/// Whether a text is a version (Semantic Versioning 2.0.0 §2, §9, §10).
fn is_version(text: &str) -> bool {
    let core = text.split(['-', '+']).next().unwrap_or_default();
    let is_number = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let is_rest = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+');
    core.split('.').count() == 3 && core.split('.').all(is_number) && text.chars().all(is_rest)
}

/// `[types]`
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct Types {
    date_time: Option<String>,
    integer: Option<String>,
    map: Option<String>,
    formats: BTreeMap<String, String>,
    replace: BTreeMap<String, String>,
    derive: Vec<String>,
    attributes: BTreeMap<String, Vec<String>>,
    dependencies: BTreeMap<String, toml::Value>,
}

impl Types {
    fn choices(self) -> Result<TypeChoices, SettingsError> {
        let date_time = choice("date-time", self.date_time.as_deref(), &DATE_TIMES)?;
        let integer = choice("integer", self.integer.as_deref(), &INTEGERS)?;
        let map = choice("map", self.map.as_deref(), &MAPS)?;
        for path in self.formats.values().chain(self.replace.values()).chain(&self.derive) {
            if syn::parse_str::<syn::Type>(path).is_err() {
                return Err(SettingsError(format!(
                    "`{path}` is not a Rust type; write a path such as `my_crate::Money`"
                )));
            }
        }
        for text in self.attributes.values().flatten() {
            if syn::parse_str::<syn::ItemStruct>(&format!("{text} struct A;")).is_err() {
                return Err(SettingsError(format!("`{text}` is not an attribute; write it like `#[non_exhaustive]`")));
            }
        }
        let dependencies = self.dependencies.into_iter().map(|(name, value)| (name, value.to_string())).collect();
        Ok(TypeChoices {
            date_time,
            integer,
            map,
            formats: self.formats,
            replace: self.replace,
            derive: self.derive,
            attributes: self.attributes,
            dependencies,
        })
    }
}

const DATE_TIMES: [(&str, DateTime); 4] =
    [("chrono", DateTime::Chrono), ("time", DateTime::Time), ("jiff", DateTime::Jiff), ("string", DateTime::String)];
const INTEGERS: [(&str, Integer); 4] =
    [("i32", Integer::I32), ("i64", Integer::I64), ("u64", Integer::U64), ("i128", Integer::I128)];
const MAPS: [(&str, MapType); 3] =
    [("BTreeMap", MapType::BTreeMap), ("HashMap", MapType::HashMap), ("IndexMap", MapType::IndexMap)];

/// Returns the choice with a name, or the default if there is no name.
fn choice<T: Copy + Default>(key: &str, name: Option<&str>, choices: &[(&str, T)]) -> Result<T, SettingsError> {
    let Some(name) = name else { return Ok(T::default()) };
    let found = choices.iter().find(|(known, _)| *known == name);
    found.map(|(_, choice)| *choice).ok_or_else(|| {
        let known: Vec<&str> = choices.iter().map(|(known, _)| *known).collect();
        SettingsError(format!("unknown value `{name}` for `{key}`; expected one of `{}`", known.join("`, `")))
    })
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

    /// Reads a settings file. Fails if it cannot be read, is not valid TOML, or has unknown keys or values.
    pub fn read(path: &Path) -> Result<Self, SettingsError> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| SettingsError(format!("cannot read `{}`: {error}", path.display())))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        Self::parse(&text, folder)
            .map_err(|SettingsError(message)| SettingsError(format!("{}: {message}", path.display())))
    }

    /// Parses the text of a settings file. Relative paths start at `folder`. Fails like [`Settings::read`].
    pub fn parse(text: &str, folder: &Path) -> Result<Self, SettingsError> {
        let text: Text = toml::from_str(text).map_err(|error| SettingsError(error.to_string()))?;
        let crates = match text.crates {
            Some(names) => Crates::parse(names.iter().map(String::as_str))?,
            None => Crates::default(),
        };
        Ok(Self {
            spec: text.spec.map(|path| if is_url(&path) { path } else { folder.join(path) }),
            out: text.out.as_ref().map(|path| folder.join(path)),
            config: Config {
                name: text.name,
                crates,
                operations: text.operations.choices()?,
                types: text.types.choices()?,
                pagination: text.pagination.into_iter().map(Pagination::choice).collect::<Result<_, _>>()?,
                overlays: text.overlays.into_iter().map(|path| folder.join(path)).collect(),
                literal_schemas: text.literal_schemas,
                strict: text.strict,
                allow_outside: text.allow_outside,
                allow_remote: text.allow_remote,
                limits: text.limits.limits(),
                lock: Some(folder.join(Lock::FILE)),
                out: folder.join(text.out.as_deref().unwrap_or(Path::new(DEFAULT_OUT))),
                runtime: text.runtime.choice(folder)?,
                package: text.package.choices()?,
                names: text.names.choices()?,
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

impl Crates {
    /// Returns the crates with these names. Fails if a name is unknown.
    pub fn parse<'n>(names: impl IntoIterator<Item = &'n str>) -> Result<Self, SettingsError> {
        let mut crates = Self { models: false, client: false, server: false, contract_tests: false };
        for name in names {
            match name.trim() {
                "models" => crates.models = true,
                "client" => crates.client = true,
                "server" => crates.server = true,
                "contract-tests" => crates.contract_tests = true,
                other => {
                    return Err(SettingsError(format!(
                        "unknown crate `{other}`; expected `models`, `client`, `server` or `contract-tests`"
                    )));
                }
            }
        }
        Ok(crates)
    }
}
