//! What the types are made with. Not part of the API: it may change with every version of the generator.

mod base64;
mod enums;
mod object;
pub mod operation;
pub mod params;
mod params_text;
mod patch;
pub mod problem;

pub use base64::Base64;
#[allow(unused_imports)]
pub(crate) use enums::{int_enum, string_enum};
#[allow(unused_imports)]
pub(crate) use object::{debug, newtype, object};
pub use object::{Key, Object, decode, required};
#[allow(unused_imports)]
pub(crate) use params::params;
pub use patch::Patch;
