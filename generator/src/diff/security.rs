//! Security: what the client sets, what the server gets, and who may call.

use std::collections::BTreeSet;

use super::change::{At, Level, Sink, Surface};
use super::kind::ChangeKind;
use super::members::{self, Arguments, Member, Members, Owner, signature};
use super::operations::{Pairs, call};
use super::view::{Shown, View};
use crate::ir::{Alternative, Docs, Scheme, SchemeId, SchemeKind};

const SCHEMES: Members = Members {
    noun: "setter of a credential",
    added: ChangeKind::CredentialAdded,
    removed: ChangeKind::CredentialRemoved,
    changed: ChangeKind::CredentialChanged,
    addition: (Level::Minor, ""),
};

const CREDENTIALS: Members = Members {
    noun: "variant",
    added: ChangeKind::CredentialAdded,
    removed: ChangeKind::CredentialRemoved,
    changed: ChangeKind::CredentialChanged,
    addition: (Level::Major, "a `match` without `_` has to handle it"),
};

/// Compares the security of two versions.
pub(super) fn compare(sink: &mut Sink, old: &View<'_>, new: &View<'_>, pairs: &Pairs) {
    let client = [Surface::Client];
    let owner = Owner { symbol: "Client::builder()", joint: ".", surfaces: &client };
    members::compare(sink, &owner, &SCHEMES, &setters(old), &setters(new));
    constructor(sink, old, new);
    let owner = Owner { symbol: "server::Credentials", joint: "::", surfaces: &[Surface::Server] };
    members::compare(sink, &owner, &CREDENTIALS, &alternatives(old), &alternatives(new));
    for pair in &pairs.kept {
        let (before, after) = (old.api.operation(pair.old), new.api.operation(pair.new));
        let (before, after) = (accepted(old, &before.security), accepted(new, &after.security));
        let (symbol, at) = (call(new, pair.new), At::new(&new.api.operation(pair.new).at));
        requirement(sink, &symbol, &at, &before, &after);
    }
}

/// The setters of the client's builder.
fn setters(view: &View<'_>) -> Vec<Member> {
    let member = |(index, scheme): (usize, &Scheme)| Member {
        name: view.names.scheme(index).to_string(),
        ty: Shown::of(holder(&scheme.kind)),
        at: scheme.at.clone(),
        docs: Docs::default(),
    };
    view.api.schemes.iter().enumerate().map(member).collect()
}

/// What a credential consists of.
fn holder(kind: &SchemeKind) -> &'static str {
    match kind {
        SchemeKind::ApiKey { .. } | SchemeKind::Bearer => "key or token",
        SchemeKind::OAuth2 { .. } => "token or grant",
        SchemeKind::Basic => "user and password",
        SchemeKind::MutualTls => "client certificate",
    }
}

/// Compares `Client::new`, whose arguments are the credentials that every call needs.
fn constructor(sink: &mut Sink, old: &View<'_>, new: &View<'_>) {
    let arguments = |view: &View<'_>| -> Option<Vec<Member>> {
        let credentials = match view.api.security.as_slice() {
            [] => &[],
            [only] => only.credentials.as_slice(),
            _ => return None,
        };
        let schemes = credentials.iter().map(|credential| (credential.scheme, view.api.scheme(credential.scheme)));
        let is_text =
            |(_, scheme): &(SchemeId, &Scheme)| !matches!(scheme.kind, SchemeKind::Basic | SchemeKind::MutualTls);
        let member = |(id, scheme): (SchemeId, &Scheme)| Member {
            name: view.names.scheme(id.index()).to_string(),
            ty: Shown::of("impl Into<String>"),
            at: scheme.at.clone(),
            docs: Docs::default(),
        };
        schemes.clone().all(|scheme| is_text(&scheme)).then(|| schemes.map(member).collect())
    };
    let at = At::new(&crate::diag::Pointer::default());
    let mut add = |change, message: String| sink.add(change, &[Surface::Client], "Client::new", at.clone(), message);
    match (arguments(old), arguments(new)) {
        (Some(before), Some(after)) => match members::compare_arguments(&before, &after) {
            Arguments::Same => {}
            Arguments::Reordered => {
                let message =
                    format!("its arguments changed places: `{}`, before `{}`", signature(&after), signature(&before));
                add((Level::Major, ChangeKind::ArgumentsReordered), message);
            }
            Arguments::Changed => {
                let message = format!("it takes `{}`, and took `{}`", signature(&after), signature(&before));
                add((Level::Major, ChangeKind::ArgumentsChanged), message);
            }
        },
        (Some(_), None) => {
            let message = "it is gone: use `Client::builder`, as there are several ways to authenticate";
            add((Level::Major, ChangeKind::NewRemoved), message.to_owned());
        }
        (None, Some(after)) => {
            add((Level::Minor, ChangeKind::NewAdded), format!("new function: `{}`", signature(&after)));
        }
        (None, None) => {}
    }
}

/// The variants of the server's `Credentials`.
fn alternatives(view: &View<'_>) -> Vec<Member> {
    let member = |(schemes, name): &(Vec<SchemeId>, proc_macro2::Ident)| {
        let held = schemes.iter().map(|id| {
            let kind = &view.api.scheme(*id).kind;
            let held = match kind {
                SchemeKind::Basic => "Basic",
                SchemeKind::MutualTls => "ClientCertificate",
                _ => "ApiKey",
            };
            if schemes.len() > 1 { format!("{}: {held}", view.names.scheme(id.index())) } else { held.to_owned() }
        });
        let ty = Shown::of(held.collect::<Vec<_>>().join(", "));
        let at = schemes.first().map(|id| view.api.scheme(*id).at.clone()).unwrap_or_default();
        Member { name: name.to_string(), ty, at, docs: Docs::default() }
    };
    view.names.alternatives().iter().map(member).collect()
}

/// What one alternative asks for: credentials as they are sent, and their scopes.
type Asked = BTreeSet<(String, Option<String>)>;

/// The alternatives of an operation; a single empty one if it needs no credentials.
fn accepted(view: &View<'_>, security: &[Alternative]) -> Vec<Asked> {
    if security.is_empty() {
        return vec![Asked::new()];
    }
    let asked = |alternative: &Alternative| -> Asked {
        let credentials = alternative.credentials.iter().flat_map(|credential| {
            let sent = sent(view.api.scheme(credential.scheme));
            let scopes = credential.scopes.iter().map(|scope| Some(scope.clone()));
            std::iter::once(None).chain(scopes).map(move |scope| (sent.clone(), scope))
        });
        credentials.collect()
    };
    security.iter().map(asked).collect()
}

/// How a credential is sent. The name of its scheme does not matter, but tokens of different schemes are different tokens.
fn sent(scheme: &Scheme) -> String {
    match &scheme.kind {
        SchemeKind::ApiKey { place, wire } => format!("key in {} `{wire}`", place.word()),
        SchemeKind::Basic => "user and password".to_owned(),
        SchemeKind::Bearer => "bearer token".to_owned(),
        SchemeKind::OAuth2 { .. } => format!("token of `{}`", scheme.name),
        SchemeKind::MutualTls => "client certificate".to_owned(),
    }
}

/// Compares who may call. Whoever presented enough before has to present enough now.
fn requirement(sink: &mut Sink, symbol: &str, at: &At, old: &[Asked], new: &[Asked]) {
    let is_enough = |presented: &Asked, asked: &Asked| asked.is_subset(presented);
    for asked in old.iter().filter(|presented| !new.iter().any(|asked| is_enough(presented, asked))) {
        let message = format!("{} is not enough any more: it asks for {}", words(asked), list(new));
        let change = (Level::Major, ChangeKind::SecurityTightened);
        sink.add(change, &[Surface::Wire], symbol, at.clone(), message);
    }
    for asked in new.iter().filter(|asked| !old.iter().any(|before| is_enough(asked, before))) {
        let message = format!("{} is enough: it asked for {}", words(asked), list(old));
        let change = (Level::Minor, ChangeKind::SecurityLoosened);
        sink.add(change, &[Surface::Wire], symbol, at.clone(), message);
    }
}

fn list(alternatives: &[Asked]) -> String {
    alternatives.iter().map(words).collect::<Vec<_>>().join(" or ")
}

fn words(asked: &Asked) -> String {
    let each = asked.iter().map(|(sent, scope)| match scope {
        Some(scope) => format!("scope `{scope}`"),
        None => sent.clone(),
    });
    let text = each.collect::<Vec<_>>().join(" and ");
    if text.is_empty() { "no credential".to_owned() } else { text }
}
