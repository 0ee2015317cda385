//! The servers that the client crate offers: constants, and structs of variables.

use super::change::{At, Level, Sink, Surface};
use super::kind::ChangeKind;
use super::members::{self, Member, Members, Owner};
use super::types::{FIELDS, VARIANTS};
use super::view::{Shown, View};
use crate::diag::Pointer;
use crate::ir::{Docs, Server};

const CLIENT: &[Surface] = &[Surface::Client];

const SERVERS: Members = Members {
    noun: "server",
    added: ChangeKind::ServerAdded,
    removed: ChangeKind::ServerRemoved,
    changed: ChangeKind::ServerChanged,
    addition: (Level::Minor, ""),
};

const METHODS: Members = Members {
    noun: "method",
    added: ChangeKind::SetterAdded,
    removed: ChangeKind::SetterRemoved,
    changed: ChangeKind::SetterTypeChanged,
    addition: (Level::Minor, ""),
};

/// Compares the module `servers`, the default URL, and the methods that choose another one.
pub(super) fn compare(sink: &mut Sink, old: &View<'_>, new: &View<'_>) {
    members::compare(sink, &owner("client"), &SERVERS, &default_url(old), &default_url(new));
    let (before, after) = (listed(old), listed(new));
    members::compare(sink, &owner("client::servers"), &SERVERS, &items(&before), &items(&after));
    for offered in &after {
        let known = before.iter().find(|known| known.name == offered.name && known.kind == offered.kind);
        if let Some(known) = known {
            let symbol = format!("client::servers::{}", offered.name);
            let kind = match offered.kind {
                ServerItemKind::Values => VARIANTS,
                ServerItemKind::Constant | ServerItemKind::Struct => FIELDS,
            };
            members::compare(sink, &owner(&symbol), &kind, &known.members, &offered.members);
            if known.url != offered.url {
                let message = format!("it is `{}`, and was `{}`", offered.url, known.url);
                sink.add((Level::Minor, ChangeKind::ServerChanged), CLIENT, &symbol, At::new(&offered.at), message);
            }
        }
    }
    let of_calls = Owner { symbol: "Call", joint: "::", surfaces: CLIENT };
    members::compare(sink, &of_calls, &METHODS, &choice(old, "base_url"), &choice(new, "base_url"));
    let of_builder = Owner { symbol: "Client::builder()", joint: ".", surfaces: CLIENT };
    members::compare(sink, &of_builder, &METHODS, &choice(old, "only_base_url"), &choice(new, "only_base_url"));
}

fn owner(symbol: &str) -> Owner<'_> {
    Owner { symbol, joint: "::", surfaces: CLIENT }
}

/// What an item of the module `servers` is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ServerItemKind {
    Constant,
    Struct,
    /// The enum of the values of a variable.
    Values,
}

/// An item of the module `servers`.
struct Offered {
    name: String,
    kind: ServerItemKind,
    /// The URL with every variable at its default; empty for enums.
    url: String,
    docs: Docs,
    at: Pointer,
    members: Vec<Member>,
}

/// The items of the module `servers`.
fn listed(view: &View<'_>) -> Vec<Offered> {
    let mut found = Vec::new();
    for (index, server) in view.api.offered_servers() {
        let names = view.names.server(index);
        let variables = || server.variables.iter().zip(&names.variables);
        let is_constant = server.variables.is_empty();
        let fields = variables().map(|(variable, names)| {
            let ty = names.values.as_ref().map_or_else(|| "String".to_owned(), |(ty, _)| ty.to_string());
            member(&names.field.to_string(), &ty, server, &variable.description)
        });
        found.push(Offered {
            name: if is_constant { names.constant.to_string() } else { names.ty.to_string() },
            kind: if is_constant { ServerItemKind::Constant } else { ServerItemKind::Struct },
            url: if is_constant { server.url.clone() } else { server.default_url() },
            docs: docs(&server.description),
            at: server.at.clone(),
            members: fields.collect(),
        });
        for (_, names) in variables() {
            if let Some((ty, values)) = &names.values {
                found.push(Offered {
                    name: ty.to_string(),
                    kind: ServerItemKind::Values,
                    url: String::new(),
                    docs: Docs::default(),
                    at: server.at.clone(),
                    members: values.iter().map(|value| member(&value.to_string(), "", server, "")).collect(),
                });
            }
        }
    }
    found
}

/// The items as members of the module.
fn items(offered: &[Offered]) -> Vec<Member> {
    let item = |item: &Offered| Member {
        name: item.name.clone(),
        ty: Shown::of(match item.kind {
            ServerItemKind::Constant => "&str",
            ServerItemKind::Struct => "struct",
            ServerItemKind::Values => "enum",
        }),
        at: item.at.clone(),
        docs: item.docs.clone(),
    };
    offered.iter().map(item).collect()
}

/// The constant of the first server's URL.
fn default_url(view: &View<'_>) -> Vec<Member> {
    let first = view.api.servers.first();
    first.map(|server| member("DEFAULT_BASE_URL", "&str", server, &server.description)).into_iter().collect()
}

/// A method that is there if an operation has a server of its own.
fn choice(view: &View<'_>, name: &str) -> Vec<Member> {
    let operation = view.api.operations.iter().find(|operation| operation.server.is_some());
    let method = |operation: &crate::ir::Operation| Member {
        name: name.to_owned(),
        ty: Shown::of(""),
        at: operation.at.clone(),
        docs: Docs::default(),
    };
    operation.map(method).into_iter().collect()
}

fn member(name: &str, ty: &str, server: &Server, description: &str) -> Member {
    Member { name: name.to_owned(), ty: Shown::of(ty), at: server.at.clone(), docs: docs(description) }
}

fn docs(description: &str) -> Docs {
    Docs { description: description.to_owned(), ..Docs::default() }
}
