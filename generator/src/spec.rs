//! The normalised document, read piece by piece: the only resolver of `$ref`, and the only place that hands pieces to
//! openapiv3.
//!
//! Schemas stay trees, because JSON Schema says more than openapiv3's types can hold; in every piece they are replaced by a
//! reference to their own place.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;

use crate::diag::{Code, Diags, FileId, Pointer};
use crate::load::Document;
use crate::tree::{Map, Tree};

/// A value of the document and its place.
#[derive(Clone, Debug)]
pub struct Node<'d> {
    /// The value.
    pub tree: &'d Tree,
    /// Its place.
    pub at: Pointer,
}

impl<'d> Node<'d> {
    /// The value of a key, unless it is absent or `null`.
    pub fn get(&self, key: &str) -> Option<Self> {
        let tree = self.tree.get(key).filter(|tree| **tree != Tree::Null)?;
        Some(Node { tree, at: self.at.push(key) })
    }

    /// The text of a key.
    pub fn str(&self, key: &str) -> Option<&'d str> {
        self.tree.get(key)?.as_str()
    }

    /// The truth value of a key; absent is `false`.
    pub fn flag(&self, key: &str) -> bool {
        self.tree.get(key).and_then(Tree::as_bool).unwrap_or(false)
    }

    /// The entries of the mapping under a key.
    pub fn entries(&self, key: &str) -> impl Iterator<Item = (&'d str, Self)> + use<'d> {
        let at = self.at.push(key);
        let map = self.tree.get(key).and_then(Tree::as_object);
        map.into_iter().flatten().map(move |(name, tree)| (name.as_str(), Node { tree, at: at.push(name) }))
    }

    /// The items of the list under a key.
    pub fn items(&self, key: &str) -> impl Iterator<Item = Self> + use<'d> {
        let at = self.at.push(key);
        let items = self.tree.get(key).and_then(Tree::as_array).unwrap_or_default();
        items.iter().enumerate().map(move |(index, tree)| Node { tree, at: at.index(index) })
    }
}

/// A document whose references can be followed.
#[derive(Debug)]
pub struct Spec<'d> {
    document: &'d Document,
}

impl<'d> Spec<'d> {
    /// Reads a normalised document.
    pub fn read(document: &'d Document) -> Self {
        Self { document }
    }

    /// The root of the document.
    pub fn root(&self) -> Node<'d> {
        Node { tree: self.document.root(), at: Pointer::root(FileId::default()) }
    }

    /// What stands at a pointer.
    pub fn node(&self, at: &Pointer) -> Option<Node<'d>> {
        Some(Node { tree: self.document.get(at)?, at: at.clone() })
    }

    /// The name of the file of a pointer, without folders and extension.
    pub fn file_stem(&self, file: FileId) -> &str {
        self.document.file_stem(file)
    }

    /// What a definition is called; see [`Document::definition_name`].
    pub fn definition_name(&self, at: &Pointer) -> String {
        self.document.definition_name(at)
    }

    /// The place that a `$ref` means; reports one that leads nowhere.
    pub fn target(&self, node: &Node<'d>, reference: &str, diags: &mut Diags) -> Option<Node<'d>> {
        let at = node.at.push("$ref");
        // A file that could not be read was reported when it was asked for.
        let target = self.document.target(&node.at, reference)?;
        if let Some(found) = self.node(&target) {
            return Some(found);
        }
        let help = match self.similar(&target) {
            Some(name) => format!("did you mean `#{}`?", target.parent().push(&name).path()),
            None => "a reference names a place of the document: `#/components/schemas/Name`".to_owned(),
        };
        let message = format!("`{reference}` does not exist; what refers to it is left out or becomes free-form JSON");
        diags.warn(Code::UnresolvedReference, &at, message).help(help);
        None
    }

    /// The key beside a missing one that differs least, if one is close.
    fn similar(&self, target: &Pointer) -> Option<String> {
        let parent = self.node(&target.parent())?;
        let wanted = target.last();
        let limit = wanted.chars().count() / 3 + 1;
        parent
            .tree
            .as_object()?
            .keys()
            .map(|key| (distance(key, &wanted), key))
            .filter(|(distance, _)| *distance <= limit)
            .min()
            .map(|(_, key)| key.clone())
    }

    /// Follows `$ref`s from an OpenAPI object to the object itself.
    pub fn resolve(&self, node: Node<'d>, diags: &mut Diags) -> Option<Node<'d>> {
        let mut seen = BTreeSet::new();
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
            node = self.target(&node, reference, diags)?;
        }
        Some(node)
    }

    /// Reads an OpenAPI object, references followed, into openapiv3's type.
    pub fn piece<T: DeserializeOwned>(node: &Node<'d>, diags: &mut Diags) -> Option<T> {
        let mut skeleton = skeleton(node.tree, &node.at);
        if let Some(map) = skeleton.as_object_mut() {
            // A response must have a description, but nothing hangs on it; everywhere else it is optional.
            map.entry("description".to_owned()).or_insert_with(|| Tree::from(""));
        }
        match T::deserialize(&skeleton) {
            Ok(piece) => Some(piece),
            Err(error) => {
                diags
                    .warn(
                        Code::InvalidObject,
                        &node.at,
                        format!("not what OpenAPI allows here: {error}; it is left out"),
                    )
                    .help("compare it with the OpenAPI specification");
                None
            }
        }
    }

    /// The place of a schema that [`Spec::piece`] replaced.
    pub fn schema_at<T>(schema: &openapiv3::ReferenceOr<T>) -> Option<Pointer> {
        let openapiv3::ReferenceOr::Reference { reference } = schema else { return None };
        let (file, path) = reference.split_once('#')?;
        Some(Pointer::parse(FileId(file.parse().ok()?), path))
    }
}

/// A copy of an OpenAPI object in which every schema is a reference to its own place, as `file#/pointer`.
fn skeleton(tree: &Tree, at: &Pointer) -> Tree {
    let Tree::Object(map) = tree else { return tree.clone() };
    let copy = |(key, value): (&String, &Tree)| {
        let at = at.push(key);
        let value = match key.as_str() {
            "schema" | "itemSchema" => stand_in(&at),
            "content" => children(value, &at),
            "headers" => headers(value, &at),
            _ => value.clone(),
        };
        (key.clone(), value)
    };
    map.iter()
        .filter(|(key, _)| !matches!(key.as_str(), "encoding" | "links" | "examples" | "example"))
        .map(copy)
        .collect()
}

fn children(tree: &Tree, at: &Pointer) -> Tree {
    match tree {
        Tree::Object(map) => map.iter().map(|(key, value)| (key.clone(), skeleton(value, &at.push(key)))).collect(),
        other => other.clone(),
    }
}

/// A header without a schema may have any value.
fn headers(tree: &Tree, at: &Pointer) -> Tree {
    let mut tree = children(tree, at);
    for (name, header) in tree.as_object_mut().into_iter().flatten() {
        let Some(map) = header.as_object_mut() else { continue };
        if !["$ref", "schema", "content"].iter().any(|key| map.contains_key(*key)) {
            map.insert("schema".to_owned(), stand_in(&at.push(name).push("schema")));
        }
    }
    tree
}

fn stand_in(at: &Pointer) -> Tree {
    let mut map = Map::default();
    map.insert("$ref".to_owned(), Tree::String(format!("{}#{}", at.file().0, at.path())));
    Tree::Object(map)
}

/// Levenshtein distance.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
        for (j, y) in b.iter().enumerate() {
            let above = row.get(j + 1).copied().unwrap_or(usize::MAX);
            let left = row.get(j).copied().unwrap_or(usize::MAX);
            let cost = usize::from(x != *y);
            let best = (diagonal + cost).min(above.saturating_add(1)).min(left.saturating_add(1));
            diagonal = above;
            if let Some(cell) = row.get_mut(j + 1) {
                *cell = best;
            }
        }
    }
    row.last().copied().unwrap_or(usize::MAX)
}
