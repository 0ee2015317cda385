//! The values of settings that are one of several words.

use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

use super::shape::{SettingShape, Shaped};
use crate::config::{CrateKind, DateTime, Integer, MapType, OperationIds};
use crate::diag::Level;

macro_rules! choices {
    ($($ty:ident { $($name:literal => $variant:ident),+ $(,)? })+) => {$(
        impl Shaped for $ty {
            const SHAPE: SettingShape = SettingShape::Choice(&[$($name),+]);
        }

        impl<'de> Deserialize<'de> for $ty {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                match String::deserialize(deserializer)?.as_str() {
                    $($name => Ok(Self::$variant),)+
                    other => Err(D::Error::unknown_variant(other, &[$($name),+])),
                }
            }
        }
    )+};
}

choices! {
    CrateKind { "models" => Models, "client" => Client, "server" => Server, "contract-tests" => ContractTests }
    DateTime { "chrono" => Chrono, "time" => Time, "jiff" => Jiff, "string" => String }
    Integer { "i32" => I32, "i64" => I64, "u64" => U64, "i128" => I128 }
    MapType { "BTreeMap" => BTreeMap, "HashMap" => HashMap, "IndexMap" => IndexMap }
    OperationIds { "short" => Short, "whole" => Whole }
    Level { "allow" => Allow, "warn" => Warn, "deny" => Deny }
}
