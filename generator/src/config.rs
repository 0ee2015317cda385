//! The configuration of a run.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use crate::diag::{FileId, Levels, Pointer};
pub use crate::settings_file::SettingsFile;
pub(crate) use crate::settings_file::UnknownSetting;

/// The configuration of a run. The command reads it from `crategen.toml` and flags.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The prefix of the crate names: `NAME-models`, `NAME-client`, `NAME-server`. Default: the title of the document in
    /// kebab-case, without a trailing "API".
    pub name: Option<String>,
    /// The crates to generate.
    pub crates: Crates,
    /// Reads schemas without `type` exactly as JSON Schema defines them: `properties` then constrains objects, but allows any
    /// other value. By default, `properties` without `type` means that the value is an object.
    pub literal_schemas: bool,
    /// The operations to generate.
    pub operations: OperationChoices,
    /// The Rust types to use.
    pub types: TypeChoices,
    /// The operations that return their results in pages, in addition to those that the document makes clear. The first match
    /// is used.
    pub pagination: Vec<PaginationChoice>,
    /// How severe diagnostics are.
    pub levels: Levels,
    /// The overlays to apply to the document, in this order.
    pub overlays: Vec<PathBuf>,
    /// Whether references may point to files outside the folder of the document.
    pub allow_outside: bool,
    /// Whether the document and its references may be on other hosts. [`write()`](crate::write) pins their content in
    /// `crategen.lock`.
    pub allow_remote: bool,
    /// How much the references of a document may read.
    pub limits: Limits,
    /// The path of `crategen.lock`. Default: next to the document.
    pub lock: Option<PathBuf>,
    /// The output folder, which the relative path to [`Runtime::Path`] in generated manifests starts from.
    pub out: PathBuf,
    /// The source of the dependency `crategen-runtime`.
    pub runtime: Runtime,
    /// The Rust names that differ from those that the document leads to.
    pub names: NameChoices,
    /// What the manifests of the crates say about them.
    pub package: PackageChoices,
    /// The settings file that this configuration was read from, so that diagnostics can point into it.
    pub settings_file: Option<SettingsFile>,
}

impl Config {
    /// Returns the place in the settings file that these keys lead to, or the document if there is no settings file.
    pub(crate) fn place(&self, keys: &[&str]) -> Pointer {
        let Some(_) = &self.settings_file else { return Pointer::default() };
        keys.iter().fold(Pointer::root(FileId::SETTINGS), |at, key| at.push(key))
    }
}

/// Rust names: `[names]` in `crategen.toml`. They take precedence over `x-rust-name` in the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameChoices {
    /// What operations are called.
    pub operation_ids: OperationIds,
    /// Types, by the key of the component, or by the name that an inline type would have.
    pub types: BTreeMap<String, String>,
    /// Operations, by their id.
    pub operations: BTreeMap<String, String>,
    /// Tags.
    pub tags: BTreeMap<String, String>,
    /// Properties, as `Type.property` with the type's Rust name.
    pub properties: BTreeMap<String, String>,
    /// Values of enums and branches of unions, as `Type.value` with the type's Rust name.
    pub variants: BTreeMap<String, String>,
}

/// What operations are called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OperationIds {
    /// After their ids, without what their tag, controller, path and method say.
    #[default]
    Short,
    /// After their whole ids.
    Whole,
}

impl NameChoices {
    /// The tables of names, as they are called in `crategen.toml`.
    pub fn tables(&self) -> [(&'static str, &BTreeMap<String, String>); 5] {
        [
            ("types", &self.types),
            ("operations", &self.operations),
            ("tags", &self.tags),
            ("properties", &self.properties),
            ("variants", &self.variants),
        ]
    }
}

/// What the manifests of generated crates say about them: `[package]` in `crategen.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackageChoices {
    /// The version. Default: `0.1.0`.
    pub version: Option<String>,
    /// The keys that are set, with their values as TOML.
    pub keys: BTreeMap<&'static str, String>,
    /// The keys that the workspace of the crates sets, for example `version`.
    pub inherited: Vec<&'static str>,
}

impl PackageChoices {
    /// The version of the crates; `None` if their workspace knows it.
    pub fn version(&self) -> Option<&str> {
        match &self.version {
            None if self.inherited.contains(&"version") => None,
            version => Some(version.as_deref().unwrap_or("0.1.0")),
        }
    }
}

/// How much the references of a document may read: `[limits]` in `crategen.toml`. A document that needs more is an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many files the document may refer to, directly or through other files. Default: 10,000.
    pub files: usize,
    /// How many bytes these files may have together. Default: 256 MiB. A single file is limited by
    /// [`Source::LIMIT`](crate::Source::LIMIT).
    pub bytes: u64,
    /// How many requests may be sent to other hosts. Default: 500.
    pub fetches: usize,
    /// How many seconds all these requests may take together. Default: 300. A single request may take 60.
    pub fetch_seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { files: 10_000, bytes: 256 << 20, fetches: 500, fetch_seconds: 300 }
    }
}

/// The source of the dependency `crategen-runtime` of generated crates: `[runtime]` in `crategen.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Runtime {
    /// The crate is written next to the generated ones.
    #[default]
    Written,
    /// The crate is in this folder; a relative path starts at the current folder.
    Path(PathBuf),
    /// The crate comes from a registry; this is the version requirement.
    Version(String),
}

/// The operations to generate: `[operations]` in `crategen.toml`. Types that no such operation needs are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OperationChoices {
    /// If not empty, only operations that match one of these filters are generated.
    pub include: Vec<OperationFilter>,
    /// Operations that match one of these filters are not generated.
    pub exclude: Vec<OperationFilter>,
}

/// A filter of operations. All fields that are set must match. In strings, `*` matches any text without `/`, and `**` matches
/// any text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OperationFilter {
    /// Matches one of the tags.
    pub tag: Option<String>,
    /// Matches the `operationId`.
    pub id: Option<String>,
    /// Matches the method; case does not matter.
    pub method: Option<String>,
    /// Matches the path as it is in the document.
    pub path: Option<String>,
    /// Matches operations that are (or are not) deprecated.
    pub deprecated: Option<bool>,
}

/// Prints the filter as it is written in `crategen.toml`.
impl fmt::Display for OperationFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let texts = [("tag", &self.tag), ("id", &self.id), ("method", &self.method), ("path", &self.path)];
        let texts = texts.iter().filter_map(|(key, value)| Some(format!("{key} = {:?}", value.as_ref()?)));
        let deprecated = self.deprecated.map(|value| format!("deprecated = {value}"));
        write!(f, "{{ {} }}", texts.chain(deprecated).collect::<Vec<_>>().join(", "))
    }
}

/// How operations return their results in pages: `[[pagination]]` in `crategen.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaginationChoice {
    /// The operations.
    pub operations: OperationFilter,
    /// The path of the property that contains the items, such as `data.items`. Default: the body, or its only array.
    pub items: Option<String>,
    /// How to find the next page; `None` if the operations do not return pages, even if the document suggests it.
    pub next: Option<NextChoice>,
}

/// How to find the next page. Properties are paths, such as `meta.next`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextChoice {
    /// By the `Link` header.
    Link,
    /// By the URL in this property.
    Url(String),
    /// By a cursor.
    Cursor {
        /// The parameter that takes the cursor.
        param: String,
        /// The property that contains the cursor of the next page.
        from: String,
    },
    /// By the last item of the page.
    LastItem {
        /// The parameter that takes the cursor.
        param: String,
        /// The property of the last item that is the cursor.
        last: String,
        /// The property of the response that says whether there is a next page. Without it, the list ends with a page without items.
        more: Option<String>,
    },
    /// By this parameter, which counts items.
    Offset(String),
    /// By this parameter, which counts pages.
    Page(String),
}

/// The Rust types to use: `[types]` in `crategen.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypeChoices {
    /// The types for `format: date` and `format: date-time`.
    pub date_time: DateTime,
    /// The type for integers without a format.
    pub integer: Integer,
    /// The type for objects with arbitrary keys.
    pub map: MapType,
    /// Formats of strings, integers and numbers -> paths of Rust types, which must implement `Clone`, `Debug`, `PartialEq`,
    /// `Serialize` and `Deserialize`.
    pub formats: BTreeMap<String, String>,
    /// Pointers to schemas, such as `#/components/schemas/Money` -> paths of Rust types to use instead.
    pub replace: BTreeMap<String, String>,
    /// Traits that all structs, enums and unions derive in addition to the usual ones.
    pub derive: Vec<String>,
    /// Pointers to schemas -> attributes of their types, such as `#[non_exhaustive]`.
    pub attributes: BTreeMap<String, Vec<String>>,
    /// Dependencies to add to the generated manifests: crate name -> requirement, as TOML.
    pub dependencies: BTreeMap<String, String>,
}

/// The types for dates and times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateTime {
    /// `chrono::NaiveDate` and `chrono::DateTime<Utc>`
    #[default]
    Chrono,
    /// `time::Date` and `time::OffsetDateTime`, wrapped in a type that reads and writes RFC 3339.
    Time,
    /// `jiff::civil::Date` and `jiff::Timestamp`
    Jiff,
    /// `String`, unchanged.
    String,
}

/// The type for integers without a format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Integer {
    I32,
    #[default]
    I64,
    U64,
    I128,
}

/// The type for objects with arbitrary keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MapType {
    /// `std::collections::BTreeMap`, sorted by key.
    #[default]
    BTreeMap,
    /// `std::collections::HashMap`, without an order.
    HashMap,
    /// `indexmap::IndexMap`, in insertion order.
    IndexMap,
}

/// A crate that can be generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CrateKind {
    /// The types that client and server share.
    Models,
    /// The client.
    Client,
    /// The server.
    Server,
    /// Tests that run the client against the server.
    ContractTests,
}

/// The crates to generate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crates {
    /// The types that client and server share.
    pub models: bool,
    /// The client.
    pub client: bool,
    /// The server.
    pub server: bool,
    /// Tests that run the client against the server; they need both.
    pub contract_tests: bool,
}

impl Default for Crates {
    fn default() -> Self {
        Self { models: true, client: true, server: true, contract_tests: false }
    }
}

impl FromIterator<CrateKind> for Crates {
    fn from_iter<I: IntoIterator<Item = CrateKind>>(kinds: I) -> Self {
        let mut crates = Self { models: false, client: false, server: false, contract_tests: false };
        for kind in kinds {
            match kind {
                CrateKind::Models => crates.models = true,
                CrateKind::Client => crates.client = true,
                CrateKind::Server => crates.server = true,
                CrateKind::ContractTests => crates.contract_tests = true,
            }
        }
        crates
    }
}

impl Crates {
    /// Returns whether the crate of an emitter is to be generated.
    pub(crate) fn wants(self, emitter: &str) -> bool {
        match emitter {
            "models" => self.models,
            "client" => self.client,
            "server" => self.server,
            "contract-tests" => self.contract_tests,
            _ => false,
        }
    }
}
