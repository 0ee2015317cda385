//! Forms: bodies of named fields (`application/x-www-form-urlencoded`, and the text fields of `multipart/form-data`).

use serde::Serialize;

pub use super::entries::Entries;
use super::parts::{self, Parts};
use super::{Kind, Param, Place, Reader, Style, Violation, Writer, write};

/// A field of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// The name, and how the value is written.
    pub param: Param,
    /// The media type of the part in `multipart/form-data`; `None` if it follows from the value.
    pub media_type: Option<&'static str>,
    /// Whether it is a file, or an array of files.
    pub file: bool,
    /// Whether it is written like a parameter of the query, because the document gives it a style. Otherwise, its media type
    /// decides (OpenAPI 3.1.1 §4.8.15.1.2).
    pub by_style: bool,
}

impl Field {
    const fn of(name: &'static str, style: Style, kind: Kind, explode: bool) -> Self {
        let param = Param { name, place: Place::Form, style, explode, kind, reserved: false, not_keys: &[] };
        Self { param, media_type: None, file: false, by_style: false }
    }

    /// Creates a field with one string.
    pub const fn text(name: &'static str) -> Self {
        Self::of(name, Style::Form, Kind::Scalar, true)
    }

    /// Creates a field that is repeated for each item of an array.
    pub const fn list(name: &'static str) -> Self {
        Self::of(name, Style::Form, Kind::List, true)
    }

    /// Creates a field with one string, or one that is repeated for each item of an array.
    pub const fn mixed(name: &'static str) -> Self {
        Self::of(name, Style::Form, Kind::Mixed, true)
    }

    /// Creates a field that contains JSON.
    pub const fn json(name: &'static str) -> Self {
        Self::of(name, Style::Json, Kind::Scalar, false)
    }

    /// Creates a field with a file, or several where the document allows either.
    pub const fn file(name: &'static str) -> Self {
        Self { file: true, ..Self::text(name) }
    }

    /// Creates a field that is repeated for each of several files.
    pub const fn files(name: &'static str) -> Self {
        Self { file: true, ..Self::list(name) }
    }

    /// Creates a field with a style of its own.
    pub const fn styled(name: &'static str, style: Style, kind: Kind, explode: bool) -> Self {
        Self { by_style: true, ..Self::of(name, style, kind, explode) }
    }

    /// Leaves reserved characters as they are (`allowReserved`).
    #[must_use]
    pub const fn reserved(mut self) -> Self {
        self.param.reserved = true;
        self.by_style = true;
        self
    }

    /// Sets the media type of the part.
    #[must_use]
    pub const fn of_type(mut self, media_type: &'static str) -> Self {
        self.media_type = Some(media_type);
        self
    }

    /// Returns whether the value is JSON.
    fn is_json(&self) -> bool {
        self.param.style == Style::Json || self.media_type.is_some_and(is_json)
    }

    /// Returns how a value is written: an object in a field of one string is JSON, because a string has no name for each property
    /// (the default `contentType` of objects, OpenAPI 3.0.3 §4.7.15.1).
    fn param_of(&self, value: &serde_json::Value) -> Param {
        if value.is_object() && (self.param.is_plain() || self.param.kind == Kind::Mixed) {
            Self::json(self.param.name).param
        } else {
            self.param
        }
    }

    /// Returns whether a part is an item of an array.
    pub fn is_item(&self) -> bool {
        self.param.kind == Kind::List && self.repeats()
    }

    /// Returns whether the field is repeated for each item of an array.
    pub fn repeats(&self) -> bool {
        self.file || (self.separator().is_none() && matches!(self.param.kind, Kind::List | Kind::Mixed))
    }

    /// Returns what is between the items of an array in a part; `None` if each item has its own part.
    fn separator(&self) -> Option<char> {
        match self.param.style {
            _ if self.file || self.param.explode || self.param.kind != Kind::List => None,
            Style::Form => Some(','),
            Style::SpaceDelimited => Some(' '),
            Style::PipeDelimited => Some('|'),
            _ => None,
        }
    }
}

/// Returns the field with a name.
pub fn find<'f>(fields: &'f [Field], name: &str) -> Option<&'f Field> {
    fields.iter().find(|field| field.param.name == name)
}

/// Writes the body of a form. Properties without a value are left out; those that no field describes are written as
/// strings.
///
/// Fails if a value cannot be written in the style of its field.
pub fn write<T: Serialize + ?Sized>(fields: &[Field], value: &T) -> Result<String, Violation> {
    let mut writer = Writer::default();
    for (name, value) in entries(fields, value)? {
        let field = find(fields, &name);
        let start = writer.query.len();
        if let Some(field) = field {
            // The media types are those of parts.
            if value.is_null() && field.param.style != Style::Json {
                continue;
            }
            writer.write(&field.param_of(&value), &value)?;
        } else {
            let parts = parts::encode(&value).map_err(|error| Violation::new("#", error))?;
            for pair in write::pairs(&name, &Field::list("").param, &parts) {
                writer.push_query(&pair);
            }
        }
        // A form writes spaces as `+` (RFC 1866 §8.2.1), RFC 6570 does not.
        if field.is_none_or(|field| !field.by_style) {
            let written = writer.query.split_off(start);
            writer.query.push_str(&written.replace("%20", "+"));
        }
    }
    Ok(writer.query)
}

/// Returns the properties of an object that have a value. Only a field that contains JSON can be `null`.
///
/// Fails if the value is not an object.
pub fn entries<T: Serialize + ?Sized>(
    fields: &[Field],
    value: &T,
) -> Result<Vec<(String, serde_json::Value)>, Violation> {
    let mut entries = parts::entries(value).map_err(|error| Violation::new("#", error))?;
    entries.retain(|(name, value)| !value.is_null() || find(fields, name).is_some_and(Field::is_json));
    Ok(entries)
}

/// Reads the body of a form. Violations are added to `violations`.
pub fn read(fields: &[Field], body: &str, violations: &mut Vec<Violation>) -> Parts {
    let reader = Reader::new(body, std::iter::empty());
    let mut entries = Entries::default();
    // Other fields are not keys of an exploded object.
    let has_spread = fields.iter().any(|field| field.param.is_spread());
    let known: Vec<Param> = fields.iter().filter(|_| has_spread).map(|field| field.param).collect();
    for field in fields {
        match reader.among(&known).parts(&field.param) {
            Ok(Some(Parts::Text(text))) if is_null(field, &text) => entries.set(field.param.name, Parts::Null),
            Ok(Some(Parts::Text(text))) if field.param.style == Style::Json => {
                entries.set(field.param.name, json(text));
            }
            Ok(Some(parts)) => entries.set(field.param.name, parts),
            Ok(None) => {}
            Err(violation) => violations.push(violation),
        }
    }
    let others = reader.query.iter().filter(|(name, _)| !fields.iter().any(|field| names(field, name)));
    for (name, value) in others {
        entries.add(name.clone().into_owned(), Parts::Text(super::read::plain(value)), false);
    }
    entries.into_parts()
}

/// Returns whether a name in the body belongs to a field.
fn names(field: &Field, name: &str) -> bool {
    field.param.is_spread() || field.param.has_name(name)
}

/// Returns the text of a value in `multipart/form-data`, and its media type if it needs one.
pub fn part(field: Option<&Field>, value: serde_json::Value) -> (String, Option<&'static str>) {
    let given = field.and_then(|field| field.media_type);
    match value {
        serde_json::Value::Array(items) if field.is_some_and(|field| field.separator().is_some()) => {
            let separator = field.and_then(Field::separator).map(String::from).unwrap_or_default();
            let text = |item| part(None, item).0;
            (items.into_iter().map(text).collect::<Vec<_>>().join(&separator), given)
        }
        serde_json::Value::String(text) if given.is_none_or(|media_type| !is_json(media_type)) => (text, given),
        serde_json::Value::Object(_) | serde_json::Value::Array(_) | serde_json::Value::Null => {
            (value.to_string(), given.or(Some("application/json")))
        }
        other => (other.to_string(), given),
    }
}

/// Reads the value of a received part of a media type, which is empty if the part has none. It is JSON if the part says so, or else
/// the document.
pub fn read_part(field: Option<&Field>, text: String, media_type: &str) -> Parts {
    if field.is_some_and(|field| is_null(field, &text)) {
        return Parts::Null;
    }
    if let Some(separator) = field.and_then(Field::separator) {
        let items = text.split(separator).filter(|_| !text.is_empty());
        return Parts::List(items.map(|item| Parts::Text(item.to_owned())).collect());
    }
    let documented = field.and_then(|field| field.media_type).unwrap_or_default();
    if is_json(if media_type.is_empty() { documented } else { media_type }) { json(text) } else { Parts::Text(text) }
}

/// Returns JSON. People type text into forms without quotes, so a text that is not JSON is that text.
fn json(text: String) -> Parts {
    serde_json::from_str(&text).map_or(Parts::Text(text), Parts::Json)
}

/// Returns whether a text is the `null` of a field that contains JSON.
fn is_null(field: &Field, text: &str) -> bool {
    field.is_json() && text.trim() == "null"
}

fn is_json(media_type: &str) -> bool {
    media_type.starts_with("application/json") || media_type.ends_with("+json")
}
