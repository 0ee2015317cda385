//! A parameter, as the document describes it.

use super::{Kind, Place, Style};

/// A parameter, as the document describes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "it only describes a parameter"]
pub struct Param {
    /// Its name on the wire.
    pub name: &'static str,
    /// Where it travels.
    pub place: Place,
    /// How its value is written.
    pub style: Style,
    /// Whether lists and objects become several parameters.
    pub explode: bool,
    /// What its value consists of.
    pub kind: Kind,
    /// Whether reserved characters stay as they are (`allowReserved`).
    pub reserved: bool,
}

/// A parameter is one text, written as its place writes it, unless more is said (OpenAPI 3.0.3 §4.7.12.2).
impl Param {
    const fn of(name: &'static str, place: Place, style: Style, explode: bool) -> Self {
        Self { name, place, style, explode, kind: Kind::Scalar, reserved: false }
    }

    /// A variable of the path template.
    pub const fn path(name: &'static str) -> Self {
        Self::of(name, Place::Path, Style::Simple, false)
    }

    /// A parameter of the query string.
    pub const fn query(name: &'static str) -> Self {
        Self::of(name, Place::Query, Style::Form, true)
    }

    /// A header.
    pub const fn header(name: &'static str) -> Self {
        Self::of(name, Place::Header, Style::Simple, false)
    }

    /// A cookie.
    pub const fn cookie(name: &'static str) -> Self {
        Self::of(name, Place::Cookie, Style::Form, true)
    }

    /// Its value is a list of texts.
    pub const fn list(self) -> Self {
        Self { kind: Kind::List, ..self }
    }

    /// Its value is one text, or a list of texts where there are several.
    pub const fn mixed(self) -> Self {
        Self { kind: Kind::Mixed, ..self }
    }

    /// Its value is an object of texts.
    pub const fn object(self) -> Self {
        Self { kind: Kind::Object, ..self }
    }

    /// `a,b`
    pub const fn simple(self) -> Self {
        Self { style: Style::Simple, ..self }
    }

    /// `.a.b`
    pub const fn label(self) -> Self {
        Self { style: Style::Label, ..self }
    }

    /// `;name=a,b`
    pub const fn matrix(self) -> Self {
        Self { style: Style::Matrix, ..self }
    }

    /// `name=a&name=b` or `name=a,b`
    pub const fn form(self) -> Self {
        Self { style: Style::Form, ..self }
    }

    /// `name=a%20b`
    pub const fn space_delimited(self) -> Self {
        Self { style: Style::SpaceDelimited, ..self }
    }

    /// `name=a|b`
    pub const fn pipe_delimited(self) -> Self {
        Self { style: Style::PipeDelimited, ..self }
    }

    /// `name[key]=a`
    pub const fn deep_object(self) -> Self {
        Self { style: Style::DeepObject, ..self }
    }

    /// JSON text.
    pub const fn json(self) -> Self {
        Self { style: Style::Json, explode: false, ..self }
    }

    /// Lists and objects become several parameters.
    pub const fn exploded(self) -> Self {
        Self { explode: true, ..self }
    }

    /// Lists and objects are one parameter.
    pub const fn joined(self) -> Self {
        Self { explode: false, ..self }
    }

    /// Reserved characters stay as they are (`allowReserved`).
    pub const fn reserved(self) -> Self {
        Self { reserved: true, ..self }
    }

    /// Where a violation of this parameter is.
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
