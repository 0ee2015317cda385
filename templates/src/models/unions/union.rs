//! The macro of unions without a tag.

/// Implements a union without a tag: `union!(Type { Variant: Object ["required", ...] ["optional", ...]; ... });`.
///
/// The word after the variant is one of [`Looks`](crate::models::unions::Looks); `boxed` after it marks variants that
/// contain the union. With `union!(ruled Type ...)` the caller implements `Validate`; with `union!(checked Type ...)`
/// it also has a method `check_variant`, which checks the rules of the variant alone.
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
