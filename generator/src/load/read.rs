//! Parses a text into a tree, with serde_json or serde_yaml.
//!
//! The value types of these libraries either reject duplicate keys or drop them silently. Here the last one is used, with a
//! warning. Keys that are not strings (`200:`, `true:`) are kept as their text.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::source::Source;
use super::tree::{Map, Number, Tree};
use crate::diag::{Code, Diags, FileId, Pointer};

/// The deepest nesting that is accepted; real documents stay below 60.
const MAX_DEPTH: usize = 200;

/// The most values that are accepted: aliases can expand exponentially, and large real documents have about a million values.
const MAX_NODES: usize = 20_000_000;

/// Parses a file as JSON if it looks like JSON and is valid JSON, otherwise as YAML.
pub(super) fn read(file: FileId, diags: &mut Diags) -> Option<Tree> {
    let root = Pointer::root(file);
    let source = diags.source(file)?;
    if source.text.contains('\0') {
        diags.error(Code::Syntax, &root, "the text contains a NUL byte").help("save the document as UTF-8 text");
        return None;
    }
    let notes = RefCell::new(Notes::default());
    let seed = TreeVisitor { at: Some(root.clone()), depth: 0, notes: Some(&notes) };
    let outcome = if looks_like_json(source) { read_json(&source.text, seed) } else { read_yaml(&source.text, seed) };
    for at in notes.into_inner().duplicates {
        diags
            .warn(Code::DuplicateKey, &at, format!("duplicate key `{}`; the last one is used", at.last()))
            .help("remove all but one");
    }
    match outcome {
        Ok(tree) => Some(tree),
        Err(failure) => {
            diags
                .error(Code::Syntax, &root, failure.message)
                .position(failure.line.max(1), failure.column.max(1))
                .help("an OpenAPI document is a JSON or YAML object");
            None
        }
    }
}

fn looks_like_json(source: &Source) -> bool {
    let json_name = source.path.as_ref().and_then(|path| path.extension()).is_some_and(|ext| ext == "json");
    json_name || source.text.trim_start().starts_with('{')
}

/// A syntax error and its position.
struct Unreadable {
    message: String,
    line: usize,
    column: usize,
}

fn read_json(text: &str, seed: TreeVisitor<'_>) -> Result<Tree, Unreadable> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let tree = seed.clone().deserialize(&mut deserializer);
    match tree.and_then(|tree| deserializer.end().map(|()| tree)) {
        Ok(tree) => Ok(tree),
        // YAML flow mappings look like JSON. If the text is neither, the error of the JSON parser is shown.
        Err(error) => read_yaml(text, seed).map_err(|_| Unreadable {
            message: format!("not valid JSON: {error}"),
            line: error.line(),
            column: error.column(),
        }),
    }
}

fn read_yaml(text: &str, seed: TreeVisitor<'_>) -> Result<Tree, Unreadable> {
    let mut documents = serde_yaml::Deserializer::from_str(text);
    match documents.next() {
        Some(document) => seed.deserialize(document).map_err(|error| Unreadable {
            message: format!("not valid YAML: {error}"),
            line: error.location().map_or(1, |place| place.line()),
            column: error.location().map_or(1, |place| place.column()),
        }),
        None => Err(Unreadable { message: "the document is empty".to_owned(), line: 1, column: 1 }),
    }
}

/// Facts that are collected while parsing.
#[derive(Default)]
struct Notes {
    duplicates: Vec<Pointer>,
    nodes: usize,
}

/// Builds a [`Tree`]. With `notes`, it also collects duplicate keys and enforces the limit on values.
#[derive(Clone)]
pub(super) struct TreeVisitor<'n> {
    at: Option<Pointer>,
    depth: usize,
    notes: Option<&'n RefCell<Notes>>,
}

impl TreeVisitor<'_> {
    /// Creates a visitor that collects no notes.
    pub(super) fn plain() -> Self {
        Self { at: None, depth: 0, notes: None }
    }

    fn inside(&self, at: impl FnOnce(&Pointer) -> Pointer) -> Self {
        Self { at: self.at.as_ref().map(at), depth: self.depth + 1, notes: self.notes }
    }

    fn enter<E: Error>(&self) -> Result<(), E> {
        if self.depth > MAX_DEPTH {
            return Err(E::custom(format_args!("nested more than {MAX_DEPTH} levels deep")));
        }
        if let Some(notes) = self.notes {
            let mut notes = notes.borrow_mut();
            notes.nodes += 1;
            if notes.nodes > MAX_NODES {
                return Err(E::custom(format_args!("more than {MAX_NODES} values, aliases expanded")));
            }
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for TreeVisitor<'_> {
    type Value = Tree;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree, D::Error> {
        self.enter()?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TreeVisitor<'_> {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON or YAML value")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_none<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Number(Number::Int(value.into())))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Number(Number::Int(value.into())))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Tree, E> {
        Ok(Tree::Number(Number::Int(value)))
    }

    #[allow(clippy::cast_precision_loss)]
    fn visit_u128<E>(self, value: u128) -> Result<Tree, E> {
        Ok(Tree::Number(i128::try_from(value).map_or(Number::Float(value as f64), Number::Int)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
        Ok(Tree::Number(Number::Float(value)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::String(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Tree, E> {
        Ok(Tree::String(text))
    }

    /// Ignores a YAML tag (`!binary x`), which is specific to a vendor, and reads its value.
    fn visit_enum<A: serde::de::EnumAccess<'de>>(self, access: A) -> Result<Tree, A::Error> {
        use serde::de::VariantAccess as _;
        let (_tag, variant) = access.variant::<String>()?;
        variant.newtype_variant_seed(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut out = Vec::new();
        while let Some(item) = items.next_element_seed(self.inside(|at| at.index(out.len())))? {
            out.push(item);
        }
        Ok(Tree::Array(out))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Tree, A::Error> {
        let mut out = Map::default();
        while let Some(key) = entries.next_key::<Key>()? {
            let value = entries.next_value_seed(self.inside(|at| at.push(&key.0)))?;
            if out.contains_key(&key.0)
                && let (Some(notes), Some(at)) = (self.notes, &self.at)
            {
                notes.borrow_mut().duplicates.push(at.push(&key.0));
            }
            out.insert(key.0, value);
        }
        Ok(Tree::Object(out))
    }
}

/// A key of an object: a string, or the text of another scalar.
struct Key(String);

impl<'de> serde::Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Tree::deserialize(deserializer)? {
            Tree::String(text) => Ok(Self(text)),
            Tree::Null => Ok(Self("null".to_owned())),
            Tree::Bool(value) => Ok(Self(value.to_string())),
            Tree::Number(value) => Ok(Self(value.to_string())),
            Tree::Array(_) | Tree::Object(_) => {
                Err(D::Error::custom("a key must be a string, not an array or an object"))
            }
        }
    }
}
