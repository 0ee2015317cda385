//! Tables that describe how types are written as elements.

use super::name::Name;

/// An element: its name and its content.
#[derive(Clone, Copy, Debug)]
pub struct Element {
    pub(super) name: Name,
    pub(super) content: Content,
}

impl Element {
    /// Creates an element.
    pub const fn new(name: &'static str, content: Content) -> Self {
        Self { name: Name::new(name), content }
    }

    /// Sets the namespace of the name; the prefix can be empty.
    #[must_use]
    pub const fn namespace(self, namespace: &'static str, prefix: &'static str) -> Self {
        Self { name: self.name.of(namespace, prefix), ..self }
    }
}

/// The content of an element.
#[derive(Clone, Copy, Debug)]
pub enum Content {
    /// A string.
    Text,
    /// A number.
    Number,
    /// `true` or `false`, `1` or `0`.
    Boolean,
    /// A number, a boolean or a string, whichever the text is.
    Scalar,
    /// Content that the document does not describe.
    Any,
    /// An array, one element per item.
    List(&'static Element),
    /// A map, one element per key.
    Map(&'static Content),
    /// An object, one element or attribute per property.
    Object(&'static Object),
}

/// An object: its properties, and the content of other keys.
#[derive(Clone, Copy, Debug)]
pub struct Object {
    pub(super) members: &'static [Member],
    pub(super) rest: Content,
}

impl Object {
    /// Creates an object with these properties.
    pub const fn new(members: &'static [Member]) -> Self {
        Self { members, rest: Content::Any }
    }

    /// Sets the content of keys that are not among the properties.
    #[must_use]
    pub const fn rest(self, rest: Content) -> Self {
        Self { rest, ..self }
    }
}

/// A property of an object.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    pub(super) key: &'static str,
    pub(super) place: MemberPlace,
    pub(super) element: Element,
    pub(super) required: bool,
}

/// Where a property is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MemberPlace {
    /// In an element of its own.
    Element,
    /// In an attribute.
    Attribute,
    /// In one element per item, without an element around them.
    Repeated,
    /// In the text of the object's element.
    Text,
}

impl Member {
    const fn at(place: MemberPlace, key: &'static str, content: Content) -> Self {
        Self { key, place, element: Element::new(key, content), required: false }
    }

    /// Creates a property in an element of its own.
    pub const fn element(key: &'static str, content: Content) -> Self {
        Self::at(MemberPlace::Element, key, content)
    }

    /// Creates a property in an attribute.
    pub const fn attribute(key: &'static str, content: Content) -> Self {
        Self::at(MemberPlace::Attribute, key, content)
    }

    /// Creates an array in one element per item, without an element around them.
    pub const fn repeated(key: &'static str, item: Content) -> Self {
        Self::at(MemberPlace::Repeated, key, item)
    }

    /// Creates a property in the text of the object's element.
    pub const fn text(key: &'static str, content: Content) -> Self {
        Self::at(MemberPlace::Text, key, content)
    }

    /// Sets the name of the element or attribute if it differs from the key.
    #[must_use]
    pub const fn named(mut self, name: &'static str) -> Self {
        self.element.name = self.element.name.called(name);
        self
    }

    /// Sets the namespace of the name; the prefix can be empty.
    #[must_use]
    pub const fn namespace(mut self, namespace: &'static str, prefix: &'static str) -> Self {
        self.element = self.element.namespace(namespace, prefix);
        self
    }

    /// Makes the property required: an array without items is then empty, not absent.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }
}
