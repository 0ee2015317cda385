//! Identifiers that generated code needs for itself.

/// Rust's keywords, strict, reserved and weak (The Rust Reference, "Keywords").
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Types, traits and variants that generated code mentions by their bare names.
const TYPES: &[&str] = &[
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
    "Clone",
    "Copy",
    "Debug",
    "PartialEq",
    "Eq",
    "Hash",
    "PartialOrd",
    "Ord",
    "From",
    "Into",
    "TryFrom",
    "TryInto",
    "Iterator",
    "IntoIterator",
    "AsRef",
    "AsMut",
    "Drop",
    "Fn",
    "FnMut",
    "FnOnce",
    "Send",
    "Sync",
    "Sized",
    "Unpin",
    "ToString",
    "ToOwned",
    "Extend",
    "DoubleEndedIterator",
    "ExactSizeIterator",
    "FromIterator",
    "Future",
    "IntoFuture",
    "Patch",
    "Base64",
];

/// Modules and crates that generated code mentions by their bare names.
const MODULES: &[&str] = &[
    "support",
    "operations",
    "schemas",
    "problem",
    "models",
    "runtime",
    "credentials",
    "routers",
    "mock",
    "api",
    "server",
    "client",
    "serde",
    "serde_json",
    "chrono",
    "uuid",
    "bytes",
    "http",
    "axum",
    "reqwest",
    "std",
    "core",
    "alloc",
    "tracing",
    "tokio",
    "url",
];

/// Methods that every call, client or context has.
const METHODS: &[&str] = &[
    "header",
    "timeout",
    "retry",
    "send",
    "send_response",
    "send_raw",
    "params",
    "into_future",
    "request",
    "base_url",
    "builder",
    "new",
    "clone",
    "from",
    "into",
    "fmt",
    "authenticate",
    "on_rejection",
    "on_internal_error",
];

/// What an identifier is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Type,
    Variant,
    Field,
    Method,
    Module,
}

/// The identifier, changed if generated code or the language needs it for something else.
pub(super) fn avoid(name: String, kind: Kind) -> String {
    match kind {
        Kind::Type if TYPES.contains(&name.as_str()) => format!("{name}Model"),
        Kind::Variant if name == "Self" => "Self_".to_owned(),
        Kind::Module if MODULES.contains(&name.as_str()) || KEYWORDS.contains(&name.as_str()) => format!("{name}_"),
        Kind::Method if METHODS.contains(&name.as_str()) || KEYWORDS.contains(&name.as_str()) => format!("{name}_"),
        Kind::Field if KEYWORDS.contains(&name.as_str()) => format!("{name}_"),
        _ => name,
    }
}
