//! The macro of unions with a tag.

/// Implements a union with a tag: `tagged_union!(Type by "property" { Variant = ["tag", ...], own; ... ..Unknown; });`.
///
/// `own` means that the type of the variant contains the tag, `added` that the union adds it, and `added(1)` that it adds a number or
/// a boolean. `boxed` after it marks variants that contain the union. `!other Variant: String` is the variant of values that are not
/// objects, by one of [`Looks`](crate::models::unions::Looks). With `..Unknown`, that variant keeps values with other tags; with
/// `!default Variant`, they and values without a tag are read as that variant; otherwise they are errors. With
/// `tagged_union!(checked Type ...)` the caller implements `Validate`.
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
        $($variant:ident = [$($tag:literal),*], $mode:ident $(($written:literal))? $($boxed:ident)?;)*
        $(..$unknown:ident;)? $(!default $default:ident;)? $(!other $other:ident: $looks:ident;)*
    }) => {
        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => {
                        $crate::tagged_union!(@write $mode, $property, [$($tag),*] $($written)?, value, serializer)
                    })*
                    $(Self::$other(value) => $crate::serde::Serialize::serialize(value, serializer),)*
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
            const HAS_OTHERS: bool = { const OTHERS: &[&str] = &[$(stringify!($other)),*]; !OTHERS.is_empty() };

            fn from_map<A: $crate::serde::de::MapAccess<'de>>(tag: &str, map: A) -> Option<Result<Self, A::Error>> {
                match tag {
                    $(tag if { const TAGS: &[&str] = &[$($tag),*]; TAGS.contains(&tag) } => {
                        Some($crate::tagged_union!(@via $($boxed)?)(stringify!($variant), map).map(Self::$variant))
                    })*
                    _ => None,
                }
            }

            #[inline]
            fn other(_node: $crate::models::Node) -> Option<Self> {
                $(if $crate::models::unions::Looks::$looks.fits(&_node, &[])
                    && let Ok(found) = $crate::serde::Deserialize::deserialize(_node.clone())
                {
                    return Some(Self::$other(found));
                })*
                None
            }

            #[inline]
            fn unknown(value: $crate::serde_json::Value) -> Result<Self, $crate::serde_json::Value> {
                $crate::tagged_union!(@unknown value $(, $unknown)? $(; $default)?)
            }
        }
    };
    (@write own, $property:literal, [$($tag:literal),*] $($written:literal)?, $value:ident, $serializer:ident) => {
        $crate::serde::Serialize::serialize($value, $serializer)
    };
    (@write added, $property:literal, [$($tag:literal),*] $written:literal, $value:ident, $serializer:ident) => {
        $crate::models::unions::write_tagged($property, Some($written), $value, $serializer)
    };
    (@write added, $property:literal, [], $value:ident, $serializer:ident) => {
        $crate::models::unions::write_tagged($property, None::<&str>, $value, $serializer)
    };
    (@write added, $property:literal, [$tag:literal $(, $more:literal)*], $value:ident, $serializer:ident) => {
        $crate::models::unions::write_tagged($property, Some($tag), $value, $serializer)
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
