//! Where the API is served.

use super::super::change::{At, Level, Surface};
use super::super::kind::ChangeKind;
use super::walk::Walk;
use crate::diag::Pointer;

/// Compares the first servers: clients send to them unless they are told otherwise, and servers are below their paths.
pub(super) fn compare(walk: &mut Walk<'_>) {
    let (old, new) = (walk.old.api.servers.first(), walk.new.api.servers.first());
    let url =
        |server: Option<&crate::ir::Server>| server.map_or_else(|| "/".to_owned(), crate::ir::Server::default_url);
    let (before, after) = (url(old), url(new));
    if before == after {
        return;
    }
    let at = At::new(&new.map_or_else(Pointer::default, |server| server.at.clone()));
    let message = format!("calls go to `{after}` by default, and went to `{before}`");
    let (symbol, kind) = ("client::DEFAULT_BASE_URL", ChangeKind::ServerChanged);
    walk.sink.add((Level::Minor, kind), &[Surface::Client], symbol, at.clone(), message);
    let (before, after) = (path(&before).to_owned(), path(&after).to_owned());
    if before != after {
        let message = format!("all paths are below `{after}`, and were below `{before}`");
        walk.sink.add((Level::Major, kind), &[Surface::Wire], "server::BASE_PATH", at, message);
    }
}

/// The path of a URL, without a `/` at its end.
fn path(url: &str) -> &str {
    let rest =
        url.split_once("://").map_or(url, |(_, rest)| rest.find('/').map_or("", |at| rest.get(at..).unwrap_or("")));
    rest.trim_end_matches('/')
}
