//! Compares a value with what is written after it was read.

use serde_json::{Value, json};

use super::judge::Judge;
use super::schema::below;

/// What writing a value again changed.
pub enum Difference {
    /// Nothing but its notation.
    None,
    /// It lost properties that the schema does not declare, which are ignored.
    Undeclared,
    /// Something else.
    Lost(String),
}

/// Compares the value of a body with the body that is written.
pub fn difference(judge: &Judge, value: &Value, written: &str) -> Difference {
    let Ok(written) = serde_json::from_str::<Value>(written) else {
        return Difference::Lost(format!("cannot be written: {written}"));
    };
    let mut gone = Vec::new();
    if let Some(found) = changed(value, &written["value"], "", &mut gone) {
        return Difference::Lost(found);
    }
    match gone.iter().find(|at| !is_undeclared(judge, value, at)) {
        Some(at) => Difference::Lost(format!("a property is gone: {at}")),
        None if gone.is_empty() => Difference::None,
        None => Difference::Undeclared,
    }
}

/// Returns the first difference. Keys that are missing are added to `gone`.
fn changed(before: &Value, after: &Value, at: &str, gone: &mut Vec<String>) -> Option<String> {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for (key, value) in before {
                match after.get(key) {
                    Some(other) => {
                        if let Some(found) = changed(value, other, &below(at, key), gone) {
                            return Some(found);
                        }
                    }
                    None => gone.push(below(at, key)),
                }
            }
            after
                .keys()
                .find(|key| !before.contains_key(*key))
                .map(|key| format!("a property was added: {}", below(at, key)))
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => before
            .iter()
            .zip(after)
            .enumerate()
            .find_map(|(index, (before, after))| changed(before, after, &format!("{at}/{index}"), gone)),
        (Value::Number(a), Value::Number(b)) if a.as_f64() == b.as_f64() => None,
        (a, b) if a == b => None,
        (Value::String(a), Value::String(b)) if is_other_notation(a, b) => None,
        (a, b) => Some(format!("a value changed: {at}: {a} became {b}")),
    }
}

/// Whether a string was written in the usual notation: base64 with padding and without white space, a date with all zeros.
fn is_other_notation(before: &str, after: &str) -> bool {
    let digits = |text: &str| text.split_whitespace().collect::<String>().trim_end_matches('=').to_owned();
    let numbers = |text: &str| text.split('-').map(|part| part.parse::<u32>().ok()).collect::<Option<Vec<u32>>>();
    (after.len().is_multiple_of(4) && digits(before) == digits(after))
        || (after.len() == 10 && numbers(after).is_some() && numbers(before) == numbers(after))
}

/// Whether a schema does not restrict the value at a place: every value is valid there.
fn is_undeclared(judge: &Judge, value: &Value, at: &str) -> bool {
    [json!(true), json!("text"), json!(1.5), json!({"key": [1]})].into_iter().all(|other| {
        let mut changed = value.clone();
        let Some(place) = changed.pointer_mut(at) else { return false };
        *place = other;
        judge.is_valid(&changed)
    })
}
