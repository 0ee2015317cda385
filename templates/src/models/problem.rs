//! Problem details (RFC 9457), in which servers describe errors.

use std::collections::BTreeMap;
use std::fmt;

use crate::object;

/// Problem details (RFC 9457), the body of `application/problem+json`.
#[derive(Clone, Default)]
pub struct Problem {
    /// A URI that identifies the problem type; absent means `about:blank`.
    pub kind: Option<String>,
    /// A short summary of the problem type.
    pub title: Option<String>,
    /// The HTTP status code.
    pub status: Option<u16>,
    /// An explanation of this occurrence.
    pub detail: Option<String>,
    /// A URI that identifies this occurrence.
    pub instance: Option<String>,
    /// The violations of a request, an extension member.
    pub errors: Option<Vec<Violation>>,
    /// All other extension members.
    pub extensions: BTreeMap<String, serde_json::Value>,
}

object!(Problem {
    kind: "type", optional;
    title: "title", optional;
    status: "status", optional;
    detail: "detail", optional;
    instance: "instance", optional;
    errors: "errors", optional;
    ..extensions;
});

impl Problem {
    /// Creates the problem of a status, titled with its reason phrase (RFC 9457 §4.2.1).
    pub fn of(status: u16) -> Self {
        Self { title: Some(reason(status).to_owned()), status: Some(status), ..Self::default() }
    }

    /// Sets the explanation of this occurrence.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Sets the violations of the request.
    #[must_use]
    pub fn with_errors(mut self, errors: Vec<Violation>) -> Self {
        self.errors = Some(errors);
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = self.title.as_deref().unwrap_or("problem");
        match &self.detail {
            Some(detail) => write!(f, "{title}: {detail}"),
            None => f.write_str(title),
        }
    }
}

impl std::error::Error for Problem {}

/// A violation of the document in a request.
#[derive(Clone, Eq)]
pub struct Violation {
    /// Where it is: a JSON pointer into the body (`#/email`), `?name` for a query parameter, `{name}` for a path
    /// parameter, `header:name` or `cookie:name`.
    pub location: String,
    /// What is wrong.
    pub detail: String,
}

object!(Violation {
    location: "location", required;
    detail: "detail", required;
});

impl Violation {
    /// Creates a violation at a location. Texts of more than a thousand characters are cut.
    pub fn new(location: impl fmt::Display, detail: impl fmt::Display) -> Self {
        Self { location: shortened(location), detail: shortened(detail) }
    }
}

/// The greatest length of a text of a violation, in bytes.
const LONGEST: usize = 1_000;

/// Writes a text, but no more of it than [`LONGEST`].
fn shortened(text: impl fmt::Display) -> String {
    struct Short(String);
    impl fmt::Write for Short {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            let room = LONGEST.saturating_sub(self.0.len());
            if text.len() <= room {
                self.0.push_str(text);
                return Ok(());
            }
            let end = (0..=room).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
            self.0.push_str(text.get(..end).unwrap_or_default());
            self.0.push_str(" ...");
            Err(fmt::Error) // no more is written
        }
    }
    let mut short = Short(String::new());
    let _ = fmt::Write::write_fmt(&mut short, format_args!("{text}"));
    short.0
}

/// Returns the reason phrase of a status (RFC 9110 §15).
fn reason(status: u16) -> &'static str {
    match status {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        422 => "Unprocessable Content",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "Error",
    }
}
