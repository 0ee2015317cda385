//! Request bodies, and the media types of any body.

use super::super::change::Level;
use super::super::kind::ChangeKind;
use super::super::operations::{Pair, call};
use super::flow::Flow;
use super::walk::{Spot, Walk};
use crate::ir::{Body, Content};

/// Compares the request bodies of an operation.
pub(super) fn compare(walk: &mut Walk<'_>, pair: Pair) {
    let (old, new) = (walk.old.api.operation(pair.old), walk.new.api.operation(pair.new));
    let spot = Spot { symbol: call(&walk.new, pair.new), flow: Flow::request(new.direction), at: new.at.clone() };
    match (&old.body, &new.body) {
        (None, Some(body)) => added(walk, &spot, body),
        (Some(_), None) => {
            walk.report_old(Level::Major, ChangeKind::BodyRemoved, &spot, &old.at, "the request body is gone");
        }
        (Some(before), Some(after)) => {
            match (before.required, after.required) {
                (false, true) => {
                    walk.report(Level::Major, ChangeKind::BodyRequired, &spot, "the request body is required");
                }
                (true, false) => {
                    let message = "the request body is not required any more";
                    walk.report(Level::Minor, ChangeKind::BodyOptional, &spot, message);
                }
                _ => {}
            }
            contents(walk, &spot, &before.contents, &after.contents);
        }
        (None, None) => {}
    }
}

fn added(walk: &mut Walk<'_>, spot: &Spot, body: &Body) {
    let (level, message) = if body.required {
        (Level::Major, "new required request body")
    } else {
        (Level::Minor, "new optional request body")
    };
    walk.report(level, ChangeKind::BodyAdded, spot, message);
}

/// Compares the media types of a body, and the types of those that stay.
pub(super) fn contents<'a>(walk: &mut Walk<'a>, spot: &Spot, old: &'a [Content], new: &'a [Content]) {
    let find = |all: &'a [Content], content: &Content| all.iter().find(|known| is_same(known, content));
    for content in new {
        let spot = Spot { at: content.at.clone(), ..spot.clone() };
        match find(old, content) {
            Some(before) => kept(walk, spot, before, content),
            None => {
                let message = format!("the body may also be `{}`", content.media_type);
                walk.report(Level::Minor, ChangeKind::MediaTypeAdded, &spot, &message);
            }
        }
    }
    for content in old.iter().filter(|content| find(new, content).is_none()) {
        let message = format!("the body is not `{}` any more", content.media_type);
        walk.report_old(Level::Major, ChangeKind::MediaTypeRemoved, spot, &content.at, &message);
    }
}

fn is_same(one: &Content, other: &Content) -> bool {
    let parameters = |content: &Content| crate::ir::parameters(&content.media_type);
    one.essence() == other.essence() && parameters(one) == parameters(other)
}

fn kept<'a>(walk: &mut Walk<'a>, spot: Spot, old: &'a Content, new: &'a Content) {
    let symbol = format!("{} body", spot.symbol);
    let spot = Spot { symbol, ..spot };
    if old.media.format_name() != new.media.format_name() {
        let (before, after) = (old.media.format_name(), new.media.format_name());
        let message = format!("the body is read as {after}, and was read as {before}");
        walk.report(Level::Major, ChangeKind::EncodingChanged, &spot, &message);
    }
    if let (Some(before), Some(after)) = (old.media.ty(), new.media.ty()) {
        walk.push((before, Some(&old.checks)), (after, Some(&new.checks)), spot);
    }
}
