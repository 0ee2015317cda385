//! What a set of schemas says together.
//!
//! Only the surface of schemas is merged. Their children stay places in the document, so gathering is cheap and always ends.

mod annotations;
mod applicators;
mod arrays;
mod closed;
mod gather;
mod json_type;
mod keys;
pub(super) mod model;
mod nullable;
mod objects;
pub(super) mod part;
mod patterns;
pub(super) mod references;
mod types_and_values;
mod validation;
mod values;
mod without_effect;

pub(super) use applicators::{flat_text, only_branch};
pub(super) use gather::{gather, is_null_at};
pub(super) use json_type::{JsonType, own_types};
pub(super) use model::{Additional, Alternatives, Discriminator, Facts};
pub(super) use part::{Part, View};
pub(super) use types_and_values::report_excluded;
pub(super) use without_effect::report_of_other_types;
