//! The method of an operation in the client, and its handler in the server.

use super::super::change::{At, Level, Sink, Surface};
use super::super::kind::ChangeKind;
use super::super::members::{self, Arguments, Member, Members, Owner, signature};
use super::super::view::View;
use super::signature::{Side, client_arguments, events, output, server_arguments, server_output, setters};
use super::{Pair, call, handler};
use crate::ir::OpId;

const SETTERS: Members = Members {
    noun: "setter",
    added: ChangeKind::SetterAdded,
    removed: ChangeKind::SetterRemoved,
    changed: ChangeKind::SetterTypeChanged,
    addition: (Level::Minor, ""),
};

/// Compares what calls pass and get.
pub(super) fn compare(sink: &mut Sink, old: &View<'_>, new: &View<'_>, pair: Pair) {
    let at = At::new(&new.api.operation(pair.new).at);
    let (client, server) = (call(new, pair.new), handler(new, pair.new));
    let of_client = (client_arguments(old, pair.old), client_arguments(new, pair.new));
    arguments(sink, Surface::Client, &client, &at, of_client);
    let owner = Owner { symbol: &format!("{client}()"), joint: ".", surfaces: &[Surface::Client] };
    let of_setters = [setters(old, pair.old), setters(new, pair.new)].map(without_aliases);
    let [before, after] = &of_setters;
    members::compare(sink, &owner, &SETTERS, before, after);
    returned(
        sink,
        Surface::Client,
        &client,
        &at,
        [output(old, pair.old, Side::Client), output(new, pair.new, Side::Client)],
    );
    headers(sink, &client, &at, [headers_type(old, pair.old), headers_type(new, pair.new)]);
    of_events(sink, &format!("{client}().send_events"), &at, [events(old, pair.old), events(new, pair.new)]);
    extras(sink, old, new, pair, &at);
    let of_server = (server_arguments(old, pair.old), server_arguments(new, pair.new));
    arguments(sink, Surface::Server, &server, &at, of_server);
    returned(sink, Surface::Server, &server, &at, [server_output(old, pair.old), server_output(new, pair.new)]);
    principal(sink, old, new, pair, &at);
}

fn without_aliases(members: Vec<Member>) -> Vec<Member> {
    members.into_iter().map(|member| Member { ty: member.ty.without_aliases(), ..member }).collect()
}

fn arguments(sink: &mut Sink, surface: Surface, symbol: &str, at: &At, (old, new): (Vec<Member>, Vec<Member>)) {
    let (old, new) = (&without_aliases(old), &without_aliases(new));
    let (kind, message) = match members::compare_arguments(old, new) {
        Arguments::Same => return,
        Arguments::Reordered => {
            let message = format!("its arguments changed places: `{}`, before `{}`", signature(new), signature(old));
            (ChangeKind::ArgumentsReordered, message)
        }
        Arguments::Changed => {
            (ChangeKind::ArgumentsChanged, format!("it takes `{}`, and took `{}`", signature(new), signature(old)))
        }
    };
    sink.add((Level::Major, kind), &[surface], symbol, at.clone(), message);
}

fn returned(sink: &mut Sink, surface: Surface, symbol: &str, at: &At, [old, new]: [super::super::view::Shown; 2]) {
    let (old, new) = (old.without_aliases(), new.without_aliases());
    if !old.is_same(&new) {
        let message = format!("it returns `{}`, and returned `{}`", new.written, old.written);
        sink.add((Level::Major, ChangeKind::OutputChanged), &[surface], symbol, at.clone(), message);
    }
}

/// Compares the method that asks for events in place of the preferred body.
fn of_events(sink: &mut Sink, symbol: &str, at: &At, [old, new]: [Option<super::super::view::Shown>; 2]) {
    let (change, message) = match (old, new) {
        (None, Some(_)) => ((Level::Minor, ChangeKind::SetterAdded), "new method"),
        (Some(_), None) => ((Level::Major, ChangeKind::SetterRemoved), "the method is gone"),
        (Some(old), Some(new)) if !old.is_same(&new) => {
            ((Level::Major, ChangeKind::OutputChanged), "the events have another type")
        }
        _ => return,
    };
    sink.add(change, &[Surface::Client], symbol, at.clone(), message);
}

/// The type of the headers of a response.
fn headers_type(view: &View<'_>, op: OpId) -> &'static str {
    if view.api.operation(op).headers.is_empty() { "()" } else { "a struct" }
}

/// Reports that responses have typed headers, or none any more. Another name of their struct follows from that of the operation.
fn headers(sink: &mut Sink, symbol: &str, at: &At, [old, new]: [&str; 2]) {
    if old != new {
        let message = format!("the type of its response headers is {new}, and was {old}");
        sink.add((Level::Major, ChangeKind::HeadersChanged), &[Surface::Client], symbol, at.clone(), message);
    }
}

/// Pages and links, which are methods of calls and of responses.
fn extras(sink: &mut Sink, old: &View<'_>, new: &View<'_>, pair: Pair, at: &At) {
    let symbol = call(new, pair.new);
    let client = [Surface::Client];
    match (old.analysis.pagination(pair.old), new.analysis.pagination(pair.new)) {
        (None, Some(_)) => {
            let message = "it can be fetched page by page, with `.pages()` and `.items()`";
            sink.add((Level::Minor, ChangeKind::PagesAdded), &client, &symbol, at.clone(), message);
        }
        (Some(_), None) => {
            let message = "it cannot be fetched page by page any more: `.pages()` and `.items()` are gone";
            sink.add((Level::Major, ChangeKind::PagesRemoved), &client, &symbol, at.clone(), message);
        }
        _ => {}
    }
    let links = |view: &View<'_>, op| -> Vec<String> {
        view.names.operation(op).links.iter().map(ToString::to_string).collect()
    };
    let (before, after) = (links(old, pair.old), links(new, pair.new));
    for name in after.iter().filter(|name| !before.contains(name)) {
        let message = format!("its response has a new link: `.{name}()`");
        sink.add((Level::Minor, ChangeKind::LinkAdded), &client, &symbol, at.clone(), message);
    }
    for name in before.iter().filter(|name| !after.contains(name)) {
        let message = format!("the link `.{name}()` of its response is gone");
        sink.add((Level::Major, ChangeKind::LinkRemoved), &client, &symbol, at.clone(), message);
    }
}

/// Whether the context of a handler has a principal is part of its signature.
fn principal(sink: &mut Sink, old: &View<'_>, new: &View<'_>, pair: Pair, at: &At) {
    let has_principal = |view: &View<'_>, op| !view.api.operation(op).security.is_empty();
    let message = match (has_principal(old, pair.old), has_principal(new, pair.new)) {
        (false, true) => "it gets a principal: its context is `Context<Self::Principal>`, and was `Context<()>`",
        (true, false) => "it gets no principal: its context is `Context<()>`, and was `Context<Self::Principal>`",
        _ => return,
    };
    let symbol = handler(new, pair.new);
    sink.add((Level::Major, ChangeKind::PrincipalChanged), &[Surface::Server], &symbol, at.clone(), message);
}
