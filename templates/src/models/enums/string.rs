//! Enums of strings.

/// Implements an enum of strings: `string_enum!(Type { Variant = "value"; ... ..Unknown; });`.
///
/// With `..Unknown`, that variant keeps values that are not listed; without it, they are errors. With
/// `string_enum!(checked Type ...)` the caller implements `Validate`.
#[macro_export]
macro_rules! string_enum {
    ($name:ident { $($variant:ident = $wire:literal;)* ..$unknown:ident; }) => {
        $crate::string_enum!(checked $name { $($variant = $wire;)* ..$unknown; });

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
        $crate::string_enum!(checked $name { $($variant = $wire;)* });

        impl $crate::models::Validate for $name {}
    };
    (checked $name:ident { $($variant:ident = $wire:literal;)* ..$unknown:ident; }) => {
        $crate::string_enum!(@common $name { $($variant = $wire;)* } Self::$unknown(text) => text);

        impl $name {
            #[inline]
            fn of(text: &str) -> Self {
                match text {
                    $($wire => Self::$variant,)*
                    other => Self::$unknown(other.to_owned()),
                }
            }
        }

        impl From<&str> for $name {
            #[inline]
            fn from(text: &str) -> Self {
                Self::of(text)
            }
        }

        impl From<String> for $name {
            #[inline]
            fn from(text: String) -> Self {
                Self::of(&text)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            #[inline]
            fn from_str(text: &str) -> Result<Self, std::convert::Infallible> {
                Ok(Self::of(text))
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::models::enums::text(deserializer, Self::of)
            }
        }
    };
    (checked $name:ident { $($variant:ident = $wire:literal;)* }) => {
        $crate::string_enum!(@common $name { $($variant = $wire;)* });

        impl std::str::FromStr for $name {
            type Err = String;

            #[inline]
            fn from_str(text: &str) -> Result<Self, String> {
                match text {
                    $($wire => Ok(Self::$variant),)*
                    _ => Err($crate::models::enums::must_be_one_of(Self::ALL)),
                }
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::models::enums::text(deserializer, str::parse)?.map_err($crate::serde::de::Error::custom)
            }
        }
    };
    (@common $name:ident { $($variant:ident = $wire:literal;)* } $($unknown:pat => $text:expr)?) => {
        impl $name {
            /// All values that the document lists, in its order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Returns the value as it is written in JSON.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    $($unknown => $text,)?
                }
            }
        }

        #[automatically_derived]
        impl PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        #[automatically_derived]
        impl Eq for $name {}

        #[automatically_derived]
        impl std::hash::Hash for $name {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                std::hash::Hash::hash(self.as_str(), state);
            }
        }

        impl std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}
