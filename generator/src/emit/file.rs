//! What a generated file consists of.

use std::collections::BTreeSet;
use std::fmt::Write;

use proc_macro2::{Ident, Spacing, TokenStream, TokenTree};

use super::docs::Line;
use super::table::Table;

/// A file before it is rendered.
#[derive(Clone, Debug)]
pub enum File {
    /// Rust, item by item.
    Rust(RustFile),
    /// A file of the runtime, written unchanged.
    Verbatim(&'static str),
    /// Anything else.
    Text(String),
}

/// A Rust file.
#[derive(Clone, Debug, Default)]
pub struct RustFile {
    /// The lines of its documentation, without `//!`.
    pub docs: Vec<Line>,
    /// Inner attributes, without `#!`.
    pub attributes: Vec<&'static str>,
    /// Its items, with a blank line between two of them.
    pub items: Vec<Item>,
}

/// An item of a Rust file.
#[derive(Clone, Debug)]
pub enum Item {
    /// Items that a formatter lays out.
    Tokens(TokenStream),
    /// A macro call with one row per line.
    Table(Table),
    /// A call of the macro of this name around one item, which a formatter lays out: `api_trait! { pub trait UsersApi { ... } }`.
    Wrapped(&'static str, TokenStream),
}

impl RustFile {
    /// Adds items that a formatter lays out.
    pub fn tokens(&mut self, tokens: TokenStream) {
        if !tokens.is_empty() {
            self.items.push(Item::Tokens(tokens));
        }
    }

    /// The tokens of its items, tables aside.
    fn formatted(&self) -> impl Iterator<Item = &TokenStream> {
        self.items.iter().filter_map(|item| match item {
            Item::Tokens(tokens) | Item::Wrapped(_, tokens) => Some(tokens),
            Item::Table(_) => None,
        })
    }

    /// The first segments of the paths of several segments in its items, such as `models` of `models::Pet`.
    pub fn path_heads(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for tokens in self.formatted() {
            collect_heads(tokens.clone(), &mut found);
        }
        found
    }

    /// Every identifier that occurs in its items.
    pub fn identifiers(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for tokens in self.formatted() {
            collect(tokens.clone(), &mut found, &mut String::new());
        }
        found
    }

    /// Every identifier that occurs in its items and tables.
    pub fn names(&self) -> BTreeSet<String> {
        let mut found = self.identifiers();
        let tables = self.items.iter().filter_map(|item| match item {
            Item::Table(table) => Some(table),
            Item::Tokens(_) | Item::Wrapped(..) => None,
        });
        for table in tables {
            let rows = table.rows.iter().flatten();
            rows.chain([&table.head]).for_each(|tokens| collect(tokens.clone(), &mut found, &mut String::new()));
        }
        found
    }

    /// Adds a macro call with one row per line.
    pub fn table(&mut self, name: &'static str, head: TokenStream, rows: Vec<TokenStream>) {
        self.items.push(Item::Table(Table { name, head, rows: Some(rows) }));
    }

    /// Adds a macro call without rows.
    pub fn declare(&mut self, name: &'static str, head: TokenStream) {
        self.items.push(Item::Table(Table { name, head, rows: None }));
    }

    /// Whether one of its tables is a call of this macro.
    pub fn has_table(&self, name: &str) -> bool {
        self.items.iter().any(|item| matches!(item, Item::Table(table) if table.name == name))
    }
}

/// Collects every identifier.
fn collect(tokens: TokenStream, found: &mut BTreeSet<String>, text: &mut String) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                text.clear();
                if write!(text, "{ident}").is_ok() && !found.contains(text.as_str()) {
                    found.insert(text.clone());
                }
            }
            TokenTree::Group(group) => collect(group.stream(), found, text),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// Collects every identifier with `::` behind it and none before it.
fn collect_heads(tokens: TokenStream, found: &mut BTreeSet<String>) {
    // The colons that come before a token, and the identifier before it that may begin a path.
    let (mut colons, mut head) = (0, None);
    for token in tokens {
        let is_colon = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ':');
        let next = match token {
            TokenTree::Group(group) => {
                collect_heads(group.stream(), found);
                None
            }
            TokenTree::Punct(punct) => {
                if is_colon && punct.spacing() == Spacing::Joint {
                    found.extend(head.take().map(|ident: Ident| ident.to_string()));
                }
                None
            }
            TokenTree::Ident(ident) => (colons < 2).then_some(ident),
            TokenTree::Literal(_) => None,
        };
        head = next;
        colons = if is_colon { colons + 1 } else { 0 };
    }
}
