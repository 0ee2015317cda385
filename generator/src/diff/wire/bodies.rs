//! Request bodies, and the media types of any body.

use super::super::change::Level;
use super::super::kind::ChangeKind;
use super::super::operations::{Pair, call};
use super::flow::{Effect, Flow};
use super::media_ranges::covers;
use super::walk::{Spot, Walk};
use super::{forms, presence, xml};
use crate::ir::{Body, Content, Media};

const BODY: presence::Kinds = presence::Kinds {
    required: (ChangeKind::BodyRequired, "the request body is required"),
    optional: (ChangeKind::BodyOptional, "the request body is not required any more"),
};

/// Compares the request bodies of an operation.
pub(super) fn compare(walk: &mut Walk<'_>, pair: Pair) {
    let (old, new) = (walk.old.api.operation(pair.old), walk.new.api.operation(pair.new));
    let spot = Spot { symbol: call(&walk.new, pair.new), flow: Flow::request(new.direction), at: new.at.clone() };
    match (&old.body, &new.body) {
        (None, Some(body)) => added(walk, &spot, body),
        (Some(body), None) => {
            let level = spot.flow.removed(body.required);
            walk.report_old(level, ChangeKind::BodyRemoved, &spot, &old.at, "the request body is gone");
        }
        (Some(before), Some(after)) => {
            presence::compare(walk, &spot, &BODY, before.required, after.required);
            contents(walk, &spot, MediaLevels::sent(spot.flow), &before.contents, &after.contents);
        }
        (None, None) => {}
    }
}

fn added(walk: &mut Walk<'_>, spot: &Spot, body: &Body) {
    let message = if body.required { "new required request body" } else { "new optional request body" };
    walk.report(spot.flow.added(body.required), ChangeKind::BodyAdded, spot, message);
}

/// What it means if a body gets or loses a media type.
#[derive(Clone, Copy)]
pub(super) struct MediaLevels {
    added: Level,
    removed: Level,
}

impl MediaLevels {
    /// Of bodies whose media type the reader has asked for.
    pub const NEGOTIATED: Self = Self { added: Level::Minor, removed: Level::Major };

    /// Of bodies whose media type the sender chooses.
    fn sent(flow: Flow) -> Self {
        Self { added: flow.level(Effect::Widens), removed: flow.level(Effect::Narrows) }
    }
}

/// Compares the media types of a body, and the types of those that stay. A range stands for the media types that it covers.
pub(super) fn contents<'a>(
    walk: &mut Walk<'a>,
    spot: &Spot,
    levels: MediaLevels,
    old: &'a [Content],
    new: &'a [Content],
) {
    let find = |all: &'a [Content], content: &Content| all.iter().find(|known| is_same(known, content));
    let range =
        |all: &'a [Content], content: &Content| all.iter().find(|range| covers(&range.media_type, &content.media_type));
    for content in new {
        let spot = Spot { at: content.at.clone(), ..spot.clone() };
        match find(old, content) {
            Some(before) => kept(walk, spot, before, content),
            None => match range(old, content) {
                Some(before) => types(walk, of_body(&spot, content), before, content),
                None => {
                    let message = format!("the body may also be `{}`", content.media_type);
                    walk.report(levels.added, ChangeKind::MediaTypeAdded, &spot, &message);
                }
            },
        }
    }
    for content in old.iter().filter(|content| find(new, content).is_none()) {
        match range(new, content) {
            Some(after) => types(walk, of_body(spot, after), content, after),
            None => {
                let message = format!("the body is not `{}` any more", content.media_type);
                walk.report_old(levels.removed, ChangeKind::MediaTypeRemoved, spot, &content.at, &message);
            }
        }
    }
}

fn is_same(one: &Content, other: &Content) -> bool {
    let parameters = |content: &Content| crate::ir::parameters(&content.media_type);
    one.essence() == other.essence() && parameters(one) == parameters(other)
}

fn of_body(spot: &Spot, content: &Content) -> Spot {
    Spot { symbol: format!("{} body", spot.symbol), at: content.at.clone(), flow: spot.flow }
}

fn kept<'a>(walk: &mut Walk<'a>, spot: Spot, old: &'a Content, new: &'a Content) {
    let spot = of_body(&spot, new);
    match (&old.media, &new.media) {
        (Media::Xml { element: before, .. }, Media::Xml { element: after, .. }) => {
            xml::compare(walk, &spot, before, after);
        }
        (Media::Form(before), Media::Form(after)) => forms::compare(walk, &spot, before, after),
        (Media::Multipart(before), Media::Multipart(after)) => {
            forms::compare(walk, &spot, before, after);
            forms::compare_parts(walk, &spot, before, after);
        }
        _ if old.media.format_name() != new.media.format_name() => {
            let (before, after) = (old.media.format_name(), new.media.format_name());
            let message = format!("the body is read as {after}, and was read as {before}");
            walk.report(Level::Major, ChangeKind::EncodingChanged, &spot, &message);
        }
        _ => {}
    }
    types(walk, spot, old, new);
}

fn types<'a>(walk: &mut Walk<'a>, spot: Spot, old: &'a Content, new: &'a Content) {
    if let (Some(before), Some(after)) = (old.media.ty(), new.media.ty()) {
        walk.push((before, Some(&old.checks)), (after, Some(&new.checks)), spot);
    }
}
