//! The message in the body of an error.

use serde::Serialize;
use serde_json::Value;

/// Keys that hold messages, the most specific first.
const KEYS: [&str; 6] = ["message", "error_description", "error", "detail", "title", "errors"];

/// Messages are looked for in this many objects inside each other.
const MAX_DEPTH: usize = 4;

/// The beginning of a text has this many characters.
const BEGINNING: usize = 200;

/// Returns the message in the decoded body of an error: of a text, its beginning.
pub fn message_of<T: Serialize>(body: &T) -> Option<String> {
    match serde_json::to_value(body).ok()? {
        Value::String(text) => Some(beginning(&text)).filter(|text| !text.is_empty()),
        body => find(&body),
    }
}

/// Returns the first 200 characters of a text, in one line.
pub(super) fn beginning(text: &str) -> String {
    // No more words are collected than can be shown.
    let words: Vec<&str> = text.split_whitespace().take(BEGINNING).collect();
    words.join(" ").chars().take(BEGINNING).collect()
}

/// Returns the message in a JSON body: a text behind one of the known keys, also in objects behind them.
pub(super) fn find(body: &Value) -> Option<String> {
    if let Value::Object(_) = body { within(body, 0) } else { None }
}

fn within(value: &Value, depth: usize) -> Option<String> {
    if depth > MAX_DEPTH {
        return None;
    }
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Array(items) => within(items.first()?, depth + 1),
        Value::Object(members) => KEYS.iter().find_map(|key| within(members.get(*key)?, depth + 1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_message_is_found_where_apis_put_it() {
        let found = |body: Value| find(&body);
        let expected = Some("no such user".to_owned());
        assert_eq!(found(json!({"code": 404, "message": "no such user"})), expected);
        assert_eq!(found(json!({"error": {"type": "invalid", "message": "no such user"}})), expected);
        assert_eq!(found(json!({"errors": [{"detail": "no such user"}]})), expected);
        assert_eq!(found(json!({"title": "no such user", "status": 404})), expected);
        // RFC 9457 §3.1: the detail says more than the title.
        assert_eq!(found(json!({"title": "Not Found", "detail": "no such user"})), expected);
        // RFC 6749 §5.2: the error is a code, the description is optional.
        assert_eq!(found(json!({"error": "invalid_grant", "error_description": "no such user"})), expected);
        assert_eq!(found(json!({"error": "no such user"})), expected);
        assert_eq!(found(json!({"message": "", "error": "no such user"})), expected);
        assert_eq!(found(json!(["no such user"])), None);
        assert_eq!(found(json!({"code": 1})), None);
        assert_eq!(message_of(&"no such\nuser"), expected);
        assert_eq!(message_of(&" "), None);
    }
}
