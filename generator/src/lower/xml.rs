//! How the values of schemas are XML: the XML Object (OpenAPI 3.0.3 §4.7.26, `nodeType`: 3.2.0 §4.26).

use std::collections::{BTreeSet, VecDeque};

use super::cx::Cx;
use super::facts::{self, Additional, Facts, JsonType, Part};
use super::schema;
use crate::diag::{Diags, Pointer};
use crate::ir::{Origin, Ty, TypeId, XmlContent, XmlElement, XmlMember, XmlName, XmlObject, XmlPlace};

use crate::spec::Node;
use crate::tree::Tree;
use crate::vocabulary;

/// Schemas inside each other deeper than this are free-form.
const MAX_DEPTH: usize = 32;

/// The root element of a body, if its values have parts; `ty` is what its schema became.
pub(super) fn lower_root(cx: &mut Cx<'_, '_>, schema: &Pointer, ty: &Ty) -> Option<XmlElement> {
    let content = lower_content(cx, &[Part::whole(schema)], Spot::default());
    if !matches!(content, XmlContent::List(_) | XmlContent::Map(_) | XmlContent::Object(_)) {
        return None;
    }
    let said = Said::of(cx, &[Part::whole(schema)]);
    let mut name = said.name("");
    if name.local.is_empty() {
        name.local = component(cx, ty).unwrap_or_else(|| "root".to_owned());
    }
    Some(XmlElement { name, content })
}

/// The key of a component.
fn component(cx: &Cx<'_, '_>, ty: &Ty) -> Option<String> {
    let Ty::Named(id) = ty.not_null() else { return None };
    if let Origin::Component(key) = &cx.api.types[*id].origin { Some(key.clone()) } else { None }
}

/// Where a schema stands.
#[derive(Clone, Copy, Default)]
struct Spot<'k> {
    depth: usize,
    /// The object that it is a property of, and the property's name.
    owner: Option<(usize, &'k str)>,
}

impl Spot<'_> {
    fn inside(self) -> Self {
        Self { depth: self.depth + 1, ..self }
    }
}

fn lower_content(cx: &mut Cx<'_, '_>, parts: &[Part], spot: Spot<'_>) -> XmlContent {
    if spot.depth > MAX_DEPTH {
        return XmlContent::Any;
    }
    let said = parts;
    let parts = behind_references(cx, parts);
    if let Some(index) = cx.xml.get(&parts) {
        return XmlContent::Object(*index);
    }
    let all = alternatives(cx, &parts);
    let kinds: BTreeSet<JsonType> = all.iter().flat_map(kinds).filter(|kind| *kind != JsonType::Null).collect();
    let only = |allowed: &[JsonType]| !kinds.is_empty() && kinds.iter().all(|kind| allowed.contains(kind));
    if kinds.contains(&JsonType::Object) {
        let ty = [said, parts.as_slice()].into_iter().find_map(|parts| cx.known.get(parts).and_then(named));
        lower_object(cx, (parts, ty), &all, spot)
    } else if only(&[JsonType::Array]) {
        XmlContent::List(Box::new(lower_item(cx, &all, "item", spot)))
    } else if only(&[JsonType::String]) {
        XmlContent::Text
    } else if only(&[JsonType::Integer, JsonType::Number]) {
        XmlContent::Number
    } else if only(&[JsonType::Boolean]) {
        XmlContent::Boolean
    } else if kinds.is_empty() || kinds.contains(&JsonType::Array) {
        XmlContent::Any
    } else {
        XmlContent::Scalar
    }
}

/// The schemas, with what a mere reference refers to in its place.
fn behind_references(cx: &Cx<'_, '_>, parts: &[Part]) -> Vec<Part> {
    let mut found = Vec::new();
    for part in parts {
        behind(cx, part, 0, &mut found);
    }
    found
}

fn behind(cx: &Cx<'_, '_>, part: &Part, depth: usize, found: &mut Vec<Part>) {
    let Some(node) = cx.spec.node(&part.at).filter(|_| depth < MAX_DEPTH) else { return };
    let keys = || node.tree.as_object().into_iter().flat_map(|map| map.keys().map(String::as_str));
    let says: Vec<&str> = keys().filter(|key| !vocabulary::restricts_nothing(key)).collect();
    match says.as_slice() {
        // Beside others, what says nothing is left out.
        [] if depth > 0 => {}
        ["$ref"] => {
            let target = node.str("$ref").and_then(|text| cx.spec.target(&node, text, &mut Diags::new()));
            if let Some(target) = target {
                behind(cx, &Part { at: target.at, view: part.view }, depth + 1, found);
            }
        }
        ["allOf"] => {
            for branch in node.items("allOf") {
                behind(cx, &Part { at: branch.at, view: part.view }, depth + 1, found);
            }
        }
        _ if found.contains(part) => {}
        _ => found.push(part.clone()),
    }
}

/// What the schemas say together, what each branch of their unions says, and what inherits from them.
fn alternatives(cx: &mut Cx<'_, '_>, parts: &[Part]) -> Vec<Facts> {
    let mut seen: BTreeSet<Pointer> = BTreeSet::new();
    let mut all = vec![facts::gather(cx, parts)];
    let mut open: VecDeque<Pointer> = VecDeque::new();
    for part in parts {
        open.extend(cx.heirs.get(&part.at).into_iter().flatten().cloned());
    }
    let branches = |facts: &Facts| -> Vec<Pointer> {
        facts.unions.iter().flat_map(|union| union.branches.iter().cloned()).collect()
    };
    open.extend(all.iter().flat_map(branches));
    while let Some(at) = open.pop_front() {
        if seen.insert(at.clone()) {
            for part in behind_references(cx, &[Part::whole(&at)]) {
                open.extend(cx.heirs.get(&part.at).into_iter().flatten().cloned());
            }
            let found = facts::gather(cx, &[Part::whole(&at)]);
            open.extend(branches(&found));
            all.push(found);
        }
    }
    all
}

fn kinds(facts: &Facts) -> Vec<JsonType> {
    match (&facts.types, &facts.values) {
        (Some(types), _) => types.iter().copied().collect(),
        (None, Some(values)) => values.iter().map(|(_, value)| JsonType::of(value)).collect(),
        (None, None) => schema::infer(facts).into_iter().collect(),
    }
}

fn lower_object(
    cx: &mut Cx<'_, '_>,
    (parts, ty): (Vec<Part>, Option<TypeId>),
    all: &[Facts],
    spot: Spot<'_>,
) -> XmlContent {
    let rest = all.iter().find_map(|facts| match &facts.additional {
        Additional::Schema(parts) => Some(parts.clone()),
        _ => None,
    });
    let lower_rest = |cx: &mut Cx<'_, '_>| rest.map_or(XmlContent::Any, |rest| lower_content(cx, &rest, spot.inside()));
    if all.iter().all(|facts| facts.properties.is_empty()) {
        return XmlContent::Map(Box::new(lower_rest(cx)));
    }
    if let Some(index) = ty.and_then(|ty| cx.api.xml.iter().position(|object| object.ty == Some(ty))) {
        cx.xml.insert(parts, index);
        return XmlContent::Object(index);
    }
    // Known before its parts are lowered, because they may refer to it.
    let index = cx.api.xml.len();
    let owner = spot.owner.map(|(object, key)| (object, key.to_owned()));
    cx.api.xml.push(XmlObject { ty, owner, members: Vec::new(), rest: XmlContent::Any });
    cx.xml.insert(parts, index);
    let mut members: Vec<XmlMember> = Vec::new();
    for facts in all {
        for (key, parts) in &facts.properties {
            if !members.iter().any(|member| member.key == *key) {
                // What only some alternatives must have may be absent.
                let required = all.first().is_some_and(|whole| whole.required.contains(key));
                let spot = Spot { depth: spot.depth + 1, owner: Some((index, key)) };
                members.push(lower_member(cx, key, parts, required, spot));
            }
        }
    }
    let rest = lower_rest(cx);
    if let Some(object) = cx.api.xml.get_mut(index) {
        (object.members, object.rest) = (members, rest);
    }
    XmlContent::Object(index)
}

fn named(ty: &Ty) -> Option<TypeId> {
    if let Ty::Named(id) = ty.not_null() { Some(*id) } else { None }
}

fn lower_member(cx: &mut Cx<'_, '_>, key: &str, parts: &[Part], required: bool, spot: Spot<'_>) -> XmlMember {
    let said = Said::of(cx, parts);
    let content = lower_content(cx, parts, spot);
    let name = said.name(key);
    let scalar = matches!(content, XmlContent::Text | XmlContent::Number | XmlContent::Boolean | XmlContent::Scalar);
    let (place, element) = match content {
        XmlContent::List(_) => {
            let parts = behind_references(cx, parts);
            let all = alternatives(cx, &parts);
            if said.wrapped {
                let item = lower_item(cx, &all, &name.local, spot);
                (XmlPlace::Element, XmlElement { name, content: XmlContent::List(Box::new(item)) })
            } else {
                (XmlPlace::Repeated, lower_item(cx, &all, key, spot))
            }
        }
        content if said.attribute && scalar => (XmlPlace::Attribute, XmlElement { name, content }),
        content if said.text && scalar => (XmlPlace::Text, XmlElement { name, content }),
        content => (XmlPlace::Element, XmlElement { name, content }),
    };
    XmlMember { key: key.to_owned(), place, element, required }
}

/// The element of an item, called as its schema says or as its list is.
fn lower_item(cx: &mut Cx<'_, '_>, all: &[Facts], list: &str, spot: Spot<'_>) -> XmlElement {
    let items: Vec<Part> =
        all.iter().find(|facts| !facts.items.is_empty()).map(|facts| facts.items.clone()).unwrap_or_default();
    let said = Said::of(cx, &items);
    let is_tuple = all.iter().any(|facts| !facts.prefix_items.is_empty());
    let content = match items.is_empty() {
        // Each position has a type of its own.
        _ if is_tuple => XmlContent::Scalar,
        true => XmlContent::Any,
        false => lower_content(cx, &items, spot.inside()),
    };
    XmlElement { name: said.name(list), content }
}

/// What the XML Objects of a schema say, and of what it is made of; the outer one counts.
#[derive(Debug, Default)]
struct Said {
    name: Option<String>,
    prefix: String,
    namespace: String,
    attribute: bool,
    text: bool,
    wrapped: bool,
}

impl Said {
    fn of(cx: &Cx<'_, '_>, parts: &[Part]) -> Self {
        let mut said = Self::default();
        for part in parts {
            said.add(cx, &part.at, 0);
        }
        said
    }

    fn name(&self, default: &str) -> XmlName {
        let local = as_name(self.name.as_deref().unwrap_or(default));
        XmlName { local, prefix: self.prefix.clone(), namespace: self.namespace.clone() }
    }

    fn add(&mut self, cx: &Cx<'_, '_>, at: &Pointer, depth: usize) {
        let Some(node) = cx.spec.node(at).filter(|_| depth < MAX_DEPTH) else { return };
        if let Some(xml) = node.get("xml") {
            self.object(&xml);
        }
        if let Some(reference) = node.str("$ref")
            && let Some(target) = cx.spec.target(&node, reference, &mut Diags::new())
        {
            self.add(cx, &target.at, depth + 1);
        }
        for branch in node.items("allOf") {
            self.add(cx, &branch.at, depth + 1);
        }
    }

    fn object(&mut self, xml: &Node<'_>) {
        let text = |key: &str| xml.str(key).filter(|text| !text.is_empty()).map(str::to_owned);
        if self.name.is_none() {
            self.name = text("name");
        }
        if self.namespace.is_empty() && self.prefix.is_empty() {
            self.namespace = text("namespace").unwrap_or_default();
            self.prefix = text("prefix").unwrap_or_default();
        }
        let node_type = xml.str("nodeType");
        self.attribute |= node_type == Some("attribute") || xml.flag("attribute");
        self.text |= matches!(node_type, Some("text" | "cdata"));
        // A list has no element of its own unless the document says so.
        self.wrapped |= node_type == Some("element") || xml.tree.get("wrapped").and_then(Tree::as_bool) == Some(true);
    }
}

/// A text as a name: what cannot stand in one is an underscore (XML 1.0 §2.3).
fn as_name(text: &str) -> String {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let name: String = text.chars().map(|c| if part(c) { c } else { '_' }).collect();
    if name.starts_with(|c: char| !c.is_alphabetic() && c != '_') { format!("_{name}") } else { name }
}
