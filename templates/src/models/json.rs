//! Reads JSON texts.

use serde::de::DeserializeOwned;

use super::Node;

/// Reads a value from a JSON text. A whole number is an integer in any notation: `1.0`, `1e3` (JSON Schema Core 2020-12 §4.2.1).
///
/// `serde_json` reads integers from `1` only, so a text that it cannot read is read a second time, through a [`Node`].
pub fn from_json<T: DeserializeOwned>(json: &[u8]) -> serde_json::Result<T> {
    serde_json::from_slice(json).or_else(|error| again(json).ok_or(error))
}

/// Reads a value from a JSON text that `serde_json` cannot read directly, because of the notation of a number.
///
/// Returns `None` if something else is wrong with it.
pub fn again<T: DeserializeOwned>(json: &[u8]) -> Option<T> {
    T::deserialize(serde_json::from_slice::<Node>(json).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::from_json;

    #[test]
    fn whole_numbers_are_integers_in_any_notation() {
        let read = |json: &str| from_json::<Vec<i64>>(json.as_bytes()).ok();
        assert_eq!(read("[1.0, 2e3, -4.0, 1e18, 5]"), Some(vec![1, 2000, -4, 1_000_000_000_000_000_000, 5]));
        assert_eq!(read("[1.5]"), None);
        assert_eq!(read("[1e19]"), None);
        assert_eq!(from_json::<u64>(b"1e19").ok(), Some(10_000_000_000_000_000_000));
        assert_eq!(from_json::<i8>(b"1e3").ok(), None);
        assert_eq!(from_json::<f64>(b"1e300").ok(), Some(1e300));
    }

    #[test]
    fn no_item_of_a_tuple_is_lost() {
        let read = |json: &str| from_json::<(i64, f64)>(json.as_bytes()).ok();
        assert_eq!(read("[1.0, 2]"), Some((1, 2.0)));
        assert_eq!(read("[1, 2, 3]"), None);
        assert_eq!(read("[1.0, 2, 3]"), None);
    }

    #[test]
    fn errors_are_about_the_text() {
        let error = from_json::<Vec<i64>>(b"[1.0, true]").map_err(|error| error.to_string());
        assert!(error.is_err_and(|error| error.contains("line 1 column")));
        assert_eq!(from_json::<serde_json::Value>(b"[1.0]").ok(), Some(json!([1.0])));
    }
}
