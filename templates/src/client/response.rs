//! Responses.

use std::borrow::Cow;
use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::error::DecodeError;
use super::message;
use crate::models::from_json;
use crate::models::params::{Params, Reader, text};
use crate::models::problem::Problem;

/// A successful response with its status and headers.
#[derive(Clone, Debug)]
pub struct Response<T, H = ()> {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The headers that the document describes; optional ones that are missing or malformed are `None`.
    pub typed: H,
    /// The body.
    pub body: T,
}

/// A response whose body has not been decoded. `Debug` prints the beginning of the body.
#[derive(Clone)]
pub struct RawResponse {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

/// How many characters of a body messages show.
const BEGINNING: usize = 200;

impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("RawResponse");
        out.field("status", &self.status.as_u16()).field("body", &self.beginning());
        if self.body.len() > BEGINNING {
            out.field("bytes", &self.body.len());
        }
        out.finish_non_exhaustive()
    }
}

/// Reads the headers that the document describes.
///
/// Fails if a required one is missing or malformed.
pub fn typed_headers<H: Params>(headers: &HeaderMap) -> Result<H, DecodeError> {
    let headers =
        headers.iter().filter_map(|(name, value)| Some((name.as_str(), std::str::from_utf8(value.as_bytes()).ok()?)));
    let mut violations = Vec::new();
    H::read(&Reader::new("", headers), &mut violations).ok_or_else(|| {
        let violation = violations.into_iter().next();
        let (location, detail) = violation.map(|violation| (violation.location, violation.detail)).unwrap_or_default();
        DecodeError::new(location, detail)
    })
}

impl RawResponse {
    /// Returns the body as text; invalid UTF-8 is replaced.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    /// Decodes the body as JSON.
    ///
    /// Fails if it is not JSON of this type.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        from_json(&self.body)
    }

    /// Returns the problem details (RFC 9457), if the response is `application/problem+json`.
    pub fn problem(&self) -> Option<Problem> {
        let media_type = self.headers.get(http::header::CONTENT_TYPE)?.to_str().ok()?;
        if media_type.starts_with("application/problem+json") { self.json().ok() } else { None }
    }

    /// Returns the message of the server, as far as one can be found: `message`, `error`, `detail`, `title` or
    /// `error_description` of a JSON body, also inside `error` or the first of `errors`; otherwise the beginning of the body.
    pub fn message(&self) -> Option<String> {
        if let Some(message) = self.json().ok().as_ref().and_then(message::find) {
            return Some(message);
        }
        let beginning = self.beginning();
        match self.other_media_type() {
            _ if beginning.is_empty() => None,
            Some(media_type) if !media_type.starts_with("text/plain") => Some(format!("`{media_type}`: {beginning}")),
            _ => Some(beginning),
        }
    }

    /// Returns the media type, if it is one that neither JSON nor XML is sent as.
    pub(super) fn other_media_type(&self) -> Option<&str> {
        let media_type = self.headers.get(http::header::CONTENT_TYPE)?.to_str().ok()?;
        let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let is_data = ["json", "xml"].iter().any(|format| essence.ends_with(format));
        (!is_data || essence == "application/xhtml+xml").then_some(media_type)
    }

    /// Returns the first 200 characters of the body, in one line.
    pub(super) fn beginning(&self) -> String {
        let start = self.body.get(..BEGINNING * 8).unwrap_or(&self.body);
        message::beginning(&String::from_utf8_lossy(start))
    }

    /// Returns how long the server asks the client to wait (`Retry-After`, RFC 9110 §10.2.3).
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(&self.headers)
    }

    /// Creates an error from the decoded body, or from the response if it cannot be decoded.
    pub fn failure<T, X, E>(
        self,
        decode: fn(&Self) -> Result<T, X>,
        failure: fn(T) -> E,
        unexpected: fn(Self) -> E,
    ) -> E {
        match decode(&self) {
            Ok(body) => failure(body),
            Err(_) => unexpected(self),
        }
    }

    /// Creates an error from the status and the decoded body, or from the response if it cannot be decoded.
    pub fn failure_of_status<T, X, E>(
        self,
        decode: fn(&Self) -> Result<T, X>,
        failure: fn(StatusCode, T) -> E,
        unexpected: fn(Self) -> E,
    ) -> E {
        match decode(&self) {
            Ok(body) => failure(self.status, body),
            Err(_) => unexpected(self),
        }
    }

    /// Decodes the body as JSON.
    ///
    /// Fails if it is not JSON of this type; the error contains the location in the body.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        // Tracking the location of an error costs time, so only a body that cannot be read is read again for it.
        if let Ok(value) = from_json(&self.body) {
            return Ok(value);
        }
        let mut deserializer = serde_json::Deserializer::from_slice(&self.body);
        let value = serde_path_to_error::deserialize(&mut deserializer)
            .map_err(|error| DecodeError::new(error.path().to_string(), error.into_inner().to_string()))?;
        match deserializer.end() {
            Ok(()) => Ok(value),
            Err(error) => Err(DecodeError::new(".".to_owned(), error.to_string())),
        }
    }

    /// Decodes the body as text that is one value.
    ///
    /// Fails if it is not a value of this type.
    pub fn decode_text<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        text::read(self.text().into_owned()).map_err(|error| DecodeError::new(".".to_owned(), error.to_string()))
    }
}

/// Reads `Retry-After` in seconds or as a date.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(http::header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = http_date(text)?;
    Some(date.duration_since(SystemTime::now()).unwrap_or(Duration::ZERO))
}

/// Reads a date such as `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7).
fn http_date(text: &str) -> Option<SystemTime> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let mut words = text.split(' ').skip(1);
    let day: u64 = words.next()?.parse().ok().filter(|day| (1..=31).contains(day))?;
    let name = words.next()?;
    let month = MONTHS.iter().position(|month| *month == name)? as u64 + 1;
    let year: u64 = words.next()?.parse().ok().filter(|year| (1970..10_000).contains(year))?;
    let mut clock = words.next()?.split(':').map(str::parse::<u64>);
    let mut below = |limit| clock.next()?.ok().filter(|value| *value < limit);
    // A minute can have a leap second.
    let (hour, minute, second) = (below(24)?, below(60)?, below(61)?);
    // Days since 1970-01-01 in the proleptic Gregorian calendar, counted in years that start in March.
    let (y, m) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = (365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day).checked_sub(719_469)?;
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(days * 86_400 + hour * 3600 + minute * 60 + second))
}
