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
        added(sink, new, *op);
    }
    for op in &pairs.removed {
        let operation = old.api.operation(*op);
        let surfaces = [Surface::Models, Surface::Client, Surface::Server, Surface::Wire];
        let message = format!("the operation `{}` is gone", route(operation));
        let (symbol, at) = (call(old, *op), At::old(&operation.at));
        sink.add((Level::Major, ChangeKind::OperationRemoved), &surfaces, &symbol, at, message);
    }
}

fn added(sink: &mut Sink, new: &View<'_>, op: OpId) {
    let operation = new.api.operation(op);
    let at = At::new(&operation.at);
    let surfaces = [Surface::Models, Surface::Client, Surface::Wire];
    let message = format!("new operation `{}`", route(operation));
    sink.add((Level::Minor, ChangeKind::OperationAdded), &surfaces, &call(new, op), at.clone(), message);
    if operation.is_call() {
        let message = "new method of the trait: servers have to implement it";
        sink.add((Level::Major, ChangeKind::HandlerAdded), &[Surface::Server], &handler(new, op), at, message);
    }
}

fn compare_pair(sink: &mut Sink, old: &View<'_>, new: &View<'_>, pair: Pair) {
    let (before, after) = (old.api.operation(pair.old), new.api.operation(pair.new));
    let (symbol, at) = (call(new, pair.new), At::new(&after.at));
    let surfaces = [Surface::Client, Surface::Server];
    docs::compare(sink, &surfaces, &symbol, at.clone(), &before.docs, &after.docs);
    if route(before) != route(after) && (before.method != after.method || before.path.shape() != after.path.shape()) {
        let message = format!("it is `{}`, and was `{}`", route(after), route(before));
        sink.add((Level::Major, ChangeKind::OperationMoved), &[Surface::Wire], &symbol, at.clone(), message);
    }
    if before.server != after.server {
        let message = "its requests go to another server";
        sink.add((Level::Minor, ChangeKind::ServerChanged), &[Surface::Wire], &symbol, at.clone(), message);
    }
    named(sink, old, new, pair, &at);
    method::compare(sink, old, new, pair);
    errors::compare(sink, old, new, pair);
    types::compare(sink, old, new, pair);
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
