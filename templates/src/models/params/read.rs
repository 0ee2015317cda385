//! Styles: from text to the parts of a value (OpenAPI 3.0.3 §4.7.12.3).

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;

use super::entries::Entries;
use super::parts::Parts;
use super::{Kind, Pair, Param, Style, Violation};

/// Reads a path parameter from its percent-encoded segment. Violations are added to `violations`.
pub fn read_path<T: DeserializeOwned>(param: &Param, raw: &str, violations: &mut Vec<Violation>) -> Option<T> {
    if param.style == Style::Simple && param.kind == Kind::Scalar {
        return param.of_text(unescaped(raw)).map_err(|violation| violations.push(violation)).ok();
    }
    let parts = match param.style {
        Style::Label => read_label(param, raw),
        Style::Matrix => read_matrix(param, raw),
        Style::Json => Ok(Parts::Text(unescape(raw))),
        _ => read_escaped(param, raw, ','),
    };
    parts.and_then(|parts| param.value(parts)).map_err(|violation| violations.push(violation)).ok()
}

/// Percent-decodes a text. What is not a valid escape, or not UTF-8, is left as it is.
pub fn unescape(text: &str) -> String {
    unescaped(text).into_owned()
}

fn unescaped(text: &str) -> Cow<'_, str> {
    // Few texts have escapes.
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text))
}

/// Decodes a text of a query, in which `+` is a space.
pub(super) fn plain(text: &str) -> String {
    plainly(text).into_owned()
}

fn plainly(text: &str) -> Cow<'_, str> {
    if text.contains('+') { Cow::Owned(unescape(&text.replace('+', "%20"))) } else { unescaped(text) }
}

/// Returns the decoded names and values of a query string.
pub fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    split_pairs(query, '&').map(|(name, value)| (name.into_owned(), plain(value)))
}

/// Returns whether a query string or the body of a form has more pairs than a limit, without decoding them.
pub fn has_more(query: &str, limit: usize) -> bool {
    query.split('&').filter(|pair| !pair.is_empty()).nth(limit).is_some()
}

/// Splits `a=1&b=2`. Names are decoded; values are not, because separators inside them are escaped.
pub(super) fn split_pairs(text: &str, by: char) -> impl Iterator<Item = Pair<'_>> {
    text.split(by).filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (plainly(name), value)
    })
}

fn read_escaped(param: &Param, raw: &str, between: char) -> Result<Parts, Violation> {
    let text = |raw| Parts::Text(unescape(raw));
    Ok(match param.kind {
        Kind::Scalar => text(raw),
        Kind::Mixed if !raw.contains(between) => text(raw),
        Kind::List if raw.is_empty() => Parts::List(Vec::new()),
        Kind::List | Kind::Mixed => Parts::List(raw.split(between).map(text).collect()),
        Kind::Object => Parts::Object(read_entries(param, raw, between)?),
    })
}

fn read_entries(param: &Param, raw: &str, between: char) -> Result<Vec<(String, Parts)>, Violation> {
    if raw.is_empty() {
        return Ok(Vec::new());
    }
    if param.explode {
        let entry = |pair: &str| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (unescape(key), Parts::Text(unescape(value)))
        };
        return Ok(raw.split(between).map(entry).collect());
    }
    pair_up(param, raw.split(between).map(unescape))
}

/// Returns keys and values, which alternate.
fn pair_up(param: &Param, mut items: impl Iterator<Item = String>) -> Result<Vec<(String, Parts)>, Violation> {
    let mut entries = Vec::new();
    while let Some(key) = items.next() {
        let Some(value) = items.next() else {
            return Err(param.violation(format_args!("must have a value after the key `{key}`")));
        };
        entries.push((key, Parts::Text(value)));
    }
    Ok(entries)
}

/// Reads a parameter that is one text.
pub(super) fn read_text<'r>(param: &Param, pairs: &[Pair<'r>]) -> Result<Option<Cow<'r, str>>, Violation> {
    let mut found = pairs.iter().filter(|(name, _)| name == param.name).map(|(_, value)| *value);
    let first = found.next();
    match found.next() {
        None => Ok(first.map(plainly)),
        Some(_) => Err(param.violation("must be given only once")),
    }
}

/// Reads a header. Headers are not percent-encoded; items can be quoted strings (RFC 9110 §5.6.4).
pub(super) fn read_header(param: &Param, raw: &str) -> Result<Parts, Violation> {
    Ok(match param.kind {
        _ if param.style == Style::Json => Parts::Text(raw.to_owned()),
        Kind::Scalar => Parts::Text(raw.to_owned()),
        Kind::Mixed if !raw.contains(',') => Parts::Text(raw.to_owned()),
        // Only items in quotes can be empty; an element without content is none (RFC 9110 §5.6.1.2).
        Kind::List | Kind::Mixed => {
            let items = header_items(raw, false).into_iter().filter(|item| item.quoted || !item.text.is_empty());
            Parts::List(items.map(|item| Parts::Text(item.text)).collect())
        }
        Kind::Object => {
            let items = header_items(raw, param.explode).into_iter().map(|item| item.text);
            Parts::Object(pair_up(param, items)?)
        }
    })
}

/// An item of a header.
#[derive(Default)]
struct HeaderItem {
    text: String,
    quoted: bool,
}

/// Returns the items between commas, and between `=` if objects are exploded.
fn header_items(raw: &str, equals: bool) -> Vec<HeaderItem> {
    let mut items = Vec::new();
    let mut rest = raw.trim_start();
    while !rest.is_empty() {
        let (text, after, quoted) = if let Some(quoted) = rest.strip_prefix('"') {
            let (text, after) = quoted_string(quoted);
            (text, after, true)
        } else {
            let end = rest.find(|c| c == ',' || (equals && c == '=')).unwrap_or(rest.len());
            let (text, after) = rest.split_at(end);
            (text.trim_end().to_owned(), after, false)
        };
        items.push(HeaderItem { text, quoted });
        let after = after.trim_start();
        rest = after.strip_prefix([',', '=']).unwrap_or(after).trim_start();
        if rest.is_empty() && after.starts_with(',') {
            items.push(HeaderItem::default());
        }
    }
    items
}

/// Reads a quoted string after its first quote; returns it and the text that follows.
fn quoted_string(text: &str) -> (String, &str) {
    let mut item = String::new();
    let mut characters = text.char_indices();
    while let Some((at, c)) = characters.next() {
        match c {
            '"' => return (item, text.get(at + 1..).unwrap_or_default()),
            '\\' => item.extend(characters.next().map(|(_, escaped)| escaped)),
            other => item.push(other),
        }
    }
    (item, "")
}

fn read_label(param: &Param, raw: &str) -> Result<Parts, Violation> {
    let raw = raw.strip_prefix('.').unwrap_or(raw);
    read_escaped(param, raw, if param.explode && param.kind != Kind::Scalar { '.' } else { ',' })
}

fn read_matrix(param: &Param, raw: &str) -> Result<Parts, Violation> {
    let raw = raw.strip_prefix(';').unwrap_or(raw);
    let value = |pair: &'_ str| pair.split_once('=').map_or_else(String::new, |(_, value)| value.to_owned());
    match param.kind {
        Kind::List | Kind::Mixed if param.explode && (param.kind == Kind::List || raw.contains(';')) => {
            Ok(Parts::List(raw.split(';').map(|pair| Parts::Text(unescape(&value(pair)))).collect()))
        }
        Kind::Object if param.explode => read_entries(param, raw, ';').map(Parts::Object),
        _ => read_escaped(param, &value(raw), ','),
    }
}

pub(super) fn read_form(param: &Param, pairs: &[Pair<'_>], others: &[Param]) -> Result<Option<Parts>, Violation> {
    if param.style == Style::DeepObject {
        return Ok(super::deep::read(param.name, pairs));
    }
    if param.is_spread() {
        let is_of_other = |other: &Param, key: &str| {
            other.place == param.place && other.name != param.name && !other.is_spread() && other.has_name(key)
        };
        let is_own = |key: &str| !param.not_keys.contains(&key) && !others.iter().any(|other| is_of_other(other, key));
        let own = pairs.iter().filter(|(key, _)| is_own(key));
        let mut entries = Entries::default();
        own.for_each(|(key, value)| entries.add(key.clone().into_owned(), Parts::Text(plain(value)), false));
        return Ok(if entries.is_empty() { None } else { Some(entries.into_parts()) });
    }
    if param.is_plain() {
        return Ok(read_text(param, pairs)?.map(Parts::from));
    }
    let found: Vec<&str> = pairs.iter().filter(|(name, _)| name == param.name).map(|(_, value)| *value).collect();
    let Some(first) = found.first() else { return Ok(None) };
    if param.style == Style::Json {
        return Ok(Some(Parts::Text(plain(first))));
    }
    if param.explode && (param.kind == Kind::List || param.kind == Kind::Mixed && found.len() > 1) {
        return Ok(Some(Parts::List(found.into_iter().map(|text| Parts::Text(plain(text))).collect())));
    }
    if found.len() > 1 {
        return Err(param.violation("must be given only once"));
    }
    // Spaces inside a value are written differently from those between values: as `+`.
    let (first, between) = match param.style {
        Style::SpaceDelimited => (first.replace("%20", " ").replace('+', "%20"), ' '),
        Style::PipeDelimited => (first.replace('+', "%20").replace("%7C", "|").replace("%7c", "|"), '|'),
        _ => (first.replace('+', "%20"), ','),
    };
    // An exploded parameter that is given once is one string.
    let kind = if param.explode && param.kind == Kind::Mixed { Kind::Scalar } else { param.kind };
    let flat = Param { explode: false, kind, ..*param };
    read_escaped(&flat, &first, between).map(Some)
}
