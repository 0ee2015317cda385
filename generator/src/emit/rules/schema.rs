//! The form of values as data.

use super::super::Cx;
use super::super::models::is_open;
use super::rule::Object;
use super::rule::{list, object, texts};
use crate::config::DateTime;
use crate::ir::{Checks, Enum, Int, Literal, Presence, Repr, Rest, Scalar, Shape, Struct, Tag, Ty, TypeId, Union};
use crate::tree::Number;

/// Writes schemas, and remembers which types they mention.
pub(super) struct Schemas<'c, 'a> {
    cx: &'c Cx<'a>,
    mentioned: Vec<TypeId>,
}

impl<'c, 'a> Schemas<'c, 'a> {
    /// Starts with no type mentioned.
    pub fn new(cx: &'c Cx<'a>) -> Self {
        Self { cx, mentioned: Vec::new() }
    }

    /// The types that were mentioned since the last call.
    pub fn take_mentioned(&mut self) -> Vec<TypeId> {
        std::mem::take(&mut self.mentioned)
    }

    /// A reference to the schema of a type.
    pub fn mention(&mut self, id: TypeId) -> Literal {
        self.mentioned.push(id);
        object([("$ref", Literal::String(self.cx.names.ty(id).to_string()))])
    }

    /// The schema of a type with a name.
    pub fn of_type(&mut self, id: TypeId) -> Literal {
        let def = &self.cx.api.types[id];
        let mut schema = match &def.shape {
            Shape::Struct(shape) => self.of_struct(shape),
            Shape::Enum(shape) => of_enum(shape),
            Shape::Union(union) => self.of_union(id, union),
            Shape::Alias(ty) | Shape::Newtype(ty) => return self.of_place(ty, &def.checks),
        };
        self.add_rules(&mut schema, &def.checks);
        Literal::Object(schema)
    }

    /// The schema of values of a type at one place.
    pub fn of_place(&mut self, ty: &Ty, checks: &Checks) -> Literal {
        let items = Checks::default();
        let items = checks.items.as_deref().unwrap_or(&items);
        let (mut schema, is_nullable) = match self.cx.api.resolve(ty) {
            Ty::Nullable(inner) => (self.of_place(inner, checks), true),
            Ty::Any | Ty::Given(_) | Ty::Scalar(Scalar::File) => (object([]), false),
            Ty::Never => return Literal::Bool(false),
            Ty::Null => (of_kind("null"), false),
            Ty::Scalar(scalar) => (self.of_scalar(*scalar), false),
            Ty::Named(id) => (self.mention(*id), false),
            Ty::List(item) => {
                let item = self.of_place(item, items);
                (object([("type", text("array")), ("items", item)]), false)
            }
            Ty::Tuple(parts) => {
                let none = Checks::default();
                let of = |(index, ty)| self.of_place(ty, checks.positions.get(index).unwrap_or(&none));
                let parts: Vec<Literal> = parts.iter().enumerate().map(of).collect();
                (object([("type", text("array")), ("prefixItems", Literal::Array(parts))]), false)
            }
            Ty::Map(value) => {
                let value = self.of_place(value, items);
                (object([("type", text("object")), ("additionalProperties", value)]), false)
            }
        };
        if let Literal::Object(schema) = &mut schema {
            if is_nullable {
                schema.insert("nullable".into(), Literal::Bool(true));
            } else {
                self.add_rules(schema, checks);
            }
        }
        schema
    }

    fn add_rules(&mut self, schema: &mut Object, checks: &Checks) {
        if !checks.rules.is_empty() {
            let rules = checks.rules.iter().map(|rule| self.of_rule(rule)).collect();
            schema.insert("rules".into(), Literal::Array(rules));
        }
    }

    fn of_struct(&mut self, shape: &Struct) -> Object {
        let properties = shape
            .fields
            .iter()
            .map(|field| Literal::Array(vec![text(&field.wire), self.of_place(&field.ty, &field.checks)]));
        let properties = Literal::Array(properties.collect());
        let required = shape.fields.iter().filter(|field| field.presence == Presence::Required);
        let required = list(required.map(|field| text(&field.wire)));
        let others = match &shape.rest {
            Rest::Ignore => None,
            Rest::Closed => Some(Literal::Bool(false)),
            Rest::Collect(ty) => Some(self.of_place(ty, &shape.rest_checks)),
        };
        let mut schema = Object::default();
        schema.insert("type".into(), text("object"));
        schema.insert("properties".into(), properties);
        schema.insert("required".into(), required);
        if let Some(others) = others {
            schema.insert("additionalProperties".into(), others);
        }
        if !shape.forbidden.is_empty() {
            schema.insert("forbidden".into(), texts(&shape.forbidden));
        }
        schema
    }

    fn of_union(&mut self, id: TypeId, union: &Union) -> Object {
        let names = &self.cx.names.of(id).members;
        let variants = union.variants.iter().zip(names).map(|(variant, name)| {
            Literal::Array(vec![text(&name.to_string()), self.of_place(&variant.ty, &variant.checks)])
        });
        let variants = Literal::Array(variants.collect());
        let mut schema = Object::default();
        schema.insert("variants".into(), variants);
        if let Tag::Property(property) = &union.tag {
            let positions = union.variants.iter().enumerate();
            let values = positions.flat_map(|(index, variant)| variant.tags.iter().map(move |tag| (tag, index)));
            let values = values.map(|(tag, index)| (tag.text(), count(index)));
            schema.insert("tag".into(), text(property));
            schema.insert("values".into(), Literal::Object(values.collect()));
            if let Some(default) = union.default {
                schema.insert("default".into(), count(default));
            }
            if self.cx.api.has_others(union) {
                schema.insert("others".into(), Literal::Bool(true));
            }
            if is_open(union) {
                schema.insert("open".into(), Literal::Bool(true));
            }
        }
        schema
    }

    fn of_scalar(&self, scalar: Scalar) -> Literal {
        let has_dates = self.cx.config.types.date_time != DateTime::String;
        match scalar {
            Scalar::Bool => of_kind("boolean"),
            Scalar::Int(int) => object([("type", text("integer")), ("format", text(format(int)))]),
            Scalar::Float => of_kind("number"),
            Scalar::Base64 => of_text("byte"),
            Scalar::Date if has_dates => of_text("date"),
            Scalar::DateTime if has_dates => of_text("date-time"),
            Scalar::Uuid => of_text("uuid"),
            Scalar::String | Scalar::Date | Scalar::DateTime | Scalar::File => of_kind("string"),
        }
    }
}

fn of_enum(shape: &Enum) -> Object {
    let values = shape.values.iter().map(|value| value.literal.clone());
    let mut schema = Object::default();
    match shape.repr {
        Repr::Text => drop(schema.insert("type".into(), text("string"))),
        Repr::Int => drop(schema.insert("type".into(), text("integer"))),
        Repr::Json => {}
    }
    schema.insert("enum".into(), list(values));
    if shape.open {
        schema.insert("open".into(), Literal::Bool(true));
    }
    schema
}

/// The name of the format of an integer in the OpenAPI Format Registry.
fn format(int: Int) -> &'static str {
    match int {
        Int::I8 => "int8",
        Int::I16 => "int16",
        Int::I32 => "int32",
        Int::I64 => "int64",
        Int::U8 => "uint8",
        Int::U16 => "uint16",
        Int::U32 => "uint32",
        Int::U64 => "uint64",
        Int::I128 => "int128",
    }
}

fn text(text: &str) -> Literal {
    Literal::String(text.to_owned())
}

fn count(count: usize) -> Literal {
    Literal::Number(Number::Int(count as i128))
}

fn of_kind(kind: &str) -> Literal {
    object([("type", text(kind))])
}

fn of_text(format: &str) -> Literal {
    object([("type", text("string")), ("format", text(format))])
}
