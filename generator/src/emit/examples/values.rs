//! Values of the document as expressions of the generated types.

use std::cell::Cell;

use super::super::models::construction::Construction;
use super::super::models::conversions::{self, Conversion};
use super::super::models::setters;
use super::super::ty::{self, Viewpoint};
use super::super::{Cx, line};
use super::code::Code;
use super::scalars;
use crate::ir::conformance::Conformance;
use crate::ir::{
    Enum, Field, Literal, Presence, Repr, Rest, Scalar, Shape, Struct, Tag, Ty, TypeId, Union, Variant, sample,
};
use crate::names::TypeNames;

/// Where an expression stands, which decides what converts by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Site {
    /// An argument, as [`super::super::arg`] declares it.
    Argument,
    /// An item of such an argument. All items have one Rust type.
    Item,
    /// A place of exactly the type.
    Exact,
}

/// Values nested deeper have no expression.
const MAX_DEPTH: usize = 6;

/// A value of more parts has no expression: an example of it would be too long.
const MAX_PARTS: usize = 48;

/// Further items of a list are left out.
const MAX_ITEMS: usize = 2;

/// Makes expressions.
pub(super) struct Values<'a> {
    cx: &'a Cx<'a>,
    /// Whether values are samples, so that examples of their properties are better.
    is_sampled: bool,
    /// How many optional properties may still be set.
    optional: Cell<usize>,
    /// How many more parts a value may have.
    left: Cell<usize>,
}

impl<'a> Values<'a> {
    /// Makes expressions of examples, or of samples, with at most so many optional properties.
    pub fn new(cx: &'a Cx<'a>, is_sampled: bool, optional: usize) -> Self {
        Self { cx, is_sampled, optional: Cell::new(optional), left: Cell::new(MAX_PARTS) }
    }

    /// The expression of a value of a type, or `None` if it would be long. `hint` is the name of the property or argument that has
    /// the value.
    pub fn value(&self, ty: &Ty, value: &Literal, site: Site, hint: &str) -> Option<Code> {
        self.part(ty, value, site, hint, 0)
    }

    fn part(&self, ty: &Ty, value: &Literal, site: Site, hint: &str, depth: usize) -> Option<Code> {
        self.left.set(self.left.get().checked_sub(1)?);
        if depth > MAX_DEPTH {
            return None;
        }
        match (self.cx.api.resolve(ty), value) {
            (Ty::Any, value) => scalars::any(value, site),
            (Ty::Null, _) => Some(Code::text("()")),
            (Ty::Nullable(_), Literal::Null) => Some(Code::text("None")),
            (Ty::Nullable(inner), value) => {
                Some(Code::call("Some", vec![self.part(inner, value, Site::Exact, hint, depth + 1)?]))
            }
            (Ty::Scalar(Scalar::String), Literal::String(text)) if self.is_sampled && text == sample::TEXT => {
                Some(scalars::text(placeholder(hint, text), site))
            }
            (Ty::Scalar(scalar), value) => scalars::scalar(self.cx, *scalar, value, site),
            (Ty::List(item), Literal::Array(items)) => self.list(item, items, site, hint, depth),
            (Ty::Tuple(types), Literal::Array(items)) if types.len() == items.len() => {
                let parts = types.iter().zip(items).map(|(ty, item)| self.part(ty, item, Site::Exact, hint, depth + 1));
                let close = if types.len() == 1 { ",)" } else { ")" };
                Some(Code::List { open: "(".to_owned(), parts: parts.collect::<Option<_>>()?, close })
            }
            (Ty::Map(_), Literal::Object(map)) if map.is_empty() => {
                (site == Site::Exact).then(|| Code::text("Default::default()"))
            }
            (Ty::Map(of), Literal::Object(map)) => self.map(of, map, site, depth),
            (Ty::Named(id), value) => self.named(*id, value, site, hint, depth),
            _ => None,
        }
    }

    fn list(&self, of: &Ty, items: &[Literal], site: Site, hint: &str, depth: usize) -> Option<Code> {
        if items.is_empty() {
            return match (site, of) {
                (Site::Argument, Ty::Named(_) | Ty::Scalar(Scalar::String | Scalar::Int(_))) => {
                    let ty = line(&ty::ty(self.cx, of, Viewpoint::Outside));
                    Some(Code::text(format!("Vec::<{ty}>::new()")))
                }
                (Site::Argument, _) => None,
                _ => Some(Code::text("Vec::new()")),
            };
        }
        let (open, of_item) = if site == Site::Argument { ("[", Site::Item) } else { ("vec![", Site::Exact) };
        let parts = items.iter().take(MAX_ITEMS).map(|item| self.part(of, item, of_item, hint, depth + 1));
        Some(Code::List { open: open.to_owned(), parts: parts.collect::<Option<_>>()?, close: "]" })
    }

    fn map(&self, of: &Ty, map: &crate::tree::Map, site: Site, depth: usize) -> Option<Code> {
        let is_argument = site == Site::Argument;
        let entry = |(key, value): (&String, &Literal)| {
            let key_site = if is_argument { Site::Item } else { Site::Exact };
            let key = match scalars::text(key, Site::Argument) {
                Code::Text(text) if !is_argument => Code::text(format!("{text}.to_owned()")),
                key => key,
            };
            let parts = vec![key, self.part(of, value, key_site, "", depth + 1)?];
            Some(Code::List { open: "(".to_owned(), parts, close: ")" })
        };
        let parts = map.iter().take(MAX_ITEMS).map(entry).collect::<Option<_>>()?;
        let pairs = Code::List { open: "[".to_owned(), parts, close: "]" };
        Some(if is_argument { pairs } else { pairs.followed_by(".into_iter().collect()") })
    }

    fn named(&self, id: TypeId, value: &Literal, site: Site, hint: &str, depth: usize) -> Option<Code> {
        let names = self.cx.names.of(id);
        match &self.cx.api.types[id].shape {
            Shape::Struct(shape) => self.object(names, shape, value, depth),
            Shape::Enum(shape) => enumerated(names, shape, value, site),
            Shape::Union(union) => self.union(id, union, value, site, hint, depth),
            Shape::Newtype(inner) => {
                let inner = self.part(inner, value, Site::Exact, hint, depth + 1)?;
                Some(Code::call(&format!("models::{}", names.name), vec![inner]))
            }
            Shape::Alias(_) => None,
        }
    }

    fn union(&self, id: TypeId, union: &Union, value: &Literal, site: Site, hint: &str, depth: usize) -> Option<Code> {
        let names = self.cx.names.of(id);
        let (index, variant) = variant_of(self.cx, union, value)?;
        let conversions = conversions::of(self.cx, id, union);
        let conversion = conversions.iter().find(|(of, _)| *of == index).map(|(_, conversion)| *conversion);
        let converts = match (conversion, self.cx.api.resolve(&variant.ty)) {
            (Some(Conversion::Text | Conversion::TextEnum), _) => true,
            (Some(Conversion::Value), Ty::Named(id)) => matches!(self.cx.api.types[*id].shape, Shape::Struct(_)),
            _ => false,
        };
        if site == Site::Argument && converts {
            return self.part(&variant.ty, value, Site::Argument, hint, depth + 1);
        }
        let inner = self.part(&variant.ty, value, Site::Exact, hint, depth + 1)?;
        let inner = if variant.boxed { Code::call("Box::new", vec![inner]) } else { inner };
        Some(Code::call(&format!("models::{}::{}", names.name, names.members.get(index)?), vec![inner]))
    }

    fn object(&self, names: &TypeNames, shape: &Struct, value: &Literal, depth: usize) -> Option<Code> {
        let map = value.as_object()?;
        let members = || shape.fields.iter().zip(&names.members);
        let asked = || members().filter(|(field, _)| setters::is_asked_for(self.cx, field));
        let name = format!("models::{}", names.name);
        let fields = |site: Site| {
            let part = |(field, member): (&Field, &proc_macro2::Ident)| {
                let code = self.field(field, map.get(&field.wire)?, site, depth)?;
                Some(if site == Site::Exact { Code::Labelled(member.to_string(), Box::new(code)) } else { code })
            };
            asked().map(part).collect::<Option<Vec<_>>>()
        };
        let is_open = matches!(shape.rest, Rest::Collect(_));
        let start = match Construction::of(self.cx, shape.fields.iter(), is_open) {
            Construction::Without if asked().next().is_none() => Code::text(format!("{name}::default()")),
            Construction::Without => {
                Code::List { open: format!("{name} {{"), parts: self.whole(asked(), map, depth)?, close: "}" }
            }
            Construction::ByName => {
                let required = format!("models::{} {{", names.required);
                let required = Code::List { open: required, parts: fields(Site::Exact)?, close: "}" };
                Code::call(&format!("{name}::new"), vec![required])
            }
            Construction::ByPosition => Code::call(&format!("{name}::new"), fields(Site::Argument)?),
        };
        let calls: Vec<Code> = members().filter_map(|(field, member)| self.setter(field, member, map, depth)).collect();
        Some(if calls.is_empty() { start } else { Code::Chain { start: Box::new(start), calls, end: "" } })
    }

    /// The fields of a struct expression, as they are kept.
    fn whole<'f>(
        &self,
        fields: impl Iterator<Item = (&'f Field, &'f proc_macro2::Ident)>,
        map: &crate::tree::Map,
        depth: usize,
    ) -> Option<Vec<Code>> {
        let kept = |(field, member): (&Field, &proc_macro2::Ident)| {
            let value = map.get(&field.wire)?;
            let code = match (&field.ty, value) {
                (Ty::Nullable(_), Literal::Null) => Code::text("None"),
                (Ty::Nullable(inner), value) if field.boxed => {
                    let inner = self.part(inner, value, Site::Exact, &field.wire, depth + 1)?;
                    Code::call("Some", vec![Code::call("Box::new", vec![inner])])
                }
                _ if field.boxed => Code::call("Box::new", vec![self.field(field, value, Site::Exact, depth)?]),
                _ => self.field(field, value, Site::Exact, depth)?,
            };
            Some(Code::Labelled(member.to_string(), Box::new(code)))
        };
        fields.map(kept).collect()
    }

    /// The value of a property: in a sample, its example.
    fn field(&self, field: &Field, value: &Literal, site: Site, depth: usize) -> Option<Code> {
        let example = field.example.as_ref().filter(|_| self.is_sampled);
        let value = example.map_or(value, |example| &example.value);
        self.part(&field.ty, value, site, &field.wire, depth + 1)
    }

    /// The call that sets an optional property of which there is an example.
    fn setter(&self, field: &Field, member: &proc_macro2::Ident, map: &crate::tree::Map, depth: usize) -> Option<Code> {
        let value =
            if self.is_sampled { field.example.as_ref().map(|example| &example.value) } else { map.get(&field.wire) };
        let value = value.filter(|value| !is_empty(value))?;
        if field.presence == Presence::Required || field.read_only || field.docs.deprecated {
            return None;
        }
        let left = self.optional.get().checked_sub(1)?;
        let ty = field.ty.not_null();
        let argument = match (field.presence, self.cx.api.resolve(ty)) {
            (Presence::Patch, Ty::Scalar(Scalar::String | Scalar::Bool | Scalar::Int(_) | Scalar::Float))
                if !field.boxed =>
            {
                self.part(ty, value, Site::Argument, &field.wire, depth + 1)?
            }
            (Presence::Patch, _) => {
                let inner = self.part(ty, value, Site::Exact, &field.wire, depth + 1)?;
                let inner = if field.boxed { Code::call("Box::new", vec![inner]) } else { inner };
                Code::call("models::Patch::Value", vec![inner])
            }
            _ => self.part(ty, value, Site::Argument, &field.wire, depth + 1)?,
        };
        self.optional.set(left);
        Some(Code::call(&format!(".{}", setters::method(member)), vec![argument]))
    }
}

/// Whether an optional value says nothing.
fn is_empty(value: &Literal) -> bool {
    match value {
        Literal::Null => true,
        Literal::Array(items) => items.is_empty(),
        Literal::Object(map) => map.is_empty(),
        _ => false,
    }
}

/// The name of a property or parameter as its value, where any text is one.
fn placeholder<'t>(hint: &'t str, text: &'t str) -> &'t str {
    let is_short = !hint.is_empty() && hint.len() <= 30 && hint.chars().all(|c| c.is_ascii_graphic());
    if is_short { hint } else { text }
}

fn enumerated(names: &TypeNames, shape: &Enum, value: &Literal, site: Site) -> Option<Code> {
    let name = &names.name;
    if shape.only().is_some() {
        return Some(Code::text(format!("models::{name}")));
    }
    if let Some(index) = shape.values.iter().position(|known| known.literal == *value) {
        return Some(Code::text(format!("models::{name}::{}", names.members.get(index)?)));
    }
    let text = value.as_str().filter(|_| shape.open && shape.repr == Repr::Text)?;
    Some(match site {
        Site::Argument => Code::string(text),
        Site::Item | Site::Exact => {
            Code::call(&format!("models::{name}::{}", names.rest), vec![scalars::text(text, Site::Exact)])
        }
    })
}

/// The variant of a union that a value is, with its position.
fn variant_of<'u>(cx: &Cx<'_>, union: &'u Union, value: &Literal) -> Option<(usize, &'u Variant)> {
    if union.tag != Tag::Shape && value.as_object().is_some() {
        return union.possible(value).into_iter().next();
    }
    let mut variants = union.variants.iter().enumerate();
    let conformance = Conformance::new(cx.api);
    variants.find(|(_, variant)| conformance.accepts(&variant.ty, &variant.checks, value))
}
