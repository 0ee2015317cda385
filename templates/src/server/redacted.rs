//! Requests as they are printed: without what could be a secret.
//!
//! The server does not know which headers and parameters are secrets, because layers and proxies have some of their own.
//! So only those that are known to be harmless are printed.

use std::fmt;

use http::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, DATE, EXPECT, HOST,
    HeaderName, IF_MATCH, IF_NONE_MATCH, RANGE, TRANSFER_ENCODING, USER_AGENT,
};
use http::{HeaderMap, Uri};

/// The headers whose values are printed.
const HARMLESS: &[HeaderName] = &[
    ACCEPT,
    ACCEPT_ENCODING,
    ACCEPT_LANGUAGE,
    CONTENT_ENCODING,
    CONTENT_LENGTH,
    CONTENT_TYPE,
    DATE,
    EXPECT,
    HOST,
    IF_MATCH,
    IF_NONE_MATCH,
    RANGE,
    TRANSFER_ENCODING,
    USER_AGENT,
];

/// Headers; `Debug` prints the values of harmless ones.
pub(super) struct Headers<'r>(pub &'r HeaderMap);

impl fmt::Debug for Headers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_map();
        for (name, value) in self.0 {
            if HARMLESS.contains(name) && !value.is_sensitive() {
                out.entry(&name.as_str(), value);
            } else {
                out.entry(&name.as_str(), &Redacted);
            }
        }
        out.finish()
    }
}

/// The path and the names of the query parameters of a URI; `Debug` prints no value.
pub(super) struct Target<'r>(pub &'r Uri);

impl fmt::Debug for Target<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.path())?;
        let pairs = self.0.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
        for (index, pair) in pairs.enumerate() {
            f.write_str(if index == 0 { "?" } else { "&" })?;
            // A pair without `=` may be a value.
            match pair.split_once('=') {
                Some((name, _)) => write!(f, "{name}=[redacted]")?,
                None => f.write_str("[redacted]")?,
            }
        }
        Ok(())
    }
}

struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}
