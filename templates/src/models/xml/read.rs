//! From elements to values.

use serde_json::{Map, Number, Value};

use super::XmlError;
use super::element::{Content, Element, MemberPlace, Object};
use super::tree::{self, Node};

/// Reads a document as the equivalent JSON value. The root element can have any name.
///
/// # Errors
/// Fails if the bytes are not well-formed XML (XML 1.0), or contain a document type declaration.
pub fn read(element: &Element, bytes: &[u8]) -> Result<Value, XmlError> {
    tree::parse(bytes).map(|root| value(&element.content, root))
}

fn value(content: &Content, node: Node) -> Value {
    if node.nil {
        return Value::Null;
    }
    match content {
        Content::Text | Content::Number | Content::Boolean | Content::Scalar => scalar(content, node.text),
        Content::Any => any(node),
        Content::List(item) => node.children.into_iter().map(|child| value(&item.content, child)).collect(),
        Content::Map(entry) => {
            Value::Object(node.children.into_iter().map(|child| (child.name.clone(), value(entry, child))).collect())
        }
        Content::Object(shape) => object(shape, node),
    }
}

/// Returns a text as a number or boolean if the table asks for one. Any other text stays a string, which the decoder
/// refuses.
fn scalar(content: &Content, text: String) -> Value {
    let trimmed = text.trim();
    let number = || {
        let digits = trimmed.strip_prefix('+').unwrap_or(trimmed);
        let lenient = || digits.parse().ok().and_then(Number::from_f64);
        digits.parse::<Number>().ok().or_else(lenient).map(Value::Number)
    };
    let boolean = |one: &str, zero: &str| match trimmed {
        "true" => Some(Value::Bool(true)),
        "false" => Some(Value::Bool(false)),
        other if other == one => Some(Value::Bool(true)),
        other if other == zero => Some(Value::Bool(false)),
        _ => None,
    };
    let found = match content {
        // Some senders write an empty element where there is no number.
        Content::Number | Content::Boolean if trimmed.is_empty() => Some(Value::Null),
        Content::Number => number(),
        Content::Boolean => boolean("1", "0"),
        Content::Scalar => boolean("true", "false").or_else(number),
        _ => None,
    };
    found.unwrap_or(Value::String(text))
}

fn object(shape: &Object, node: Node) -> Value {
    let mut out = Map::new();
    for (name, text) in node.attributes {
        let mut members = shape.members.iter();
        match members.find(|member| member.place == MemberPlace::Attribute && member.element.name.local == name) {
            Some(member) => out.insert(member.key.to_owned(), scalar(&member.element.content, text)),
            None => out.insert(name, Value::String(text)),
        };
    }
    for child in node.children {
        let mut members = shape.members.iter();
        let found = members.find(|member| {
            matches!(member.place, MemberPlace::Element | MemberPlace::Repeated)
                && member.element.name.local == child.name
        });
        match found {
            Some(member) if member.place == MemberPlace::Repeated => {
                let item = value(&member.element.content, child);
                if let Value::Array(list) = out.entry(member.key).or_insert_with(|| Value::Array(Vec::new())) {
                    list.push(item);
                }
            }
            Some(member) => {
                out.insert(member.key.to_owned(), value(&member.element.content, child));
            }
            None => gather(&mut out, child.name.clone(), value(&shape.rest, child)),
        }
    }
    for member in shape.members {
        if member.place == MemberPlace::Text && !(node.text.is_empty() && out.contains_key(member.key)) {
            out.insert(member.key.to_owned(), scalar(&member.element.content, node.text.clone()));
        }
        if member.place == MemberPlace::Repeated && member.required {
            out.entry(member.key).or_insert_with(|| Value::Array(Vec::new()));
        }
    }
    Value::Object(out)
}

/// Reads an element that no table describes: its text, or an object of its attributes and elements, where equal names
/// make an array.
fn any(node: Node) -> Value {
    if node.children.is_empty() && node.attributes.is_empty() {
        return Value::String(node.text);
    }
    let mut out = Map::new();
    for (name, text) in node.attributes {
        out.insert(name, Value::String(text));
    }
    for child in node.children {
        gather(&mut out, child.name.clone(), value(&Content::Any, child));
    }
    if !node.text.trim().is_empty() {
        out.insert("$text".to_owned(), Value::String(node.text));
    }
    Value::Object(out)
}

/// Adds an entry; a second one with the same key makes an array of both.
fn gather(out: &mut Map<String, Value>, key: String, value: Value) {
    match out.get_mut(&key) {
        None => {
            out.insert(key, value);
        }
        Some(Value::Array(list)) => list.push(value),
        Some(first) => *first = Value::Array(vec![first.take(), value]),
    }
}
