//! Parameters: how values are written into paths, queries, headers and cookies, and read back (OpenAPI 3.0.3
//! §4.7.12.3).
//!
//! A value is first reduced to its [`Parts`]: a string, an array of strings or an object of strings. The style says how
//! the parts are joined. Clients and servers use the same functions, so each reads what the other writes.

mod deep;
mod entries;
pub mod form;
mod param;
mod parts;
mod read;
mod table;
pub mod text;
mod write;

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

pub use param::Param;
pub use parts::Parts;
pub use read::{has_more, pairs, read_path, unescape};
pub use table::{Params, built};
pub use write::write_path;

use super::problem::Violation;
use super::strict::{is_strict, lenient};

/// The location of a parameter.
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
    /// A field of a form.
    Form,
}

/// The style of a parameter: how the parts of its value are joined.
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
    /// JSON
    Json,
}

/// What a value consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One string.
    Scalar,
    /// An array of strings.
    List,
    /// An object of strings.
    Object,
    /// One string, or an array of strings if there are several.
    Mixed,
}

impl Param {
    fn violation(&self, detail: impl fmt::Display) -> Violation {
        Violation::new(self.location(), detail)
    }

    fn parts<T: Serialize + ?Sized>(&self, value: &T) -> Result<Parts, Violation> {
        if self.style == Style::Json {
            return serde_json::to_string(value).map(Parts::Text).map_err(|error| self.violation(error));
        }
        let encode = match self.style {
            Style::DeepObject => parts::encode_nested,
            _ if self.is_spread() => parts::encode_spread,
            _ => parts::encode,
        };
        encode(value).map_err(|error| self.violation(error))
    }

    /// Returns whether each property of its object is a parameter of its own.
    fn is_spread(&self) -> bool {
        self.kind == Kind::Object && self.explode && self.style == Style::Form
    }

    /// Returns whether a name in the query belongs to the parameter.
    fn has_name(&self, name: &str) -> bool {
        let deeper = || name.strip_prefix(self.name).is_some_and(|rest| rest.starts_with('['));
        self.name == name || (self.style == Style::DeepObject && deeper())
    }

    /// Returns whether the value is one string, which no separator divides.
    fn is_plain(&self) -> bool {
        self.kind == Kind::Scalar && matches!(self.style, Style::Form | Style::Simple)
    }

    fn of_text<T: DeserializeOwned>(&self, text: Cow<'_, str>) -> Result<T, Violation> {
        parts::decode_text(text).map_err(|error| self.violation(error))
    }

    fn value<T: DeserializeOwned>(&self, parts: Parts) -> Result<T, Violation> {
        // A parameter that no object describes may be anything, so even a closed object tolerates it.
        if self.is_spread() && is_strict() {
            return lenient(|| self.value(parts));
        }
        match (self.style, &parts) {
            (Style::Json, Parts::Text(text)) => serde_json::from_str(text).map_err(|error| self.violation(error)),
            _ => parts::decode(parts).map_err(|error| self.violation(error)),
        }
    }
}

fn is_set_cookie(param: &Param) -> bool {
    param.style != Style::Json && param.name.eq_ignore_ascii_case("set-cookie")
}

/// The parameters of a request while it is being built. `Debug` prints no value, because it may be a credential.
#[derive(Clone, Default)]
pub struct Writer {
    /// The query string, percent-encoded, without `?`.
    pub query: String,
    /// Header names and values.
    pub headers: Vec<(&'static str, String)>,
    /// Cookie names and values, percent-encoded.
    pub cookies: Vec<String>,
}

impl Writer {
    /// Writes a parameter that is not part of the path.
    ///
    /// Fails if the value cannot be written in the style of the parameter.
    pub fn write<T: Serialize + ?Sized>(&mut self, param: &Param, value: &T) -> Result<(), Violation> {
        let parts = param.parts(value)?;
        match param.place {
            Place::Query | Place::Form if param.is_plain() && matches!(parts, Parts::Text(_)) => {
                if !self.query.is_empty() {
                    self.query.push('&');
                }
                write::pair(param, parts.text(), &mut self.query);
            }
            Place::Cookie if param.is_plain() && matches!(parts, Parts::Text(_)) => {
                let mut cookie = String::with_capacity(param.name.len() + parts.text().len() + 1);
                write::pair(param, parts.text(), &mut cookie);
                self.cookies.push(cookie);
            }
            Place::Query | Place::Form => {
                for pair in write::form(param, &parts)? {
                    self.push_query(&pair);
                }
            }
            Place::Cookie => self.cookies.extend(write::form(param, &parts)?),
            Place::Header if is_set_cookie(param) => {
                // Cookies cannot be joined with commas (RFC 6265 §3).
                let cookies = if let Parts::List(items) = parts { items } else { vec![parts] };
                self.headers.extend(cookies.iter().map(|cookie| (param.name, cookie.text().to_owned())));
            }
            Place::Header => self.headers.push((param.name, write::header(param.explode, parts))),
            Place::Path => return Err(param.violation("is a path parameter")),
        }
        Ok(())
    }

    /// Adds `name=value`, which must be percent-encoded already.
    pub fn push_query(&mut self, pair: &str) {
        if !self.query.is_empty() {
            self.query.push('&');
        }
        self.query.push_str(pair);
    }
}

/// The parameters of a received request. `Debug` prints no value, because it may be a credential.
#[derive(Clone, Default)]
pub struct Reader<'r> {
    query: Vec<Pair<'r>>,
    headers: Vec<(&'r str, &'r str)>,
    cookies: Vec<Pair<'r>>,
}

/// A decoded name, and a value that is still percent-encoded.
type Pair<'r> = (Cow<'r, str>, &'r str);

/// The same parameters together with the description of all of them: the names of others are not keys of an exploded
/// object.
#[derive(Clone, Copy, Debug)]
pub struct Among<'r> {
    reader: &'r Reader<'r>,
    known: &'r [Param],
}

impl<'r> Reader<'r> {
    /// Returns a reader that knows the names of all parameters.
    pub fn among<'a>(&'a self, known: &'a [Param]) -> Among<'a> {
        Among { reader: self, known }
    }

    /// Splits a query string, and takes headers as names and values.
    pub fn new(query: &'r str, headers: impl Iterator<Item = (&'r str, &'r str)>) -> Self {
        let mut reader = Self { query: read::split_pairs(query, '&').collect(), ..Self::default() };
        for (name, value) in headers {
            if name.eq_ignore_ascii_case("cookie") {
                reader.cookies.extend(value.split(';').flat_map(|pair| read::split_pairs(pair.trim(), '&')));
            }
            reader.headers.push((name, value));
        }
        reader
    }

    /// Reads a required parameter. Violations are added to `violations`.
    pub fn required<T: DeserializeOwned>(&self, param: &Param, violations: &mut Vec<Violation>) -> Option<T> {
        self.among(&[]).required(param, violations)
    }

    /// Reads an optional parameter. Violations are added to `violations`.
    pub fn optional<T: DeserializeOwned>(&self, param: &Param, violations: &mut Vec<Violation>) -> Option<T> {
        self.among(&[]).optional(param, violations)
    }
}

/// Prints no value.
impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers = self.headers.iter().map(|(name, _)| *name);
        f.debug_struct("Writer").field("headers", &headers.collect::<Vec<_>>()).finish_non_exhaustive()
    }
}

/// Prints no value.
impl fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |pairs: &[Pair<'_>]| pairs.iter().map(|(name, _)| name.to_string()).collect::<Vec<_>>();
        let headers: Vec<&str> = self.headers.iter().map(|(name, _)| *name).collect();
        let mut out = f.debug_struct("Reader");
        out.field("query", &names(&self.query)).field("headers", &headers);
        out.field("cookies", &names(&self.cookies)).finish()
    }
}

impl Among<'_> {
    /// Reads a required parameter. Violations are added to `violations`.
    pub fn required<T: DeserializeOwned>(&self, param: &Param, violations: &mut Vec<Violation>) -> Option<T> {
        let value = self.optional(param, violations);
        if value.is_none() && !violations.iter().any(|violation| violation.location == param.location()) {
            violations.push(param.violation("is required"));
        }
        value
    }

    /// Reads an optional parameter. Violations are added to `violations`.
    pub fn optional<T: DeserializeOwned>(&self, param: &Param, violations: &mut Vec<Violation>) -> Option<T> {
        let value = if param.is_plain() {
            self.text(param).and_then(|text| text.map(|text| param.of_text(text)).transpose())
        } else {
            self.parts(param).and_then(|parts| parts.map(|parts| param.value(parts)).transpose())
        };
        let value = value.transpose()?;
        value.map_err(|violation| violations.push(violation)).ok()
    }

    /// Returns the text of a parameter that is plain.
    fn text(&self, param: &Param) -> Result<Option<Cow<'_, str>>, Violation> {
        match param.place {
            Place::Query | Place::Form => read::read_text(param, &self.reader.query),
            Place::Cookie => read::read_text(param, &self.reader.cookies),
            Place::Header => Ok(self.header(param)),
            Place::Path => Ok(None),
        }
    }

    fn headers(&self, param: &Param) -> impl Iterator<Item = &str> {
        let named = |(name, _): &&(&str, &str)| name.eq_ignore_ascii_case(param.name);
        self.reader.headers.iter().filter(named).map(|(_, value)| *value)
    }

    /// Returns the value of a header; several are joined (RFC 9110 §5.2).
    fn header(&self, param: &Param) -> Option<Cow<'_, str>> {
        let mut found = self.headers(param);
        let first = found.next()?;
        match found.next() {
            None => Some(Cow::Borrowed(first)),
            Some(second) => {
                let all: Vec<&str> = [first, second].into_iter().chain(found).collect();
                Some(Cow::Owned(all.join(",")))
            }
        }
    }

    fn parts(&self, param: &Param) -> Result<Option<Parts>, Violation> {
        match param.place {
            Place::Query | Place::Form => read::read_form(param, &self.reader.query, self.known),
            Place::Cookie => read::read_form(param, &self.reader.cookies, self.known),
            Place::Header => {
                if param.kind == Kind::List && is_set_cookie(param) {
                    let cookies: Vec<_> = self.headers(param).map(|text| Parts::Text(text.to_owned())).collect();
                    return Ok((!cookies.is_empty()).then_some(Parts::List(cookies)));
                }
                let text = self.header(param);
                text.map(|text| read::read_header(param, &text)).transpose()
            }
            Place::Path => Ok(None),
        }
    }
}
