//! Enums of values of several types.

/// Implements an enum of values of several types: `json_enum!(Type { Variant = "JSON"; ... ..Unknown; });`.
///
/// It works as [`string_enum`](crate::string_enum) does for strings.
#[macro_export]
macro_rules! json_enum {
    ($name:ident { $($variant:ident = $text:literal;)* ..$unknown:ident; }) => {
        $crate::json_enum!(checked $name { $($variant = $text;)* ..$unknown; });

        impl $crate::models::Validate for $name {
            #[inline]
            fn check(&self, checks: &mut $crate::models::Checks<'_>) {
                if let Self::$unknown(_) = self {
                    $crate::models::enums::unlisted(checks, Self::ALL);
                }
            }
        }
    };
    ($name:ident { $($variant:ident = $text:literal;)* }) => {
        $crate::json_enum!(checked $name { $($variant = $text;)* });

        impl $crate::models::Validate for $name {}
    };
    (checked $name:ident { $($variant:ident = $text:literal;)* ..$unknown:ident; }) => {
        $crate::json_enum!(@common $name { $($variant = $text;)* } Self::$unknown(value) => value.clone());

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = $crate::models::enums::value(deserializer)?;
                Ok(Self::find(&value).unwrap_or(Self::$unknown(value)))
            }
        }
    };
    (checked $name:ident { $($variant:ident = $text:literal;)* }) => {
        $crate::json_enum!(@common $name { $($variant = $text;)* });

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = $crate::models::enums::value(deserializer)?;
                Self::find(&value)
                    .ok_or_else(|| $crate::serde::de::Error::custom($crate::models::enums::must_be_one_of(Self::ALL)))
            }
        }
    };
    (@common $name:ident { $($variant:ident = $text:literal;)* } $($unknown:pat => $value:expr)?) => {
        impl $name {
            /// All values that the document lists, in its order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Returns the value as JSON.
            #[inline]
            pub fn to_value(&self) -> $crate::serde_json::Value {
                match self {
                    $(Self::$variant => $crate::models::enums::literal($text).unwrap_or_default(),)*
                    $($unknown => $value,)?
                }
            }

            #[inline]
            fn find(value: &$crate::serde_json::Value) -> Option<Self> {
                $crate::models::enums::position(value, &[$($text),*]).and_then(|index| Self::ALL.get(index)).cloned()
            }
        }

        impl std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}", self.to_value())
            }
        }

        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::serde::Serialize::serialize(&self.to_value(), serializer)
            }
        }
    };
}
