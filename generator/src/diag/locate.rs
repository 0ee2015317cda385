//! From a pointer to the line and column in the source text.
//!
//! Positions are needed only when something is printed, so documents are read without them; the first diagnostic of a file
//! re-reads its text once as a stream of YAML events (JSON is YAML) and notes where each wanted pointer stands.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Marker, Parser, Span};

use super::Pointer;

/// Line and column, both from 1, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    pub line: usize,
    pub column: usize,
}

/// Finds the positions of `wanted` in `text`; a pointer that is not there gets the position of its nearest ancestor.
pub(super) fn positions<'p>(text: &str, wanted: impl Iterator<Item = &'p Pointer>) -> BTreeMap<String, Position> {
    let mut found = Found::new();
    for pointer in wanted {
        let mut at = pointer.clone();
        while !at.path().is_empty() {
            found.insert(at.path().to_owned(), None);
            at = at.parent();
        }
    }
    found.insert(String::new(), None);
    walk(text, &mut found);
    let found: BTreeMap<String, Position> =
        found.into_iter().filter_map(|(path, position)| Some((path, position?))).collect();
    found
}

/// Where one pointer stands, or its nearest ancestor that was found.
pub(super) fn nearest(found: &BTreeMap<String, Position>, pointer: &Pointer) -> Option<Position> {
    let mut at = pointer.clone();
    loop {
        if let Some(position) = found.get(at.path()) {
            return Some(*position);
        }
        if at.path().is_empty() {
            return None;
        }
        at = at.parent();
    }
}

/// A container that is being read; `None`: nobody asks for anything inside it.
enum Frame {
    Mapping { at: Option<Pointer>, key: Option<(Option<Pointer>, Position)> },
    Sequence { at: Option<Pointer>, next: usize },
}

type Found = BTreeMap<String, Option<Position>>;

fn walk(text: &str, found: &mut Found) {
    let mut stack: Vec<Frame> = Vec::new();
    for event in Parser::new_from_str(text) {
        let Ok((event, span)) = event else { return };
        match event {
            Event::MappingStart(..) => {
                let at = enter(&mut stack, None, span, found);
                stack.push(Frame::Mapping { at, key: None });
            }
            Event::SequenceStart(..) => {
                let at = enter(&mut stack, None, span, found);
                stack.push(Frame::Sequence { at, next: 0 });
            }
            Event::MappingEnd | Event::SequenceEnd => {
                stack.pop();
            }
            Event::Scalar(value, ..) => {
                enter(&mut stack, Some(&value), span, found);
            }
            Event::Alias(..) => {
                enter(&mut stack, None, span, found);
            }
            _ => {}
        }
    }
}

/// Registers the node that starts here with its container; returns where it is, or nothing if it is a key or not asked for.
fn enter(stack: &mut [Frame], scalar: Option<&str>, span: Span, found: &mut Found) -> Option<Pointer> {
    let position = position(span.start);
    let wanted = |at: Pointer| found.contains_key(at.path()).then_some(at);
    let (at, start) = match stack.last_mut() {
        None => (Some(Pointer::default()), position),
        Some(Frame::Sequence { at, next }) => {
            let item = at.as_ref().and_then(|at| wanted(at.index(*next)));
            *next += 1;
            (item, position)
        }
        Some(Frame::Mapping { at, key }) => match key.take() {
            None => {
                let value = at.as_ref().and_then(|at| wanted(at.push(scalar.unwrap_or_default())));
                *key = Some((value, position));
                return None;
            }
            // A nested value is shown at its key, a scalar at itself.
            Some((at, start)) => (at, if scalar.is_some() { position } else { start }),
        },
    };
    let at = at?;
    if let Some(slot) = found.get_mut(at.path()) {
        slot.get_or_insert(start);
    }
    Some(at)
}

fn position(marker: Marker) -> Position {
    Position { line: marker.line(), column: marker.col() + 1 }
}
