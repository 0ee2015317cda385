//! Decodes a single string; numbers are parsed without copying it.

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

#[cfg(test)]
mod tests {
    use std::borrow::Cow;
    use std::fmt::Debug;

    use serde::de::DeserializeOwned;

    use super::super::Parts;
    use super::decode_text;

    /// Both ways must give the same value, or the same message.
    fn compare<T: DeserializeOwned + Debug>(text: &str) {
        let result = |value: Result<T, super::Error>| format!("{:?}", value.map_err(|error| error.to_string()));
        let slow = result(T::deserialize(Parts::Text(text.to_owned())));
        assert_eq!(result(decode_text(Cow::Borrowed(text))), slow, "`{text}` as {}", std::any::type_name::<T>());
    }

    #[test]
    fn texts_are_decoded_as_parts_are() {
        let texts = [
            "",
            " ",
            "1",
            "-1",
            "+1",
            "-0",
            "1.0",
            "1.5",
            "1e3",
            "NaN",
            "inf",
            "-inf",
            "300",
            "-129",
            "007",
            "0x1",
            "1_000",
            " 1",
            "99999999999999999999",
            "-99999999999999999999",
            "1e400",
            "true",
            "TRUE",
            "false",
            "null",
            "a",
        ];
        for text in texts {
            compare::<bool>(text);
            compare::<i8>(text);
            compare::<i16>(text);
            compare::<i32>(text);
            compare::<i64>(text);
            compare::<u8>(text);
            compare::<u16>(text);
            compare::<u32>(text);
            compare::<u64>(text);
            compare::<f32>(text);
            compare::<f64>(text);
            compare::<char>(text);
            compare::<String>(text);
            compare::<Option<u8>>(text);
            compare::<Vec<u8>>(text);
            compare::<serde_json::Value>(text);
        }
    }
}
