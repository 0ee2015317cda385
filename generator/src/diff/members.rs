//! Compares lists of what has a name and a type: fields, variants, arguments, setters.

use std::collections::BTreeMap;

use super::change::{At, Level, Sink, Surface};
use super::docs;
use super::kind::ChangeKind;
use super::view::Shown;
use crate::diag::Pointer;
use crate::ir::Docs;

/// A field, a variant, an argument or a setter.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub name: String,
    pub ty: Shown,
    pub at: Pointer,
    pub docs: Docs,
}

/// What members are called, and what it means if they change.
pub(super) struct Members {
    /// `field`
    pub noun: &'static str,
    pub added: ChangeKind,
    pub removed: ChangeKind,
    pub changed: ChangeKind,
    /// What an added member asks of the version, and why.
    pub addition: (Level, &'static str),
}

/// What has members.
pub(super) struct Owner<'a> {
    pub symbol: &'a str,
    /// What stands between it and its members: `::` or `.`.
    pub joint: &'static str,
    pub surfaces: &'a [Surface],
}

impl Owner<'_> {
    fn member(&self, name: &str) -> String {
        format!("{}{}{name}", self.symbol, self.joint)
    }
}

/// Reports members that were added, removed, or have another type.
pub(super) fn compare(sink: &mut Sink, owner: &Owner<'_>, members: &Members, old: &[Member], new: &[Member]) {
    let noun = members.noun;
    let known: BTreeMap<&str, &Member> = old.iter().map(|member| (member.name.as_str(), member)).collect();
    for member in new {
        let symbol = owner.member(&member.name);
        let at = At::new(&member.at);
        let Some(before) = known.get(member.name.as_str()) else {
            let (level, why) = members.addition;
            let message = if why.is_empty() { format!("new {noun}") } else { format!("new {noun}: {why}") };
            sink.add((level, members.added), owner.surfaces, &symbol, at, message);
            continue;
        };
        if !before.ty.is_same(&member.ty) {
            let message = match (before.ty.written.as_str(), member.ty.written.as_str()) {
                ("", after) => format!("the {noun} holds `{after}`, and held nothing"),
                (before, "") => format!("the {noun} holds nothing, and held `{before}`"),
                (before, after) => format!("the {noun} has the type `{after}`, which was `{before}`"),
            };
            sink.add((Level::Major, members.changed), owner.surfaces, &symbol, at.clone(), message);
        }
        docs::compare(sink, owner.surfaces, &symbol, at, &before.docs, &member.docs);
    }
    for member in old.iter().filter(|member| new.iter().all(|other| other.name != member.name)) {
        let message = format!("the {noun} is gone");
        let at = At::old(&member.at);
        sink.add((Level::Major, members.removed), owner.surfaces, &owner.member(&member.name), at, message);
    }
}

/// How two lists of arguments differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arguments {
    Same,
    /// The same arguments in another order.
    Reordered,
    /// Other arguments.
    Changed,
}

/// Compares arguments by position.
pub(super) fn compare_arguments(old: &[Member], new: &[Member]) -> Arguments {
    let is_same_type = |(old, new): (&Member, &Member)| old.ty.is_same(&new.ty);
    let same_types = old.len() == new.len() && old.iter().zip(new).all(is_same_type);
    let names = |members: &[Member]| -> Vec<String> { members.iter().map(|member| member.name.clone()).collect() };
    let sorted = |members: &[Member]| {
        let mut names = names(members);
        names.sort_unstable();
        names
    };
    if names(old) != names(new) && sorted(old) == sorted(new) {
        // With the same types, calls still compile and pass the wrong values.
        let typed = |member: &Member| new.iter().any(|other| other.name == member.name && other.ty.is_same(&member.ty));
        return if old.iter().all(typed) { Arguments::Reordered } else { Arguments::Changed };
    }
    if same_types { Arguments::Same } else { Arguments::Changed }
}

/// Whether two lists have the same members with the same types. The order does not matter.
pub(super) fn are_same_by_name(old: &[Member], new: &[Member]) -> bool {
    let is_there = |member: &Member| new.iter().any(|other| other.name == member.name && other.ty.is_same(&member.ty));
    old.len() == new.len() && old.iter().all(is_there)
}

/// Arguments as in a signature.
pub(super) fn signature(arguments: &[Member]) -> String {
    let texts = arguments.iter().map(|member| format!("{}: {}", member.name, member.ty.written));
    format!("({})", texts.collect::<Vec<_>>().join(", "))
}
