//! Parameters: how values are written into paths, queries, headers and cookies, and read back (OpenAPI 3.0.3 §4.7.12.3).
//!
//! Every value is first reduced to its parts (a text, a list of texts, an object of texts); a style says how parts are
//! joined. Client and server use the same functions, so what one writes the other reads.

use std::borrow::Cow;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::params_text::{self, Parts};
use super::problem::Violation;

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A variable of the path template.
    Path,
    /// The query string.
    Query,
    /// A header.
    Header,
    /// The `Cookie` header.
    Cookie,
}

/// How the parts of a value are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `a,b`
    Simple,
    /// `.a.b`
    Label,
    /// `;name=a,b`
    Matrix,
    /// `name=a&name=b` or `name=a,b`
    Form,
    /// `name=a%20b`
    SpaceDelimited,
    /// `name=a|b`
    PipeDelimited,
    /// `name[key]=a`
    DeepObject,
    /// JSON text
    Json,
}

/// What a value consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One text.
    Scalar,
    /// A list of texts.
    List,
    /// An object of texts.
    Object,
}

/// A parameter, as the document describes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Param {
    /// Its name on the wire.
    pub name: &'static str,
    /// Where it travels.
    pub place: Place,
    /// How its value is written.
    pub style: Style,
    /// Whether lists and objects become several parameters.
    pub explode: bool,
    /// What its value consists of.
    pub kind: Kind,
}

impl Param {
    /// A parameter of the path.
    pub const fn path(name: &'static str, style: Style, kind: Kind, explode: bool) -> Self {
        Self { name, place: Place::Path, style, explode, kind }
    }

    /// Where a violation of this parameter is.
    pub fn location(&self) -> String {
        match self.place {
            Place::Path => format!("{{{}}}", self.name),
            Place::Query => format!("?{}", self.name),
            Place::Header => format!("header:{}", self.name),
            Place::Cookie => format!("cookie:{}", self.name),
        }
    }

    fn violation(&self, detail: impl std::fmt::Display) -> Violation {
        Violation::new(self.location(), detail)
    }

    fn parts<T: Serialize + ?Sized>(&self, value: &T) -> Result<Parts, Violation> {
        if self.style == Style::Json {
            return serde_json::to_string(value).map(Parts::Text).map_err(|error| self.violation(error));
        }
        params_text::encode(value).map_err(|error| self.violation(error))
    }

    fn value<T: DeserializeOwned>(&self, parts: Parts) -> Result<T, Violation> {
        match (self.style, &parts) {
            (Style::Json, Parts::Text(text)) => serde_json::from_str(text).map_err(|error| self.violation(error)),
            _ => params_text::decode(parts).map_err(|error| self.violation(error)),
        }
    }
}

/// The parameters of a request while it is being built.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    /// The query string, percent-encoded, without `?`.
    pub query: String,
    /// Header names and values, as text.
    pub headers: Vec<(&'static str, String)>,
    /// Cookie names and values, percent-encoded.
    pub cookies: Vec<String>,
}

impl Writer {
    /// Writes a parameter that is no part of the path.
    pub fn write<T: Serialize + ?Sized>(&mut self, param: &Param, value: &T) -> Result<(), Violation> {
        let parts = param.parts(value)?;
        match param.place {
            Place::Query => {
                for pair in form(param, &parts, &QUERY) {
                    self.push_query(&pair);
                }
            }
            Place::Cookie => self.cookies.extend(form(param, &parts, &QUERY)),
            Place::Header => self.headers.push((param.name, simple(param.explode, &parts, Cow::Borrowed))),
            Place::Path => return Err(param.violation("belongs into the path")),
        }
        Ok(())
    }

    /// Adds `name=value`, both percent-encoded already.
    pub fn push_query(&mut self, pair: &str) {
        if !self.query.is_empty() {
            self.query.push('&');
        }
        self.query.push_str(pair);
    }
}

/// Writes the value of a path parameter, percent-encoded.
///
/// An empty text, `.` and `..` would change which resource the path names; they are refused.
pub fn write_path<T: Serialize + ?Sized>(param: &Param, value: &T) -> Result<String, Violation> {
    let parts = param.parts(value)?;
    let encode = |text| escape(text, &PATH);
    let text = match param.style {
        Style::Label => label(param.explode, &parts),
        Style::Matrix => matrix(param, &parts),
        _ => simple(param.explode, &parts, encode),
    };
    match text.as_str() {
        "" => Err(param.violation("must not be empty")),
        "." | ".." => Err(param.violation(format_args!("must not be `{text}`"))),
        _ => Ok(text),
    }
}

/// The parameters of a request that arrived.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    cookies: Vec<(String, String)>,
}

impl Reader {
    /// Splits a query string, and headers given as names and values.
    pub fn new<'h>(query: &str, headers: impl Iterator<Item = (&'h str, &'h str)>) -> Self {
        let mut reader = Self { query: split_pairs(query, '&'), ..Self::default() };
        for (name, value) in headers {
            if name.eq_ignore_ascii_case("cookie") {
                reader.cookies.extend(value.split(';').flat_map(|pair| split_pairs(pair.trim(), '&')));
            }
            reader.headers.push((name.to_ascii_lowercase(), value.to_owned()));
        }
        reader
    }

    /// Reads a parameter that must be there; violations are collected.
    pub fn required<T: DeserializeOwned>(&self, param: &Param, violations: &mut Vec<Violation>) -> Option<T> {
        let value = self.optional(param, violations);
        if value.is_none() && !violations.iter().any(|violation| violation.location == param.location()) {
            violations.push(param.violation("is required"));
        }
        value
    }

    /// Reads a parameter that may be absent; violations are collected.
    pub fn optional<T: DeserializeOwned>(&self, param: &Param, violations: &mut Vec<Violation>) -> Option<T> {
        let value = match self.parts(param) {
            Ok(parts) => param.value(parts?),
            Err(violation) => Err(violation),
        };
        value.map_err(|violation| violations.push(violation)).ok()
    }

    fn parts(&self, param: &Param) -> Result<Option<Parts>, Violation> {
        match param.place {
            Place::Query => read_form(param, &self.query),
            Place::Cookie => read_form(param, &self.cookies),
            Place::Header => {
                let name = param.name.to_ascii_lowercase();
                let found: Vec<&str> =
                    self.headers.iter().filter(|(key, _)| *key == name).map(|(_, value)| value.as_str()).collect();
                Ok(if found.is_empty() { None } else { Some(read_simple(param, &found.join(","), ',')) })
            }
            Place::Path => Ok(None),
        }
    }
}

/// Reads the value of a path parameter from its segment, percent-decoded already by the router or not at all.
pub fn read_path<T: DeserializeOwned>(param: &Param, raw: &str, violations: &mut Vec<Violation>) -> Option<T> {
    let parts = match param.style {
        Style::Label => read_label(param, raw),
        Style::Matrix => read_matrix(param, raw),
        Style::Json => Parts::Text(unescape(raw)),
        _ => read_escaped(param, raw, ','),
    };
    param.value(parts).map_err(|violation| violations.push(violation)).ok()
}

// --- writing

/// What needs no escape in a path segment beside the unreserved characters (RFC 3986 §2.3).
const PATH: [u8; 0] = [];
/// What needs no escape in a query beside the unreserved characters.
const QUERY: [u8; 0] = [];

/// Percent-encodes everything but unreserved characters and `keep`.
fn escape<'t>(text: &'t str, keep: &[u8]) -> Cow<'t, str> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || keep.contains(&byte);
    if text.bytes().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for byte in text.bytes() {
        if plain(byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                out.push(char::from_digit(u32::from(digit), 16).unwrap_or('0').to_ascii_uppercase());
            }
        }
    }
    Cow::Owned(out)
}

fn join<'t>(items: impl Iterator<Item = Cow<'t, str>>, by: &str) -> String {
    items.collect::<Vec<_>>().join(by)
}

fn simple<'p>(explode: bool, parts: &'p Parts, encode: impl Fn(&'p str) -> Cow<'p, str>) -> String {
    match parts {
        Parts::Null => String::new(),
        Parts::Text(text) => encode(text).into_owned(),
        Parts::List(items) => join(items.iter().map(|item| encode(item)), ","),
        Parts::Object(entries) => {
            let middle = if explode { "=" } else { "," };
            join(
                entries.iter().map(|(key, value)| Cow::Owned(format!("{}{middle}{}", encode(key), encode(value)))),
                ",",
            )
        }
    }
}

fn label(explode: bool, parts: &Parts) -> String {
    let between = if explode { "." } else { "," };
    let encode = |text| escape(text, &PATH);
    match parts {
        Parts::Null => String::new(),
        Parts::Text(text) => format!(".{}", encode(text)),
        Parts::List(items) => format!(".{}", join(items.iter().map(|item| encode(item)), between)),
        Parts::Object(entries) => {
            let middle = if explode { "=" } else { "," };
            let entries =
                entries.iter().map(|(key, value)| Cow::Owned(format!("{}{middle}{}", encode(key), encode(value))));
            format!(".{}", join(entries, between))
        }
    }
}

fn matrix(param: &Param, parts: &Parts) -> String {
    let encode = |text| escape(text, &PATH);
    let name = encode(param.name);
    match parts {
        Parts::Null => String::new(),
        Parts::Text(text) => format!(";{name}={}", encode(text)),
        Parts::List(items) if param.explode => {
            join(items.iter().map(|item| Cow::Owned(format!(";{name}={}", encode(item)))), "")
        }
        Parts::List(items) => format!(";{name}={}", join(items.iter().map(|item| encode(item)), ",")),
        Parts::Object(entries) if param.explode => {
            join(entries.iter().map(|(key, value)| Cow::Owned(format!(";{}={}", encode(key), encode(value)))), "")
        }
        Parts::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| Cow::Owned(format!("{},{}", encode(key), encode(value))));
            format!(";{name}={}", join(entries, ","))
        }
    }
}

/// The `name=value` pairs of a query or cookie parameter.
fn form(param: &Param, parts: &Parts, keep: &[u8]) -> Vec<String> {
    let spaces = param.style == Style::SpaceDelimited;
    let encode = |text| {
        let escaped = escape(text, keep);
        if spaces { Cow::Owned(escaped.replace("%20", "+")) } else { escaped }
    };
    let name = encode(param.name);
    let between = match param.style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "|",
        _ => ",",
    };
    match parts {
        Parts::Null => vec![format!("{name}=")],
        Parts::Text(text) => vec![format!("{name}={}", encode(text))],
        Parts::List(items) if items.is_empty() => Vec::new(),
        Parts::List(items) if param.explode => items.iter().map(|item| format!("{name}={}", encode(item))).collect(),
        Parts::List(items) => vec![format!("{name}={}", join(items.iter().map(|item| encode(item)), between))],
        Parts::Object(entries) if param.style == Style::DeepObject => {
            entries.iter().map(|(key, value)| format!("{name}%5B{}%5D={}", encode(key), encode(value))).collect()
        }
        Parts::Object(entries) if param.explode => {
            entries.iter().map(|(key, value)| format!("{}={}", encode(key), encode(value))).collect()
        }
        Parts::Object(entries) if entries.is_empty() => Vec::new(),
        Parts::Object(entries) => {
            let entries =
                entries.iter().map(|(key, value)| Cow::Owned(format!("{}{between}{}", encode(key), encode(value))));
            vec![format!("{name}={}", join(entries, between))]
        }
    }
}

// --- reading

/// Percent-decodes; what is no escape, or no UTF-8, stays.
pub fn unescape(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let digit = |at: usize| tail.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        if let (b'%', Some(high), Some(low)) = (first, digit(0), digit(1)) {
            bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
            rest = tail.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Decodes a text of a query, where `+` is a space.
fn plain(text: &str) -> String {
    unescape(&text.replace('+', "%20"))
}

/// `a=1&b=2`, names decoded, values still escaped: separators inside values are escaped, separators between them are not.
fn split_pairs(text: &str, by: char) -> Vec<(String, String)> {
    text.split(by)
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (plain(name), value.to_owned())
        })
        .collect()
}

fn read_escaped(param: &Param, raw: &str, between: char) -> Parts {
    match param.kind {
        Kind::Scalar => Parts::Text(unescape(raw)),
        Kind::List if raw.is_empty() => Parts::List(Vec::new()),
        Kind::List => Parts::List(raw.split(between).map(unescape).collect()),
        Kind::Object => Parts::Object(read_entries(param.explode, raw, between)),
    }
}

fn read_entries(explode: bool, raw: &str, between: char) -> Vec<(String, String)> {
    if raw.is_empty() {
        return Vec::new();
    }
    if explode {
        let entry = |pair: &str| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (unescape(key), unescape(value))
        };
        return raw.split(between).map(entry).collect();
    }
    let mut items = raw.split(between).map(unescape);
    let mut entries = Vec::new();
    while let Some(key) = items.next() {
        entries.push((key, items.next().unwrap_or_default()));
    }
    entries
}

/// Headers are not percent-encoded.
fn read_simple(param: &Param, raw: &str, between: char) -> Parts {
    let literal = raw.replace('%', "%25");
    match param.kind {
        Kind::Scalar => Parts::Text(raw.to_owned()),
        Kind::List | Kind::Object => {
            let trimmed: Vec<&str> = literal.split(between).map(str::trim).collect();
            read_escaped(param, &trimmed.join(","), ',')
        }
    }
}

fn read_label(param: &Param, raw: &str) -> Parts {
    let raw = raw.strip_prefix('.').unwrap_or(raw);
    read_escaped(param, raw, if param.explode && param.kind != Kind::Scalar { '.' } else { ',' })
}

fn read_matrix(param: &Param, raw: &str) -> Parts {
    let raw = raw.strip_prefix(';').unwrap_or(raw);
    let value = |pair: &'_ str| pair.split_once('=').map_or_else(String::new, |(_, value)| value.to_owned());
    match param.kind {
        Kind::List if param.explode => Parts::List(raw.split(';').map(|pair| unescape(&value(pair))).collect()),
        Kind::Object if param.explode => Parts::Object(read_entries(true, raw, ';')),
        _ => read_escaped(param, &value(raw), ','),
    }
}

fn read_form(param: &Param, pairs: &[(String, String)]) -> Result<Option<Parts>, Violation> {
    if param.kind == Kind::Object && param.style == Style::DeepObject {
        return Ok(read_deep_object(param, pairs));
    }
    if param.kind == Kind::Object && param.explode && param.style == Style::Form {
        let entries: Vec<(String, String)> = pairs.iter().map(|(key, value)| (key.clone(), plain(value))).collect();
        return Ok(if entries.is_empty() { None } else { Some(Parts::Object(entries)) });
    }
    let found: Vec<&str> =
        pairs.iter().filter(|(name, _)| name == param.name).map(|(_, value)| value.as_str()).collect();
    let Some(first) = found.first() else { return Ok(None) };
    if param.style == Style::Json {
        return Ok(Some(Parts::Text(plain(first))));
    }
    if param.kind == Kind::List && param.explode {
        return Ok(Some(Parts::List(found.into_iter().map(plain).collect())));
    }
    if found.len() > 1 {
        return Err(param.violation("must be given once"));
    }
    // A separator inside a value is written differently from one between values: `+` for a space, `%7C` for a pipe.
    let (first, between) = match param.style {
        Style::SpaceDelimited => (first.replace("%20", " ").replace('+', "%20"), ' '),
        Style::PipeDelimited => (first.replace('+', "%20"), '|'),
        _ => (first.replace('+', "%20"), ','),
    };
    let flat = Param { explode: false, ..*param };
    Ok(Some(read_escaped(&flat, &first, between)))
}

fn read_deep_object(param: &Param, pairs: &[(String, String)]) -> Option<Parts> {
    let entries: Vec<(String, String)> = pairs
        .iter()
        .filter_map(|(name, value)| {
            let key = name.strip_prefix(param.name)?.strip_prefix('[')?.strip_suffix(']')?;
            Some((key.to_owned(), plain(value)))
        })
        .collect();
    if entries.is_empty() { None } else { Some(Parts::Object(entries)) }
}

/// `params!(Type { field: mode, place "name" style kind explode; ... });`
///
/// Modes: `required`, `optional` (an `Option`).
#[allow(unused_macros)]
macro_rules! params {
    (checked $($table:tt)*) => { params!(@impls $($table)*); };
    ($name:ident { $($table:tt)* }) => {
        params!(@impls $name { $($table)* });

        impl support::Validate for $name {
            fn check(&self, _checks: &mut support::Checks<'_>) {}
        }
    };
    (@impls $name:ident { $($field:ident: $mode:ident, $place:ident $wire:literal $style:ident $kind:ident $explode:literal;)* }) => {
        impl support::params::Params for $name {
            fn write(&self, writer: &mut support::params::Writer) -> Result<(), support::problem::Violation> {
                $(params!(@write $mode, writer, self.$field, params!(@param $place $wire $style $kind $explode));)*
                Ok(())
            }

            fn read(
                reader: &support::params::Reader,
                violations: &mut Vec<support::problem::Violation>,
            ) -> Option<Self> {
                $(let $field = reader.$mode(&params!(@param $place $wire $style $kind $explode), violations);)*
                Some(Self { $($field: params!(@finish $mode, $field),)* })
            }
        }
    };
    (@param $place:ident $wire:literal $style:ident $kind:ident $explode:literal) => {
        support::params::Param {
            name: $wire,
            place: support::params::Place::$place,
            style: support::params::Style::$style,
            kind: support::params::Kind::$kind,
            explode: $explode,
        }
    };
    (@write required, $writer:ident, $value:expr, $param:expr) => { $writer.write(&$param, &$value)? };
    (@write optional, $writer:ident, $value:expr, $param:expr) => {
        if let Some(value) = &$value {
            $writer.write(&$param, value)?;
        }
    };
    (@finish required, $field:ident) => { $field? };
    (@finish optional, $field:ident) => { $field };
}
#[allow(unused_imports)]
pub(crate) use params;

/// The parameters of an operation that are no part of its path.
pub trait Params: Sized {
    /// Writes them into a request.
    fn write(&self, writer: &mut Writer) -> Result<(), Violation>;

    /// Reads them from a request; `None` if a required one is missing or malformed. Every violation is collected.
    fn read(reader: &Reader, violations: &mut Vec<Violation>) -> Option<Self>;
}

/// No parameters.
impl Params for () {
    fn write(&self, _writer: &mut Writer) -> Result<(), Violation> {
        Ok(())
    }

    fn read(_reader: &Reader, _violations: &mut Vec<Violation>) -> Option<Self> {
        Some(())
    }
}
