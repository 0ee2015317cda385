//! The macro of documented errors.

/// Implements the errors of an operation from a table:
///
/// ```text
/// operation_error!(Type {
///     code 409 => Conflict raw;
///     code 400 => BadRequest json "media/type";
///     code 404 => NotFound text "media/type";
///     default 0 => Default xml "media/type" ELEMENT;
///     code 422 => UnprocessableContent by function;
/// });
/// ```
///
/// `raw` variants hold a problem, all others a body, preceded by the status unless the variant has only one. A `function` takes the
/// status and the body. The variants `Internal` and `Other` always exist.
#[macro_export]
macro_rules! operation_error {
    ($name:ident { $($kind:ident $status:literal => $variant:ident $how:ident $($function:ident)? $($media:literal $($element:ident)?)?;)* }) => {
        impl $name {
            /// Sets the detail of the problem, if the variant holds one.
            #[must_use]
            pub fn with_detail(self, detail: impl Into<String>) -> Self {
                self.map_problem(|problem| problem.with_detail(detail))
            }

            /// Adds the mistakes of the request to the problem, if the variant holds one.
            #[must_use]
            #[inline]
            pub fn with_errors(self, errors: Vec<$crate::models::Violation>) -> Self {
                self.map_problem(|problem| problem.with_errors(errors))
            }

            fn map_problem(self, change: impl FnOnce($crate::models::Problem) -> $crate::models::Problem) -> Self {
                let _ = &change;
                match self {
                    $($crate::operation_error!(@problem $variant, body, $how) => {
                        $crate::operation_error!(@change $variant, body, change, $how)
                    })*
                    other => other,
                }
            }

            #[inline]
            pub(crate) fn into_failure(self) -> Result<$crate::axum::response::Response, $crate::server::Failure> {
                match self {
                    $($crate::operation_error!(@pattern $variant, status, body, $kind $how) => {
                        $crate::operation_error!(@respond status, $status, body, $kind $how $($function)? $($media $($element)?)?)
                    })*
                    Self::Internal(error) => Err($crate::server::Failure::Internal(error)),
                    Self::Other(response) => Ok(*response),
                }
            }
        }

        /// Any other error becomes `Internal`, so that `?` can be used; a `Problem` is sent as it is.
        impl<E: Into<$crate::server::BoxError>> From<E> for $name {
            #[inline]
            fn from(error: E) -> Self {
                match error.into().downcast::<$crate::models::Problem>() {
                    Ok(problem) => Self::Other(Box::new($crate::server::problem(&problem))),
                    Err(error) => Self::Internal(error),
                }
            }
        }
    };
    (@problem $variant:ident, $body:ident, raw) => { Self::$variant($body) };
    (@problem $variant:ident, $body:ident, $how:ident) => { $body @ Self::$variant(..) };
    (@change $variant:ident, $body:ident, $change:ident, raw) => { Self::$variant($change($body)) };
    (@change $variant:ident, $body:ident, $change:ident, $how:ident) => { $body };
    (@pattern $variant:ident, $got:ident, $body:ident, $kind:ident raw) => { Self::$variant($body) };
    (@pattern $variant:ident, $got:ident, $body:ident, code $how:ident) => { Self::$variant($body) };
    (@pattern $variant:ident, $got:ident, $body:ident, $kind:ident $how:ident) => { Self::$variant($got, $body) };
    (@respond $got:ident, $status:literal, $body:ident, code raw) => {{
        let mut problem = $body;
        problem.status = Some($status);
        Ok($crate::server::problem(&problem))
    }};
    (@respond $got:ident, $status:literal, $body:ident, $kind:ident raw) => { Ok($crate::server::problem(&$body)) };
    (@respond $got:ident, $status:literal, $body:ident, code by $function:ident) => { $function($status, $body) };
    (@respond $got:ident, $status:literal, $body:ident, $kind:ident by $function:ident) => {
        $function($got.as_u16(), $body)
    };
    (@respond $got:ident, $status:literal, $body:ident, code json $media:literal) => {
        $crate::server::json($status, $media, &$body)
    };
    (@respond $got:ident, $status:literal, $body:ident, $kind:ident json $media:literal) => {
        $crate::server::json($got.as_u16(), $media, &$body)
    };
    (@respond $got:ident, $status:literal, $body:ident, code text $media:literal) => {
        $crate::server::text_of($status, $media, &$body)
    };
    (@respond $got:ident, $status:literal, $body:ident, $kind:ident text $media:literal) => {
        $crate::server::text_of($got.as_u16(), $media, &$body)
    };
    (@respond $got:ident, $status:literal, $body:ident, code xml $media:literal $element:ident) => {
        $crate::server::xml($status, $media, &models::elements::$element, &$body)
    };
    (@respond $got:ident, $status:literal, $body:ident, $kind:ident xml $media:literal $element:ident) => {
        $crate::server::xml($got.as_u16(), $media, &models::elements::$element, &$body)
    };
}
