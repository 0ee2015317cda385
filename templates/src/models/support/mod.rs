//! What the types are made with. Not part of the API: it may change with every version of the generator.

mod base64;
pub mod constants;
pub mod defaults;
pub mod enums;
mod never;
pub mod object;
pub mod operation;
pub mod params;
mod patch;
pub mod problem;
mod strict;
pub mod unions;
pub mod validate;

pub use base64::Base64;
#[allow(unused_imports)]
pub(crate) use constants::constant;
pub use defaults::Defaults;
#[allow(unused_imports)]
pub(crate) use defaults::defaults;
#[allow(unused_imports)]
pub(crate) use enums::{int_enum, json_enum, string_enum};
pub use never::Never;
#[allow(unused_imports)]
pub(crate) use object::{fields, newtype, object, visited};
#[allow(unused_imports)]
pub(crate) use params::params;
pub use patch::Patch;
#[allow(unused_imports)]
pub use strict::{refuse, strict};
#[allow(unused_imports)]
pub(crate) use unions::{tagged_union, union};
pub use validate::{Checks, Invalid, Validate};
