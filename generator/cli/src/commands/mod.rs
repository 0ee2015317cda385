//! The commands.

pub mod bundle;
pub mod diff;
pub mod generate;
pub mod inspect;
pub mod validate;
