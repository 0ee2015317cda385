//! Texts whose type is unknown: those of parameters and of the fields of forms.

use std::rc::Rc;

use super::Node;

/// A text that may stand for a string, or for the JSON value that it looks like.
#[derive(Debug)]
pub struct Untyped {
    /// The text.
    pub(super) text: Rc<str>,
    /// The value that the text is the JSON of.
    value: Option<Node>,
}

impl Untyped {
    /// Returns the text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the text as a string.
    pub fn as_text(&self) -> Node {
        Node::Text(self.text.clone())
    }

    /// Returns the value that the text is the JSON of.
    pub fn as_value(&self) -> Option<&Node> {
        self.value.as_ref()
    }

    /// Returns whether clients write that value as this text; `1.50` is more likely a string.
    pub(in crate::models) fn is_exact(&self) -> bool {
        !matches!(&self.value, Some(Node::Number(number)) if number.to_string() != *self.text)
    }
}

impl Node {
    /// Creates a text whose type is unknown.
    pub fn untyped(text: &str) -> Self {
        let value = serde_json::from_str(text).ok();
        Self::Untyped(Rc::new(Untyped { text: text.into(), value }))
    }
}
