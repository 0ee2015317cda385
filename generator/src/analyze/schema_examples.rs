//! Examples of schemas that do not match their schema.
//!
//! A schema may be a part of several others, so its example is right if it matches anywhere. Samples do without examples that do
//! not match where they are used.

use std::collections::BTreeSet;

use super::literals::{matches, report_bad_example};
use crate::diag::{Diags, Pointer};
use crate::ir::conformance::{self, Mismatch};
use crate::ir::sample::{sample, without_nulls};
use crate::ir::{Api, Checks, Example, Rest, Shape, Ty, TypeDef};

/// Warns of the examples of schemas that match nowhere.
pub(super) fn report_bad(api: &Api, diags: &mut Diags) {
    let mut found = Found { api, good: BTreeSet::new(), bad: Vec::new() };
    for (id, def) in api.types.iter() {
        found.compare_definition(&Ty::Named(id), def);
    }
    for operation in &api.operations {
        for param in &operation.params {
            found.compare(&param.ty, &param.checks);
        }
        let of_responses = operation.responses.iter().flat_map(|response| &response.headers);
        for header in operation.headers.iter().chain(of_responses) {
            found.compare(&header.ty, &header.checks);
        }
        let bodies = operation.body.iter().flat_map(|body| &body.contents);
        for content in bodies.chain(operation.responses.iter().flat_map(|response| &response.contents)) {
            if let Some(ty) = content.media.ty() {
                found.compare(ty, &content.checks);
            }
        }
    }
    let Found { good, bad, .. } = found;
    for (example, mismatch) in bad.iter().filter(|(example, _)| !good.contains(&example.at)) {
        report_bad_example(example, mismatch, diags);
    }
}

/// The examples that were compared.
struct Found<'a> {
    api: &'a Api,
    /// The places of those that match somewhere.
    good: BTreeSet<Pointer>,
    bad: Vec<(&'a Example, Mismatch)>,
}

impl<'a> Found<'a> {
    /// Compares the examples of a type and of its parts.
    fn compare_definition(&mut self, ty: &Ty, def: &'a TypeDef) {
        let none = Checks::default();
        for example in &def.checks.examples {
            let whole = matches(self.api, ty, &none, example);
            let verdict = if whole.is_err() && !example.is_of(&def.at) { self.complete(ty, example) } else { whole };
            self.add(example, verdict);
        }
        match &def.shape {
            Shape::Struct(shape) => {
                shape.fields.iter().for_each(|field| self.compare(&field.ty, &field.checks));
                if let Rest::Collect(ty) = &shape.rest {
                    self.compare(ty, &shape.rest_checks);
                }
            }
            Shape::Union(union) => union.variants.iter().for_each(|variant| self.compare(&variant.ty, &variant.checks)),
            Shape::Newtype(inner) => self.compare(inner, &def.checks),
            Shape::Enum(_) | Shape::Alias(_) => {}
        }
    }

    /// Compares the examples at a place, and of its parts.
    fn compare(&mut self, ty: &Ty, checks: &'a Checks) {
        for example in &checks.examples {
            self.add(example, matches(self.api, ty, checks, example));
        }
        match self.api.resolve(ty.not_null()) {
            Ty::List(part) | Ty::Map(part) => checks.items.iter().for_each(|items| self.compare(part, items)),
            Ty::Tuple(parts) => {
                parts.iter().zip(&checks.positions).for_each(|(part, checks)| self.compare(part, checks));
            }
            _ => {}
        }
    }

    /// Compares the example of a part of a schema, such as a branch of `allOf`: it lacks what the other parts describe.
    fn complete(&self, ty: &Ty, example: &Example) -> Result<(), Mismatch> {
        let none = Checks::default();
        let (Some(own), Some(mut whole)) = (example.value.as_object(), sample(self.api, ty, &none)) else {
            return Ok(());
        };
        if let Some(map) = whole.as_object_mut() {
            map.extend(own.clone());
        }
        conformance::matches_exactly(self.api, ty, &none, &without_nulls(self.api, ty, &whole), &example.at)
    }

    fn add(&mut self, example: &'a Example, verdict: Result<(), Mismatch>) {
        match verdict {
            Ok(()) => drop(self.good.insert(example.at.clone())),
            Err(mismatch) => self.bad.push((example, mismatch)),
        }
    }
}
