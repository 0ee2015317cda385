//! Every dialect becomes one shape before anyone interprets it: OpenAPI 3.0 objects around JSON Schema 2020-12 schemas.
//!
//! The rewrites run in a fixed order on the trees, in place, so that pointers stay true:
//!
//! 1. [`version`]: which dialect is it?
//! 2. [`v20`]: Swagger 2.0 is brought into the shape of OpenAPI 3.0.
//! 3. [`quirks`]: mistakes that are common in real documents and can mean only one thing.
//! 4. [`shape`]: every OpenAPI object against the table of what the specification allows at its place.

mod quirks;
mod shape;
mod v20;
mod version;

use version::Version;

use crate::diag::{Diags, FileId, Pointer};
use crate::load::Document;

/// Rewrites the document; what cannot be mended is an error.
pub fn normalise(mut document: Document, diags: &mut Diags) -> Document {
    let root = Pointer::root(FileId::default());
    let Some(version) = version::detect(document.root(), &root, diags) else { return document };
    if let Some(tree) = document.trees.first_mut() {
        if version == Version::V20 {
            v20::upgrade(tree, &root, diags);
        }
        quirks::repair(tree, &root, diags);
        shape::check(tree, &root, diags);
    }
    document
}
