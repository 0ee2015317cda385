//! What the user can choose.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

/// The choices of one run: `crategen.toml`, overridden by flags.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The base of the crate names: `BASE-models`, `BASE-client`, `BASE-server`. By default the title of the document,
    /// kebab-case, without a trailing "API".
    pub name: Option<String>,
    /// Which crates are generated.
    pub crates: Crates,
    /// Takes schemas at their word. By default a schema that says `properties` and no `type` is an object, as people mean it;
    /// to JSON Schema it is any value, and an object of that form if it is an object.
    pub literal_schemas: bool,
    /// Which operations are generated.
    pub operations: OperationChoices,
    /// Which Rust types stand for what.
    pub types: TypeChoices,
    /// Which lists come page by page, beside those of which the document leaves no doubt; the first that matches counts.
    pub pagination: Vec<PaginationChoice>,
    /// Makes every warning an error.
    pub strict: bool,
    /// Overlays that are applied to the document, in this order.
    pub overlays: Vec<PathBuf>,
    /// Follows references to files outside the folder of the document.
    pub allow_outside: bool,
    /// Follows references to other hosts; what they answer is pinned in the lock.
    pub allow_remote: bool,
    /// Where `crategen.lock` is; beside the document without it.
    pub lock: Option<PathBuf>,
    /// The output folder, from which manifests refer to [`Runtime::Path`].
    pub out: PathBuf,
    /// Where generated crates find `crategen-runtime`.
    pub runtime: Runtime,
}

/// Where generated crates find `crategen-runtime`: `[runtime]` of `crategen.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Runtime {
    /// It is written beside them.
    #[default]
    Written,
    /// In this folder; a relative path is relative to the current one.
    Path(PathBuf),
    /// In a registry, at a version that this requirement allows.
    Version(String),
}

/// Which operations are generated: `[operations]` of `crategen.toml`. Types that none of them needs are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OperationChoices {
    /// If there are any: only operations that one of them matches.
    pub include: Vec<OperationFilter>,
    /// No operation that one of them matches.
    pub exclude: Vec<OperationFilter>,
}

/// Matches an operation that everything given here matches. In texts `*` stands for anything but `/`, and `**` for anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OperationFilter {
    /// One of its tags.
    pub tag: Option<String>,
    /// Its `operationId`.
    pub id: Option<String>,
    /// Its method, in any case.
    pub method: Option<String>,
    /// Its path, as the document writes it.
    pub path: Option<String>,
    /// Whether it is deprecated.
    pub deprecated: Option<bool>,
}

/// As `crategen.toml` writes it.
impl fmt::Display for OperationFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let texts = [("tag", &self.tag), ("id", &self.id), ("method", &self.method), ("path", &self.path)];
        let texts = texts.iter().filter_map(|(key, value)| Some(format!("{key} = {:?}", value.as_ref()?)));
        let deprecated = self.deprecated.map(|value| format!("deprecated = {value}"));
        write!(f, "{{ {} }}", texts.chain(deprecated).collect::<Vec<_>>().join(", "))
    }
}

/// How the lists of operations come page by page: `[[pagination]]` of `crategen.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaginationChoice {
    /// Which operations.
    pub operations: OperationFilter,
    /// The property of the items, with dots between the properties that lead there; without it the body, or its only list.
    pub items: Option<String>,
    /// Where the page behind a page is; `None`: they are no pages, whatever the document seems to say.
    pub next: Option<NextChoice>,
}

/// Where the page behind a page is. Properties have dots between the properties that lead to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextChoice {
    /// Where the header `Link` says.
    Link,
    /// At the URL in this property.
    Url(String),
    /// Behind the cursor in the property `from`, which goes into the parameter.
    Cursor {
        /// The parameter.
        param: String,
        /// The property.
        from: String,
    },
    /// As many items further as the page has.
    Offset(String),
    /// One page further.
    Page(String),
}

/// Which Rust types stand for what: `[types]` of `crategen.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypeChoices {
    /// What `format: date` and `format: date-time` become.
    pub date_time: DateTime,
    /// What an integer without a format becomes.
    pub integer: Integer,
    /// What an object with arbitrary keys becomes.
    pub map: MapType,
    /// Formats of strings, integers and numbers -> paths of Rust types, which implement `Clone`, `Debug`, `PartialEq`,
    /// `Serialize` and `Deserialize`.
    pub formats: BTreeMap<String, String>,
    /// Places of schemas, such as `#/components/schemas/Money` -> paths of Rust types that take their place.
    pub replace: BTreeMap<String, String>,
    /// Traits that every struct, enum and union derives beside the usual ones.
    pub derive: Vec<String>,
    /// Places of schemas -> attributes of their types, such as `#[non_exhaustive]`.
    pub attributes: BTreeMap<String, Vec<String>>,
    /// Lines of the generated manifests for the crates of all these types: name -> requirement, as TOML.
    pub dependencies: BTreeMap<String, String>,
}

/// What dates and times become.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateTime {
    /// `chrono::NaiveDate` and `chrono::DateTime<Utc>`
    #[default]
    Chrono,
    /// `time::Date` and `time::OffsetDateTime`, in a type that reads and writes RFC 3339.
    Time,
    /// `jiff::civil::Date` and `jiff::Timestamp`
    Jiff,
    /// `String`, as it is on the wire.
    String,
}

/// What an integer without a format becomes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Integer {
    I32,
    #[default]
    I64,
    U64,
    I128,
}

/// What an object with arbitrary keys becomes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MapType {
    /// `std::collections::BTreeMap`: sorted by key.
    #[default]
    BTreeMap,
    /// `std::collections::HashMap`: in no order.
    HashMap,
    /// `indexmap::IndexMap`: in the order of insertion.
    IndexMap,
}

/// Which crates are generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crates {
    /// The types.
    pub models: bool,
    /// The client.
    pub client: bool,
    /// The server.
    pub server: bool,
    /// Tests that hold client and server against each other; they need both.
    pub contract_tests: bool,
}

impl Default for Crates {
    fn default() -> Self {
        Self { models: true, client: true, server: true, contract_tests: false }
    }
}

impl Crates {
    /// Whether the crate of an emitter is wanted.
    pub fn wants(self, emitter: &str) -> bool {
        match emitter {
            "models" => self.models,
            "client" => self.client,
            "server" => self.server,
            "contract-tests" => self.contract_tests,
            _ => false,
        }
    }
}
