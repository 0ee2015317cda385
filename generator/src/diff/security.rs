//! Security: what the client sets, and what the server gets.

use super::change::{At, Level, Sink, Surface};
use super::kind::ChangeKind;
use super::members::{self, Arguments, Member, Members, Owner, signature};
use super::tokens;
use super::view::{Shown, View};
use crate::ir::{Docs, Scheme, SchemeId, SchemeKind, Server};
use crate::names::suffixed;

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
pub(super) fn compare(sink: &mut Sink, old: &View<'_>, new: &View<'_>) {
    let client = [Surface::Client];
    let owner = Owner { symbol: "Client::builder()", joint: ".", surfaces: &client };
    members::compare(sink, &owner, &SCHEMES, &setters(old), &setters(new));
    constructor(sink, old, new);
    tokens::compare(sink, old, new);
    let owner = Owner { symbol: "server::Credentials", joint: "::", surfaces: &[Surface::Server] };
    members::compare(sink, &owner, &CREDENTIALS, &alternatives(old), &alternatives(new));
}

/// The setters of the client's builder: of a credential, and of a grant that obtains one.
fn setters(view: &View<'_>) -> Vec<Member> {
    let mut found = Vec::new();
    for (index, scheme) in view.api.schemes.iter().enumerate() {
        let name = view.names.scheme(index).to_string();
        let member = |name: String, ty: &str| {
            let docs = Docs { description: scheme.docs.description.clone(), ..Docs::default() };
            Member { name, ty: Shown::of(ty), at: scheme.at.clone(), docs }
        };
        let ty = match &scheme.kind {
            SchemeKind::ApiKey { .. } | SchemeKind::Bearer | SchemeKind::OAuth2 { .. } => "impl Into<String>",
            SchemeKind::Basic => "(impl Into<String>, impl Into<String>)",
            SchemeKind::MutualTls => "reqwest::Identity",
        };
        if matches!(scheme.kind, SchemeKind::OAuth2 { .. }) {
            found.push(member(suffixed(view.names.scheme(index), "_grant").to_string(), "credentials::Grant"));
        }
        found.push(member(name, ty));
    }
    found
}

/// Compares `Client::new`, whose arguments are the credentials that every call needs.
fn constructor(sink: &mut Sink, old: &View<'_>, new: &View<'_>) {
    let is_absolute = |view: &View<'_>| view.api.servers.first().is_some_and(Server::is_absolute);
    let arguments = |view: &View<'_>| -> Option<Vec<Member>> {
        if !is_absolute(view) {
            return None;
        }
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
            let why = if is_absolute(new) {
                "the API has no single credential that is a text"
            } else {
                "the document does not name the host"
            };
            add((Level::Major, ChangeKind::NewRemoved), format!("it is gone: use `Client::builder`, because {why}"));
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
