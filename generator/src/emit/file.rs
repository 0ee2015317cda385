//! What a generated file consists of.

use std::collections::BTreeSet;

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

    /// Every identifier that occurs in its items.
    pub fn identifiers(&self) -> BTreeSet<String> {
        fn collect(tokens: TokenStream, found: &mut BTreeSet<String>) {
            for token in tokens {
                match token {
                    TokenTree::Ident(ident) => {
                        let text = ident.to_string();
                        if !found.contains(&text) {
                            found.insert(text);
                        }
                    }
                    TokenTree::Group(group) => collect(group.stream(), found),
                    TokenTree::Punct(_) | TokenTree::Literal(_) => {}
                }
            }
        }
        let mut found = BTreeSet::new();
        for item in &self.items {
            if let Item::Tokens(tokens) = item {
                collect(tokens.clone(), &mut found);
            }
        }
        found
    }

    /// Adds a macro call with one row a line.
    pub fn table(&mut self, head: impl Into<String>, rows: Vec<String>) {
        self.items.push(Item::Table { head: head.into(), rows });
    }
}
