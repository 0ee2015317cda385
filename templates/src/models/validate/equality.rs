//! Equality of JSON values.

use std::fmt::Write as _;

use serde_json::Number;

use super::super::Node;

/// Returns the same text for values that are equal in JSON Schema, such as `1` and `1.0` (Core 2020-12 §4.2.2).
pub(in crate::models) fn canonical(node: &Node) -> String {
    let mut out = String::new();
    write(node, &mut out);
    out
}

fn write(node: &Node, out: &mut String) {
    match node {
        Node::Null => out.push_str("null"),
        Node::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Node::Number(number) => write_number(number, out),
        Node::Text(text) => write_text(text, out),
        Node::Untyped(untyped) => write_text(untyped.text(), out),
        Node::Array(items) => {
            out.push('[');
            for item in items.iter() {
                write(item, out);
                out.push(',');
            }
            out.push(']');
        }
        Node::Object(entries) => {
            out.push('{');
            for (key, value) in entries.iter() {
                write_text(key, out);
                out.push(':');
                write(value, out);
                out.push(',');
            }
            out.push('}');
        }
    }
}

fn write_number(number: &Number, out: &mut String) {
    let _ = match number.as_f64() {
        #[allow(clippy::cast_possible_truncation)] // an integer of this size is exact
        Some(double) if number.is_f64() && double.fract() == 0.0 && double.abs() < 9e18 => {
            write!(out, "{}", double as i64)
        }
        _ => write!(out, "{number}"),
    };
}

/// Writes a text so that its end is where its length says.
fn write_text(text: &str, out: &mut String) {
    let _ = write!(out, "\"{}:{text}", text.len());
}
