//! How values are written as XML (OpenAPI 3.0.3 §4.7.26).

use super::ids::TypeId;

/// An element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlElement {
    /// Its name.
    pub name: XmlName,
    /// What is in it.
    pub content: XmlContent,
}

/// The name of an element or attribute.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct XmlName {
    /// The name without its prefix.
    pub local: String,
    /// The prefix, if there is one.
    pub prefix: String,
    /// The namespace, if there is one.
    pub namespace: String,
}

/// What is in an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum XmlContent {
    /// A string.
    Text,
    /// A number.
    Number,
    /// A boolean.
    Boolean,
    /// A value without parts, of several types.
    Scalar,
    /// Any value.
    Any,
    /// One element per item.
    List(Box<XmlElement>),
    /// One element per key.
    Map(Box<XmlContent>),
    /// An object with known properties, by its position in [`Api::xml`](super::Api::xml).
    Object(usize),
}

/// An object with known properties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlObject {
    /// Its type, if it has one of its own.
    pub ty: Option<TypeId>,
    /// The object that it is a property of, by its position, and the property's name.
    pub owner: Option<(usize, String)>,
    /// Its properties, those of all branches of a union.
    pub members: Vec<XmlMember>,
    /// What other properties contain.
    pub rest: XmlContent,
}

/// A property of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlMember {
    /// Its name in JSON.
    pub key: String,
    /// Where it is written.
    pub place: XmlPlace,
    /// The element or attribute, or that of each item.
    pub element: XmlElement,
    /// Whether it must be present.
    pub required: bool,
}

/// Where a property is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum XmlPlace {
    /// In an element of its own.
    Element,
    /// In an attribute.
    Attribute,
    /// In one element per item, without an element around them.
    Repeated,
    /// In the text of the object's element.
    Text,
}
