//! What the setters of properties that can be absent, `null` or a value take.

use super::Patch;

/// A value of a property, anything that converts into it, an `Option` of it, or a [`Patch`].
///
/// `How` says which of these it is. It is never written: the compiler finds it.
///
/// ```
/// use crategen_runtime::models::{IntoPatch, Patch};
///
/// fn title<How>(title: impl IntoPatch<String, How>) -> Patch<String> {
///     title.into_patch()
/// }
/// assert_eq!(title("It is broken"), Patch::Value("It is broken".to_owned()));
/// assert_eq!(title(Some("It is broken".to_owned())), Patch::Value("It is broken".to_owned()));
/// assert_eq!(title(None), Patch::Absent);
/// assert_eq!(title(Patch::Null), Patch::Null);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a value of this property, which is a `{T}`",
    label = "expected a `{T}`, a type that converts into it, or `Patch::Null`"
)]
pub trait IntoPatch<T, How> {
    /// Returns the patch.
    fn into_patch(self) -> Patch<T>;
}

/// How a value becomes a [`Patch`]: it converts into the type of the property.
#[derive(Debug)]
pub enum Converted {}

/// How a value becomes a [`Patch`]: `None` is absent.
#[derive(Debug)]
pub enum Optional {}

/// How a value becomes a [`Patch`]: it is one.
#[derive(Debug)]
pub enum Whole {}

impl<T, V: Into<T>> IntoPatch<T, Converted> for V {
    fn into_patch(self) -> Patch<T> {
        Patch::Value(self.into())
    }
}

impl<T> IntoPatch<T, Optional> for Option<T> {
    fn into_patch(self) -> Patch<T> {
        self.into()
    }
}

impl<T> IntoPatch<T, Whole> for Patch<T> {
    fn into_patch(self) -> Patch<T> {
        self
    }
}
