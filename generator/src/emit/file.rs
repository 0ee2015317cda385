//! What a generated file consists of.

use proc_macro2::{TokenStream, TokenTree};

/// A file before it is rendered.
#[derive(Clone, Debug)]
pub enum File {
    /// Rust, item by item.
    Rust(RustFile),
    /// A support file, copied as it is.
    Verbatim(&'static str),
    /// Anything else.
    Text(String),
}

/// A Rust file.
#[derive(Clone, Debug, Default)]
pub struct RustFile {
    /// The lines of its documentation, without `//!`.
    pub docs: Vec<String>,
    /// Inner attributes, without `#!`.
    pub attributes: Vec<&'static str>,
    /// Its items; a blank line goes between two of them.
    pub items: Vec<Item>,
}

/// An item of a Rust file.
#[derive(Clone, Debug)]
pub enum Item {
    /// Items that a formatter lays out.
    Tokens(TokenStream),
    /// A macro call with one row a line, which no formatter would lay out.
    Table {
        /// What comes before the rows: `object!(User`.
        head: String,
        /// The rows.
        rows: Vec<String>,
    },
}

impl RustFile {
    /// Adds items that a formatter lays out.
    pub fn tokens(&mut self, tokens: TokenStream) {
        if !tokens.is_empty() {
            self.items.push(Item::Tokens(tokens));
        }
    }

    /// Whether the tokens of an item contain a text, as tokens print.
    pub fn mentions(&self, text: &str) -> bool {
        self.items.iter().any(|item| matches!(item, Item::Tokens(tokens) if tokens.to_string().contains(text)))
    }

    /// Whether an identifier occurs in the tokens of an item.
    pub fn names(&self, name: &str) -> bool {
        fn occurs(tokens: &TokenStream, name: &str) -> bool {
            tokens.clone().into_iter().any(|token| match token {
                TokenTree::Ident(ident) => ident == name,
                TokenTree::Group(group) => occurs(&group.stream(), name),
                TokenTree::Punct(_) | TokenTree::Literal(_) => false,
            })
        }
        self.items.iter().any(|item| matches!(item, Item::Tokens(tokens) if occurs(tokens, name)))
    }

    /// Adds a macro call with one row a line.
    pub fn table(&mut self, head: impl Into<String>, rows: Vec<String>) {
        self.items.push(Item::Table { head: head.into(), rows });
    }
}
