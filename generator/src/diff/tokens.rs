//! How access tokens are obtained (OpenAPI 3.0.3 §4.7.28).

use super::change::{At, Level, Sink, Surface};
use super::kind::ChangeKind;
use super::members::{self, Member, Members, Owner};
use super::view::{Shown, View};
use crate::emit::{AuthorizationServer, authorization_servers};
use crate::ir::{Docs, Flow, Grant, Scheme, SchemeKind};

const SERVERS: Members = Members {
    noun: "authorization server",
    added: ChangeKind::ServerAdded,
    removed: ChangeKind::ServerRemoved,
    changed: ChangeKind::ServerChanged,
    addition: (Level::Minor, ""),
};

/// Compares the authorization servers that the client names, and the flows that callers in any language may use.
pub(super) fn compare(sink: &mut Sink, old: &View<'_>, new: &View<'_>) {
    let module = "client::authorization_servers";
    let owner = Owner { symbol: module, joint: "::", surfaces: &[Surface::Client] };
    let (before, after) = (servers(old), servers(new));
    let constants = |all: &[AuthorizationServer<'_>]| -> Vec<Member> { all.iter().map(constant).collect() };
    members::compare(sink, &owner, &SERVERS, &constants(&before), &constants(&after));
    for server in &after {
        if let Some(known) = before.iter().find(|known| known.name == server.name) {
            urls(sink, &format!("{module}::{}", server.name), known, server);
        }
    }
    for (index, scheme) in new.api.schemes.iter().enumerate() {
        if let Some(before) = old.api.schemes.iter().find(|before| before.name == scheme.name) {
            let symbol = format!("Client::builder().{}", new.names.scheme(index));
            flows(sink, &symbol, before, scheme);
        }
    }
}

fn servers<'a>(view: &View<'a>) -> Vec<AuthorizationServer<'a>> {
    let schemes = view.api.schemes.iter().enumerate();
    schemes.flat_map(|(index, scheme)| authorization_servers(scheme, view.names.scheme(index))).collect()
}

fn constant(server: &AuthorizationServer<'_>) -> Member {
    let mut scopes: Vec<String> = Vec::new();
    for (scope, what) in server.flows.iter().flat_map(|flow| &flow.scopes) {
        let line = format!("{scope}: {what}");
        if !scopes.contains(&line) {
            scopes.push(line);
        }
    }
    Member {
        name: server.name.to_string(),
        ty: Shown::of("AuthorizationServer"),
        at: server.scheme.at.clone(),
        docs: Docs { description: scopes.join("\n"), ..Docs::default() },
    }
}

fn urls(sink: &mut Sink, symbol: &str, old: &AuthorizationServer<'_>, new: &AuthorizationServer<'_>) {
    let at = At::new(&new.scheme.at);
    for ((name, after), (_, before)) in new.urls().into_iter().zip(old.urls()) {
        if before != after {
            let shown = |url: Option<&str>| url.map_or_else(|| "nothing".to_owned(), |url| format!("`{url}`"));
            let message = format!("`{name}` is {}, and was {}", shown(after), shown(before));
            sink.add((Level::Minor, ChangeKind::ServerChanged), &[Surface::Client], symbol, at.clone(), message);
        }
    }
}

/// Compares the flows of a scheme: callers who use one that is gone obtain no tokens any more.
fn flows(sink: &mut Sink, symbol: &str, old: &Scheme, new: &Scheme) {
    let (SchemeKind::OAuth2 { flows: before, .. }, SchemeKind::OAuth2 { flows: after, .. }) = (&old.kind, &new.kind)
    else {
        return;
    };
    let has = |flows: &[Flow], grant: Grant| flows.iter().any(|flow| flow.grant == grant);
    for flow in after.iter().filter(|flow| !has(before, flow.grant)) {
        let message = format!("tokens can be obtained with {}", words(flow.grant));
        let change = (Level::Minor, ChangeKind::FlowAdded);
        sink.add(change, &[Surface::Wire], symbol, At::new(&new.at), message);
    }
    for flow in before.iter().filter(|flow| !has(after, flow.grant)) {
        let message = format!("tokens cannot be obtained with {} any more", words(flow.grant));
        let change = (Level::Major, ChangeKind::FlowRemoved);
        sink.add(change, &[Surface::Wire], symbol, At::old(&old.at), message);
    }
}

fn words(grant: Grant) -> &'static str {
    match grant {
        Grant::Implicit => "the implicit grant",
        Grant::Password => "a password",
        Grant::ClientCredentials => "client credentials",
        Grant::AuthorizationCode => "an authorization code",
        Grant::Device => "a device code",
    }
}
