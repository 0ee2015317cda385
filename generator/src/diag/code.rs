//! The table of diagnostic codes.

use std::fmt;
use std::str::FromStr;

use crate::distance::similar;

macro_rules! codes {
    ($(#[doc = $doc:literal] $name:ident = $text:literal,)+) => {
        /// The kind of a diagnostic. Its text does not change between versions.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code { $(#[doc = $doc] $name,)+ }

        impl Code {
            /// All codes, in the order of the stages.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Returns the text that is printed between the brackets of `error[...]`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }

            /// Returns one sentence that says what the code means.
            pub fn summary(self) -> &'static str {
                match self { $(Self::$name => $doc.trim_ascii(),)+ }
            }

            /// Returns Markdown that says what the code means, shows an example, and tells what to do: `crategen explain`.
            pub const fn explanation(self) -> &'static str {
                match self { $(Self::$name => include_str!(concat!("explanations/", $text, ".md")),)+ }
            }
        }
    };
}

codes! {
    // settings
    /// A key of `crategen.toml` does not exist.
    UnknownSetting = "unknown-setting",
    /// An entry of `crategen.toml` has no effect on this document.
    UnusedSetting = "unused-setting",
    // load
    /// A file cannot be read.
    Unreadable = "unreadable",
    /// A file is neither valid JSON nor valid YAML.
    Syntax = "syntax",
    /// An object has the same key twice.
    DuplicateKey = "duplicate-key",
    /// The document exceeds a limit on size or nesting.
    Limit = "limit",
    /// An overlay action selects nothing in the document.
    NoTarget = "no-target",
    /// A reference points outside the folder of the document.
    OutsideReference = "outside-reference",
    /// A file on another host cannot be used.
    RemoteReference = "remote-reference",
    // dialect
    /// The version in `openapi`, `swagger` or `overlay` is missing or not supported.
    UnknownVersion = "unknown-version",
    /// A value has the wrong type.
    WrongType = "wrong-type",
    /// A required key is missing.
    MissingKey = "missing-key",
    /// A common mistake was repaired.
    Repaired = "repaired",
    /// An object has a key that the specification does not define.
    UnknownKey = "unknown-key",
    /// What a key says is not part of what is generated.
    IgnoredKey = "ignored-key",
    // spec
    /// The target of a `$ref` does not exist.
    UnresolvedReference = "unresolved-reference",
    /// A `$ref` leads back to itself.
    CircularReference = "circular-reference",
    /// An object does not follow the OpenAPI Specification.
    InvalidObject = "invalid-object",
    // lower
    /// No value satisfies all of the combined schemas.
    Unsatisfiable = "unsatisfiable",
    /// A schema contradicts itself or has no effect; its most likely meaning was used.
    OddSchema = "odd-schema",
    /// The variants of a union cannot be told apart.
    AmbiguousUnion = "ambiguous-union",
    /// The path template and the path parameters do not match.
    PathParameter = "path-parameter",
    /// Two parameters, operations or responses have the same name or key.
    Duplicate = "duplicate",
    /// An example does not match its schema.
    BadExample = "bad-example",
    /// A `default` does not match its schema.
    BadDefault = "bad-default",
    /// No value is found that satisfies a schema, for the mock or for contract tests.
    NoSample = "no-sample",
    /// A `pattern` is not an ECMAScript regular expression.
    BadPattern = "bad-pattern",
    /// A regular expression may take too long for some texts.
    SlowPattern = "slow-pattern",
    /// A security requirement names a scheme that is not defined.
    UnknownSecurityScheme = "unknown-security-scheme",
    /// A value is described by the document but generated as free-form JSON or bytes.
    FreeForm = "free-form",
    /// The document uses an OpenAPI feature that crategen does not support.
    Unsupported = "unsupported-construct",
    /// An operation was left out of the generated crates.
    LeftOut = "left-out",
    // names
    /// A Rust name differs from the name in the document.
    Renamed = "renamed",
    /// The configured name cannot be the name of crates.
    InvalidName = "invalid-name",
    // render
    /// A bug in crategen.
    Internal = "internal",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why a text is not a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCode {
    /// The text.
    pub text: String,
    /// The code that it is probably meant to be.
    pub similar: Option<Code>,
}

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown diagnostic code `{}`; ", self.text)?;
        match self.similar {
            Some(code) => write!(f, "did you mean `{code}`?"),
            None => f.write_str("`crategen explain` lists all codes"),
        }
    }
}

impl std::error::Error for UnknownCode {}

impl FromStr for Code {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        let find = |text: &str| Self::ALL.iter().copied().find(|code| code.as_str() == text);
        find(text).ok_or_else(|| UnknownCode {
            text: text.to_owned(),
            similar: similar(text, Self::ALL.iter().map(|code| code.as_str())).and_then(find),
        })
    }
}
