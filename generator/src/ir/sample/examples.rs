//! The examples of schemas as samples.

use super::super::checks::Checks;
use super::super::examples::Example;
use super::super::literal::Literal;
use super::super::structs::{Field, Presence, Rest};
use super::super::ty::Ty;
use super::super::types::{Shape, TypeDef};
use super::{Sampler, Use, size};
use crate::tree::{Map, Tree};

/// Parts of examples deeper than this are sent as they are.
const MAX_DEPTH: usize = 64;

impl Sampler<'_> {
    /// The first example that matches the type and the checks; for the later items of an array whose items differ, a later one.
    pub(super) fn example(&self, examples: &[Example], ty: &Ty, checks: &Checks) -> Option<Literal> {
        if !self.parts.examples {
            return None;
        }
        let mut usable = examples.iter().filter_map(|example| self.usable(&example.value, ty, checks));
        let value = usable.nth(self.nth.get())?;
        self.count(size(&value))?;
        Some(value)
    }

    /// The value that an example of a part of the schema, such as a branch of `allOf`, has for a property.
    pub(super) fn part_of_example(&self, def: &TypeDef, field: &Field) -> Option<Literal> {
        let of_parts = def.checks.examples.iter().filter(|example| !example.is_of(&def.at));
        let parts = of_parts.filter_map(|example| example.value.as_object()?.get(&field.wire));
        let mut usable = parts.filter_map(|part| self.usable(part, &field.ty, &field.checks));
        usable.next().filter(|_| self.parts.examples && self.nth.get() == 0)
    }

    /// An example as it can be sent, if it can.
    fn usable(&self, example: &Literal, ty: &Ty, checks: &Checks) -> Option<Literal> {
        let can_be_sent = match self.of {
            Use::Request | Use::Response | Use::Any => true,
            Use::Form => is_single(example),
            // Any JSON arrives as a string.
            Use::Text => is_single(example) && is_plain(example) && (example.as_str().is_some() || *ty != Ty::Any),
        };
        let value = Some(self.sent(ty, example, 0)).filter(|_| can_be_sent)?;
        self.conformance.accepts(ty, checks, &value).then_some(value)
    }

    /// Whether a property is sent in this direction.
    pub(super) fn is_sent(&self, field: &Field) -> bool {
        match self.of {
            Use::Response => !field.write_only,
            Use::Request | Use::Form | Use::Text => !field.read_only,
            Use::Any => true,
        }
    }

    /// A value without the properties that are not sent in this direction, because an example may show both, and without `null` for
    /// optional properties whose schema does not allow it.
    pub(super) fn sent(&self, ty: &Ty, value: &Literal, depth: usize) -> Literal {
        if depth >= MAX_DEPTH {
            return value.clone();
        }
        match (self.api.resolve(ty.not_null()), value) {
            (Ty::Named(id), _) => match &self.api.types[*id].shape {
                Shape::Struct(shape) => {
                    let Some(map) = value.as_object() else { return value.clone() };
                    let part = |(key, value): (&String, &Literal)| {
                        let Some(field) = shape.fields.iter().find(|field| field.wire == *key) else {
                            let other = match &shape.rest {
                                Rest::Collect(ty) => self.sent(ty, value, depth + 1),
                                Rest::Ignore | Rest::Closed => value.clone(),
                            };
                            return Some((key.clone(), other));
                        };
                        let is_left_out = field.presence == Presence::Optional
                            && *value == Tree::Null
                            && !self.conformance.accepts(&field.ty, &field.checks, value);
                        let is_sent = field.presence == Presence::Required || self.is_sent(field);
                        (is_sent && !is_left_out).then(|| (key.clone(), self.sent(&field.ty, value, depth + 1)))
                    };
                    Tree::Object(map.iter().filter_map(part).collect::<Map>())
                }
                Shape::Union(union) => {
                    let mut possible = union.possible(value).into_iter().map(|(_, variant)| variant);
                    let variant = possible.find(|variant| self.reading.accepts(&variant.ty, &variant.checks, value));
                    variant.map_or_else(|| value.clone(), |variant| self.sent(&variant.ty, value, depth + 1))
                }
                Shape::Newtype(inner) => self.sent(inner, value, depth + 1),
                Shape::Enum(_) | Shape::Alias(_) => value.clone(),
            },
            (Ty::List(item), Tree::Array(items)) => {
                Tree::Array(items.iter().map(|value| self.sent(item, value, depth + 1)).collect())
            }
            (Ty::Tuple(types), Tree::Array(items)) => {
                let part = |(index, value): (usize, &Literal)| {
                    types.get(index).map_or_else(|| value.clone(), |ty| self.sent(ty, value, depth + 1))
                };
                Tree::Array(items.iter().enumerate().map(part).collect())
            }
            (Ty::Map(entry), Tree::Object(map)) => Tree::Object(
                map.iter().map(|(key, value)| (key.clone(), self.sent(entry, value, depth + 1))).collect::<Map>(),
            ),
            _ => value.clone(),
        }
    }
}

/// Whether a value has no parts, and is not empty.
fn is_single(value: &Literal) -> bool {
    !value.is_container() && *value != Tree::Null && value.as_str() != Some("")
}

/// Whether no parameter style and no header gives a meaning to a character of a value.
fn is_plain(value: &Literal) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_:@.".contains(c);
    value.as_str().is_none_or(|text| text.chars().all(is_plain) && !text.starts_with('.'))
}
