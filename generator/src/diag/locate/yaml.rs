//! Finds pointers in YAML.

use saphyr_parser::{Event, Marker, Parser, Span};

use super::super::Pointer;
use super::{Found, Position};
use crate::tree::MAX_DEPTH;

/// A mapping or sequence that is being read; its pointer is `None` if nothing inside it is wanted.
enum Frame {
    Mapping { at: Option<Pointer>, key: Option<(Option<Pointer>, Position)> },
    Sequence { at: Option<Pointer>, next: usize },
}

/// Finds the positions of the wanted pointers, up to the first syntax error.
pub(super) fn find(text: &str, found: &mut Found) {
    let mut stack: Vec<Frame> = Vec::new();
    for event in Parser::new_from_str(text) {
        let Ok((event, span)) = event else { return };
        // A text that is nested more deeply is refused, and reading on costs more with each level.
        if stack.len() > MAX_DEPTH {
            return;
        }
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

/// Registers the node that starts here with its container. Returns its pointer; `None` if it is a key or not wanted.
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
            // The position of a mapping or sequence is that of its key; a scalar has its own.
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
