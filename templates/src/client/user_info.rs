//! User names and passwords in URLs (RFC 3986 §3.2.1).

use std::borrow::Cow;

use url::Url;

use crate::models::Base64;
use crate::models::params;

/// Takes the user name and password out of a URL; returns the value of `Authorization` that stands for them (RFC 7617).
pub(super) fn take(url: &mut Url) -> Option<String> {
    if url.username().is_empty() && url.password().is_none() {
        return None;
    }
    let (user, password) = (params::unescape(url.username()), params::unescape(url.password().unwrap_or_default()));
    let _ = url.set_password(None);
    let _ = url.set_username("");
    let credential = Base64::from(format!("{user}:{password}").as_bytes()).encode();
    Some(format!("Basic {credential}"))
}

/// Returns a URL, which can be invalid, without what could be a user name and password.
pub(super) fn hidden(url: &str) -> Cow<'_, str> {
    let start = url.find("//").map_or(0, |slashes| slashes + 2);
    // The path is searched as well, because the text may be invalid in any way.
    match url.rfind('@').filter(|at| *at >= start).and_then(|at| Some((url.get(..start)?, url.get(at..)?))) {
        Some((before, after)) => Cow::Owned(format!("{before}[redacted]{after}")),
        None => Cow::Borrowed(url),
    }
}
