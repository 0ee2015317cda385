//! Elements as they are in a document.

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::{MAX_DEPTH, XmlError};

/// An element; its name has no prefix.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
    pub text: String,
    /// Whether the element has `xsi:nil="true"`, which stands for `null`.
    pub nil: bool,
}

/// Parses a document. Document type declarations are refused, because they can declare entities.
pub(super) fn parse(bytes: &[u8]) -> Result<Node, XmlError> {
    let text = std::str::from_utf8(bytes).map_err(|error| XmlError(format!("the XML is not UTF-8: {error}")))?;
    let mut reader = Reader::from_str(text);
    // The first node stands for the document; its only child is the root element.
    let mut open = vec![Node::default()];
    loop {
        let at = reader.buffer_position();
        let wrong = |what: &dyn std::fmt::Display| XmlError(format!("invalid XML at byte {at}: {what}"));
        let event = reader.read_event().map_err(|error| wrong(&error))?;
        match event {
            Event::Start(start) if open.len() <= MAX_DEPTH => open.push(begin(&start)?),
            Event::Start(_) => return Err(wrong(&"elements are nested too deeply")),
            Event::Empty(start) => add(&mut open, begin(&start)?),
            Event::End(_) => {
                if let Some(node) = open.pop() {
                    add(&mut open, node);
                }
            }
            Event::Text(text) => add_text(&mut open, &text.xml10_content()),
            Event::CData(text) => add_text(&mut open, &text.xml10_content()),
            Event::GeneralRef(reference) => add_text(&mut open, &resolve(&reference)?),
            Event::DocType(_) => return Err(wrong(&"document type declarations are not supported")),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => break,
        }
    }
    let [document] = <[Node; 1]>::try_from(open).map_err(|_| XmlError("unexpected end of the XML".to_owned()))?;
    let mut roots = document.children.into_iter();
    match (roots.next(), roots.next()) {
        (Some(root), None) if document.text.trim().is_empty() => Ok(root),
        _ => Err(XmlError("the XML must have exactly one root element".to_owned())),
    }
}

fn begin(start: &BytesStart<'_>) -> Result<Node, XmlError> {
    let mut node = Node { name: local(start.name().as_ref()).to_owned(), ..Node::default() };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| XmlError(format!("invalid attribute: {error}")))?;
        let key = attribute.key.as_ref();
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| XmlError(format!("invalid attribute: {error}")))?;
        match key.split_once(':') {
            _ if key == "xmlns" => {}
            Some(("xmlns", _)) => {}
            Some((_, "nil")) => node.nil = matches!(&*value, "true" | "1"),
            Some(("xsi", _)) => {}
            _ => node.attributes.push((local(key).to_owned(), value.into_owned())),
        }
    }
    Ok(node)
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn add(open: &mut [Node], node: Node) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(node);
    }
}

fn add_text(open: &mut [Node], text: &str) {
    if let Some(node) = open.last_mut() {
        node.text.push_str(text);
    }
}

fn resolve(reference: &BytesRef<'_>) -> Result<String, XmlError> {
    if let Some(c) = reference.resolve_char_ref().map_err(|error| XmlError(error.to_string()))? {
        return Ok(c.to_string());
    }
    let name = reference.xml10_content();
    let text = resolve_predefined_entity(&name).ok_or_else(|| XmlError(format!("unknown entity `&{name};`")))?;
    Ok(text.to_owned())
}
