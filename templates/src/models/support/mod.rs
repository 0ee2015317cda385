//! What the types are made with. Not part of the API: it may change with every version of the generator.

mod base64;
mod enums;
mod object;
pub mod operation;
pub mod params;
mod params_text;
mod patch;
pub mod problem;
pub mod unions;

pub use base64::Base64;
#[allow(unused_imports)]
pub(crate) use enums::{int_enum, string_enum};
pub use object::{Key, Object, decode, required};
#[allow(unused_imports)]
pub(crate) use object::{debug, newtype, object};
#[allow(unused_imports)]
pub(crate) use params::params;
pub use patch::Patch;
#[allow(unused_imports)]
pub(crate) use unions::{tagged_union, union};
