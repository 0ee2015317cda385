//! Equality of JSON values.

use std::collections::BTreeMap;

use serde_json::Value;

/// Returns the same text for values that are equal in JSON Schema, such as `1` and `1.0`, or objects with another order
/// of keys (Core 2020-12 §4.2.2).
pub(in crate::models) fn canonical(value: &Value) -> String {
    match value {
        Value::Number(number) => match number.as_f64() {
            #[allow(clippy::cast_possible_truncation)] // an integer of this size is exact
            Some(double) if number.is_f64() && double.fract() == 0.0 && double.abs() < 9e18 => {
                (double as i64).to_string()
            }
            _ => number.to_string(),
        },
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(canonical).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(map) => {
            let entries: BTreeMap<&String, String> = map.iter().map(|(key, value)| (key, canonical(value))).collect();
            let entries: Vec<String> =
                entries.iter().map(|(key, value)| format!("{}:{value}", Value::from(key.as_str()))).collect();
            format!("{{{}}}", entries.join(","))
        }
        scalar => scalar.to_string(),
    }
}
