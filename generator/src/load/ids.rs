//! Identifiers: schemas that references find by a URI or an anchor instead of their place (JSON Schema 2020-12 Core §8.2;
//! `$self` of OpenAPI 3.2.0 §4.1).

use std::collections::BTreeMap;

use url::Url;

use crate::diag::{FileId, Pointer};
use crate::percent;
use crate::tree::Tree;
use crate::vocabulary::{self, ValueKind};

/// The identifiers of a document.
#[derive(Debug, Default)]
pub struct Ids {
    /// The base URIs, by the place where each begins to apply.
    bases: BTreeMap<Pointer, Url>,
    /// The targets of URIs without fragments.
    resources: BTreeMap<String, Pointer>,
    /// The targets of anchors, by the URI and the anchor.
    anchors: BTreeMap<(String, String), Pointer>,
    /// How many resources define each dynamic anchor.
    dynamic: BTreeMap<String, usize>,
}

impl Ids {
    /// Whether several resources define a dynamic anchor, so that the way to a reference decides what it means (JSON Schema Core 2020-12
    /// §8.2.3.2).
    pub fn is_redefined(&self, anchor: &str) -> bool {
        self.dynamic.get(anchor).is_some_and(|count| *count > 1)
    }

    /// Notes the identifiers in the schemas of a file, which is an OpenAPI document or a schema.
    pub fn scan(&mut self, tree: &Tree, file: FileId) {
        let is_document = ["openapi", "swagger", "components", "paths"].iter().any(|key| tree.get(key).is_some());
        let kind = if is_document { vocabulary::document(tree.get("swagger").is_some()) } else { ValueKind::Schema };
        tree.walk(kind, &Pointer::root(file), &mut |tree, kind, at| self.note(tree, kind, at));
    }

    /// Notes the identifiers of one value. Those of the values around it must have been noted before.
    pub fn note(&mut self, tree: &Tree, kind: ValueKind, at: &Pointer) {
        let text = |key: &str| tree.get(key).and_then(Tree::as_str);
        let is_root = at.path().is_empty();
        let id = text("$id").filter(|_| kind.is_schema()).or_else(|| text("$self").filter(|_| is_root));
        let anchors = ["$anchor", "$dynamicAnchor"].into_iter().filter_map(text).filter(|_| kind.is_schema());
        let mut anchors = anchors.peekable();
        if id.is_none() && anchors.peek().is_none() {
            return;
        }
        let outer = if is_root { None } else { self.base(&at.parent()) };
        let Some(mut base) = outer.or_else(|| base_of_file(at.file())) else { return };
        // Before draft 2019-09, an anchor was an `$id` that is a fragment.
        let anchor_of_id = id.and_then(|id| id.strip_prefix('#')).filter(|anchor| !anchor.is_empty());
        let id = id.filter(|id| !id.is_empty() && !id.starts_with('#'));
        if let Some(id) = id.and_then(|id| base.join(id).ok()) {
            self.resources.insert(without_fragment(&id), at.clone());
            self.bases.insert(at.clone(), id.clone());
            base = id;
        }
        if let Some(anchor) = text("$dynamicAnchor").filter(|_| kind.is_schema()) {
            *self.dynamic.entry(anchor.to_owned()).or_default() += 1;
        }
        for anchor in anchors.chain(anchor_of_id) {
            self.anchors.entry((without_fragment(&base), anchor.to_owned())).or_insert_with(|| at.clone());
        }
    }

    /// Returns the target of a reference, if it is an identifier or relative to one.
    pub fn target(&self, at: &Pointer, reference: &str) -> Option<Pointer> {
        if self.resources.is_empty() && self.anchors.is_empty() {
            return None;
        }
        let base = self.base(at).or_else(|| base_of_file(at.file()))?;
        let uri = base.join(reference).ok()?;
        let resource = without_fragment(&uri);
        let file = Some(Pointer::root(at.file())).filter(|_| Some(&uri) == base_of_file(at.file()).as_ref());
        let root = || self.resources.get(&resource).cloned().or(file);
        match uri.fragment().map(percent::decode) {
            None => root(),
            Some(fragment) if fragment.is_empty() => root(),
            Some(fragment) if fragment.starts_with('/') => {
                let root = self.resources.get(&resource)?;
                Some(Pointer::parse(root.file(), &format!("{}{fragment}", root.path())))
            }
            Some(fragment) => self.anchors.get(&(resource, fragment)).cloned(),
        }
    }

    /// Returns the base URI of a place.
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

/// Returns a base URI for a file that does not set one. It is made up, and different for each file.
fn base_of_file(file: FileId) -> Option<Url> {
    Url::parse(&format!("file-{}://document/", file.0)).ok()
}

fn without_fragment(url: &Url) -> String {
    let mut url = url.clone();
    url.set_fragment(None);
    url.to_string()
}

#[cfg(test)]
mod tests {
    use super::Ids;
    use crate::diag::{FileId, Pointer};
    use crate::tree::Tree;
    use crate::vocabulary::ValueKind;

    /// JSON Schema Core draft-07 §8.2.3: a fragment alone does not change the base URI.
    #[test]
    fn an_id_that_is_a_fragment_is_an_anchor() {
        let schema: Tree = serde_yaml::from_str("{$id: '#a', type: string}").unwrap_or_default();
        let at = Pointer::parse(FileId::default(), "/components/schemas/A");
        let mut ids = Ids::default();
        ids.note(&schema, ValueKind::Schema, &at);
        assert_eq!(ids.target(&at, "#a"), Some(at.clone()));
        assert_eq!(ids.target(&at, "#/components/schemas/B"), None);
    }
}
