//! Which references a document contains, and what is expected where they lead.

use std::collections::BTreeMap;

use super::Document;
use crate::diag::Pointer;
use crate::tree::Tree;
use crate::vocabulary::ValueKind;

/// A `$ref`.
pub(super) struct Reference {
    /// Its text.
    pub text: String,
    /// The object that contains it.
    pub at: Pointer,
    /// What it stands for.
    pub kind: ValueKind,
}

impl Reference {
    /// The `$ref` of an object, unless the object is data or a map with an entry of that name.
    pub fn of(tree: &Tree, kind: ValueKind, at: &Pointer) -> Option<Self> {
        let text = tree.get("$ref").filter(|_| !kind.is_data())?.as_str()?;
        Some(Self { text: text.to_owned(), at: at.clone(), kind })
    }

    /// The file that it names, without the fragment; `None` if it names its own file.
    pub fn file(&self) -> Option<&str> {
        self.text.split('#').next().filter(|name| !name.is_empty())
    }
}

/// The values of a document that were walked with everything in them, and targets inside them.
#[derive(Debug, Default)]
pub struct Walked(BTreeMap<Pointer, Vec<ValueKind>>);

impl Walked {
    /// Notes that a value is walked as `kind`; `false` if that was done before.
    ///
    /// A value that is reached as two kinds, as a schema and as a map of schemas, say, is walked twice.
    pub fn enter(&mut self, document: &Document, at: &Pointer, kind: ValueKind) -> bool {
        // Many references have the same target, so this comes before the search around it.
        if kind.is_data() || self.0.get(at).is_some_and(|kinds| kinds.iter().any(|known| known.means(kind))) {
            return false;
        }
        let is_new = !self.covers(document, at, kind);
        self.0.entry(at.clone()).or_default().push(kind);
        is_new
    }

    /// Whether the walk through a value that contains this one found it to be of this kind.
    fn covers(&self, document: &Document, at: &Pointer, kind: ValueKind) -> bool {
        let depth = at.tokens().count();
        let mut root = at.clone();
        for levels in 1..=depth {
            root = root.parent();
            let path = || at.tokens().skip(depth - levels);
            if let Some(kinds) = self.0.get(&root)
                && let Some(tree) = document.get(&root)
                && kinds.iter().any(|root| tree.kind_below(*root, path()).is_some_and(|found| found.means(kind)))
            {
                return true;
            }
        }
        false
    }
}
