//! Responses.

use super::super::change::Level;
use super::super::kind::ChangeKind;
use super::super::operations::{Pair, call};
use super::bodies::{self, MediaLevels};
use super::flow::{Effect, Flow};
use super::params::is_encoded_differently;
use super::presence;
use super::walk::{Spot, Walk};
use crate::ir::{Encoding, Header, JsonKind, Response, Status};

/// Compares the responses of an operation.
pub(super) fn compare(walk: &mut Walk<'_>, pair: Pair) {
    let (old, new) = (walk.old.api.operation(pair.old), walk.new.api.operation(pair.new));
    let symbol = call(&walk.new, pair.new);
    let spot = |at| Spot { symbol: symbol.clone(), flow: Flow::response(new.direction), at };
    for response in &new.responses {
        let spot = spot(response.at.clone());
        match old.responses.iter().find(|before| before.status == response.status) {
            Some(before) => kept(walk, &spot, before, response),
            None => added(walk, &spot, &old.responses, response, new.is_success(response.status)),
        }
    }
    for response in &old.responses {
        if new.responses.iter().all(|after| after.status != response.status) {
            removed(walk, &spot(response.at.clone()), &new.responses, response, old.is_success(response.status));
        }
    }
}

fn removed(walk: &mut Walk<'_>, spot: &Spot, new: &[Response], response: &Response, was_success: bool) {
    let status = words(response.status);
    let covered = new.iter().any(|after| covers(after.status, response.status));
    let (level, message) = match (spot.flow.is_sent, was_success) {
        (true, _) if covered => (Level::Minor, format!("{status} is part of another response")),
        (true, _) => (spot.flow.level(Effect::Narrows), format!("{status} is not expected any more")),
        (false, true) => (Level::Major, format!("the operation does not respond with {status} any more")),
        (false, false) => (Level::Minor, format!("the operation does not fail with {status} any more")),
    };
    walk.report_old(level, ChangeKind::StatusRemoved, spot, &response.at, &message);
}

fn added(walk: &mut Walk<'_>, spot: &Spot, old: &[Response], response: &Response, is_success: bool) {
    let status = words(response.status);
    let covered = old.iter().any(|before| covers(before.status, response.status));
    let (level, message) = match (is_success, covered) {
        _ if spot.flow.is_sent => (spot.flow.level(Effect::Widens), format!("{status} is expected as well")),
        (true, false) => {
            (Level::Major, format!("the operation may respond with {status}, which existing clients do not expect"))
        }
        (true, true) => (Level::Minor, format!("the operation documents {status}, which another response covered")),
        (false, _) => (Level::Minor, format!("the operation may fail with {status}")),
    };
    walk.report(level, ChangeKind::StatusAdded, spot, &message);
}

/// Whether a documented response stands for a status.
fn covers(documented: Status, status: Status) -> bool {
    match (documented, status) {
        (Status::Default, _) => true,
        (Status::Class(class), Status::Code(code)) => code / 100 == u16::from(class),
        _ => documented == status,
    }
}

fn words(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Class(class) => format!("{class}XX"),
        Status::Default => "any other status".to_owned(),
    }
}

fn kept<'a>(walk: &mut Walk<'a>, spot: &Spot, old: &'a Response, new: &'a Response) {
    match (old.contents.is_empty(), new.contents.is_empty()) {
        (true, false) => {
            let message = format!("{} has a body", words(new.status));
            walk.report(spot.flow.added(true), ChangeKind::BodyAdded, spot, &message);
        }
        (false, true) => {
            let message = format!("{} has no body any more", words(new.status));
            walk.report_old(spot.flow.removed(true), ChangeKind::BodyRemoved, spot, &old.at, &message);
        }
        _ => bodies::contents(walk, spot, MediaLevels::NEGOTIATED, &old.contents, &new.contents),
    }
    headers(walk, spot, &old.headers, &new.headers);
}

fn headers<'a>(walk: &mut Walk<'a>, spot: &Spot, old: &'a [Header], new: &'a [Header]) {
    let find =
        |all: &'a [Header], header: &Header| all.iter().find(|known| known.wire.eq_ignore_ascii_case(&header.wire));
    for header in new {
        let symbol = format!("{} header {}", spot.symbol, header.wire);
        let spot = Spot { symbol, at: header.at.clone(), ..spot.clone() };
        let Some(before) = find(old, header) else {
            walk.report(spot.flow.added(header.required), ChangeKind::HeaderAdded, &spot, "new header");
            continue;
        };
        presence::compare(walk, &spot, &presence::HEADER, before.required, header.required);
        let is_object = [(walk.old.api, before), (walk.new.api, header)].iter().any(|(api, header)| {
            !matches!(
                api.json_kind(&header.ty),
                JsonKind::Boolean | JsonKind::Number | JsonKind::String | JsonKind::Array
            )
        });
        let is_json = |header: &Header| header.encoding == Encoding::Json;
        // Only objects are written in another way if they are exploded.
        if is_json(before) != is_json(header) || (is_object && is_encoded_differently(before.encoding, header.encoding))
        {
            walk.report(Level::Major, ChangeKind::EncodingChanged, &spot, "the header is written in another way");
        }
        walk.push((&before.ty, Some(&before.checks)), (&header.ty, Some(&header.checks)), spot);
    }
    for header in old.iter().filter(|header| find(new, header).is_none()) {
        let symbol = format!("{} header {}", spot.symbol, header.wire);
        let spot = Spot { symbol, ..spot.clone() };
        let message = match (spot.flow.is_sent, header.required) {
            (true, _) => "the header is gone, and ignored where it is sent",
            (false, true) => "the header is gone, and was always there",
            (false, false) => "the header is gone, and was optional",
        };
        walk.report_old(spot.flow.removed(header.required), ChangeKind::HeaderRemoved, &spot, &header.at, message);
    }
}
