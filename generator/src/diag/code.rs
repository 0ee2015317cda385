//! The one table of diagnostic codes.

use std::fmt;

macro_rules! codes {
    ($($(#[$doc:meta])+ $name:ident = $text:literal,)+) => {
        /// What kind of finding a diagnostic is; its text is stable across versions.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code { $($(#[$doc])+ $name,)+ }

        impl Code {
            /// Every code, in the order of the stages.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The text between the brackets of `error[...]`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }
        }
    };
}

codes! {
    // load
    /// The file cannot be read.
    Unreadable = "unreadable",
    /// The text is neither JSON nor YAML.
    Syntax = "syntax",
    /// A mapping has the same key twice.
    DuplicateKey = "duplicate-key",
    /// The document is larger or deeper than the limits.
    Limit = "limit",
    /// An action of an overlay that selects nothing.
    NoTarget = "no-target",
    /// A reference leaves the folder of the document.
    OutsideReference = "outside-reference",
    /// A reference to another host.
    RemoteReference = "remote-reference",
    // dialect
    /// `openapi` or `swagger` is missing or names a version that does not exist.
    UnknownVersion = "unknown-version",
    /// A value has the wrong type.
    WrongType = "wrong-type",
    /// A required key is missing.
    MissingKey = "missing-key",
    /// A common mistake that was repaired while reading.
    Repaired = "repaired",
    /// A key that the specification does not know.
    UnknownKey = "unknown-key",
    // spec
    /// A `$ref` that leads nowhere.
    UnresolvedReference = "unresolved-reference",
    /// A `$ref` that leads back to itself.
    CircularReference = "circular-reference",
    /// An object that OpenAPI does not allow in this form.
    InvalidObject = "invalid-object",
    // lower
    /// Schemas that no value can satisfy together.
    Unsatisfiable = "unsatisfiable",
    /// A schema that says something odd, taken in its most useful sense.
    OddSchema = "odd-schema",
    /// A union whose branches cannot be told apart.
    AmbiguousUnion = "ambiguous-union",
    /// A path template and its parameters disagree.
    PathParameter = "path-parameter",
    /// Two parameters, operations or responses that stand in each other's way.
    Duplicate = "duplicate",
    /// An example that does not fit its schema.
    BadExample = "bad-example",
    /// A `default` that does not fit its schema.
    BadDefault = "bad-default",
    /// A regular expression that ECMAScript does not have.
    BadPattern = "bad-pattern",
    /// A security requirement without a scheme.
    UnknownSecurityScheme = "unknown-security-scheme",
    /// A schema keyword that is not checked at run time.
    UncheckedKeyword = "unchecked-keyword",
    /// Something that the document describes and that becomes free-form JSON or bytes.
    FreeForm = "free-form",
    /// Something that OpenAPI allows and crategen does not generate yet.
    Unsupported = "unsupported-construct",
    /// An operation that was left out.
    LeftOut = "left-out",
    // names
    /// A name that had to differ from the document's.
    Renamed = "renamed",
    // render
    /// A bug of the generator itself.
    Internal = "internal",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
