//! What `crategen.toml` may contain. Each table is declared once: it is read into that struct, unknown keys are found by its list
//! of keys, and the JSON Schema for editors is made from it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::diag::{Code, Level};

/// What a value may be.
#[derive(Clone, Copy)]
pub(super) enum SettingShape {
    /// A string.
    Text,
    /// `true` or `false`.
    Flag,
    /// An integer that is not negative.
    Number,
    /// A requirement of a dependency, as in `Cargo.toml`.
    Dependency,
    /// `true` or `false`, or a list of strings.
    FlagOrNames,
    /// One of these strings.
    Choice(&'static [&'static str]),
    /// An array.
    List(&'static Self),
    /// A table whose keys are chosen by the author.
    Map(&'static Self),
    /// A table whose keys are codes of diagnostics.
    Codes(&'static Self),
    /// A table with these keys.
    Table(&'static [Key]),
}

/// A key of a table.
pub(super) struct Key {
    /// The name of the field; in the file, `-` stands for `_`.
    pub field: &'static str,
    /// What the key means, line by line.
    pub docs: &'static [&'static str],
    /// What its value may be.
    pub shape: SettingShape,
}

impl Key {
    /// Returns the key as it is written in the file.
    pub fn name(&self) -> String {
        self.field.replace('_', "-")
    }
}

/// A type that a value of the file is read into.
pub(super) trait Shaped {
    const SHAPE: SettingShape;
}

macro_rules! shapes {
    ($($ty:ty => $shape:expr,)+) => { $(impl Shaped for $ty { const SHAPE: SettingShape = $shape; })+ };
}

shapes! {
    String => SettingShape::Text,
    PathBuf => SettingShape::Text,
    bool => SettingShape::Flag,
    usize => SettingShape::Number,
    u64 => SettingShape::Number,
    toml::Value => SettingShape::Dependency,
    FlagOrNames => SettingShape::FlagOrNames,
    BTreeMap<CodeName, Level> => SettingShape::Codes(&Level::SHAPE),
}

impl<T: Shaped> Shaped for Option<T> {
    const SHAPE: SettingShape = T::SHAPE;
}

impl<T: Shaped> Shaped for Vec<T> {
    const SHAPE: SettingShape = SettingShape::List(&T::SHAPE);
}

impl<T: Shaped> Shaped for BTreeMap<String, T> {
    const SHAPE: SettingShape = SettingShape::Map(&T::SHAPE);
}

/// `true` or `false`, or a list of strings.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(untagged)]
pub(super) enum FlagOrNames {
    Flag(bool),
    Names(Vec<String>),
}

/// A key of `[diagnostics]`. Keys that are not codes are reported, and have no effect.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
pub(super) struct CodeName(String);

impl CodeName {
    /// Returns the code, if there is one of this name.
    pub fn code(&self) -> Option<Code> {
        self.0.parse().ok()
    }
}

/// Declares tables of the file.
macro_rules! tables {
    ($($(#[doc = $about:literal])+ $table:ident { $($(#[doc = $doc:literal])+ $key:ident: $ty:ty,)+ })+) => {$(
        $(#[doc = $about])+
        #[derive(Default, serde::Deserialize)]
        #[serde(default, rename_all = "kebab-case")]
        pub(super) struct $table { $($(#[doc = $doc])+ pub $key: $ty,)+ }

        impl $crate::settings::shape::Shaped for $table {
            const SHAPE: $crate::settings::shape::SettingShape = $crate::settings::shape::SettingShape::Table(&[
                $($crate::settings::shape::Key {
                    field: stringify!($key),
                    docs: &[$($doc),+],
                    shape: <$ty as $crate::settings::shape::Shaped>::SHAPE,
                }),+
            ]);
        }
    )+};
}
pub(super) use tables;
