//! Builds a tree from a text that `serde_json` or `serde_yaml` reads.
//!
//! Of duplicate keys, which both libraries' own values refuse or swallow, the last one wins, and each is noted. Keys that are
//! not strings (`200:`, `true:`) are kept as their text.

use std::cell::RefCell;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::{Map, Number, Tree};
use crate::diag::Pointer;

/// Deeper documents are refused; real ones stay below 60.
pub const MAX_DEPTH: usize = 200;

/// Larger trees are refused: an alias bomb grows exponentially, a large real document has about a million values. Each value takes
/// 48 bytes and more.
const MAX_NODES: usize = 5_000_000;

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeBuilder::plain())
    }
}

/// What was noticed while a tree was built.
#[derive(Default)]
pub struct Notes {
    /// Keys that stand more than once in one mapping.
    pub duplicates: Vec<Pointer>,
    nodes: usize,
}

/// Builds a [`Tree`] from anything that `serde` can read. With notes it keeps track of its place.
#[derive(Clone)]
pub struct TreeBuilder<'n> {
    at: Option<Pointer>,
    depth: usize,
    notes: Option<&'n RefCell<Notes>>,
}

impl<'n> TreeBuilder<'n> {
    /// A builder that notes duplicate keys and refuses trees that are too large.
    pub fn noting(root: Pointer, notes: &'n RefCell<Notes>) -> Self {
        Self { at: Some(root), depth: 0, notes: Some(notes) }
    }
}

impl TreeBuilder<'_> {
    /// A builder that notes nothing.
    pub fn plain() -> Self {
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

impl<'de> DeserializeSeed<'de> for TreeBuilder<'_> {
    type Value = Tree;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree, D::Error> {
        self.enter()?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TreeBuilder<'_> {
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

    /// A YAML tag (`!binary x`) says how a vendor reads the value; the value is what counts.
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

/// A key of a mapping: a string, or the text of another scalar.
struct Key(String);

impl<'de> Deserialize<'de> for Key {
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
