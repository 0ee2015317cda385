//! Values of one text, which numbers are read from without a copy of it.

use std::borrow::Cow;

use serde::de::value::Error;
use serde::de::{DeserializeOwned, Deserializer, Visitor};

use super::Parts;

/// Rebuilds a value from its text; its type decides what the text means.
pub(in crate::models::params) fn decode_text<T: DeserializeOwned>(text: Cow<'_, str>) -> Result<T, Error> {
    T::deserialize(Text(text))
}

/// The text of a value.
struct Text<'t>(Cow<'t, str>);

impl Text<'_> {
    fn into_parts(self) -> Parts {
        Parts::Text(self.0.into_owned())
    }
}

macro_rules! parsed {
    ($($method:ident $type:ident $visit:ident;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self.0.parse::<$type>() {
                Ok(value) => visitor.$visit(value),
                Err(_) => self.into_parts().$method(visitor),
            }
        }
    )*};
}

macro_rules! as_parts {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.into_parts().$method(visitor)
        }
    )*};
}

impl<'de> Deserializer<'de> for Text<'_> {
    type Error = Error;

    parsed! {
        deserialize_bool bool visit_bool;
        deserialize_i64 i64 visit_i64;
        deserialize_u64 u64 visit_u64;
        deserialize_f64 f64 visit_f64;
        deserialize_i8 i64 visit_i64;
        deserialize_i16 i64 visit_i64;
        deserialize_i32 i64 visit_i64;
        deserialize_u8 u64 visit_u64;
        deserialize_u16 u64 visit_u64;
        deserialize_u32 u64 visit_u64;
        deserialize_f32 f64 visit_f64;
    }

    as_parts! {
        deserialize_any deserialize_i128 deserialize_u128 deserialize_char deserialize_str deserialize_string
        deserialize_bytes deserialize_byte_buf deserialize_unit deserialize_seq deserialize_map
        deserialize_identifier deserialize_ignored_any
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
        self.into_parts().deserialize_newtype_struct(name, visitor)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
        self.into_parts().deserialize_unit_struct(name, visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Error> {
        self.into_parts().deserialize_tuple(length, visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.into_parts().deserialize_tuple_struct(name, length, visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.into_parts().deserialize_struct(name, fields, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.into_parts().deserialize_enum(name, variants, visitor)
    }
}
