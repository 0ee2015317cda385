//! The two forms of a query.

use serde::Deserialize;
use serde_json::Value;

/// A query in either form, not checked yet.
#[derive(Debug, Deserialize, PartialEq)]
pub(super) struct Call {
    /// The name of the method.
    pub method: String,
    /// The attribute, for methods that have one.
    pub attribute: Option<String>,
    /// All other arguments.
    #[serde(default)]
    pub values: Vec<Value>,
}

impl Call {
    /// Reads `{"method": "equal", "attribute": "name", "values": ["Jane"]}`, or the older `equal("name", ["Jane"])`.
    ///
    /// Fails with a reason.
    pub fn read(query: &str) -> Result<Self, String> {
        let query = query.trim();
        if query.starts_with('{') {
            return serde_json::from_str(query).map_err(|error| format!("invalid JSON: {error}"));
        }
        let (method, arguments) = query
            .strip_suffix(')')
            .and_then(|query| query.split_once('('))
            .ok_or("expected a JSON object, or a method with arguments in brackets, such as `limit(25)`")?;
        let arguments: Vec<Value> = serde_json::from_str(&format!("[{arguments}]"))
            .map_err(|_| "the arguments must be JSON values, separated by commas")?;
        Ok(Self::older(method.trim(), arguments))
    }

    /// In the older form, the attribute is the first argument, and a single value needs no array.
    fn older(method: &str, arguments: Vec<Value>) -> Self {
        let method = method.to_owned();
        let has_attribute = super::method::has_attribute(&method);
        let mut attribute = None;
        let mut values = Vec::new();
        for argument in arguments {
            match argument {
                Value::String(name) if has_attribute && attribute.is_none() => attribute = Some(name),
                Value::Array(several) => values.extend(several),
                one => values.push(one),
            }
        }
        Self { method, attribute, values }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_mean_the_same() {
        let pairs = [
            (r#"{"method":"equal","attribute":"name","values":["Jane","Joe"]}"#, r#"equal("name", ["Jane", "Joe"])"#),
            (r#"{"method":"equal","attribute":"status","values":[true]}"#, r#" equal( "status" , true ) "#),
            (r#"{"method":"search","attribute":"name","values":["a) (\"b"]}"#, r#"search("name", "a) (\"b")"#),
            (r#"{"method":"orderAsc","attribute":"name"}"#, r#"orderAsc("name")"#),
            (r#"{"method":"limit","values":[25]}"#, "limit(25)"),
            (r#"{"method":"cursorAfter","values":["jane"]}"#, r#"cursorAfter("jane")"#),
        ];
        for (json, older) in pairs {
            assert_eq!(Call::read(json), Call::read(older), "{older}");
            assert!(Call::read(json).is_ok(), "{json}");
        }
    }

    #[test]
    fn anything_else_is_refused_with_a_reason() {
        let reason = |query| Call::read(query).err().unwrap_or_default();
        assert!(reason("limit 25").contains("expected a JSON object"));
        assert!(reason("equal(name, Jane)").contains("must be JSON values"));
        assert!(reason(r#"{"method":"limit""#).contains("invalid JSON"));
        assert!(reason(r#"{"values":[1]}"#).contains("missing field `method`"));
        assert!(reason(&format!("limit({})", "[".repeat(10_000))).contains("must be JSON values"));
    }
}
