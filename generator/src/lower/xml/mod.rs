//! How the values of schemas are written as XML.

mod alternatives;
mod keywords;

use std::collections::BTreeSet;
use std::rc::Rc;

use super::facts::{Additional, Facts, JsonType, Part};
use super::lowering::Lowering;
use crate::diag::{Code, Pointer};
use crate::ir::{Origin, Ty, TypeId, XmlContent, XmlElement, XmlMember, XmlObject, XmlPlace};
use crate::spec::Node;
use alternatives::{alternatives, behind_references, types};
use keywords::XmlKeywords;

/// Values nested deeper than this are free-form.
const MAX_DEPTH: usize = 32;

/// The root element of a body; `None` if its values have no parts. `ty` is the type of its schema.
pub(super) fn lower_root(cx: &mut Lowering<'_, '_>, schema: &Pointer, ty: &Ty) -> Option<XmlElement> {
    let content = lower_content(cx, &[Part::whole(schema)], Position::default());
    if !matches!(content, XmlContent::List(_) | XmlContent::Map(_) | XmlContent::Object(_)) {
        return None;
    }
    let keywords = XmlKeywords::of(cx, &[Part::whole(schema)]);
    let mut name = keywords.name("");
    if name.local.is_empty() {
        name.local = component(cx, ty).unwrap_or_else(|| "root".to_owned());
    }
    Some(XmlElement { name, content })
}

/// The key of a component, if a type is one.
fn component(cx: &Lowering<'_, '_>, ty: &Ty) -> Option<String> {
    let Ty::Named(id) = ty.not_null() else { return None };
    if let Origin::Component(key) = &cx.api.types[*id].origin { Some(key.clone()) } else { None }
}

/// Where a value is inside a body.
#[derive(Clone, Copy, Default)]
struct Position<'k> {
    depth: usize,
    /// The object that the value is a property of, and the name of the property.
    owner: Option<(usize, &'k str)>,
}

impl Position<'_> {
    fn inside(self) -> Self {
        Self { depth: self.depth + 1, ..self }
    }
}

/// What is in the element of a value.
fn lower_content(cx: &mut Lowering<'_, '_>, parts: &[Part], position: Position<'_>) -> XmlContent {
    if position.depth > MAX_DEPTH {
        return XmlContent::Any;
    }
    let written = parts;
    let parts = behind_references(cx, parts);
    if let Some(index) = cx.xml.get(&parts) {
        return XmlContent::Object(*index);
    }
    let all = alternatives(cx, &parts);
    let types: BTreeSet<JsonType> =
        all.iter().flat_map(|facts| types(facts)).filter(|ty| *ty != JsonType::Null).collect();
    let only = |allowed: &[JsonType]| !types.is_empty() && types.iter().all(|ty| allowed.contains(ty));
    if types.contains(&JsonType::Object) {
        let ty = [written, parts.as_slice()].into_iter().find_map(|parts| cx.known.get(parts).and_then(named));
        lower_object(cx, (parts, ty), &all, position)
    } else if only(&[JsonType::Array]) {
        XmlContent::List(Box::new(lower_item(cx, &all, "item", position)))
    } else if only(&[JsonType::String]) {
        XmlContent::Text
    } else if only(&[JsonType::Integer, JsonType::Number]) {
        XmlContent::Number
    } else if only(&[JsonType::Boolean]) {
        XmlContent::Boolean
    } else if types.is_empty() || types.contains(&JsonType::Array) {
        XmlContent::Any
    } else {
        XmlContent::Scalar
    }
}

/// What is in the element of an object; `ty` is its type, if it has one of its own.
fn lower_object(
    cx: &mut Lowering<'_, '_>,
    (parts, ty): (Vec<Part>, Option<TypeId>),
    all: &[Rc<Facts>],
    position: Position<'_>,
) -> XmlContent {
    let rest = all.iter().find_map(|facts| match &facts.additional {
        Additional::Schema(parts) => Some(parts.clone()),
        _ => None,
    });
    let lower_rest =
        |cx: &mut Lowering<'_, '_>| rest.map_or(XmlContent::Any, |rest| lower_content(cx, &rest, position.inside()));
    if all.iter().all(|facts| facts.properties.is_empty()) {
        return XmlContent::Map(Box::new(lower_rest(cx)));
    }
    if let Some(index) = ty.and_then(|ty| cx.api.xml.iter().position(|object| object.ty == Some(ty))) {
        cx.xml.insert(parts, index);
        return XmlContent::Object(index);
    }
    // The object is known before its parts are lowered, because they may refer to it.
    let index = cx.api.xml.len();
    let owner = position.owner.map(|(object, key)| (object, key.to_owned()));
    cx.api.xml.push(XmlObject { ty, owner, members: Vec::new(), rest: XmlContent::Any });
    cx.xml.insert(parts, index);
    let mut members: Vec<XmlMember> = Vec::new();
    for facts in all {
        for (key, parts) in &facts.properties {
            if !members.iter().any(|member| member.key == *key) {
                // A property that only some alternatives require may be absent.
                let required = all.first().is_some_and(|whole| whole.required.contains(key));
                let position = Position { depth: position.depth + 1, owner: Some((index, key)) };
                members.push(lower_member(cx, key, parts, required, position));
            }
        }
    }
    let rest = lower_rest(cx);
    if let Some(object) = cx.api.xml.get_mut(index) {
        (object.members, object.rest) = (members, rest);
    }
    XmlContent::Object(index)
}

/// The type that a type names.
fn named(ty: &Ty) -> Option<TypeId> {
    if let Ty::Named(id) = ty.not_null() { Some(*id) } else { None }
}

/// A property of an object.
fn lower_member(
    cx: &mut Lowering<'_, '_>,
    key: &str,
    parts: &[Part],
    required: bool,
    position: Position<'_>,
) -> XmlMember {
    let keywords = XmlKeywords::of(cx, parts);
    let content = lower_content(cx, parts, position);
    if !matches!(content, XmlContent::List(_)) {
        let is_none = |xml: &Node<'_>| xml.str("nodeType") == Some("none");
        report_ignored_xml(cx, parts.iter().map(|part| &part.at), is_none, "the value is written in its own element");
    }
    let name = keywords.name(key);
    let scalar = matches!(content, XmlContent::Text | XmlContent::Number | XmlContent::Boolean | XmlContent::Scalar);
    let (place, element) = match content {
        XmlContent::List(_) => {
            let parts = behind_references(cx, parts);
            let all = alternatives(cx, &parts);
            if keywords.wrapped {
                let item = lower_item(cx, &all, &name.local, position);
                (XmlPlace::Element, XmlElement { name, content: XmlContent::List(Box::new(item)) })
            } else {
                (XmlPlace::Repeated, lower_item(cx, &all, key, position))
            }
        }
        content if keywords.attribute && scalar => (XmlPlace::Attribute, XmlElement { name, content }),
        content if keywords.text && scalar => (XmlPlace::Text, XmlElement { name, content }),
        content => (XmlPlace::Element, XmlElement { name, content }),
    };
    XmlMember { key: key.to_owned(), place, element, required }
}

/// Reports the first XML Object that is not respected.
fn report_ignored_xml<'p>(
    cx: &mut Lowering<'_, '_>,
    schemas: impl Iterator<Item = &'p Pointer>,
    is_ignored: impl Fn(&Node<'_>) -> bool,
    what_is_done: &str,
) {
    let found = schemas.filter_map(|at| cx.spec.node(&at.push("xml"))).find(is_ignored).map(|xml| xml.at);
    if let Some(at) = found.filter(|at| cx.first_report(at)) {
        cx.diags
            .warn(Code::Unsupported, &at, format!("this `xml` is ignored: {what_is_done}"))
            .help("describe the elements as properties of an object");
    }
}

/// The element of an item of an array, called as its schema says, or else as the array.
fn lower_item(cx: &mut Lowering<'_, '_>, all: &[Rc<Facts>], list: &str, position: Position<'_>) -> XmlElement {
    let items: Vec<Part> =
        all.iter().find(|facts| !facts.items.is_empty()).map(|facts| facts.items.clone()).unwrap_or_default();
    let keywords = XmlKeywords::of(cx, &items);
    let is_tuple = all.iter().any(|facts| !facts.prefix_items.is_empty());
    let positions = all.iter().flat_map(|facts| &facts.prefix_items);
    report_ignored_xml(cx, positions, |_| true, "all items of a tuple use the same element name");
    let content = match items.is_empty() {
        // Each position of a tuple has a type of its own.
        _ if is_tuple => XmlContent::Scalar,
        true => XmlContent::Any,
        false => lower_content(cx, &items, position.inside()),
    };
    XmlElement { name: keywords.name(list), content }
}
