//! Unions whose variants differ in the shape of their values.

use std::fmt;
use std::marker::PhantomData;
use std::rc::Rc;

use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::super::node::{Node, NodeError, UNION, Untyped, handed_over};
use super::super::object::Key;
use super::super::rules::{self, Rules};
use super::super::strict::is_strict;
use super::candidate::{Candidate, Looks, decided};
use super::resumed::Resumed;

/// A union without a tag, whose variants differ in the JSON type or the keys of their values.
pub trait ByShape<'de>: Sized {
    /// The name of the type, for messages.
    const NAME: &'static str;
    /// The variants, in the order of the document.
    const CANDIDATES: &'static [Candidate];
    /// The rules that decide between variants that a value looks like, and the name of the union in them; `None` if no value
    /// looks like two variants.
    const RULES: Option<(&'static Rules, &'static str)>;

    /// Reads a variant from a value.
    fn from_node(variant: &str, node: Node) -> Result<Self, NodeError>;

    /// Reads a variant from the input.
    fn from_map<A: MapAccess<'de>>(variant: &str, map: A) -> Result<Self, A::Error>;
}

/// Reads a union without a tag.
pub fn by_shape<'de, T: ByShape<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_newtype_struct(UNION, ShapeVisitor(PhantomData))
}

struct ShapeVisitor<T>(PhantomData<T>);

impl<'de, T: ByShape<'de>> Visitor<'de> for ShapeVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::NAME)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        match handed_over() {
            Some(node) => choose(node),
            None => deserializer.deserialize_any(self),
        }
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        choose(Node::Null)
    }

    fn visit_none<E: Error>(self) -> Result<T, E> {
        choose(Node::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<T, E> {
        choose(Node::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        choose(Node::Number(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        choose(Node::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        choose(serde_json::Number::from_f64(value).map_or(Node::Null, Node::Number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        choose(Node::text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<T, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        choose(Node::Array(list.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut read: Vec<(Key<'de>, Node)> = Vec::new();
        // Validation needs to know for each variant whether the whole value matches.
        let early = !is_strict();
        while let Some(key) = map.next_key::<Key>()? {
            if early && let Some(candidate) = decided(T::CANDIDATES, key.as_str()) {
                let resumed = Resumed { read: read.into_iter(), key: Some(key), value: None, rest: map };
                return T::from_map(candidate.name, resumed);
            }
            let value = map.next_value()?;
            read.push((key, value));
        }
        choose(Node::object(read.into_iter().map(|(key, value)| (Rc::from(key.as_str()), value)).collect()))
    }
}

/// Reads a text of unknown type as the JSON value that it is, if a variant accepts that, or else as a string. A number that
/// clients would write differently is a string first.
fn choose_untyped<'de, T: ByShape<'de>, E: Error>(untyped: &Untyped) -> Result<T, E> {
    let accepts =
        |value: &&Node| T::CANDIDATES.iter().any(|c| c.looks != Looks::Any && c.looks.fits(value, c.required));
    let value = untyped.as_value().filter(accepts).cloned();
    match value {
        Some(value) if untyped.is_exact() => choose::<T, E>(value).or_else(|_| choose(untyped.as_text())),
        Some(value) => choose::<T, E>(untyped.as_text()).or_else(|_| choose(value)),
        None => choose(untyped.as_text()),
    }
}

/// Reads the variant that a value looks like. Of several, it is the one with the most keys of the value whose rules the
/// value satisfies; the order of the document decides between equal ones.
fn choose<'de, T: ByShape<'de>, E: Error>(node: Node) -> Result<T, E> {
    if let Node::Untyped(untyped) = &node {
        return choose_untyped(untyped);
    }
    let mut fitting: Vec<(usize, &Candidate)> = T::CANDIDATES
        .iter()
        .enumerate()
        .filter(|(_, candidate)| candidate.looks.fits(&node, candidate.required))
        .collect();
    let read = |candidate: &Candidate, node: Node| {
        T::from_node(candidate.name, node).map_err(|error| E::custom(format_args!("as {}: {error}", candidate.name)))
    };
    match (fitting.as_slice(), T::RULES) {
        ([], _) => read_as_scalar::<T, E>(&node).unwrap_or_else(|| Err(no_variant::<T, E>(&node))),
        ([(_, only)], _) => read(only, node),
        ([(_, first), ..], None) => read(first, node),
        (_, Some((rules, name))) => rules::while_reading(|| {
            fitting.sort_by_key(|(_, candidate)| std::cmp::Reverse(candidate.known(&node)));
            let order: Vec<usize> = fitting.iter().map(|(position, _)| *position).collect();
            let found = rules.variant(name, &order, &node, is_strict());
            match found.and_then(|position| T::CANDIDATES.get(position)) {
                Some(candidate) => read(candidate, node),
                None => read_as_scalar::<T, E>(&node).unwrap_or_else(|| Err(no_variant::<T, E>(&node))),
            }
        }),
    }
}

/// Reads a string as the number or boolean that it stands for: a parameter is always a string.
fn read_as_scalar<'de, T: ByShape<'de>, E: Error>(node: &Node) -> Option<Result<T, E>> {
    if is_strict() {
        return None;
    }
    let inner: Node = serde_json::from_str(node.as_str()?).ok()?;
    matches!(inner, Node::Number(_) | Node::Bool(_)).then(|| choose(inner))
}

fn no_variant<'de, T: ByShape<'de>, E: Error>(node: &Node) -> E {
    let why = T::RULES.map(|(rules, name)| rules.explain_union(name, node, is_strict())).filter(|why| !why.is_empty());
    let why = why.map_or_else(String::new, |why| format!(": {why}"));
    E::custom(format_args!("no variant of {} matches{why}", T::NAME))
}
