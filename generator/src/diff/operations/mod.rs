//! Operations: their methods in the client, their handlers in the server, and the types that belong to them.

mod errors;
mod method;
mod pairs;
mod signature;
mod types;

use super::change::{At, Level, Sink, Surface};
use super::docs;
use super::kind::ChangeKind;
use super::view::View;
use crate::ir::{Direction, OpId, Operation};
pub(super) use pairs::{Pair, Pairs, pairs};

/// Compares the operations of two versions.
pub(super) fn compare(sink: &mut Sink, old: &View<'_>, new: &View<'_>, pairs: &Pairs) {
    for pair in &pairs.kept {
        compare_pair(sink, old, new, *pair);
    }
    for op in &pairs.added {
        added(sink, old, new, *op);
    }
    for op in &pairs.removed {
        let operation = old.api.operation(*op);
        let surfaces = [Surface::Models, Surface::Client, Surface::Server, Surface::Wire];
        let message = format!("the operation `{}` is gone", route(operation));
        let (symbol, at) = (call(old, *op), At::old(&operation.at));
        sink.add((Level::Major, ChangeKind::OperationRemoved), &surfaces, &symbol, at, message);
    }
}

fn added(sink: &mut Sink, old: &View<'_>, new: &View<'_>, op: OpId) {
    let operation = new.api.operation(op);
    let at = At::new(&operation.at);
    let surfaces = [Surface::Models, Surface::Client, Surface::Wire];
    let message = format!("new operation `{}`", route(operation));
    sink.add((Level::Minor, ChangeKind::OperationAdded), &surfaces, &call(new, op), at.clone(), message);
    let (level, message) = if has_trait(old, new, op) {
        (Level::Major, "new method of the trait: servers have to implement it")
    } else {
        (Level::Minor, "method of a new trait, which those who listen implement")
    };
    sink.add((level, ChangeKind::HandlerAdded), &[Surface::Server], &handler(new, op), at, message);
}

/// Whether implementations have to have the trait of a new operation: every server has the traits of all calls, and those who listen
/// to webhooks or callbacks have the trait that there was.
fn has_trait(old: &View<'_>, new: &View<'_>, op: OpId) -> bool {
    let name = |view: &View<'_>, group: usize| view.names.group(group).api.to_string();
    let wanted = new.group(op).map(|group| name(new, group));
    let mut known = (0..old.api.groups.len()).map(|group| Some(name(old, group)));
    new.api.operation(op).is_call() || known.any(|known| known == wanted)
}

fn compare_pair(sink: &mut Sink, old: &View<'_>, new: &View<'_>, pair: Pair) {
    let (before, after) = (old.api.operation(pair.old), new.api.operation(pair.new));
    let (symbol, at) = (call(new, pair.new), At::new(&after.at));
    let surfaces = [Surface::Client, Surface::Server];
    docs::compare(sink, &surfaces, &symbol, at.clone(), &before.docs, &after.docs);
    moved(sink, new, pair, (before, after), &at);
    named(sink, old, new, pair, &at);
    method::compare(sink, old, new, pair);
    errors::compare(sink, old, new, pair);
    types::compare(sink, old, new, pair);
}

/// Reports another method, path or URL. The URLs of webhooks and callbacks are given by those who listen: only routers of servers that do
/// have paths made of their names.
fn moved(sink: &mut Sink, new: &View<'_>, pair: Pair, (before, after): (&Operation, &Operation), at: &At) {
    let has_moved = before.path.shape() != after.path.shape();
    let changed = |before: &str, after: &str| format!("it is `{after}`, and was `{before}`");
    let is_sent_differently = before.method != after.method || (has_moved && after.is_call());
    if is_sent_differently {
        let message = if after.is_call() {
            changed(&route(before), &route(after))
        } else {
            changed(&before.method.0, &after.method.0)
        };
        let symbol = call(new, pair.new);
        sink.add((Level::Major, ChangeKind::OperationMoved), &[Surface::Wire], &symbol, at.clone(), message);
    }
    if let (Some(before), Some(after)) = (&before.expression, &after.expression)
        && before != after
    {
        let message = format!("it is sent to `{after}`, and was sent to `{before}`");
        let symbol = call(new, pair.new);
        sink.add((Level::Major, ChangeKind::OperationMoved), &[Surface::Wire], &symbol, at.clone(), message);
    }
    if has_moved && !after.is_call() {
        let message = format!("routers serve it at `{}`, and did at `{}`", after.path.text, before.path.text);
        let symbol = handler(new, pair.new);
        sink.add((Level::Major, ChangeKind::OperationMoved), &[Surface::Server], &symbol, at.clone(), message);
    }
}

/// Reports that an operation is called something else, or is in another group.
fn named(sink: &mut Sink, old: &View<'_>, new: &View<'_>, pair: Pair, at: &At) {
    let (before, after) = (call(old, pair.old), call(new, pair.new));
    let name = |view: &View<'_>, op| view.names.operation(op).prefix.to_string();
    if name(old, pair.old) != name(new, pair.new) {
        let message = format!("it was called `{before}`");
        sink.add((Level::Major, ChangeKind::MethodRenamed), &Surface::CRATES, &after, at.clone(), message);
    } else if before != after {
        let message = format!("it is in another group, and was `{before}`");
        let surfaces = [Surface::Client, Surface::Server];
        sink.add((Level::Major, ChangeKind::MethodMoved), &surfaces, &after, at.clone(), message);
    }
}

/// An operation as a call of the client: `client.users().create`.
pub(super) fn call(view: &View<'_>, op: OpId) -> String {
    let method = &view.names.operation(op).method;
    match view.group(op).filter(|group| !view.api.is_untagged(*group)) {
        Some(group) => format!("client.{}().{method}", view.names.group(group).module),
        None => format!("client.{method}"),
    }
}

/// An operation as a method of a server's trait: `UsersApi::create`.
pub(super) fn handler(view: &View<'_>, op: OpId) -> String {
    let method = &view.names.operation(op).method;
    match view.group(op) {
        Some(group) => format!("{}::{method}", view.names.group(group).api),
        None => method.to_string(),
    }
}

/// An operation as in HTTP: `POST /users`.
pub(super) fn route(operation: &Operation) -> String {
    match operation.direction {
        Direction::Call => format!("{} {}", operation.method.0, operation.path.text),
        Direction::Webhook => format!("webhook {}", operation.id),
        Direction::Callback => format!("callback {}", operation.id),
    }
}
