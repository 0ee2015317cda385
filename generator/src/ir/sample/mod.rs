//! Sample values, where the body or the parameter has no example. They consist of the examples of schemas, as far as there are any.

mod arrays;
mod bodies;
mod examples;
mod formats;
mod objects;
mod patterns;
mod scalars;
mod unions;

pub use bodies::{request_body, response_body, without_nulls};

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use super::api::Api;
use super::checks::{Checks, Rule};
use super::conformance::Conformance;
use super::ids::TypeId;
use super::literal::Literal;
use super::ty::Ty;
use super::types::Shape;
use crate::diag::Pointer;
use crate::tree::{Map, Tree};

/// Optional parts deeper than this are left out.
const MAX_DEPTH: usize = 6;

/// A value for a request that satisfies its checks; formats included, if there is such a value. `None` if none is found, or if it would be
/// endless.
pub fn sample(api: &Api, ty: &Ty, checks: &Checks) -> Option<Literal> {
    whole(api, ty, checks, Use::Request)
}

/// A value for a response as in [`sample`].
pub fn sample_of_response(api: &Api, ty: &Ty, checks: &Checks) -> Option<Literal> {
    whole(api, ty, checks, Use::Response)
}

/// A value for a request as in [`sample`], if possible without the parts that it need not have. It has no examples of schemas.
pub fn small_sample(api: &Api, ty: &Ty, checks: &Checks) -> Option<Literal> {
    sampled(api, ty, checks, Use::Request, &SMALL_FIRST)
}

/// The sample of a string without rules.
pub const TEXT: &str = "sample";

/// A sample for a parameter, which is sent as text, so free-form JSON is a string.
pub fn sample_of_text(api: &Api, ty: &Ty, checks: &Checks) -> Option<Literal> {
    whole(api, ty, checks, Use::Text)
}

/// What a sample is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    /// A body that clients send.
    Request,
    /// A body that servers send.
    Response,
    /// A form, which has no empty arrays and no `null`.
    Form,
    /// A parameter, which is sent as text.
    Text,
    /// Either direction.
    Any,
}

/// What a sample is made of.
#[derive(Clone, Copy)]
struct Parts {
    /// Whether optional parts are made.
    optional: bool,
    /// Whether examples of schemas are used.
    examples: bool,
}

/// All optional parts, and examples.
const LARGE: Parts = Parts { optional: true, examples: true };

/// A value with all optional parts shows more, but may satisfy less, as may one with examples.
const LARGE_FIRST: [Parts; 3] =
    [LARGE, Parts { optional: true, examples: false }, Parts { optional: false, examples: false }];

const SMALL_FIRST: [Parts; 2] = [Parts { optional: false, examples: false }, Parts { optional: true, examples: false }];

fn whole(api: &Api, ty: &Ty, checks: &Checks, of: Use) -> Option<Literal> {
    sampled(api, ty, checks, of, &LARGE_FIRST)
}

/// The first attempt that satisfies the checks and has the formats, or else the first one that satisfies the checks.
fn sampled(api: &Api, ty: &Ty, checks: &Checks, of: Use, attempts: &[Parts]) -> Option<Literal> {
    let mut inexact = None;
    for parts in attempts {
        let Some(value) = Sampler::new(api, of, *parts).value(ty, checks, 0) else { continue };
        if Conformance::exact(api).accepts(ty, checks, &value) {
            return Some(value);
        }
        if inexact.is_none() && Conformance::new(api).accepts(ty, checks, &value) {
            inexact = Some(value);
        }
    }
    inexact
}

/// Larger samples are not made: nested lists with a least length, and objects that contain each other, grow exponentially.
const MAX_VALUES: usize = 20_000;

struct Sampler<'a> {
    api: &'a Api,
    conformance: Conformance<'a>,
    /// As generated code reads values.
    reading: Conformance<'a>,
    of: Use,
    parts: Parts,
    /// How many more values may be made.
    left: Cell<usize>,
    /// How many values to pass over, for items that must differ.
    nth: Cell<usize>,
    /// The unions of which a value is being made, from the outside in.
    unions: RefCell<Vec<TypeId>>,
    /// Which types have a value that is at most so many levels deep.
    shallow: RefCell<BTreeMap<(TypeId, usize), bool>>,
}

impl<'a> Sampler<'a> {
    fn new(api: &'a Api, of: Use, parts: Parts) -> Self {
        Self {
            api,
            conformance: Conformance::exact(api),
            reading: Conformance::new(api),
            of,
            parts,
            left: Cell::new(MAX_VALUES),
            nth: Cell::new(0),
            unions: RefCell::default(),
            shallow: RefCell::default(),
        }
    }

    /// Counts values; `None` if there are too many.
    fn count(&self, values: usize) -> Option<()> {
        self.left.set(self.left.get().checked_sub(values)?);
        Some(())
    }

    fn satisfied(&self, rules: &[Rule], value: &Literal) -> bool {
        self.conformance.rules(rules, value, &Pointer::default()).is_ok()
    }

    /// A value of a type that satisfies its checks.
    fn value(&self, ty: &Ty, checks: &Checks, depth: usize) -> Option<Literal> {
        if depth > MAX_DEPTH * 4 {
            return None;
        }
        self.count(1)?;
        if let Some(example) = self.example(&checks.examples, ty, checks) {
            return Some(example);
        }
        if let Some(values) = checks.rules.iter().find_map(one_of) {
            return self.pick(values.iter().cloned(), &checks.rules);
        }
        match ty {
            Ty::Any => self.pick(self.anything(&checks.rules, depth).into_iter(), &checks.rules),
            Ty::Null => Some(Tree::Null),
            // What a given type takes is not known.
            Ty::Never | Ty::Given(_) => None,
            Ty::Scalar(scalar) => self.scalar(*scalar, checks),
            Ty::List(item) => Some(Tree::Array(self.list(item, checks, depth)?)),
            Ty::Tuple(items) => {
                let none = Checks::default();
                let item =
                    |(index, ty): (usize, &Ty)| self.value(ty, checks.positions.get(index).unwrap_or(&none), depth + 1);
                Some(Tree::Array(items.iter().enumerate().map(item).collect::<Option<_>>()?))
            }
            Ty::Map(value) => self.map(value, checks, depth),
            Ty::Nullable(inner) if depth < MAX_DEPTH => self.value(inner, checks, depth + 1).or(Some(Tree::Null)),
            Ty::Nullable(_) => Some(Tree::Null),
            Ty::Named(id) => self.named(*id, checks, depth),
        }
    }

    /// Free-form JSON: of a schema that it is compared with, or of any kind.
    fn anything(&self, rules: &[Rule], depth: usize) -> Vec<Literal> {
        let kinds = [Tree::Object(Map::default()), Tree::from("value"), Tree::from("1"), Tree::Bool(true), Tree::Null];
        let mut found: Vec<Literal> = Vec::new();
        for rule in rules {
            if let Rule::AnyOf(schemas) | Rule::ExactlyOne(schemas) = rule {
                found.extend(
                    schemas.iter().filter_map(|schema| self.value(&Ty::Named(*schema), &Checks::default(), depth + 1)),
                );
            }
        }
        // As a text, free-form JSON is a string.
        found.extend(kinds.into_iter().skip(usize::from(self.of == Use::Text)));
        found
    }

    fn named(&self, id: TypeId, checks: &Checks, depth: usize) -> Option<Literal> {
        let def = &self.api.types[id];
        let rules = def.checks.rules.as_slice();
        if let Some(example) = self.example(&def.checks.examples, &Ty::Named(id), checks) {
            return Some(example);
        }
        match &def.shape {
            Shape::Alias(ty) => self.value(ty, checks, depth + 1),
            Shape::Newtype(ty) => self.value(ty, &def.checks, depth + 1),
            Shape::Enum(shape) => self.pick(shape.values.iter().map(|value| value.literal.clone()), rules),
            Shape::Union(union) => self.union(id, union, rules, depth),
            Shape::Struct(shape) => self.object(shape, def, depth),
        }
    }
}

/// How many values a value consists of.
fn size(value: &Literal) -> usize {
    1 + value.children().map(|(_, child)| size(child)).sum::<usize>()
}

fn one_of(rule: &Rule) -> Option<&[Literal]> {
    if let Rule::OneOfValues(values) = rule { Some(values) } else { None }
}
