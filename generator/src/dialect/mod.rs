//! Every dialect becomes one shape before anyone interprets it: OpenAPI 3.0 objects around JSON Schema 2020-12 schemas.
//!
//! The rewrites run in a fixed order on the trees, in place, so that pointers stay true:
//!
//! 1. [`version`]: which dialect is it?
//! 2. [`quirks`]: mistakes that are common in real documents and can mean only one thing.
//! 3. [`shape`]: every OpenAPI object against the table of what the specification allows at its place.

mod quirks;
mod shape;
mod version;

use crate::diag::{Diags, FileId, Pointer};
use crate::load::Document;

/// Rewrites the document; what cannot be mended is an error.
pub fn normalise(mut document: Document, diags: &mut Diags) -> Document {
    let root = Pointer::root(FileId::default());
    if version::detect(document.root(), &root, diags).is_none() {
        return document;
    }
    if let Some(tree) = document.trees.first_mut() {
        quirks::repair(tree, &root, diags);
        shape::check(tree, &root, diags);
    }
    document
}
