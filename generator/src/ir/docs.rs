//! Documentation of anything that the document describes.

/// The documentation of a type, a property, an operation or another object.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Docs {
    /// `title` or `summary`: one line.
    pub summary: String,
    /// `description`, in Markdown.
    pub description: String,
    /// Further lines, such as examples.
    pub notes: Vec<String>,
    /// `deprecated: true`.
    pub deprecated: bool,
}
