//! Changes one thing in a value: what was valid is often almost valid afterwards.

use fastrand::Rng;
use serde_json::{Value, json};

use super::schema::below;

/// A key that no document has.
pub const UNKNOWN: &str = "zz-unknown";

/// Changes a random part of a value.
pub fn change(rng: &mut Rng, value: &Value) -> Value {
    let mut places = Vec::new();
    all_places(value, "", &mut places);
    let mut changed = value.clone();
    let at = places.get(rng.usize(..places.len().max(1))).cloned().unwrap_or_default();
    let Some(part) = changed.pointer_mut(&at) else { return changed };
    match rng.u8(..10) {
        0..=6 => change_alike(rng, part),
        _ => *part = other_kind(rng),
    }
    changed
}

/// The pointers of all parts of a value.
pub fn all_places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| all_places(item, &format!("{at}/{index}"), found));
        }
        Value::Object(object) => object.iter().for_each(|(key, value)| all_places(value, &below(at, key), found)),
        _ => {}
    }
}

fn other_kind(rng: &mut Rng) -> Value {
    let kinds =
        [json!(null), json!(true), json!(12), json!(-1.5), json!("text"), json!([]), json!({}), json!(["text"])];
    kinds[rng.usize(..kinds.len())].clone()
}

/// Changes a value that keeps its type.
fn change_alike(rng: &mut Rng, part: &mut Value) {
    match part {
        Value::Object(object) => {
            let key = object.keys().nth(rng.usize(..object.len().max(1))).cloned();
            match (rng.u8(..3), key) {
                (0, _) | (_, None) => drop(object.insert(UNKNOWN.to_owned(), json!(1))),
                (1, Some(key)) => {
                    if let Some(value) = object.remove(&key) {
                        object.insert(format!("{key}x"), value);
                    }
                }
                (_, Some(key)) => drop(object.remove(&key)),
            }
        }
        Value::Array(items) => match (rng.u8(..3), items.first().cloned()) {
            (0, Some(first)) => items.push(first),
            (1, Some(_)) => drop(items.pop()),
            (_, first) => items.extend(std::iter::repeat_n(first.unwrap_or(json!("item")), 3)),
        },
        Value::String(text) => match rng.u8(..4) {
            0 => text.clear(),
            1 => text.push('x'),
            2 => drop(text.pop()),
            _ => *text = text.repeat(20),
        },
        Value::Number(number) => *part = other_number(rng, number.as_f64().unwrap_or_default()),
        Value::Bool(bool) => *bool = !*bool,
        Value::Null => *part = json!("text"),
    }
}

#[allow(clippy::cast_possible_truncation)]
fn other_number(rng: &mut Rng, value: f64) -> Value {
    let value = match rng.u8(..6) {
        0 => value + 1.0,
        1 => value - 1.0,
        2 => -value,
        3 => value + 0.5,
        4 => value * 1000.0,
        // The same value in another notation.
        _ => return json!(value),
    };
    if value.fract() == 0.0 && value.abs() < 9e15 { json!(value as i64) } else { json!(value) }
}
