//! Responses.

use super::super::change::Level;
use super::super::kind::ChangeKind;
use super::super::operations::{Pair, call};
use super::bodies;
use super::flow::Flow;
use super::walk::{Spot, Walk};
use crate::ir::{Header, Response, Status};

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
            let status = words(response.status);
            let (level, message) = if old.is_success(response.status) {
                (Level::Major, format!("the operation does not respond with {status} any more"))
            } else {
                (Level::Minor, format!("the operation does not fail with {status} any more"))
            };
            walk.report_old(level, ChangeKind::StatusRemoved, &spot(response.at.clone()), &response.at, &message);
        }
    }
}

fn added(walk: &mut Walk<'_>, spot: &Spot, old: &[Response], response: &Response, is_success: bool) {
    let status = words(response.status);
    let covered = old.iter().any(|before| covers(before.status, response.status));
    let (level, message) = match (is_success, covered) {
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
            walk.report(Level::Minor, ChangeKind::BodyAdded, spot, &message);
        }
        (false, true) => {
            let message = format!("{} has no body any more", words(new.status));
            walk.report_old(Level::Major, ChangeKind::BodyRemoved, spot, &old.at, &message);
        }
        _ => bodies::contents(walk, spot, &old.contents, &new.contents),
    }
    headers(walk, spot, &old.headers, &new.headers);
}

fn headers<'a>(walk: &mut Walk<'a>, spot: &Spot, old: &'a [Header], new: &'a [Header]) {
    let find =
        |all: &'a [Header], header: &Header| all.iter().find(|known| known.wire.eq_ignore_ascii_case(&header.wire));
    for header in new {
        let symbol = format!("{} header `{}`", spot.symbol, header.wire);
        let spot = Spot { symbol, at: header.at.clone(), ..spot.clone() };
        let Some(before) = find(old, header) else {
            walk.report(Level::Minor, ChangeKind::HeaderAdded, &spot, "new header");
            continue;
        };
        match (before.required, header.required) {
            (false, true) => walk.report(Level::Minor, ChangeKind::HeaderRequired, &spot, "the header is always there"),
            (true, false) => walk.report(Level::Major, ChangeKind::HeaderOptional, &spot, "the header may be absent"),
            _ => {}
        }
        if before.json != header.json {
            walk.report(Level::Major, ChangeKind::EncodingChanged, &spot, "the header is written in another way");
        }
        walk.push((&before.ty, Some(&before.checks)), (&header.ty, Some(&header.checks)), spot);
    }
    for header in old.iter().filter(|header| find(new, header).is_none()) {
        let symbol = format!("{} header `{}`", spot.symbol, header.wire);
        let spot = Spot { symbol, ..spot.clone() };
        let (level, message) = if header.required {
            (Level::Major, "the header is gone, and was always there")
        } else {
            (Level::Minor, "the header is gone, and was optional")
        };
        walk.report_old(level, ChangeKind::HeaderRemoved, &spot, &header.at, message);
    }
}
