//! Enums of integers.

/// Implements an enum of integers: `int_enum!(Type { Variant = 1; ... ..Unknown; });`.
///
/// It works as [`string_enum`](crate::string_enum) does for strings.
#[macro_export]
macro_rules! int_enum {
    ($name:ident { $($variant:ident = $wire:literal;)* ..$unknown:ident; }) => {
        $crate::int_enum!(checked $name { $($variant = $wire;)* ..$unknown; });

        impl $crate::models::Validate for $name {
            #[inline]
            fn check(&self, checks: &mut $crate::models::Checks<'_>) {
                if let Self::$unknown(_) = self {
                    $crate::models::enums::unlisted(checks, Self::ALL);
                }
            }
        }
    };
    ($name:ident { $($variant:ident = $wire:literal;)* }) => {
        $crate::int_enum!(checked $name { $($variant = $wire;)* });

        impl $crate::models::Validate for $name {}
    };
    (checked $name:ident { $($variant:ident = $wire:literal;)* ..$unknown:ident; }) => {
        $crate::int_enum!(@common $name { $($variant = $wire;)* } Self::$unknown(value) => *value);

        impl From<i64> for $name {
            #[inline]
            fn from(value: i64) -> Self {
                match value {
                    $($wire => Self::$variant,)*
                    other => Self::$unknown(other),
                }
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::models::enums::whole(deserializer).map(Self::from)
            }
        }
    };
    (checked $name:ident { $($variant:ident = $wire:literal;)* }) => {
        $crate::int_enum!(@common $name { $($variant = $wire;)* });

        impl TryFrom<i64> for $name {
            type Error = String;

            #[inline]
            fn try_from(value: i64) -> Result<Self, String> {
                match value {
                    $($wire => Ok(Self::$variant),)*
                    _ => Err($crate::models::enums::must_be_one_of(Self::ALL)),
                }
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::try_from($crate::models::enums::whole(deserializer)?)
                    .map_err($crate::serde::de::Error::custom)
            }
        }
    };
    (@common $name:ident { $($variant:ident = $wire:literal;)* } $($unknown:pat => $value:expr)?) => {
        impl $name {
            /// All values that the document lists, in its order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Returns the value as it is written in JSON.
            #[inline]
            pub fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $wire,)*
                    $($unknown => $value,)?
                }
            }
        }

        impl std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}", self.as_i64())
            }
        }

        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.as_i64())
            }
        }
    };
}
