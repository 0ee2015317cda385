//! Tables: how types are elements.

use super::name::Name;

/// An element: what it is called, and what is in it.
#[derive(Clone, Copy, Debug)]
pub struct Element {
    pub(super) name: Name,
    pub(super) content: Content,
}

impl Element {
    /// An element of a name.
    pub const fn new(name: &'static str, content: Content) -> Self {
        Self { name: Name::new(name), content }
    }

    /// Puts the name into a namespace; the prefix may be empty.
    #[must_use]
    pub const fn namespace(self, namespace: &'static str, prefix: &'static str) -> Self {
        Self { name: self.name.of(namespace, prefix), ..self }
    }
}

/// What is in an element.
#[derive(Clone, Copy, Debug)]
pub enum Content {
    /// A text.
    Text,
    /// A number as text.
    Number,
    /// `true` or `false`, `1` or `0`.
    Boolean,
    /// A number, a truth value or any other text.
    Scalar,
    /// Whatever it is.
    Any,
    /// One element an item.
    List(&'static Element),
    /// One element a key.
    Map(&'static Content),
    /// One element, or one attribute, a property.
    Object(&'static Object),
}

/// An object: its properties, and what other keys hold.
#[derive(Clone, Copy, Debug)]
pub struct Object {
    pub(super) members: &'static [Member],
    pub(super) rest: Content,
}

impl Object {
    /// An object of these properties.
    pub const fn new(members: &'static [Member]) -> Self {
        Self { members, rest: Content::Any }
    }

    /// What the keys hold that are none of the properties.
    #[must_use]
    pub const fn rest(self, rest: Content) -> Self {
        Self { rest, ..self }
    }
}

/// A property of an object.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    pub(super) key: &'static str,
    pub(super) place: Place,
    pub(super) element: Element,
    pub(super) required: bool,
}

/// Where a property stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In an element of its own.
    Element,
    /// In an attribute.
    Attribute,
    /// In one element an item, without one around them.
    Repeated,
    /// In the text of the object's element.
    Text,
}

impl Member {
    const fn at(place: Place, key: &'static str, content: Content) -> Self {
        Self { key, place, element: Element::new(key, content), required: false }
    }

    /// A property in an element of its own.
    pub const fn element(key: &'static str, content: Content) -> Self {
        Self::at(Place::Element, key, content)
    }

    /// A property in an attribute.
    pub const fn attribute(key: &'static str, content: Content) -> Self {
        Self::at(Place::Attribute, key, content)
    }

    /// A list in one element an item, without one around them.
    pub const fn repeated(key: &'static str, item: Content) -> Self {
        Self::at(Place::Repeated, key, item)
    }

    /// A property in the text of the object's element.
    pub const fn text(key: &'static str, content: Content) -> Self {
        Self::at(Place::Text, key, content)
    }

    /// What the element or attribute is called, if not as the property.
    #[must_use]
    pub const fn named(mut self, name: &'static str) -> Self {
        self.element.name = self.element.name.called(name);
        self
    }

    /// Puts the name into a namespace; the prefix may be empty.
    #[must_use]
    pub const fn namespace(mut self, namespace: &'static str, prefix: &'static str) -> Self {
        self.element = self.element.namespace(namespace, prefix);
        self
    }

    /// The property must be there: a list without items is empty, not absent.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }
}
