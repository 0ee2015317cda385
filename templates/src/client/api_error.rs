//! The documented errors of an operation, chosen by the status, from one table per operation.

use std::fmt;

use http::StatusCode;

use super::response::RawResponse;

/// The documented errors of an operation.
pub trait ApiError: fmt::Debug + fmt::Display + Send + Sync + 'static {
    /// Reads the error from a response; the status decides which one it is.
    #[doc(hidden)]
    fn from_response(raw: RawResponse) -> Self;

    /// Returns what is known of the response.
    #[doc(hidden)]
    fn response(&self) -> ErrorResponse<'_>;

    /// Returns the status of the response.
    fn status(&self) -> StatusCode {
        match self.response() {
            ErrorResponse::Code(status) => StatusCode::from_u16(status).unwrap_or_default(),
            ErrorResponse::Status(status) => *status,
            ErrorResponse::Raw(raw) => raw.status,
        }
    }

    /// Returns the response if its body was not decoded.
    fn raw(&self) -> Option<&RawResponse> {
        if let ErrorResponse::Raw(raw) = self.response() { Some(raw) } else { None }
    }

    /// Returns the message of the server, as far as the client can find one; see [`RawResponse::message`].
    fn message(&self) -> Option<String>;
}

/// What an error keeps of the response.
#[derive(Clone, Copy, Debug)]
pub enum ErrorResponse<'e> {
    /// Its status.
    Code(u16),
    /// Its status.
    Status(&'e StatusCode),
    /// All of it, not decoded.
    Raw(&'e RawResponse),
}

/// Writes the status of an error and the message of the server.
pub fn display_failure(error: &impl ApiError, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    fmt::Display::fmt(&error.status(), f)?;
    match error.message() {
        Some(message) => write!(f, ": {message}"),
        None => Ok(()),
    }
}

/// Implements [`ApiError`](crate::client::ApiError) for an enum from a table:
///
/// ```text
/// api_error!(Type {
///     code 404 => NotFound raw;
///     code 400 => BadRequest json;
///     code 410 => Gone text;
///     class 400..=499 => ClientError xml ELEMENT;
///     code 422 => UnprocessableContent by function;
///     code 409 => Conflict by_with_headers function;
///     code 429 => TooManyRequests raw_with_headers function;
/// });
/// ```
///
/// `raw` variants hold the response; all others its decoded body, preceded by the status unless the variant has only one. A
/// `function` decodes the response, with its headers if the name says so; that of `raw_with_headers` reads only the headers. Other
/// statuses, and responses that cannot be decoded, become `Unexpected`.
#[macro_export]
macro_rules! api_error {
    ($name:ident {
        $($kind:ident $status:literal $(..= $last:literal)? => $variant:ident $how:ident $($element:ident)?;)*
    }) => {
        impl $crate::client::ApiError for $name {
            #[inline]
            fn from_response(raw: $crate::client::RawResponse) -> Self {
                match raw.status.as_u16() {
                    $($status $(..= $last)? => $crate::api_error!(@read raw, $variant, $kind $how $($element)?),)*
                    _ => Self::Unexpected(raw),
                }
            }

            #[inline]
            fn response(&self) -> $crate::client::ErrorResponse<'_> {
                match self {
                    $($crate::api_error!(@pattern $variant, held, $kind $how) => {
                        $crate::api_error!(@response held, $status, $kind $how)
                    })*
                    Self::Unexpected(raw) => $crate::client::ErrorResponse::Raw(raw),
                }
            }

            #[inline]
            fn message(&self) -> Option<String> {
                match self {
                    $($crate::api_error!(@body $variant, held, $kind $how) => $crate::api_error!(@message held, $how),)*
                    Self::Unexpected(raw) => raw.message(),
                }
            }
        }

        impl std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::client::display_failure(self, f)
            }
        }

        impl std::error::Error for $name {}
    };
    (@decode by $function:ident) => { $function };
    (@decode by_with_headers $function:ident) => { $function };
    (@decode raw_with_headers $function:ident) => { $function };
    (@decode json) => { $crate::client::RawResponse::json };
    (@decode text) => { $crate::client::RawResponse::decode_text };
    (@decode xml $element:ident) => { |raw| raw.decode_xml(&models::elements::$element) };
    (@read $raw:ident, $variant:ident, $kind:ident raw) => { Self::$variant($raw) };
    (@read $raw:ident, $variant:ident, code $how:ident $($element:ident)?) => {
        $raw.failure($crate::api_error!(@decode $how $($element)?), Self::$variant, Self::Unexpected)
    };
    (@read $raw:ident, $variant:ident, $kind:ident $how:ident $($element:ident)?) => {
        $raw.failure_of_status($crate::api_error!(@decode $how $($element)?), Self::$variant, Self::Unexpected)
    };
    (@pattern $variant:ident, $held:ident, $kind:ident raw) => { Self::$variant($held) };
    (@pattern $variant:ident, $held:ident, $kind:ident raw_with_headers) => { Self::$variant(.., $held) };
    (@pattern $variant:ident, $held:ident, code $how:ident) => { Self::$variant(_) };
    (@pattern $variant:ident, $held:ident, $kind:ident $how:ident) => { Self::$variant($held, _) };
    (@body $variant:ident, $held:ident, $kind:ident raw) => { Self::$variant($held) };
    (@body $variant:ident, $held:ident, $kind:ident raw_with_headers) => { Self::$variant(.., $held) };
    (@body $variant:ident, $held:ident, $kind:ident by) => { Self::$variant(..) };
    (@body $variant:ident, $held:ident, $kind:ident $how:ident) => { Self::$variant(.., $held) };
    (@message $held:ident, raw) => { $held.message() };
    (@message $held:ident, raw_with_headers) => { $held.body.message() };
    (@message $held:ident, by) => { None };
    (@message $held:ident, by_with_headers) => { $crate::client::message_of(&$held.body) };
    (@message $held:ident, $how:ident) => { $crate::client::message_of($held) };
    (@response $held:ident, $status:literal, $kind:ident raw) => { $crate::client::ErrorResponse::Raw($held) };
    (@response $held:ident, $status:literal, $kind:ident raw_with_headers) => {
        $crate::client::ErrorResponse::Raw(&$held.body)
    };
    (@response $held:ident, $status:literal, code $how:ident) => { $crate::client::ErrorResponse::Code($status) };
    (@response $held:ident, $status:literal, $kind:ident $how:ident) => { $crate::client::ErrorResponse::Status($held) };
}
