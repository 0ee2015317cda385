//! The macro of unions without a tag.

/// Implements a union without a tag: `union!(Type { Variant: Object ["required", ...] ["optional", ...]; ... });`.
///
/// The word after the variant is one of [`Looks`](crate::models::unions::Looks); `boxed` after it marks variants that
/// contain the union. With `union!(checked Type ...)` the caller implements `Validate`. With `union!(Type by RULES ...)`, the
/// schema of that name decides between variants that a value looks like.
#[macro_export]
macro_rules! union {
    (@via) => { $crate::models::unions::variant };
    (@via boxed) => { $crate::models::unions::buffered };
    (@rules $name:ident) => { None };
    (@rules $name:ident $rules:path) => { Some((&$rules, stringify!($name))) };
    (checked $name:ident $(by $rules:path)? { $($table:tt)* }) => { $crate::union!(@impls $name [$($rules)?] { $($table)* }); };
    ($name:ident $(by $rules:path)? { $($table:tt)* }) => {
        $crate::union!(@impls $name [$($rules)?] { $($table)* });

        impl $crate::models::Validate for $name {}
    };
    (@impls $name:ident [$($rules:path)?] {
        $($variant:ident: $looks:ident $($boxed:ident)? [$($key:literal),*] [$($other:literal),*];)*
    }) => {
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

            const RULES: Option<(&'static $crate::models::Rules, &'static str)> = $crate::union!(@rules $name $($rules)?);

            #[inline]
            fn from_node(variant: &str, node: $crate::models::Node) -> Result<Self, $crate::models::NodeError> {
                match variant {
                    $(stringify!($variant) => $crate::serde::Deserialize::deserialize(node).map(Self::$variant),)*
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
        }
    };
}
