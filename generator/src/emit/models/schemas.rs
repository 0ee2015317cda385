//! Components and the inline types inside them: one file for those that every group needs, and one per set of groups for the
//! others.

use super::super::file::RustFile;
use super::super::placement::{Placement, TypesByPlacement};
use super::super::{Cx, docs};
use super::types::emit_type;
use crate::ir::{Direction, Group, Shared};

/// `schemas.rs`: what every group needs, or everything if there is only one.
pub(super) fn file(cx: &Cx<'_>, placements: &TypesByPlacement) -> RustFile {
    of_placement(cx, placements, Placement::Schemas, "Schemas of the document.".to_owned())
}

/// The sets of schemas that only some groups need, with their positions, ordered by the names of their modules.
pub(super) fn shared<'a>(cx: &Cx<'a>, placements: &TypesByPlacement) -> Vec<(usize, &'a Shared)> {
    let all =
        cx.analysis.shared.iter().enumerate().filter(|(index, _)| placements.contains_key(&Placement::Shared(*index)));
    let mut all: Vec<(usize, &Shared)> = all.collect();
    all.sort_by_key(|(index, _)| cx.names.shared(*index));
    all
}

/// The file of one of these sets.
pub(super) fn shared_file(cx: &Cx<'_>, placements: &TypesByPlacement, index: usize, shared: &Shared) -> RustFile {
    of_placement(cx, placements, Placement::Shared(index), about(cx, shared))
}

fn of_placement(cx: &Cx<'_>, placements: &TypesByPlacement, placement: Placement, about: String) -> RustFile {
    let mut file = RustFile { docs: vec![about.into()], ..RustFile::default() };
    for id in placements.get(&placement).into_iter().flatten() {
        emit_type(cx, &mut file, *id);
    }
    file
}

/// Whose schemas these are.
fn about(cx: &Cx<'_>, shared: &Shared) -> String {
    let of = |group: &usize| cx.api.groups.get(*group).map(named);
    let mut users: Vec<String> = shared.groups.iter().filter_map(of).collect();
    if shared.unused {
        users.push("schemas that no operation needs".to_owned());
    }
    match users.as_slice() {
        [_] if shared.groups.is_empty() => "Schemas that no operation needs.".to_owned(),
        [others @ .., last] if !others.is_empty() => format!("Schemas of {} and {last}.", others.join(", ")),
        _ => format!("Schemas of {}.", users.concat()),
    }
}

fn named(group: &Group) -> String {
    match (group.direction, &group.tag) {
        (Direction::Webhook, _) => "webhooks".to_owned(),
        (Direction::Callback, _) => "callbacks".to_owned(),
        (Direction::Call, Some(tag)) => format!("`{}`", docs::shown(tag)),
        (Direction::Call, None) => format!("`/{}`", crate::emit::group::segment(group)),
    }
}
