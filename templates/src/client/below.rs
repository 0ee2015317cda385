//! URLs that a server names, and whether the API contains them.

use url::Url;

use crate::models::params;

/// Returns whether the path of a URL is the base path or below it, also for servers that decode `%2F` and `%2E` before they
/// resolve `..`.
pub(super) fn is_below(url: &Url, base: &Url) -> bool {
    let base = base.path().trim_end_matches('/');
    let below = url.path().strip_prefix(base).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    below && !climbs(&params::unescape(&params::unescape(url.path())))
}

fn climbs(path: &str) -> bool {
    path.split(['/', '\\']).any(|segment| segment == "..")
}
