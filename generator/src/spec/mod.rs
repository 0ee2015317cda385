//! Reads the objects of a normalised document and resolves references. No other stage resolves `$ref` or knows `openapiv3`.

mod objects;
mod piece;

use std::cell::Cell;
use std::collections::BTreeSet;

use crate::diag::{Code, Diags, FileId, Pointer};
use crate::distance::distance;
use crate::load::Document;
use crate::tree::Tree;

pub use objects::{
    ApiKeyPlace, Header, MediaSchemas, Parameter, ParameterPlace, ParameterStyle, ParameterValue, RequestBody,
    Response, SecurityScheme, Server,
};

/// A value of the document, and its place.
#[derive(Clone, Debug)]
pub struct Node<'d> {
    /// The value.
    pub tree: &'d Tree,
    /// Its place.
    pub at: Pointer,
    /// The description beside the references that led here.
    described: Option<&'d str>,
}

impl<'d> Node<'d> {
    fn new(tree: &'d Tree, at: Pointer) -> Self {
        Self { tree, at, described: None }
    }

    /// Returns the value of a key. `null` counts as absent.
    pub fn get(&self, key: &str) -> Option<Self> {
        let tree = self.tree.get(key).filter(|tree| **tree != Tree::Null)?;
        Some(Node::new(tree, self.at.push(key)))
    }

    /// Returns `description`, or an empty string. What stands beside a reference replaces that of the target (OpenAPI 3.1.1
    /// §4.8.23), in earlier versions as well.
    pub fn description(&self) -> &'d str {
        self.described.or_else(|| self.str("description")).unwrap_or_default()
    }

    /// Returns the string under a key.
    pub fn str(&self, key: &str) -> Option<&'d str> {
        self.tree.get(key)?.as_str()
    }

    /// Returns the boolean under a key, or `false`.
    pub fn flag(&self, key: &str) -> bool {
        self.tree.get(key).and_then(Tree::as_bool).unwrap_or(false)
    }

    /// Returns the entries of the object under a key.
    pub fn entries(&self, key: &str) -> impl Iterator<Item = (&'d str, Self)> + use<'d> {
        let at = self.at.push(key);
        let map = self.tree.get(key).and_then(Tree::as_object);
        map.into_iter().flatten().map(move |(name, tree)| (name.as_str(), Node::new(tree, at.push(name))))
    }

    /// Returns the items of the array under a key.
    pub fn items(&self, key: &str) -> impl Iterator<Item = Self> + use<'d> {
        let at = self.at.push(key);
        let items = self.tree.get(key).and_then(Tree::as_array).unwrap_or_default();
        items.iter().enumerate().map(move |(index, tree)| Node::new(tree, at.index(index)))
    }
}

/// A document whose references can be followed.
#[derive(Debug)]
pub struct Spec<'d> {
    document: &'d Document,
    /// How many pairs of characters may still be compared to find names that are similar to missing ones.
    comparisons: Cell<usize>,
}

/// How many pairs of characters are compared in one run: about twenty typing errors in a document of ten thousand schemas.
const MAX_COMPARISONS: usize = 20_000_000;
/// Longer names are not compared.
const MAX_SIMILAR: usize = 200;

impl<'d> Spec<'d> {
    /// Reads a normalised document.
    pub fn read(document: &'d Document) -> Self {
        Self { document, comparisons: Cell::new(MAX_COMPARISONS) }
    }

    /// Returns the root of the document.
    pub fn root(&self) -> Node<'d> {
        Node::new(self.document.root(), Pointer::root(FileId::default()))
    }

    /// Returns the value at a pointer.
    pub fn node(&self, at: &Pointer) -> Option<Node<'d>> {
        Some(Node::new(self.document.get(at)?, at.clone()))
    }

    /// Returns the name of a file, without folders and extension.
    pub fn file_stem(&self, file: FileId) -> &str {
        self.document.file_stem(file)
    }

    /// Returns the name of a definition; see [`Document::definition_name`].
    pub fn definition_name(&self, at: &Pointer) -> String {
        self.document.definition_name(at)
    }

    /// Returns the target of a `$ref`, if it exists.
    pub fn find_target(&self, node: &Node<'d>, reference: &str) -> Option<Node<'d>> {
        self.node(&self.document.target(&node.at, reference)?)
    }

    /// Whether several schemas define the anchor that a `$dynamicRef` refers to.
    pub fn is_redefined(&self, reference: &str) -> bool {
        reference.split_once('#').is_some_and(|(_, anchor)| self.document.ids.is_redefined(anchor))
    }

    /// Returns the target of a `$ref`. A reference without a target is reported.
    pub fn target(&self, node: &Node<'d>, reference: &str, diags: &mut Diags) -> Option<Node<'d>> {
        // A file that could not be read is reported when it is loaded.
        let target = self.document.target(&node.at, reference)?;
        if let Some(found) = self.node(&target) {
            return Some(found);
        }
        let at = node.at.push("$ref");
        let help = match self.similar(&target) {
            Some(name) => format!("did you mean `#{}`?", target.parent().push(&name).path()),
            None => "refer to a place in the document, such as `#/components/schemas/Name`".to_owned(),
        };
        let message = format!("`{reference}` does not exist; what refers to it is left out or becomes free-form JSON");
        diags.warn(Code::UnresolvedReference, &at, message).help(help);
        None
    }

    /// Returns the existing key that is most similar to the missing last key of a pointer, if one is similar enough. After many
    /// searches none is found, because each looks at all keys.
    fn similar(&self, target: &Pointer) -> Option<String> {
        let parent = self.node(&target.parent())?;
        let wanted = target.last();
        let length = wanted.chars().count();
        let limit = length / 3 + 1;
        let mut best: Option<(usize, &String)> = None;
        for key in parent.tree.as_object()?.keys() {
            let is_close = key.len() <= MAX_SIMILAR
                && wanted.len() <= MAX_SIMILAR
                && key.len().abs_diff(wanted.len()) <= 4 * limit;
            let cost = if is_close { 1 + key.len() * wanted.len() } else { 1 };
            self.comparisons.set(self.comparisons.get().checked_sub(cost)?);
            if is_close {
                let distance = distance(key, &wanted);
                if distance <= limit && best.is_none_or(|best| (distance, key) < best) {
                    best = Some((distance, key));
                }
            }
        }
        best.map(|(_, key)| key.clone())
    }

    /// Follows the `$ref`s of an OpenAPI object to the object itself.
    pub fn resolve(&self, node: Node<'d>, diags: &mut Diags) -> Option<Node<'d>> {
        let mut seen = BTreeSet::new();
        let mut described = node.described;
        let mut node = node;
        while let Some(reference) = node.str("$ref") {
            if !seen.insert(node.at.clone()) {
                diags
                    .warn(
                        Code::CircularReference,
                        &node.at,
                        format!("`{reference}` leads back to itself; what refers to it is left out"),
                    )
                    .help("point the reference at a definition");
                return None;
            }
            described = described.or_else(|| node.str("description"));
            node = self.target(&node, reference, diags)?;
        }
        Some(Node { described, ..node })
    }
}
