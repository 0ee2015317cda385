//! Converts every dialect to one form before later stages interpret it: OpenAPI 3.x objects with JSON Schema 2020-12 schemas.
//!
//! The steps run in a fixed order. Each changes the tree in place, so that pointers stay true:
//!
//! 1. [`version`] finds out which dialect the document is written in.
//! 2. [`v20`] converts Swagger 2.0 to the form of OpenAPI 3.0.
//! 3. [`quirks`] repairs common mistakes whose meaning is clear.
//! 4. [`value_types`] checks the type of every value against the vocabulary.
//! 5. [`unknown_keys`] reports the keys that the specification does not define, [`ignored_keys`] those that nothing is
//!    generated from, and [`beside_references`] those beside a `$ref`, which have no effect.

mod beside_references;
mod collection_formats;
mod ignored_keys;
mod keys;
mod quirks;
mod spelling;
mod unknown_keys;
mod v20;
mod value_types;
mod version;

#[cfg(test)]
pub use ignored_keys::IGNORED;
use version::Version;

use crate::diag::{Diags, FileId, Pointer};
use crate::load::Document;
use crate::vocabulary;

/// Converts and repairs the document. What cannot be repaired is an error.
pub fn normalise(mut document: Document, diags: &mut Diags) -> Document {
    let root = Pointer::root(FileId::default());
    let Some(version) = version::detect(document.root(), &root, diags) else { return document };
    if let Some(tree) = document.trees.first_mut() {
        if version == Version::V20 {
            unknown_keys::report(tree, vocabulary::document(true), &root, diags);
            beside_references::report(tree, vocabulary::document(true), &root, diags);
            v20::upgrade(tree, &root, diags);
        }
        quirks::repair(tree, &root, diags);
        value_types::check(tree, &root, diags);
        if version != Version::V20 {
            unknown_keys::report(tree, vocabulary::document(false), &root, diags);
            beside_references::report(tree, vocabulary::document(false), &root, diags);
        }
        ignored_keys::report(tree, vocabulary::document(false), &root, diags);
    }
    document
}
