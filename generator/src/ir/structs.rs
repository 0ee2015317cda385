//! Objects with known properties.

use super::checks::Checks;
use super::docs::Docs;
use super::examples::Example;
use super::literal::Literal;
use super::ty::Ty;
use crate::diag::Pointer;

/// An object with known properties.
#[derive(Clone, Debug, Default)]
pub struct Struct {
    /// The known properties.
    pub fields: Vec<Field>,
    /// What happens to other properties.
    pub rest: Rest,
    /// What the values of other properties must satisfy.
    pub rest_checks: Checks,
    /// Properties that must not be there (`false` as their schema).
    pub forbidden: Vec<String>,
}

/// What happens to properties that are not known (`additionalProperties`).
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Rest {
    /// They are ignored, because the document does not mention them.
    #[default]
    Ignore,
    /// They are forbidden.
    Closed,
    /// They are kept, with values of this type.
    Collect(Ty),
}

/// A property of an object.
#[derive(Clone, Debug)]
pub struct Field {
    /// The place of its schema.
    pub at: Pointer,
    /// Its name on the wire.
    pub wire: String,
    /// Its documentation.
    pub docs: Docs,
    /// Its type; [`Ty::Nullable`] if `null` is a value.
    pub ty: Ty,
    /// Whether it must be there.
    pub presence: Presence,
    /// Its value if it is absent.
    pub default: Option<Literal>,
    /// The example of its schema, if it is neither an array nor an object.
    pub example: Option<Example>,
    /// Whether the field closes a cycle of types, so that it must be indirect.
    pub boxed: bool,
    /// Whether it must not be printed: it is a password or similar, or `writeOnly`.
    pub secret: bool,
    /// `readOnly`: only in responses.
    pub read_only: bool,
    /// `writeOnly`: only in requests.
    pub write_only: bool,
    /// What its value must satisfy.
    pub checks: Checks,
}

impl Field {
    /// The default that a server fills in if the property is absent; `None` if absent and `null` are the same.
    pub fn filled_default(&self) -> Option<&Literal> {
        let can_be_absent = match self.presence {
            Presence::Required => false,
            Presence::Optional => !matches!(self.ty, Ty::Nullable(_)),
            Presence::Patch => true,
        };
        self.default.as_ref().filter(|default| can_be_absent && **default != Literal::Null)
    }
}

/// Whether a property must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It must be there.
    Required,
    /// It may be absent.
    Optional,
    /// It may be absent, which means something else than `null`.
    Patch,
}
