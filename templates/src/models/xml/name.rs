//! Names of elements and attributes.

use std::borrow::Cow;

use super::XmlError;

/// A name, and the namespace that it is declared with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    pub local: &'static str,
    pub prefix: &'static str,
    pub namespace: &'static str,
}

impl Name {
    pub const fn new(local: &'static str) -> Self {
        Self { local, prefix: "", namespace: "" }
    }

    pub const fn called(self, local: &'static str) -> Self {
        Self { local, ..self }
    }

    pub const fn of(self, namespace: &'static str, prefix: &'static str) -> Self {
        Self { prefix, namespace, ..self }
    }

    /// The name as it is written.
    pub fn qualified(&self) -> Cow<'static, str> {
        if self.prefix.is_empty() { self.local.into() } else { format!("{}:{}", self.prefix, self.local).into() }
    }

    /// The attribute that declares its namespace.
    pub fn declaration(&self) -> Option<(Cow<'static, str>, &'static str)> {
        let key: Cow<'static, str> =
            if self.prefix.is_empty() { "xmlns".into() } else { format!("xmlns:{}", self.prefix).into() };
        (!self.namespace.is_empty()).then_some((key, self.namespace))
    }
}

/// A name that can stand in a tag (XML 1.0 §2.3).
pub(super) fn valid(name: &str) -> Result<&str, XmlError> {
    let start = |c: char| c.is_alphabetic() || matches!(c, '_' | ':');
    let part = |c: char| start(c) || c.is_alphanumeric() || matches!(c, '-' | '.' | '\u{b7}');
    if name.chars().next().is_some_and(start) && name.chars().all(part) {
        Ok(name)
    } else {
        Err(XmlError(format!("`{}` cannot be the name of an element", name.escape_default())))
    }
}

/// Text that can stand in a document (XML 1.0 §2.2).
pub(super) fn valid_text(text: &str) -> Result<&str, XmlError> {
    let invalid = |c: char| (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}');
    match text.chars().find(|c| invalid(*c)) {
        None => Ok(text),
        Some(c) => Err(XmlError(format!("the character {} cannot stand in XML", c.escape_unicode()))),
    }
}
