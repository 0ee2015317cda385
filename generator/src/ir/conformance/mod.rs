//! Whether a value belongs to a type and satisfies its checks. Examples, defaults and samples are compared with their schemas.

mod formats;
mod rules;
mod scalar;

pub use formats::has_format;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use crategen_runtime::models::OwnedPattern;

use super::api::Api;
use super::checks::Checks;
use super::enums::Enum;
use super::ids::TypeId;
use super::literal::Literal;
use super::structs::{Presence, Rest, Struct};
use super::ty::Ty;
use super::types::Shape;
use super::unions::{Tag, Union};
use crate::diag::Pointer;
use crate::tree::{Number, Tree};

/// Why a value does not match a schema.
#[derive(Clone, Debug)]
pub struct Mismatch {
    /// The place inside the value.
    pub at: Pointer,
    /// What is wrong there.
    pub message: String,
}

/// Checks whether a value belongs to a type and satisfies checks, as generated code reads it.
pub fn matches(api: &Api, ty: &Ty, checks: &Checks, value: &Literal, at: &Pointer) -> Result<(), Mismatch> {
    Conformance::new(api).value(ty, checks, value, at)
}

/// Checks whether a value satisfies a schema, formats included.
pub fn matches_exactly(api: &Api, ty: &Ty, checks: &Checks, value: &Literal, at: &Pointer) -> Result<(), Mismatch> {
    Conformance::exact(api).value(ty, checks, value, at)
}

/// A value that takes more steps counts as valid: conditions inside conditions may take exponential time.
const MAX_STEPS: usize = 200_000;

/// A value at this depth counts as valid: a condition may lead to itself.
const MAX_DEPTH: usize = 400;

/// Compares values with schemas.
pub struct Conformance<'a> {
    api: &'a Api,
    /// Whether formats are checked, and `null` for an optional property is wrong if its schema does not allow it.
    is_exact: bool,
    left: Cell<usize>,
    depth: Cell<usize>,
    patterns: RefCell<BTreeMap<String, Rc<OwnedPattern>>>,
}

impl<'a> Conformance<'a> {
    /// Compares values with schemas of this document, as generated code reads them: a format is a note, and an optional property
    /// may be `null`.
    pub fn new(api: &'a Api) -> Self {
        Self { api, is_exact: false, left: Cell::new(MAX_STEPS), depth: Cell::new(0), patterns: RefCell::default() }
    }

    /// Compares values with schemas of this document exactly, formats included (JSON Schema Validation 2020-12 §7.2.2).
    pub fn exact(api: &'a Api) -> Self {
        Self { is_exact: true, ..Self::new(api) }
    }

    /// Whether a value belongs to a type and satisfies checks.
    pub fn accepts(&self, ty: &Ty, checks: &Checks, value: &Literal) -> bool {
        self.value(ty, checks, value, &Pointer::default()).is_ok()
    }

    /// Checks whether a value belongs to a type and satisfies checks.
    pub fn value(&self, ty: &Ty, checks: &Checks, value: &Literal, at: &Pointer) -> Result<(), Mismatch> {
        let Some(left) = self.left.get().checked_sub(1) else { return Ok(()) };
        self.left.set(left);
        let depth = self.depth.get();
        if depth >= MAX_DEPTH {
            return Ok(());
        }
        self.depth.set(depth + 1);
        let result = self.part(ty, checks, value, at);
        self.depth.set(depth);
        result
    }

    fn part(&self, ty: &Ty, checks: &Checks, value: &Literal, at: &Pointer) -> Result<(), Mismatch> {
        let none = Checks::default();
        let part = checks.items.as_deref().unwrap_or(&none);
        match ty {
            Ty::Any | Ty::Given(_) => {}
            Ty::Never => return mismatch(at, "no value is allowed here"),
            Ty::Null if *value == Tree::Null => {}
            Ty::Null => return mismatch(at, format!("must be null, found {}", value.kind())),
            Ty::Nullable(_) if *value == Tree::Null => return Ok(()),
            Ty::Nullable(ty) => return self.value(ty, checks, value, at),
            Ty::Scalar(scalar) => scalar::matches_scalar(*scalar, value, at)?,
            Ty::List(item) => {
                let Some(items) = value.as_array() else { return expected(at, "an array", value) };
                let mut items = items.iter().enumerate();
                items.try_for_each(|(index, value)| self.value(item, part, value, &at.index(index)))?;
            }
            Ty::Tuple(types) => self.tuple(types, checks, value, at)?,
            Ty::Map(entry) => {
                let Some(map) = value.as_object() else { return expected(at, "an object", value) };
                map.iter().try_for_each(|(key, value)| self.value(entry, part, value, &at.push(key)))?;
            }
            Ty::Named(id) => return self.named(*id, checks, value, at),
        }
        if self.is_exact {
            formats::matches_format(checks.format.as_deref(), value, at)?;
        }
        self.rules(&checks.rules, value, at)
    }

    /// Checks whether a value belongs to a named type, which has checks of its own.
    fn named(&self, id: TypeId, checks: &Checks, value: &Literal, at: &Pointer) -> Result<(), Mismatch> {
        let def = &self.api.types[id];
        match &def.shape {
            Shape::Alias(ty) => return self.value(ty, checks, value, at),
            Shape::Newtype(ty) => self.value(ty, &def.checks, value, at)?,
            Shape::Enum(shape) => matches_enum(shape, value, at)?,
            Shape::Struct(shape) => self.object(shape, value, at)?,
            Shape::Union(union) => self.union(union, value, at)?,
        }
        self.rules(&def.checks.rules, value, at)?;
        self.rules(&checks.rules, value, at)
    }

    /// Whether a value satisfies a schema that other values are compared with.
    fn satisfies(&self, schema: TypeId, value: &Literal) -> bool {
        self.value(&Ty::Named(schema), &Checks::default(), value, &Pointer::default()).is_ok()
    }

    fn tuple(&self, types: &[Ty], checks: &Checks, value: &Literal, at: &Pointer) -> Result<(), Mismatch> {
        let Some(items) = value.as_array() else { return expected(at, "an array", value) };
        if items.len() != types.len() {
            return mismatch(at, format!("must have {} items", types.len()));
        }
        let none = Checks::default();
        items.iter().zip(types).enumerate().try_for_each(|(index, (value, ty))| {
            self.value(ty, checks.positions.get(index).unwrap_or(&none), value, &at.index(index))
        })
    }

    fn object(&self, shape: &Struct, value: &Literal, at: &Pointer) -> Result<(), Mismatch> {
        let Some(map) = value.as_object() else { return expected(at, "an object", value) };
        for field in &shape.fields {
            match map.get(&field.wire) {
                Some(Tree::Null) if field.presence == Presence::Optional && !self.is_exact => {}
                Some(value) => self.value(&field.ty, &field.checks, value, &at.push(&field.wire))?,
                None if field.presence == Presence::Required && field.default.is_none() => {
                    return mismatch(at, format!("`{}` is missing", field.wire));
                }
                None => {}
            }
        }
        let unknown = map.iter().filter(|(key, _)| !shape.fields.iter().any(|field| field.wire == **key));
        for (key, value) in unknown {
            match &shape.rest {
                _ if shape.forbidden.contains(key) => return mismatch(at, format!("`{key}` is not allowed")),
                Rest::Closed => return mismatch(at, format!("`{key}` is not allowed")),
                Rest::Collect(ty) => self.value(ty, &shape.rest_checks, value, &at.push(key))?,
                Rest::Ignore => {}
            }
        }
        Ok(())
    }

    fn union(&self, union: &Union, value: &Literal, at: &Pointer) -> Result<(), Mismatch> {
        let mut first = None;
        for (_, variant) in union.possible(value) {
            match self.value(&variant.ty, &variant.checks, value, at) {
                Ok(()) => return Ok(()),
                Err(error) => {
                    first.get_or_insert(error);
                }
            }
        }
        match (first, &union.tag) {
            (Some(error), _) => Err(error),
            (None, Tag::Property(tag)) => mismatch(at, format!("the value of `{tag}` names none of the branches")),
            (None, Tag::Shape) => mismatch(at, "matches no branch of the union"),
        }
    }

    /// Whether a pattern matches a text. A pattern that takes too many steps does not.
    pub fn matches_pattern(&self, pattern: &str, text: &str) -> bool {
        self.pattern(pattern).matches(text).unwrap_or(false)
    }

    /// Returns a pattern, which is compiled once.
    pub fn pattern(&self, pattern: &str) -> Rc<OwnedPattern> {
        let mut patterns = self.patterns.borrow_mut();
        patterns.entry(pattern.to_owned()).or_insert_with(|| Rc::new(OwnedPattern::new(pattern))).clone()
    }
}

fn mismatch(at: &Pointer, message: impl Into<String>) -> Result<(), Mismatch> {
    Err(Mismatch { at: at.clone(), message: message.into() })
}

fn expected(at: &Pointer, what: &str, found: &Literal) -> Result<(), Mismatch> {
    mismatch(at, format!("must be {what}, found {}", found.kind()))
}

fn matches_enum(shape: &Enum, value: &Literal, at: &Pointer) -> Result<(), Mismatch> {
    if shape.values.iter().any(|known| same(&known.literal, value)) {
        return Ok(());
    }
    let known: Vec<String> = shape.values.iter().take(8).map(|value| format!("`{}`", value.literal.text())).collect();
    mismatch(at, format!("`{}` is not one of the listed values ({} ...)", value.text(), known.join(", ")))
}

fn same(a: &Literal, b: &Literal) -> bool {
    match (a.as_number().and_then(Number::as_int), b.as_number().and_then(Number::as_int)) {
        (Some(a), Some(b)) => a == b,
        _ => a == b,
    }
}
