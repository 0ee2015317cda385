//! Names of elements and attributes.

use std::borrow::Cow;

use super::XmlError;

/// A name and its namespace.
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

    /// Returns the name with its prefix.
    pub fn qualified(&self) -> Cow<'static, str> {
        if self.prefix.is_empty() { self.local.into() } else { format!("{}:{}", self.prefix, self.local).into() }
    }

    /// Returns the attribute that declares the namespace, if there is one.
    pub fn declaration(&self) -> Option<(Cow<'static, str>, &'static str)> {
        let key: Cow<'static, str> =
            if self.prefix.is_empty() { "xmlns".into() } else { format!("xmlns:{}", self.prefix).into() };
        (!self.namespace.is_empty()).then_some((key, self.namespace))
    }
}

/// Returns a name if it is valid in a tag (XML 1.0 §2.3).
pub(super) fn valid(name: &str) -> Result<&str, XmlError> {
    let start = |c: char| c.is_alphabetic() || matches!(c, '_' | ':');
    let part = |c: char| start(c) || c.is_alphanumeric() || matches!(c, '-' | '.' | '\u{b7}');
    if name.chars().next().is_some_and(start) && name.chars().all(part) {
        Ok(name)
    } else {
        Err(XmlError(format!("`{}` is not a valid element name", name.escape_default())))
    }
}

/// Returns a text if all its characters are allowed in XML (XML 1.0 §2.2).
pub(super) fn valid_text(text: &str) -> Result<&str, XmlError> {
    let invalid = |c: char| (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}');
    match text.chars().find(|c| invalid(*c)) {
        None => Ok(text),
        Some(c) => Err(XmlError(format!("the character {} is not allowed in XML", c.escape_unicode()))),
    }
}
