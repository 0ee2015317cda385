//! Unions whose variants differ in the shape of their values.

use std::fmt::{self, Write as _};
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::super::object::Key;
use super::super::strict::is_strict;
use super::super::validate::Checks;
use super::candidate::{Candidate, Looks, decided};
use super::resumed::Resumed;

/// A union without a tag, whose variants differ in the JSON type or the keys of their values.
pub trait ByShape<'de>: Sized {
    /// The name of the type, for messages.
    const NAME: &'static str;
    /// The variants, in the order of the document.
    const CANDIDATES: &'static [Candidate];

    /// Reads a variant from a value.
    fn from_value(variant: &str, value: &Value) -> Result<Self, serde_json::Error>;

    /// Reads a variant from the input.
    fn from_map<A: MapAccess<'de>>(variant: &str, map: A) -> Result<Self, A::Error>;

    /// Checks the rules of the variant.
    fn check_shape(&self, checks: &mut Checks<'_>);
}

/// Reads a union without a tag.
pub fn by_shape<'de, T: ByShape<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_newtype_struct(UNION, ShapeVisitor(PhantomData))
}

/// The name of the newtype that a union asks a deserializer for. A deserializer of parameters, which has only strings,
/// responds with bytes: a string whose type is unknown.
pub const UNION: &str = "crategen::union";

struct ShapeVisitor<T>(PhantomData<T>);

impl<'de, T: ByShape<'de>> Visitor<'de> for ShapeVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::NAME)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(self)
    }

    /// Reads a string of a parameter as the JSON value that it looks like, if a variant accepts that, or else as a
    /// string.
    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<T, E> {
        let text = String::from_utf8_lossy(bytes);
        if let Ok(value) = serde_json::from_str::<Value>(&text)
            && (!value.is_number() || value.to_string() == text)
            && T::CANDIDATES.iter().any(|c| c.looks != Looks::Any && c.looks.fits(&value, c.required))
            && let Ok(found) = choose::<T, E>(&value)
        {
            return Ok(found);
        }
        choose(&Value::String(text.into_owned()))
    }

    /// Reads several strings of a parameter, as JSON: as strings, if a variant accepts them, or else as the JSON values
    /// that they look like.
    fn visit_byte_buf<E: Error>(self, json: Vec<u8>) -> Result<T, E> {
        let texts: Vec<String> = serde_json::from_slice(&json).map_err(E::custom)?;
        let is_written_so = |value: &Value, text: &str| value.to_string().as_str() == text;
        let look = |text: &str| serde_json::from_str(text).ok().filter(|value| is_written_so(value, text));
        let looks: Value = texts.iter().map(|text| look(text).unwrap_or_else(|| text.as_str().into())).collect();
        choose::<T, E>(&texts.into()).or_else(|_| choose(&looks))
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        choose(&Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<T, E> {
        choose(&Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<T, E> {
        choose(&value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        choose(&value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        choose(&value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        choose(&value.into())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        choose(&text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<T, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        choose(&Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut read: Vec<(Key<'de>, Value)> = Vec::new();
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
        let entries: Map<String, Value> = read.into_iter().map(|(key, value)| (key.into_string(), value)).collect();
        choose(&Value::Object(entries))
    }
}

/// Reads the variant that a value looks like. Of several, it is the one with the most keys of the value whose rules the
/// value satisfies; the order of the document decides between equal ones.
fn choose<'de, T: ByShape<'de>, E: Error>(value: &Value) -> Result<T, E> {
    let is_valid = |found: &T| {
        let mut violations = Vec::new();
        found.check_shape(&mut Checks::new("", &mut violations));
        violations.is_empty()
    };
    let mut fitting: Vec<&Candidate> = T::CANDIDATES.iter().filter(|c| c.looks.fits(value, c.required)).collect();
    if let [only] = fitting.as_slice() {
        return T::from_value(only.name, value).map_err(|error| E::custom(format_args!("as {}: {error}", only.name)));
    }
    fitting.sort_by_key(|candidate| std::cmp::Reverse(candidate.known(value)));
    let mut errors = String::new();
    let mut broken = None;
    for candidate in fitting {
        match T::from_value(candidate.name, value) {
            Ok(found) if is_valid(&found) => return Ok(found),
            Ok(found) => {
                broken.get_or_insert(found);
            }
            Err(error) => {
                let _ = write!(errors, "; as {}: {error}", candidate.name);
            }
        }
    }
    if let Some(found) = broken {
        return Ok(found);
    }
    // A parameter is always a string, but it can stand for a number or a boolean.
    if let Value::String(text) = value
        && !is_strict()
        && let Ok(inner @ (Value::Number(_) | Value::Bool(_))) = serde_json::from_str(text)
    {
        return choose(&inner);
    }
    Err(E::custom(format_args!("no variant of {} matches{errors}", T::NAME)))
}
