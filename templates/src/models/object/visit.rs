//! Writes, prints and compares objects; each is one visit of the properties.

use std::fmt::{self, Debug};

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::super::Patch;

/// An object whose properties can be visited.
pub trait Visited {
    /// Visits each property together with the same property of another object of the type.
    fn visit<V: Visit>(&self, other: &Self, visit: &mut V);
}

/// What to do with each property, by its mode.
#[allow(clippy::ref_option)] // there is one method per mode, and fields are passed as they are
pub trait Visit {
    /// Visits a property that is always present.
    fn required<T: Serialize + Debug + PartialEq>(&mut self, key: &'static str, value: &T, other: &T);

    /// Visits a property that is left out when `None`.
    fn optional<T: Serialize + Debug + PartialEq>(&mut self, key: &'static str, value: &Option<T>, other: &Option<T>) {
        self.required(key, value, other);
    }

    /// Visits a property that is left out when `None`.
    fn nullable<T: Serialize + Debug + PartialEq>(&mut self, key: &'static str, value: &Option<T>, other: &Option<T>) {
        self.optional(key, value, other);
    }

    /// Visits a property that is left out when `None`.
    fn any<T: Serialize + Debug + PartialEq>(&mut self, key: &'static str, value: &Option<T>, other: &Option<T>) {
        self.optional(key, value, other);
    }

    /// Visits a property that is left out when absent.
    fn patch<T: Serialize + Debug + PartialEq>(&mut self, key: &'static str, value: &Patch<T>, other: &Patch<T>) {
        self.required(key, value, other);
    }

    /// Visits the properties that the type has no field for.
    fn rest<M: Debug + PartialEq, T: Serialize>(&mut self, value: &M, other: &M)
    where
        for<'m> &'m M: IntoIterator<Item = (&'m String, &'m T)>,
    {
        let _ = (value, other);
    }
}

/// Writes an object as a map.
pub fn write<T: Visited, S: Serializer>(object: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut write = Write(Ok(serializer.serialize_map(None)?));
    object.visit(object, &mut write);
    write.0?.end()
}

/// The map being written; the first error is returned at the end.
struct Write<M: SerializeMap>(Result<M, M::Error>);

impl<M: SerializeMap> Write<M> {
    fn entry<T: Serialize>(&mut self, key: &str, value: &T) {
        if let Ok(map) = &mut self.0
            && let Err(error) = map.serialize_entry(key, value)
        {
            self.0 = Err(error);
        }
    }
}

impl<M: SerializeMap> Visit for Write<M> {
    fn required<T: Serialize + Debug + PartialEq>(&mut self, key: &'static str, value: &T, _other: &T) {
        self.entry(key, value);
    }

    fn optional<T: Serialize + Debug + PartialEq>(&mut self, key: &'static str, value: &Option<T>, _other: &Option<T>) {
        if let Some(value) = value {
            self.entry(key, value);
        }
    }

    fn patch<T: Serialize + Debug + PartialEq>(&mut self, key: &'static str, value: &Patch<T>, _other: &Patch<T>) {
        if !value.is_absent() {
            self.entry(key, value);
        }
    }

    fn rest<R: Debug + PartialEq, T: Serialize>(&mut self, value: &R, _other: &R)
    where
        for<'m> &'m R: IntoIterator<Item = (&'m String, &'m T)>,
    {
        for (key, value) in value {
            self.entry(key, value);
        }
    }
}

/// The name of a field whose value is not printed.
#[derive(Clone, Copy, Debug)]
pub struct Hidden {
    /// The name.
    pub secret: &'static str,
}

/// Prints an object; the values of hidden fields are redacted.
///
/// `fields` are the names of all fields in the order in which they are visited. Arrays of strings and a short list cost
/// the compiler less than a struct per field would.
pub fn print<T: Visited>(
    object: &T,
    f: &mut fmt::Formatter<'_>,
    name: &'static str,
    fields: &'static [&'static str],
    hidden: &'static [Hidden],
) -> fmt::Result {
    let mut print = Print { out: f.debug_struct(name), fields: fields.iter(), hidden };
    object.visit(object, &mut print);
    print.out.finish()
}

struct Print<'a, 'f> {
    out: fmt::DebugStruct<'a, 'f>,
    fields: std::slice::Iter<'static, &'static str>,
    hidden: &'static [Hidden],
}

impl Print<'_, '_> {
    fn field(&mut self, value: &dyn Debug) {
        let field = self.fields.next().copied().unwrap_or_default();
        let name = field.strip_prefix("r#").unwrap_or(field);
        if self.hidden.iter().any(|hidden| hidden.secret == field) {
            self.out.field(name, &format_args!("[redacted]"));
        } else {
            self.out.field(name, value);
        }
    }
}

impl Visit for Print<'_, '_> {
    fn required<T: Serialize + Debug + PartialEq>(&mut self, _key: &'static str, value: &T, _other: &T) {
        self.field(value);
    }

    fn rest<R: Debug + PartialEq, T: Serialize>(&mut self, value: &R, _other: &R)
    where
        for<'m> &'m R: IntoIterator<Item = (&'m String, &'m T)>,
    {
        self.field(value);
    }
}

/// Returns whether two objects are equal.
pub fn equal<T: Visited>(object: &T, other: &T) -> bool {
    let mut equal = Equal(true);
    object.visit(other, &mut equal);
    equal.0
}

struct Equal(bool);

impl Visit for Equal {
    fn required<T: Serialize + Debug + PartialEq>(&mut self, _key: &'static str, value: &T, other: &T) {
        self.0 = self.0 && value == other;
    }

    fn rest<R: Debug + PartialEq, T: Serialize>(&mut self, value: &R, other: &R)
    where
        for<'m> &'m R: IntoIterator<Item = (&'m String, &'m T)>,
    {
        self.0 = self.0 && value == other;
    }
}
