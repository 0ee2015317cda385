//! The commands.

pub mod bundle;
pub mod generate;
pub mod inspect;
pub mod scaffold;
pub mod validate;
