//! The commands.

pub mod bundle;
pub mod completions;
pub mod diff;
pub mod explain;
pub mod generate;
pub mod init;
pub mod inspect;
pub mod scaffold;
pub mod schema;
pub mod validate;
pub mod watch;
