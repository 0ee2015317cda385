//! Schemas that are referred to by a URI or an anchor rather than by their place (JSON Schema Core 2020-12 §8.2; OpenAPI 3.2
//! `$self`).

use std::collections::BTreeMap;

use url::Url;

use super::tree::{Tree, percent_decode};
use crate::diag::{FileId, Pointer};

/// The resources and anchors of a document.
#[derive(Debug, Default)]
pub struct Ids {
    /// Where a base URI begins to hold.
    bases: BTreeMap<Pointer, Url>,
    /// What a URI without fragment names.
    resources: BTreeMap<String, Pointer>,
    /// What a fragment that is no pointer names, by the URI before it.
    anchors: BTreeMap<(String, String), Pointer>,
}

impl Ids {
    /// Notes the identifiers of a file.
    pub fn scan(&mut self, tree: &Tree, file: FileId) {
        if let Some(base) = base_of_file(file) {
            self.visit(tree, &Pointer::root(file), &base);
        }
    }

    fn visit(&mut self, tree: &Tree, at: &Pointer, base: &Url) {
        let mut base = base.clone();
        if let Tree::Object(map) = tree {
            let own =
                map.get("$id").or_else(|| map.get("$self").filter(|_| at.path().is_empty())).and_then(Tree::as_str);
            if let Some(id) = own.and_then(|id| base.join(id).ok()) {
                self.resources.insert(without_fragment(&id), at.clone());
                self.bases.insert(at.clone(), id.clone());
                base = id;
            }
            for key in ["$anchor", "$dynamicAnchor"] {
                if let Some(anchor) = map.get(key).and_then(Tree::as_str) {
                    self.anchors.entry((without_fragment(&base), anchor.to_owned())).or_insert_with(|| at.clone());
                }
            }
        }
        for (token, child) in tree.children() {
            // Data refers to nothing and is referred to by nothing.
            if child.is_container() && !matches!(&*token, "example" | "examples" | "default" | "enum" | "const") {
                self.visit(child, &at.push(&token), &base);
            }
        }
    }

    /// What a reference at a place means, if it is an identifier or relative to one.
    pub fn target(&self, at: &Pointer, reference: &str) -> Option<Pointer> {
        if self.resources.is_empty() && self.anchors.is_empty() {
            return None;
        }
        let base = self.base(at).or_else(|| base_of_file(at.file()))?;
        let uri = base.join(reference).ok()?;
        let resource = without_fragment(&uri);
        let file = Some(Pointer::root(at.file())).filter(|_| Some(&uri) == base_of_file(at.file()).as_ref());
        let root = || self.resources.get(&resource).cloned().or(file);
        match uri.fragment().map(percent_decode) {
            None => root(),
            Some(fragment) if fragment.is_empty() => root(),
            Some(fragment) if fragment.starts_with('/') => {
                let root = self.resources.get(&resource)?;
                Some(Pointer::parse(root.file(), &format!("{}{fragment}", root.path())))
            }
            Some(fragment) => self.anchors.get(&(resource, fragment)).cloned(),
        }
    }

    /// The base URI that holds at a place.
    fn base(&self, at: &Pointer) -> Option<Url> {
        if self.bases.is_empty() {
            return None;
        }
        let mut at = at.clone();
        loop {
            if let Some(base) = self.bases.get(&at) {
                return Some(base.clone());
            }
            if at.path().is_empty() {
                return None;
            }
            at = at.parent();
        }
    }
}

/// Files have no URI that everyone agrees on; what is relative to one is told apart from what is relative to another.
fn base_of_file(file: FileId) -> Option<Url> {
    Url::parse(&format!("file-{}://document/", file.0)).ok()
}

fn without_fragment(url: &Url) -> String {
    let mut url = url.clone();
    url.set_fragment(None);
    url.to_string()
}
