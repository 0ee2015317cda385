//! Where the API is served.

use super::super::change::{At, Level, Surface};
use super::super::kind::ChangeKind;
use super::super::operations::{Pair, Pairs, call};
use super::super::view::View;
use super::walk::Walk;
use crate::diag::Pointer;
use crate::ir::{OpId, Server};

/// Compares the URLs that calls go to: that of the first server, which servers are below the path of, and those of operations with
/// servers of their own. That the same API is on another host is a matter of settings, and changes no message.
pub(super) fn compare(walk: &mut Walk<'_>, pairs: &Pairs) {
    let at = walk.new.api.servers.first().map_or_else(Pointer::default, |server| server.at.clone());
    let symbols = ["client::DEFAULT_BASE_URL", "server::BASE_PATH"];
    moved(walk, symbols, &at, [&url(&walk.old), &url(&walk.new)]);
    for pair in &pairs.kept {
        operation(walk, *pair);
    }
}

/// The URL of the first server.
fn url(view: &View<'_>) -> String {
    view.api.servers.first().map_or_else(|| "/".to_owned(), Server::default_url)
}

fn operation(walk: &mut Walk<'_>, pair: Pair) {
    let own = |view: &View<'_>, op: OpId| view.api.operation(op).server.clone();
    let (before, after) = (own(&walk.old, pair.old), own(&walk.new, pair.new));
    // The first server is compared once.
    if before == after {
        return;
    }
    let (before, after) = (before.unwrap_or_else(|| url(&walk.old)), after.unwrap_or_else(|| url(&walk.new)));
    let (symbol, at) = (call(&walk.new, pair.new), walk.new.api.operation(pair.new).at.clone());
    moved(walk, [&symbol, &symbol], &at, [&before, &after]);
}

/// Reports another URL. The symbols are those of the client and of the wire.
fn moved(walk: &mut Walk<'_>, [client, wire]: [&str; 2], at: &Pointer, [before, after]: [&str; 2]) {
    if before.trim_end_matches('/') == after.trim_end_matches('/') {
        return;
    }
    let (kind, at) = (ChangeKind::ServerChanged, At::new(at));
    let message = format!("calls go to `{after}` by default, and went to `{before}`");
    walk.sink.add((Level::Minor, kind), &[Surface::Client], client, at.clone(), message);
    let (before, after) = (path(before), path(after));
    if before != after {
        let shown = |path: &str| if path.is_empty() { "/".to_owned() } else { path.to_owned() };
        let message = format!("it is below `{}`, and was below `{}`", shown(after), shown(before));
        walk.sink.add((Level::Major, kind), &[Surface::Wire], wire, at, message);
    }
}

/// The path of a URL, without a `/` at its end.
fn path(url: &str) -> &str {
    let rest =
        url.split_once("://").map_or(url, |(_, rest)| rest.find('/').map_or("", |at| rest.get(at..).unwrap_or("")));
    rest.trim_end_matches('/')
}
