//! The tables of `crategen.toml`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::shape::{CodeName, FlagOrNames, tables};
use crate::config::{CrateKind, DateTime, Integer, MapType, OperationIds};
use crate::diag::Level;

tables! {
    /// The file.
    Text {
        /// The OpenAPI document: a path relative to this file, or a URL.
        spec: Option<PathBuf>,
        /// The output folder, which gets one subfolder per crate. Default: `generated`.
        out: Option<PathBuf>,
        /// The prefix of the crate names: `NAME-models`, `NAME-client`, `NAME-server`. Default: the title of the document.
        name: Option<String>,
        /// The crates to generate. Default: `models`, `client` and `server`.
        crates: Option<Vec<CrateKind>>,
        /// OpenAPI overlays to apply to the document, in this order.
        overlays: Vec<PathBuf>,
        /// Treats warnings as errors, except those that `[diagnostics]` allows.
        strict: bool,
        /// Follows references to files outside the folder of the document.
        allow_outside: bool,
        /// Follows references to other hosts; their content is pinned in `crategen.lock`.
        allow_remote: bool,
        /// Reads schemas without `type` exactly as JSON Schema defines them: one with `properties` also accepts values that are
        /// not objects.
        literal_schemas: bool,
        /// The level of each kind of diagnostic; `crategen explain` lists them.
        diagnostics: BTreeMap<CodeName, Level>,
        /// The source of the dependency `crategen-runtime`. Without this table, it is written beside the generated crates.
        runtime: RuntimeTable,
        /// Rust names that differ from those that the document leads to. They take precedence over `x-rust-name` in the document.
        names: Names,
        /// What the manifests of the generated crates say about them.
        package: Package,
        /// The operations to generate. Types that only other operations need are left out.
        operations: Operations,
        /// Lists whose pagination the document does not make clear. The first match is used.
        pagination: Vec<Pagination>,
        /// The Rust types to use.
        types: Types,
        /// How much the references of a document may read. A document that needs more is an error.
        limits: LimitsTable,
    }

    /// `[runtime]`
    RuntimeTable {
        /// The folder of the crate, relative to this file.
        path: Option<PathBuf>,
        /// The version requirement, from a registry.
        version: Option<String>,
    }

    /// `[names]`
    Names {
        /// What operations are called: `short` leaves out of their ids what their tag, controller, path and method say; `whole` does
        /// not. Default: `short`.
        operation_ids: Option<OperationIds>,
        /// Types: keys of components, or generated names of inline types -> names.
        types: BTreeMap<String, String>,
        /// Operations: ids -> names of their methods.
        operations: BTreeMap<String, String>,
        /// Tags -> names of their modules.
        tags: BTreeMap<String, String>,
        /// Properties, as `Type.property` with the Rust name of the type -> names of fields.
        properties: BTreeMap<String, String>,
        /// Values of enums and branches of unions, as `Type.value` -> names of variants.
        variants: BTreeMap<String, String>,
    }

    /// `[package]`, with the keys of Cargo's manifests.
    Package {
        /// The version. Default: `0.1.0`.
        version: Option<String>,
        /// The license, as an SPDX expression.
        license: Option<String>,
        /// The authors.
        authors: Option<Vec<String>>,
        /// The URL of the repository.
        repository: Option<String>,
        /// Whether the crates can be published, or the registries that they can be published to. Default: `false`.
        publish: Option<FlagOrNames>,
        /// The edition: `2024`, which the generated code is written for.
        edition: Option<String>,
        /// Inherits the keys that are not set from the workspace of the crates; or a list of the keys to inherit.
        workspace: Option<FlagOrNames>,
    }

    /// `[operations]`
    Operations {
        /// If not empty, only operations that match one of these filters are generated.
        include: Vec<Filter>,
        /// Operations that match one of these filters are not generated.
        exclude: Vec<Filter>,
    }

    /// A filter of operations.
    Filter {
        /// Matches one of the tags. Here and in the other strings, `*` matches any text without `/`, and `**` matches any text.
        tag: Option<String>,
        /// Matches the `operationId`.
        id: Option<String>,
        /// Matches the method; case does not matter.
        method: Option<String>,
        /// Matches the path as it is in the document.
        path: Option<String>,
        /// Matches operations that are (or are not) deprecated.
        deprecated: Option<bool>,
    }

    /// `[[pagination]]`
    Pagination {
        /// The operations.
        operations: Filter,
        /// The path of the property with the items, such as `data.items`. Default: the body, or its only array.
        items: Option<String>,
        /// The next page is in the `Link` header.
        link: bool,
        /// The property with the URL of the next page.
        url: Option<String>,
        /// The parameter that takes the cursor of the next page; needs `from` or `last`.
        cursor: Option<String>,
        /// The property with the cursor of the next page.
        from: Option<String>,
        /// The property of the last item that is the cursor of the next page.
        last: Option<String>,
        /// With `last`: the property that says whether there is a next page. Default: a page without items ends the list.
        more: Option<String>,
        /// The parameter that counts items.
        offset: Option<String>,
        /// The parameter that counts pages.
        page: Option<String>,
        /// The operations do not return pages, even if the document suggests it.
        none: bool,
    }

    /// `[types]`
    Types {
        /// The crate for dates and times. Default: `chrono`.
        date_time: Option<DateTime>,
        /// The type for integers without a format. Default: `i64`.
        integer: Option<Integer>,
        /// The type for objects with arbitrary keys. Default: `BTreeMap`.
        map: Option<MapType>,
        /// Traits that all structs, enums and unions derive in addition to the usual ones.
        derive: Vec<String>,
        /// Formats -> paths of Rust types.
        formats: BTreeMap<String, String>,
        /// Pointers to schemas, such as `#/components/schemas/Money` -> paths of Rust types to use instead.
        replace: BTreeMap<String, String>,
        /// Pointers to schemas -> attributes of their types, such as `#[non_exhaustive]`.
        attributes: BTreeMap<String, Vec<String>>,
        /// Dependencies to add to the generated manifests.
        dependencies: BTreeMap<String, toml::Value>,
    }

    /// `[limits]`
    LimitsTable {
        /// How many files references may add. Default: 10000.
        files: Option<usize>,
        /// How many bytes these files may have together. Default: 268435456.
        bytes: Option<u64>,
        /// How many requests may be sent to other hosts. Default: 500.
        fetches: Option<usize>,
        /// How many seconds these requests may take together. Default: 300.
        fetch_seconds: Option<u64>,
    }
}
