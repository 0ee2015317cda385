//! Unions: how a value is read as one of several variants, in a single pass.
//!
//! If the variants have a tag, the tag decides. Otherwise the first key that only one variant has decides, and the rest
//! is read into that variant directly. If no key decides, the variants are narrowed down by the JSON type and the
//! required keys; of those that are left, the one with the most keys of the value whose rules the value satisfies wins
//! (see [`rules`](super::rules)).

mod by_shape;
mod by_tag;
mod candidate;
mod resumed;
mod tagged_union;
mod union;
mod variant;

pub use super::node::UNION;
pub use by_shape::{ByShape, by_shape};
pub use by_tag::{ByTag, by_tag};
pub use candidate::{Candidate, Looks};
pub use variant::{buffered, variant, write_tagged};
