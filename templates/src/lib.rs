//! Support code that crategen copies into the crates it generates.
//!
//! The files below `models/`, `client/` and `server/` are copied as they are, so they refer to each other by `super::` only.
//! Here they are compiled and tested alone.

#[cfg(test)]
#[allow(dead_code, unused_imports, missing_docs, clippy::pedantic)]
mod models {
    pub mod support;
    pub use support::{Base64, Patch, problem};
    pub mod operations {
        pub use super::support::operation::{Operation, Requirement};
    }
}

#[cfg(test)]
#[allow(dead_code, unused_imports, missing_docs, clippy::pedantic)]
mod client {
    use super::models;
    pub mod runtime;
}
