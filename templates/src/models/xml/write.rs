//! From values to elements.

use std::borrow::Cow;
use std::collections::BTreeMap;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use serde_json::{Map, Value};

use super::element::{Content, Element, Member, MemberPlace, Object};
use super::name::{Name, valid, valid_text};
use super::{MAX_DEPTH, XmlError};

/// Writes a value as a document.
///
/// # Errors
/// Fails if a key is not a valid name, or a string has characters that are not allowed (XML 1.0 §2.2, §2.3).
pub fn write(element: &Element, value: &Value) -> Result<Vec<u8>, XmlError> {
    let mut out = Output { writer: Writer::new(Vec::new()), depth: 0 };
    out.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    out.element(&element.name, &element.content, value)?;
    Ok(out.writer.into_inner())
}

struct Output {
    writer: Writer<Vec<u8>>,
    depth: usize,
}

impl Output {
    fn event(&mut self, event: Event<'_>) -> Result<(), XmlError> {
        self.writer.write_event(event).map_err(|error| XmlError(error.to_string()))
    }

    fn element(&mut self, name: &Name, content: &Content, value: &Value) -> Result<(), XmlError> {
        let qualified = name.qualified();
        let mut start = BytesStart::new(valid(&qualified)?);
        let attributes = attributes(content, value);
        let mut declared: BTreeMap<Cow<'static, str>, &str> = name.declaration().into_iter().collect();
        declared.extend(
            attributes.iter().filter(|(name, _)| !name.prefix.is_empty()).filter_map(|(name, _)| name.declaration()),
        );
        for (key, namespace) in &declared {
            start.push_attribute((&**key, *namespace));
        }
        if value.is_null() {
            start.push_attribute(("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"));
            start.push_attribute(("xsi:nil", "true"));
            return self.event(Event::Empty(start));
        }
        for (name, value) in attributes {
            start.push_attribute((valid(&name.qualified())?, valid_text(&text(value))?));
        }
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(XmlError("elements are nested too deeply".to_owned()));
        }
        self.event(Event::Start(start))?;
        self.content(content, value)?;
        self.depth -= 1;
        self.event(Event::End(BytesEnd::new(&*qualified)))
    }

    fn content(&mut self, content: &Content, value: &Value) -> Result<(), XmlError> {
        match (content, value) {
            (Content::Object(shape), Value::Object(entries)) => self.object(shape, entries),
            (Content::Map(entry), Value::Object(entries)) => {
                entries.iter().try_for_each(|(key, value)| self.keyed(key, entry, value))
            }
            (_, Value::Object(entries)) => {
                entries.iter().try_for_each(|(key, value)| self.keyed(key, &Content::Any, value))
            }
            (Content::List(item), Value::Array(items)) => {
                items.iter().try_for_each(|value| self.element(&item.name, &item.content, value))
            }
            (_, Value::Array(items)) => {
                items.iter().try_for_each(|value| self.element(&Name::new("item"), &Content::Any, value))
            }
            (_, scalar) => {
                let text = text(scalar);
                self.event(Event::Text(BytesText::new(valid_text(&text)?)))
            }
        }
    }

    fn object(&mut self, shape: &Object, entries: &Map<String, Value>) -> Result<(), XmlError> {
        // In the order of the document, because many receivers depend on it.
        let mut members = shape.members.iter().filter_map(|member| Some((member, entries.get(member.key)?)));
        members.try_for_each(|(member, value)| self.member(member, value))?;
        let mut others = entries.iter().filter(|(key, _)| !shape.members.iter().any(|member| member.key == *key));
        others.try_for_each(|(key, value)| self.keyed(key, &shape.rest, value))
    }

    fn member(&mut self, member: &Member, value: &Value) -> Result<(), XmlError> {
        let Element { name, content } = &member.element;
        match (member.place, value) {
            (MemberPlace::Attribute, _) | (MemberPlace::Repeated, Value::Null) => Ok(()),
            (MemberPlace::Text, value) => self.event(Event::Text(BytesText::new(valid_text(&text(value))?))),
            (MemberPlace::Repeated, Value::Array(items)) => {
                items.iter().try_for_each(|value| self.element(name, content, value))
            }
            (MemberPlace::Element | MemberPlace::Repeated, value) => self.element(name, content, value),
        }
    }

    /// Writes an element named by a key of the value; an array is one element per item.
    fn keyed(&mut self, key: &str, content: &Content, value: &Value) -> Result<(), XmlError> {
        if let (Content::Any, Value::Array(items)) = (content, value) {
            return items.iter().try_for_each(|value| self.keyed(key, content, value));
        }
        let name = valid(key)?;
        if value.is_null() {
            return Ok(());
        }
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(XmlError("elements are nested too deeply".to_owned()));
        }
        self.event(Event::Start(BytesStart::new(name)))?;
        self.content(content, value)?;
        self.depth -= 1;
        self.event(Event::End(BytesEnd::new(name)))
    }
}

/// Returns the properties of an object that are attributes and present.
fn attributes<'v>(content: &Content, value: &'v Value) -> Vec<(Name, &'v Value)> {
    let (Content::Object(shape), Value::Object(entries)) = (content, value) else { return Vec::new() };
    let members = shape.members.iter().filter(|member| member.place == MemberPlace::Attribute);
    let given = members.filter_map(|member| Some((member.element.name, entries.get(member.key)?)));
    given.filter(|(_, value)| !value.is_null()).collect()
}

/// Returns a value without parts as text.
fn text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => text.into(),
        Value::Null => "".into(),
        other => other.to_string().into(),
    }
}
