//! The error enums of operations.

use super::super::change::{Level, Sink, Surface};
use super::super::kind::ChangeKind;
use super::super::members::{self, Member, Members, Owner};
use super::super::view::View;
use super::Pair;
use super::signature::failure;
use crate::ir::{Docs, OpId};

const ERRORS: Members = Members {
    noun: "variant",
    added: ChangeKind::ErrorAdded,
    removed: ChangeKind::ErrorRemoved,
    changed: ChangeKind::ErrorTypeChanged,
    addition: (Level::Major, "a `match` without `_` has to handle it"),
};

/// Compares the error enums of client and server, which have the same name and variants.
pub(super) fn compare(sink: &mut Sink, old: &View<'_>, new: &View<'_>, pair: Pair) {
    let surfaces = &[Surface::Client, Surface::Server];
    let symbol = format!("{}Error", new.names.operation(pair.new).prefix);
    let owner = Owner { symbol: &symbol, joint: "::", surfaces };
    members::compare(sink, &owner, &ERRORS, &variants(old, pair.old), &variants(new, pair.new));
}

fn variants(view: &View<'_>, op: OpId) -> Vec<Member> {
    let operation = view.api.operation(op);
    let all = operation.responses.iter().zip(&view.names.operation(op).responses).enumerate();
    let failures = all.filter(|(_, (response, _))| !operation.is_success(response.status));
    let member = |(index, (response, name)): (usize, (&crate::ir::Response, &proc_macro2::Ident))| Member {
        name: name.to_string(),
        ty: failure(view, op, index, response).without_aliases(),
        at: response.at.clone(),
        docs: Docs { deprecated: false, ..response.docs.clone() },
    };
    failures.map(member).collect()
}
