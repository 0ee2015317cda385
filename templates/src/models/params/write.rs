//! Styles: from the parts of a value to text (OpenAPI 3.0.3 §4.7.12.3, RFC 6570).

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::parts::Parts;
use super::{Kind, Param, Place, Style, Violation};

/// Writes the value of a path parameter, percent-encoded.
///
/// Fails for an empty text, `.` and `..`, because the path would then name another resource.
pub fn write_path<T: Serialize + ?Sized>(param: &Param, value: &T) -> Result<String, Violation> {
    let parts = param.parts(value)?;
    let encode = |text: &str| escape(text, ESCAPED).into_owned();
    let text = match param.style {
        Style::Label => label(param.explode, &parts),
        Style::Matrix => matrix(param, &parts),
        _ => simple(param.explode, &parts, &encode),
    };
    match text.as_str() {
        "" => Err(param.violation("must not be empty")),
        "." | ".." => Err(param.violation(format_args!("must not be `{text}`"))),
        _ => Ok(text),
    }
}

/// The characters that are escaped: all except the unreserved ones (RFC 3986 §2.3).
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// The characters that are escaped with `allowReserved` in styles that separate items with commas. The others are allowed in a query and
/// mean nothing in it (OpenAPI 3.1.1 §4.8.12.2.2).
const ESCAPED_IN_ITEMS: &AsciiSet = &ESCAPED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b';');
/// The characters that are escaped with `allowReserved`.
const ESCAPED_UNLESS_RESERVED: &AsciiSet = &ESCAPED_IN_ITEMS.remove(b',');

fn escape<'t>(text: &'t str, escaped: &'static AsciiSet) -> Cow<'t, str> {
    utf8_percent_encode(text, escaped).into()
}

/// Encodes a text of a value.
type Encode<'e> = &'e dyn Fn(&str) -> String;

fn items(items: &[Parts], between: &str, encode: Encode<'_>) -> String {
    items.iter().map(|item| encode(item.text())).collect::<Vec<_>>().join(between)
}

fn entries(entries: &[(String, Parts)], middle: &str, between: &str, encode: Encode<'_>) -> String {
    let entry = |(key, value): &(String, Parts)| format!("{}{middle}{}", encode(key), encode(value.text()));
    entries.iter().map(entry).collect::<Vec<_>>().join(between)
}

fn simple(explode: bool, parts: &Parts, encode: Encode<'_>) -> String {
    match parts {
        Parts::Null | Parts::Json(_) => String::new(),
        Parts::Text(text) => encode(text),
        Parts::List(list) => items(list, ",", encode),
        Parts::Object(object) => entries(object, if explode { "=" } else { "," }, ",", encode),
    }
}

/// Writes the value of a header. It is not percent-encoded, so items with a comma, or with white space around them, are
/// written as quoted strings (RFC 9110 §5.6.4).
pub(super) fn header(explode: bool, parts: Parts) -> String {
    let quote = |text: &str| {
        let plain = !text.is_empty() && text.trim() == text && !text.contains([',', '"', '\\', '=']);
        if plain { text.to_owned() } else { format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")) }
    };
    if let Parts::Text(text) = parts { text } else { simple(explode, &parts, &quote) }
}

/// Unlike RFC 6570 §3.2.5, dots inside exploded items are escaped, because they would look like the dots between items.
fn label(explode: bool, parts: &Parts) -> String {
    let between = if explode { "." } else { "," };
    let encode = |text: &str| {
        let escaped = escape(text, ESCAPED);
        if explode { escaped.replace('.', "%2E") } else { escaped.into_owned() }
    };
    match parts {
        Parts::Null | Parts::Json(_) => String::new(),
        Parts::Text(text) => format!(".{}", escape(text, ESCAPED)),
        Parts::List(list) => format!(".{}", items(list, between, &encode)),
        Parts::Object(object) => {
            format!(".{}", entries(object, if explode { "=" } else { "," }, between, &encode))
        }
    }
}

fn concat<T>(items: &[T], text: impl Fn(&T) -> String) -> String {
    items.iter().map(text).collect::<Vec<_>>().concat()
}

/// An empty value has no `=` (RFC 6570 §3.2.7).
fn matrix(param: &Param, parts: &Parts) -> String {
    let encode = |text: &str| escape(text, ESCAPED).into_owned();
    let name = encode(param.name);
    let pair = |name: &str, value: &str| {
        if value.is_empty() { format!(";{name}") } else { format!(";{name}={value}") }
    };
    match parts {
        Parts::Null | Parts::Json(_) => String::new(),
        Parts::Text(text) => pair(&name, &encode(text)),
        Parts::List(list) if param.explode => concat(list, |item| pair(&name, &encode(item.text()))),
        Parts::List(list) => pair(&name, &items(list, ",", &encode)),
        Parts::Object(object) if param.explode => {
            concat(object, |(key, value)| pair(&encode(key), &encode(value.text())))
        }
        Parts::Object(object) => pair(&name, &entries(object, ",", ",", &encode)),
    }
}

/// Returns the `name=value` pairs of a query parameter, a cookie or a field of a form.
///
/// Fails if a part of the value contains the separator of `pipeDelimited`: percent-encoded, as both are in a query (RFC 3986
/// §3.4), they look alike.
pub(super) fn form(param: &Param, parts: &Parts) -> Result<Vec<String>, Violation> {
    let is_joined = param.style == Style::PipeDelimited && !param.explode;
    let has_pipe = |part: &Parts| part.text().contains('|');
    let is_ambiguous = is_joined
        && match parts {
            Parts::Null | Parts::Json(_) => false,
            Parts::Text(_) => param.kind == Kind::Mixed && has_pipe(parts),
            Parts::List(items) => items.iter().any(has_pipe),
            Parts::Object(entries) => entries.iter().any(|(key, value)| key.contains('|') || has_pipe(value)),
        };
    if is_ambiguous {
        return Err(param.violation("must not contain `|`, which separates the items"));
    }
    Ok(pairs(param.name, param, parts))
}

/// Adds `name=value` for a parameter that is one string.
pub(super) fn pair(param: &Param, value: &str, out: &mut String) {
    out.extend(utf8_percent_encode(param.name, ESCAPED));
    out.push('=');
    out.extend(utf8_percent_encode(value, escaped(param)));
}

/// The characters of a value that are escaped.
fn escaped(how: &Param) -> &'static AsciiSet {
    let has_commas = how.style == Style::Form && !how.explode && how.kind != Kind::Scalar;
    match (how.reserved && how.place != Place::Cookie, has_commas) {
        (false, _) => ESCAPED,
        (true, true) => ESCAPED_IN_ITEMS,
        (true, false) => ESCAPED_UNLESS_RESERVED,
    }
}

/// Returns the same pairs with another name.
pub(super) fn pairs(name: &str, how: &Param, parts: &Parts) -> Vec<String> {
    let characters = escaped(how);
    let encode = |text: &str| {
        let escaped = escape(text, characters);
        if how.style == Style::SpaceDelimited { escaped.replace("%20", "+") } else { escaped.into_owned() }
    };
    let name = escape(name, ESCAPED);
    let between = match how.style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        _ => ",",
    };
    match parts {
        Parts::Null | Parts::Json(_) => vec![format!("{name}=")],
        Parts::Text(text) => vec![format!("{name}={}", encode(text))],
        _ if how.style == Style::DeepObject => {
            let mut pairs = Vec::new();
            deep(&name, parts, &encode, &mut pairs);
            pairs
        }
        Parts::List(list) if list.is_empty() => Vec::new(),
        Parts::List(list) if how.explode => list.iter().map(|item| format!("{name}={}", encode(item.text()))).collect(),
        Parts::List(list) => vec![format!("{name}={}", items(list, between, &encode))],
        Parts::Object(object) if how.explode => object
            .iter()
            .flat_map(|(key, value)| match value {
                Parts::List(items) => items.iter().map(|item| (key, item)).collect(),
                value => vec![(key, value)],
            })
            .map(|(key, value)| format!("{}={}", encode(key), encode(value.text())))
            .collect(),
        Parts::Object(object) if object.is_empty() => Vec::new(),
        Parts::Object(object) => vec![format!("{name}={}", entries(object, between, between, &encode))],
    }
}

/// Writes `name[key][0]=value`. The specification describes one level only; deeper levels follow the same rule.
fn deep(name: &str, parts: &Parts, encode: Encode<'_>, pairs: &mut Vec<String>) {
    match parts {
        Parts::Null | Parts::Json(_) => {}
        Parts::Text(text) => pairs.push(format!("{name}={}", encode(text))),
        Parts::List(list) => {
            for (index, item) in list.iter().enumerate() {
                deep(&format!("{name}%5B{index}%5D"), item, encode, pairs);
            }
        }
        Parts::Object(object) => {
            for (key, value) in object {
                deep(&format!("{name}%5B{}%5D", escape(key, ESCAPED)), value, encode, pairs);
            }
        }
    }
}
