//! Whether types are well formed.

use std::collections::BTreeSet;

use super::Violations;
use crate::diag::Pointer;
use crate::ir::api::Api;
use crate::ir::enums::{Enum, Repr};
use crate::ir::literal::Literal;
use crate::ir::structs::{Rest, Struct};
use crate::ir::ty::Ty;
use crate::ir::types::Shape;
use crate::ir::unions::{Tag, Union};
use crate::tree::Number;

pub(super) fn check(api: &Api, violations: &mut Violations) {
    for (_, def) in api.types.iter() {
        def.shape.for_each_ty(&mut |ty| check_nullable(ty, &def.at, violations));
        match &def.shape {
            Shape::Struct(shape) => check_struct(shape, &def.at, violations),
            Shape::Enum(shape) => check_enum(shape, &def.at, violations),
            Shape::Union(union) => check_union(union, &def.at, violations),
            Shape::Alias(_) | Shape::Newtype(_) => {}
        }
    }
    for operation in &api.operations {
        operation.for_each_ty(&mut |ty| check_nullable(ty, &operation.at, violations));
    }
}

fn check_nullable(ty: &Ty, at: &Pointer, violations: &mut Violations) {
    ty.for_each(&mut |ty| {
        if let Ty::Nullable(inner) = ty {
            let is_new = !matches!(**inner, Ty::Any | Ty::Null | Ty::Nullable(_));
            violations.require(is_new, at, "a nullable type allows `null` already");
        }
    });
}

fn check_struct(shape: &Struct, at: &Pointer, violations: &mut Violations) {
    let mut wires = BTreeSet::new();
    let forbidden: BTreeSet<&String> = shape.forbidden.iter().collect();
    for field in &shape.fields {
        let name = &field.wire;
        violations.require(wires.insert(name), at, format_args!("two fields are called `{name}`"));
        violations.require(field.ty != Ty::Never, at, format_args!("the field `{name}` can have no value"));
        let is_allowed = !forbidden.contains(name);
        violations.require(is_allowed, at, format_args!("the field `{name}` is forbidden"));
    }
    let collects = matches!(shape.rest, Rest::Collect(_));
    let message = "there are checks for other keys, which are not collected";
    violations.require(collects || shape.rest_checks.is_empty(), at, message);
}

fn check_enum(shape: &Enum, at: &Pointer, violations: &mut Violations) {
    violations.require(!shape.values.is_empty(), at, "an enum has no values");
    violations.require(!shape.open || shape.values.len() > 1, at, "an enum of one value is open");
    let mut known = BTreeSet::new();
    for value in &shape.values {
        let (literal, shown) = (&value.literal, value.literal.json());
        violations.require(known.insert(literal.key()), at, format_args!("an enum has the value `{shown}` twice"));
        violations.require(*literal != Literal::Null, at, "an enum has the value `null`");
        let is_repr = match shape.repr {
            Repr::Text => literal.as_str().is_some(),
            Repr::Int => literal.as_number().and_then(Number::as_int).is_some_and(|value| i64::try_from(value).is_ok()),
            Repr::Json => true,
        };
        violations.require(is_repr, at, format_args!("the value `{shown}` of an enum is not {:?}", shape.repr));
    }
}

fn check_union(union: &Union, at: &Pointer, violations: &mut Violations) {
    let least = if union.tag == Tag::Shape { 2 } else { 1 };
    violations.require(union.variants.len() >= least, at, "a union has too few variants");
    violations.require(!union.open || union.default.is_none(), at, "a union with a default variant is open");
    let mut tags = BTreeSet::new();
    for tag in union.variants.iter().flat_map(|variant| &variant.tags) {
        let text = tag.text();
        violations.require(!tag.is_container(), at, format_args!("the tag `{text}` is an array or an object"));
        violations.require(tags.insert(text.clone()), at, format_args!("the tag `{text}` means two variants"));
    }
    if union.tag == Tag::Shape {
        violations.require(tags.is_empty(), at, "a union without a tag has values of the tag");
        violations.require(union.default.is_none(), at, "a union without a tag has a default variant");
    }
    let exists = union.default.is_none_or(|index| index < union.variants.len());
    violations.require(exists, at, "the default variant of a union does not exist");
}
