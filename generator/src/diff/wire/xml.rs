//! How values are written as XML (OpenAPI 3.0.3 §4.7.26).

use std::collections::VecDeque;

use super::super::change::Level;
use super::super::kind::ChangeKind;
use super::walk::{Spot, Walk};
use crate::diag::Pointer;
use crate::ir::{Shape, XmlContent, XmlElement, XmlMember, XmlName, XmlObject, XmlPlace};

/// Contents of elements that are still to be compared, with the symbol and the place of what contains them.
type Open<'a> = VecDeque<(&'a XmlContent, &'a XmlContent, Spot)>;

/// Compares the root elements of a body, and what is in them.
pub(super) fn compare<'a>(walk: &mut Walk<'a>, spot: &Spot, old: &'a XmlElement, new: &'a XmlElement) {
    report(walk, spot, [root(old), root(new)]);
    let mut open = Open::from([(&old.content, &new.content, spot.clone())]);
    while let Some((old, new, spot)) = open.pop_front() {
        match (old, new) {
            (XmlContent::List(before), XmlContent::List(after)) => {
                open.push_back((&before.content, &after.content, spot));
            }
            (XmlContent::Map(before), XmlContent::Map(after)) => open.push_back((before, after, spot)),
            (XmlContent::Object(before), XmlContent::Object(after)) if walk.is_new_xml(*before, *after, spot.flow) => {
                let (old, new) = (walk.old.api.xml.get(*before), walk.new.api.xml.get(*after));
                if let (Some(old), Some(new)) = (old, new) {
                    object(walk, &spot, (old, new), &mut open);
                }
            }
            _ => {}
        }
    }
}

/// Compares the properties that an object has in both versions; those of one version are another change.
fn object<'a>(walk: &mut Walk<'a>, spot: &Spot, (old, new): (&'a XmlObject, &'a XmlObject), open: &mut Open<'a>) {
    for member in &new.members {
        let Some(before) = old.members.iter().find(|before| before.key == member.key) else { continue };
        let (symbol, at) = place(walk, spot, new, &member.key);
        let spot = Spot { symbol, at, flow: spot.flow };
        report(walk, &spot, [written(before), written(member)]);
        open.push_back((&before.element.content, &member.element.content, spot));
    }
    open.push_back((&old.rest, &new.rest, spot.clone()));
}

/// The symbol and the place of a property.
fn place(walk: &Walk<'_>, spot: &Spot, object: &XmlObject, key: &str) -> (String, Pointer) {
    let found = object.ty.and_then(|id| {
        let Shape::Struct(shape) = &walk.new.api.types[id].shape else { return None };
        let mut fields = shape.fields.iter().zip(walk.new.members(id));
        let (field, name) = fields.find(|(field, _)| field.wire == key)?;
        Some((format!("{}::{name}", walk.new.path(id)), field.at.clone()))
    });
    found.unwrap_or_else(|| (format!("{} {key}", spot.symbol), spot.at.clone()))
}

fn report(walk: &mut Walk<'_>, spot: &Spot, [old, new]: [String; 2]) {
    if old != new {
        let message = format!("it is written as {new}, and was written as {old}");
        walk.report(Level::Major, ChangeKind::EncodingChanged, spot, &message);
    }
}

fn root(element: &XmlElement) -> String {
    format!("the element {}", described(element))
}

fn written(member: &XmlMember) -> String {
    let element = described(&member.element);
    match member.place {
        XmlPlace::Element => format!("the element {element}"),
        XmlPlace::Attribute => format!("the attribute {element}"),
        XmlPlace::Repeated => format!("one element {element} per item"),
        XmlPlace::Text => "the text of the element around it".to_owned(),
    }
}

/// The name of an element, and those of the items in it.
fn described(element: &XmlElement) -> String {
    let name = words(&element.name);
    match items(&element.content) {
        Some(item) => format!("{name} around one element {} per item", described(item)),
        None => name,
    }
}

fn items(content: &XmlContent) -> Option<&XmlElement> {
    match content {
        XmlContent::List(item) => Some(item),
        XmlContent::Map(value) => items(value),
        _ => None,
    }
}

fn words(name: &XmlName) -> String {
    let XmlName { local, prefix, namespace } = name;
    let name = if prefix.is_empty() { format!("`{local}`") } else { format!("`{prefix}:{local}`") };
    if namespace.is_empty() { name } else { format!("{name} of the namespace `{namespace}`") }
}
