//! Identifiers that generated code uses itself.

/// Rust's keywords, strict and reserved (The Rust Reference, "Keywords"). Weak keywords may be identifiers.
pub(super) const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Names that files of types and the macros of their tables use without a path, and types that the root of the crate exports.
/// A schema of such a name would hide it.
const TYPES: &[&str] = &[
    // The language and its prelude.
    "Self",
    "Option",
    "Some",
    "None",
    "Result",
    "Ok",
    "Err",
    "Box",
    "Vec",
    "String",
    "Default",
    "PartialEq",
    "Eq",
    "From",
    "Into",
    "TryFrom",
    "IntoIterator",
    // The root of the crate.
    "Base64",
    "Checks",
    "Defaults",
    "FilePart",
    "Invalid",
    "Never",
    "Patch",
    "StreamEvent",
    "Validate",
];

/// The same for what the client calls after operations: `ListUsers`, `ListUsersArgs`, `ListUsersError`. The server has only
/// `ListUsersError`, so of its own types only those whose names end like it count.
pub(super) const OPERATIONS: &[&str] = &[
    // The language and its prelude.
    "Self",
    "Box",
    "Default",
    "From",
    "Into",
    "IntoIterator",
    "Option",
    "Result",
    "String",
    "Vec",
    // The root of the client, and what its modules import.
    "ApiError",
    "ApiOperation",
    "Arguments",
    "BoxError",
    "BoxFuture",
    "BuildError",
    "ByteStream",
    "Call",
    "CallError",
    "Client",
    "ClientBuilder",
    "CredentialProvider",
    "DecodeError",
    "Error",
    "EventStream",
    "InProcess",
    "LineStream",
    "LinkError",
    "Linked",
    "Paginated",
    "RawRequest",
    "RawResponse",
    "RequestError",
    "Response",
    "RetryPolicy",
    "StreamError",
    "Transport",
    "TransportError",
    "UploadBody",
    // The root of the server.
    "AuthError",
];

/// The features of generated crates that are disabled by default.
pub const OPTIONAL_FEATURES: &[&str] = &[
    "authorization-code",
    "blocking",
    "docs",
    "gzip",
    "http1",
    "http2",
    "in-process",
    "mock",
    "native-tls",
    "rustls",
    "rustls-no-provider",
    "serve",
    "stubs",
    "tracing",
];

/// The feature of the schemas that no operation needs.
pub const UNUSED_FEATURE: &str = "unused-schemas";

/// Other features that generated crates have, so that the feature of a tag gets another name.
pub const COMMON_FEATURES: &[&str] = &["all-tags", "default", UNUSED_FEATURE];

/// Methods of every call; the setter of a parameter gives way.
const CALL: &[&str] = &[
    "header",
    "timeout",
    "total_timeout",
    "base_url",
    "retry",
    "send",
    "send_response",
    "send_raw",
    "params",
    "send_events",
    "send_linked",
    "send_blocking",
    "pages",
    "items",
    "send_response_blocking",
    "new",
];

/// What files import that declare modules for the first segments of paths.
pub(super) const BESIDE_PATHS: &[&str] = &["crategen_runtime", "models"];

/// Methods of the client; the accessor of a tag's operations, and operations without a tag, give way.
pub(super) const CLIENT: &[&str] = &["base_url", "builder", "clone", "new", "request"];

/// File names that Windows reads as devices, with any extension and in any case ("Naming Files, Paths, and Namespaces"). Modules
/// are called otherwise, because their files could not exist there.
pub(super) const DEVICES: &[&str] = &[
    "aux", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lpt0", "lpt1",
    "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

/// What an identifier is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameKind {
    Type,
    Variant,
    /// A field, or a method that its type has no other methods beside.
    Field,
    /// A method of a call.
    Setter,
    /// A private module.
    Module,
    /// A private module that is also a method of the client.
    Group,
}

/// The identifier, changed if the language or generated code needs it for something else.
pub(super) fn avoid(name: String, kind: NameKind) -> String {
    let taken: &[&str] = match kind {
        NameKind::Type if TYPES.contains(&name.as_str()) => return format!("{name}Model"),
        NameKind::Type => &[],
        NameKind::Variant => &["Self"],
        NameKind::Field | NameKind::Module => KEYWORDS,
        NameKind::Setter if CALL.contains(&name.as_str()) => CALL,
        NameKind::Group if CLIENT.contains(&name.as_str()) => CLIENT,
        NameKind::Setter | NameKind::Group => KEYWORDS,
    };
    let is_file = matches!(kind, NameKind::Module | NameKind::Group);
    if taken.contains(&name.as_str()) || (is_file && DEVICES.contains(&name.as_str())) {
        format!("{name}_")
    } else {
        name
    }
}
