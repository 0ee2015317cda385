//! Whether a value matches a type. Examples and defaults are compared with the types of their schemas.

mod scalar;

use crate::diag::Pointer;
use crate::ir::{Api, Enum, Literal, Presence, Rest, Shape, Struct, Ty, Union};
use crate::tree::{Number, Tree};

/// Why a value does not match a type.
#[derive(Clone, Debug)]
pub(super) struct Mismatch {
    /// The place inside the value.
    pub at: Pointer,
    /// What is wrong there.
    pub message: String,
}

/// Checks whether a value would decode into a type.
pub(super) fn matches_type(api: &Api, ty: &Ty, value: &Literal, at: &Pointer) -> Result<(), Mismatch> {
    match ty {
        Ty::Any | Ty::Given(_) => Ok(()),
        Ty::Never => mismatch(at, "no value is allowed here"),
        Ty::Null if *value == Tree::Null => Ok(()),
        Ty::Null => mismatch(at, format!("must be null, found {}", value.kind())),
        Ty::Nullable(_) if *value == Tree::Null => Ok(()),
        Ty::Nullable(ty) => matches_type(api, ty, value, at),
        Ty::Scalar(scalar) => scalar::matches_scalar(*scalar, value, at),
        Ty::List(item) => {
            let Some(items) = value.as_array() else { return expected(at, "an array", value) };
            items.iter().enumerate().try_for_each(|(index, value)| matches_type(api, item, value, &at.index(index)))
        }
        Ty::Tuple(types) => {
            let Some(items) = value.as_array() else { return expected(at, "an array", value) };
            if items.len() != types.len() {
                return mismatch(at, format!("must have {} items", types.len()));
            }
            let pairs = items.iter().zip(types).enumerate();
            pairs.into_iter().try_for_each(|(index, (value, ty))| matches_type(api, ty, value, &at.index(index)))
        }
        Ty::Map(entry) => {
            let Some(map) = value.as_object() else { return expected(at, "an object", value) };
            map.iter().try_for_each(|(key, value)| matches_type(api, entry, value, &at.push(key)))
        }
        Ty::Named(id) => match &api.types[*id].shape {
            Shape::Alias(ty) | Shape::Newtype(ty) => matches_type(api, ty, value, at),
            Shape::Enum(shape) => matches_enum(shape, value, at),
            Shape::Struct(shape) => matches_struct(api, shape, value, at),
            Shape::Union(union) => matches_union(api, union, value, at),
        },
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

fn matches_struct(api: &Api, shape: &Struct, value: &Literal, at: &Pointer) -> Result<(), Mismatch> {
    let Some(map) = value.as_object() else { return expected(at, "an object", value) };
    for field in &shape.fields {
        match map.get(&field.wire) {
            Some(Tree::Null) if field.presence == Presence::Optional => {}
            Some(value) => matches_type(api, &field.ty, value, &at.push(&field.wire))?,
            None if field.presence == Presence::Required && field.default.is_none() => {
                return mismatch(at, format!("`{}` is missing", field.wire));
            }
            None => {}
        }
    }
    let unknown = map.iter().filter(|(key, _)| !shape.fields.iter().any(|field| field.wire == **key));
    for (key, value) in unknown {
        if let Rest::Collect(ty) = &shape.rest {
            matches_type(api, ty, value, &at.push(key))?;
        }
    }
    Ok(())
}

fn matches_union(api: &Api, union: &Union, value: &Literal, at: &Pointer) -> Result<(), Mismatch> {
    let mut first = None;
    for variant in &union.variants {
        match matches_type(api, &variant.ty, value, at) {
            Ok(()) => return Ok(()),
            Err(error) => {
                first.get_or_insert(error);
            }
        }
    }
    match first {
        Some(error) => Err(error),
        None => mismatch(at, "matches no branch of the union"),
    }
}
