//! The description of a parameter.

use super::{Kind, Place, Style};

/// The description of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "it only describes a parameter"]
pub struct Param {
    /// The name.
    pub name: &'static str,
    /// The location.
    pub place: Place,
    /// The style.
    pub style: Style,
    /// Whether arrays and objects become several parameters.
    pub explode: bool,
    /// What the value consists of.
    pub kind: Kind,
    /// Whether reserved characters stay as they are (`allowReserved`).
    pub reserved: bool,
    /// Names of credentials, which are not keys of an exploded object.
    pub not_keys: &'static [&'static str],
}

/// A new parameter is one string in the default style of its location (OpenAPI 3.0.3 §4.7.12.2).
impl Param {
    const fn of(name: &'static str, place: Place, style: Style, explode: bool) -> Self {
        Self { name, place, style, explode, kind: Kind::Scalar, reserved: false, not_keys: &[] }
    }

    /// Creates a parameter of the path template.
    pub const fn path(name: &'static str) -> Self {
        Self::of(name, Place::Path, Style::Simple, false)
    }

    /// Creates a parameter of the query string.
    pub const fn query(name: &'static str) -> Self {
        Self::of(name, Place::Query, Style::Form, true)
    }

    /// Creates a header.
    pub const fn header(name: &'static str) -> Self {
        Self::of(name, Place::Header, Style::Simple, false)
    }

    /// Creates a cookie.
    pub const fn cookie(name: &'static str) -> Self {
        Self::of(name, Place::Cookie, Style::Form, true)
    }

    /// Makes the value an array of strings.
    pub const fn list(self) -> Self {
        Self { kind: Kind::List, ..self }
    }

    /// Makes the value one string, or an array of strings if there are several.
    pub const fn mixed(self) -> Self {
        Self { kind: Kind::Mixed, ..self }
    }

    /// Makes the value an object of strings.
    pub const fn object(self) -> Self {
        Self { kind: Kind::Object, ..self }
    }

    /// Sets the style `simple`: `a,b`.
    pub const fn simple(self) -> Self {
        Self { style: Style::Simple, ..self }
    }

    /// Sets the style `label`: `.a.b`.
    pub const fn label(self) -> Self {
        Self { style: Style::Label, ..self }
    }

    /// Sets the style `matrix`: `;name=a,b`.
    pub const fn matrix(self) -> Self {
        Self { style: Style::Matrix, ..self }
    }

    /// Sets the style `form`: `name=a&name=b` or `name=a,b`.
    pub const fn form(self) -> Self {
        Self { style: Style::Form, ..self }
    }

    /// Sets the style `spaceDelimited`: `name=a%20b`.
    pub const fn space_delimited(self) -> Self {
        Self { style: Style::SpaceDelimited, ..self }
    }

    /// Sets the style `pipeDelimited`: `name=a|b`.
    pub const fn pipe_delimited(self) -> Self {
        Self { style: Style::PipeDelimited, ..self }
    }

    /// Sets the style `deepObject`: `name[key]=a`.
    pub const fn deep_object(self) -> Self {
        Self { style: Style::DeepObject, ..self }
    }

    /// Writes the value as JSON.
    pub const fn json(self) -> Self {
        Self { style: Style::Json, explode: false, ..self }
    }

    /// Writes arrays and objects as several parameters.
    pub const fn exploded(self) -> Self {
        Self { explode: true, ..self }
    }

    /// Writes arrays and objects as one parameter.
    pub const fn joined(self) -> Self {
        Self { explode: false, ..self }
    }

    /// Leaves names of credentials out of the keys of an exploded object.
    pub const fn without_keys(self, names: &'static [&'static str]) -> Self {
        Self { not_keys: names, ..self }
    }

    /// Leaves reserved characters as they are (`allowReserved`).
    pub const fn reserved(self) -> Self {
        Self { reserved: true, ..self }
    }

    /// Returns the location of this parameter in violations; see
    /// [`Violation::location`](crate::models::Violation::location).
    pub fn location(&self) -> String {
        match self.place {
            Place::Path => format!("{{{}}}", self.name),
            Place::Query => format!("?{}", self.name),
            Place::Header => format!("header:{}", self.name),
            Place::Cookie => format!("cookie:{}", self.name),
            Place::Form => format!("#/{}", self.name),
        }
    }
}
