//! Finds pointers in JSON. Values that are not wanted are skipped without being parsed.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::super::Pointer;
use super::{Found, note};

/// Finds the positions of the wanted pointers; fails if the text is not JSON.
pub(super) fn find(text: &str, found: &mut Found) -> serde_json::Result<()> {
    let root: &RawValue = serde_json::from_str(text)?;
    let offset = |raw: &RawValue| (raw.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    let mut starts = vec![(offset(root), String::new())];
    let mut open = vec![(Pointer::default(), root)];
    while let Some((at, raw)) = open.pop() {
        let mut enter = |child: Pointer, value, in_object: bool| {
            if found.contains_key(child.path()) {
                let start = offset(value);
                // The position of an object or array in an object is that of its key.
                let key = (in_object && is_nested(value)).then(|| key_start(text, start)).flatten();
                starts.push((key.unwrap_or(start), child.path().to_owned()));
                open.push((child, value));
            }
        };
        if raw.get().starts_with('{') {
            let properties: BTreeMap<String, &RawValue> = serde_json::from_str(raw.get())?;
            for (key, value) in properties {
                enter(at.push(&key), value, true);
            }
        } else if raw.get().starts_with('[') {
            let items: Vec<&RawValue> = serde_json::from_str(raw.get())?;
            for (index, value) in items.into_iter().enumerate() {
                enter(at.index(index), value, false);
            }
        }
    }
    note(text, starts, found);
    Ok(())
}

fn is_nested(value: &RawValue) -> bool {
    value.get().starts_with(['{', '['])
}

/// Returns the offset of the key that belongs to the value at an offset.
fn key_start(text: &str, value: usize) -> Option<usize> {
    let mut before = text.get(..value)?.trim_end().strip_suffix(':')?.trim_end().strip_suffix('"')?;
    loop {
        let quote = before.rfind('"')?;
        before = before.get(..quote)?;
        let backslashes = before.bytes().rev().take_while(|byte| *byte == b'\\').count();
        if backslashes % 2 == 0 {
            return Some(quote);
        }
    }
}
