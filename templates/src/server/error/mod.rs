//! Errors before and inside of operations.

mod failure;
mod operation_error;
mod rejection;

pub use failure::{Failure, log_internal_error, not_implemented};
pub use rejection::Rejection;

/// A boxed error of any kind.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
