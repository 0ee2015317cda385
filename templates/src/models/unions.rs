//! Unions: one step from a value to the one variant that it is.
//!
//! With a tag, the tag decides. Without one, the first key that only one variant knows decides, and the rest is read straight
//! into that variant. Otherwise the JSON type and the required keys leave as few variants as possible; if more than one is left,
//! the one that knows most of the keys and whose rules the value satisfies.

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::marker::PhantomData;

use serde::de::value::{CowStrDeserializer, MapAccessDeserializer};
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::object::Key;
use super::strict::is_strict;
use super::validate::Checks;

/// The type of a JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looks {
    /// Anything.
    Any,
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number.
    Number,
    /// A text.
    String,
    /// A list.
    Array,
    /// An object.
    Object,
    /// An object that may have any keys.
    Open,
}

impl Looks {
    /// Whether a value has this type and, if it is an object, these keys.
    pub fn fits(self, value: &Value, keys: &[&str]) -> bool {
        match (self, value) {
            (Self::Object | Self::Open, Value::Object(map)) => keys.iter().all(|key| map.contains_key(*key)),
            (Self::Any, _)
            | (Self::Null, Value::Null)
            | (Self::Boolean, Value::Bool(_))
            | (Self::Number, Value::Number(_))
            | (Self::String, Value::String(_))
            | (Self::Array, Value::Array(_)) => true,
            _ => false,
        }
    }
}

/// A variant that a value may be: its name and how its values look.
#[derive(Debug)]
pub struct Candidate {
    /// The name of the variant.
    pub name: &'static str,
    /// The JSON type.
    pub looks: Looks,
    /// The keys that must be there.
    pub required: &'static [&'static str],
    /// Other keys that it has a property for.
    pub optional: &'static [&'static str],
}

impl Candidate {
    /// How many keys of an object the variant has a property for.
    fn known(&self, value: &Value) -> usize {
        let Value::Object(map) = value else { return 0 };
        self.required.iter().chain(self.optional).filter(|key| map.contains_key(**key)).count()
    }
}

/// A union whose variants differ in what their values look like.
pub trait ByShape<'de>: Sized {
    /// The name of the type, for messages.
    const NAME: &'static str;
    /// The variants, in the order of the document.
    const CANDIDATES: &'static [Candidate];

    /// Reads a variant, by its name.
    fn from_value(variant: &str, value: &Value) -> Result<Self, serde_json::Error>;

    /// Reads a variant, by its name, straight from the input.
    fn from_map<A: MapAccess<'de>>(variant: &str, map: A) -> Result<Self, A::Error>;

    /// Adds what is wrong with the value by the rules of its variant.
    fn check_shape(&self, checks: &mut Checks<'_>);
}

/// Reads a union whose variants differ in what their values look like.
pub fn by_shape<'de, T: ByShape<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_newtype_struct(UNION, ShapeVisitor(PhantomData))
}

/// What is asked of a deserializer for a union. One that knows only texts answers with bytes: a text whose type is not known.
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

    /// A text is what it looks like, if a variant looks so; else it is a text.
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

    /// JSON of several texts: they are texts, if a variant takes them so, else what they look like.
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
        // Whoever judges a value wants to know of every variant whether it is one.
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

/// The only variant that has a property of this name, if it must be there.
fn decided(candidates: &'static [Candidate], key: &str) -> Option<&'static Candidate> {
    let mut found = None;
    for candidate in candidates {
        if matches!(candidate.looks, Looks::Any | Looks::Open) || candidate.optional.contains(&key) {
            return None;
        }
        if candidate.required.contains(&key) && found.replace(candidate).is_some() {
            return None;
        }
    }
    found
}

/// Reads the variant that a value is: of those that it looks like, the one that knows most of its keys and whose rules it
/// satisfies, the first of those that are equal in both.
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
    // A parameter is always a text; what it says may be something else.
    if let Value::String(text) = value
        && !is_strict()
        && let Ok(inner @ (Value::Number(_) | Value::Bool(_))) = serde_json::from_str(text)
    {
        return choose(&inner);
    }
    Err(E::custom(format_args!("no variant of {} fits{errors}", T::NAME)))
}

/// An object of which some entries were read already.
pub struct Resumed<'de, A> {
    read: std::vec::IntoIter<(Key<'de>, Value)>,
    key: Option<Key<'de>>,
    value: Option<Value>,
    rest: A,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Resumed<'de, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        let key = match self.read.next() {
            Some((key, value)) => {
                self.value = Some(value);
                Some(key)
            }
            None => self.key.take(),
        };
        match key {
            Some(key) => seed.deserialize(CowStrDeserializer::new(Cow::from(key))).map(Some),
            None => self.rest.next_key_seed(seed),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        match self.value.take() {
            Some(value) => seed.deserialize(value).map_err(A::Error::custom),
            None => self.rest.next_value_seed(seed),
        }
    }
}

/// A union whose variants differ in the value of a property.
pub trait ByTag<'de>: Sized {
    /// The name of the type, for messages.
    const NAME: &'static str;
    /// The property.
    const PROPERTY: &'static str;

    /// Reads the variant of a tag; `None` if no variant has it.
    fn from_map<A: MapAccess<'de>>(tag: &str, map: A) -> Option<Result<Self, A::Error>>;

    /// Keeps a value that no variant claims, if the union can.
    fn unknown(value: Value) -> Result<Self, Value>;
}

/// Reads a union whose variants differ in the value of a property.
pub fn by_tag<'de, T: ByTag<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(TagVisitor(PhantomData))
}

struct TagVisitor<T>(PhantomData<T>);

impl<'de, T: ByTag<'de>> Visitor<'de> for TagVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut read: Vec<(Key<'de>, Value)> = Vec::new();
        while let Some(key) = map.next_key::<Key>()? {
            let found = key.as_str() == T::PROPERTY;
            let value: Value = map.next_value()?;
            let tag = if found { value.as_str().map(str::to_owned) } else { None };
            read.push((key, value));
            if let Some(tag) = tag {
                return with_tag(&tag, read, map);
            }
        }
        refuse(read, None)
    }
}

fn with_tag<'de, T: ByTag<'de>, A: MapAccess<'de>>(
    tag: &str,
    read: Vec<(Key<'de>, Value)>,
    mut rest: A,
) -> Result<T, A::Error> {
    let mut resumed = Resumed { read: read.into_iter(), key: None, value: None, rest: &mut rest };
    if let Some(result) = T::from_map(tag, ByReference(&mut resumed)) {
        return result;
    }
    let mut read: Vec<(Key<'de>, Value)> = resumed.read.collect();
    while let Some(entry) = rest.next_entry()? {
        read.push(entry);
    }
    refuse(read, Some(tag))
}

fn refuse<'de, T: ByTag<'de>, E: Error>(read: Vec<(Key<'de>, Value)>, tag: Option<&str>) -> Result<T, E> {
    let entries: Map<String, Value> = read.into_iter().map(|(key, value)| (key.into_string(), value)).collect();
    T::unknown(Value::Object(entries)).map_err(|_| match tag {
        Some(tag) => E::custom(format_args!("no variant of {} has the {} `{tag}`", T::NAME, T::PROPERTY)),
        None => E::missing_field(T::PROPERTY),
    })
}

/// Lends an object, so that it is still there if nobody took it.
struct ByReference<'m, M>(&'m mut M);

impl<'de, M: MapAccess<'de>> MapAccess<'de> for ByReference<'_, M> {
    type Error = M::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, M::Error> {
        self.0.next_key_seed(seed)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, M::Error> {
        self.0.next_value_seed(seed)
    }
}

/// Reads a variant from an object; an error names it.
pub fn variant<'de, T: serde::Deserialize<'de>, A: MapAccess<'de>>(name: &'static str, map: A) -> Result<T, A::Error> {
    T::deserialize(MapAccessDeserializer::new(map))
        .map_err(|error| A::Error::custom(format_args!("as {name}: {error}")))
}

/// As [`variant`], of a value that is read to its end first: a union inside itself would be another type at each level.
pub fn buffered<'de, T: DeserializeOwned, A: MapAccess<'de>>(name: &'static str, mut map: A) -> Result<T, A::Error> {
    let mut entries = Map::new();
    while let Some((key, value)) = map.next_entry()? {
        entries.insert(key, value);
    }
    T::deserialize(Value::Object(entries)).map_err(|error| A::Error::custom(format_args!("as {name}: {error}")))
}

/// Writes a variant that does not write its tag itself.
pub fn write_tagged<T: Serialize, S: Serializer>(
    property: &'static str,
    tag: Option<&&'static str>,
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut written = serde_json::to_value(value).map_err(serde::ser::Error::custom)?;
    if let (Value::Object(map), Some(tag)) = (&mut written, tag) {
        map.entry(property).or_insert_with(|| Value::from(*tag));
    }
    written.serialize(serializer)
}

/// `tagged_union!(Type by "property" { Variant = ["tag", ...], own; ... ..Unknown; });`
///
/// `own`: the variant writes the tag itself; `added`: the union adds it; `boxed`: the variant is on a cycle of types. With `..Unknown` a value whose tag is not listed is
/// kept in that variant; with `!default Variant` it is one of that variant, as is a value without a tag.
#[macro_export]
macro_rules! tagged_union {
    (@via) => { $crate::models::unions::variant };
    (@via boxed) => { $crate::models::unions::buffered };
    (checked $($table:tt)*) => { $crate::tagged_union!(@impls $($table)*); };
    ($name:ident by $($table:tt)*) => {
        $crate::tagged_union!(@impls $name by $($table)*);

        impl $crate::models::Validate for $name {}
    };
    (@impls $name:ident by $property:literal {
        $($variant:ident = [$($tag:literal),*], $mode:ident $($boxed:ident)?;)* $(..$unknown:ident;)? $(!default $default:ident;)?
    }) => {
        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => {
                        $crate::tagged_union!(@write $mode, $property, [$($tag),*], value, serializer)
                    })*
                    $(Self::$unknown(value) => $crate::serde::Serialize::serialize(value, serializer),)?
                }
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::models::unions::by_tag(deserializer)
            }
        }

        impl<'de> $crate::models::unions::ByTag<'de> for $name {
            const NAME: &'static str = stringify!($name);
            const PROPERTY: &'static str = $property;

            fn from_map<A: $crate::serde::de::MapAccess<'de>>(tag: &str, map: A) -> Option<Result<Self, A::Error>> {
                match tag {
                    $(tag if { const TAGS: &[&str] = &[$($tag),*]; TAGS.contains(&tag) } => {
                        Some($crate::tagged_union!(@via $($boxed)?)(stringify!($variant), map).map(Self::$variant))
                    })*
                    _ => None,
                }
            }

            fn unknown(value: $crate::serde_json::Value) -> Result<Self, $crate::serde_json::Value> {
                $crate::tagged_union!(@unknown value $(, $unknown)? $(; $default)?)
            }
        }
    };
    (@write own, $property:literal, [$($tag:literal),*], $value:ident, $serializer:ident) => {
        $crate::serde::Serialize::serialize($value, $serializer)
    };
    (@write added, $property:literal, [$($tag:literal),*], $value:ident, $serializer:ident) => {
        $crate::models::unions::write_tagged($property, [$($tag),*].first(), $value, $serializer)
    };
    (@unknown $value:ident, $unknown:ident) => { Ok(Self::$unknown($value)) };
    (@unknown $value:ident; $default:ident) => {
        match $crate::serde::Deserialize::deserialize(&$value) {
            Ok(found) => Ok(Self::$default(found)),
            Err(_) => Err($value),
        }
    };
    (@unknown $value:ident) => { Err($value) };
}

/// `union!(Type { Variant: Object ["required", ...] ["optional", ...]; ... });`
///
/// `union!(ruled Type ...)`: the type has an implementation of `Validate` of its own; `union!(checked Type ...)`: and a method
/// `check_variant` that checks the variant alone.
#[macro_export]
macro_rules! union {
    (@via) => { $crate::models::unions::variant };
    (@via boxed) => { $crate::models::unions::buffered };
    (ruled $name:ident { $($table:tt)* }) => { $crate::union!(@impls $name { $($table)* } |_, _| {}); };
    (checked $name:ident { $($table:tt)* }) => { $crate::union!(@impls $name { $($table)* } Self::check_variant); };
    ($name:ident { $($table:tt)* }) => {
        $crate::union!(@impls $name { $($table)* } |_, _| {});

        impl $crate::models::Validate for $name {}
    };
    (@impls $name:ident {
        $($variant:ident: $looks:ident $($boxed:ident)? [$($key:literal),*] [$($other:literal),*];)*
    } $check:expr) => {
        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => $crate::serde::Serialize::serialize(value, serializer),)*
                }
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::models::unions::by_shape(deserializer)
            }
        }

        impl<'de> $crate::models::unions::ByShape<'de> for $name {
            const NAME: &'static str = stringify!($name);
            const CANDIDATES: &'static [$crate::models::unions::Candidate] = &[$($crate::models::unions::Candidate {
                name: stringify!($variant),
                looks: $crate::models::unions::Looks::$looks,
                required: &[$($key),*],
                optional: &[$($other),*],
            }),*];

            fn from_value(variant: &str, value: &$crate::serde_json::Value) -> Result<Self, $crate::serde_json::Error> {
                match variant {
                    $(stringify!($variant) => $crate::serde::Deserialize::deserialize(value).map(Self::$variant),)*
                    _ => Err($crate::serde::de::Error::custom("no such variant")),
                }
            }

            fn from_map<A: $crate::serde::de::MapAccess<'de>>(variant: &str, map: A) -> Result<Self, A::Error> {
                match variant {
                    $(stringify!($variant) => {
                        $crate::union!(@via $($boxed)?)(stringify!($variant), map).map(Self::$variant)
                    })*
                    _ => Err($crate::serde::de::Error::custom("no such variant")),
                }
            }

            fn check_shape(&self, checks: &mut $crate::models::Checks<'_>) {
                let check: fn(&Self, &mut $crate::models::Checks<'_>) = $check;
                check(self, checks);
            }
        }
    };
}
