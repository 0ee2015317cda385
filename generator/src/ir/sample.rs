//! Values made of types, where the document has no example.

use super::{Api, Literal, Presence, Scalar, Shape, Tag, Ty};
use crate::load::{Map, Number, Tree};

/// Deeper samples say nothing new.
const MAX_DEPTH: usize = 6;

/// A value of a type; `None` if there is none, or only an endless one.
pub fn sample(api: &Api, ty: &Ty) -> Option<Literal> {
    at_depth(api, ty, 0)
}

fn at_depth(api: &Api, ty: &Ty, depth: usize) -> Option<Literal> {
    if depth > MAX_DEPTH * 4 {
        return None;
    }
    match ty {
        Ty::Any => Some(Tree::Object(Map::new())),
        Ty::Null => Some(Tree::Null),
        // What a given type takes is not known.
        Ty::Never | Ty::Given(_) => None,
        Ty::Scalar(scalar) => Some(scalar_sample(*scalar)),
        Ty::List(item) if depth < MAX_DEPTH => Some(Tree::Array(at_depth(api, item, depth + 1).into_iter().collect())),
        Ty::List(_) => Some(Tree::Array(Vec::new())),
        Ty::Tuple(items) => {
            Some(Tree::Array(items.iter().map(|item| at_depth(api, item, depth + 1)).collect::<Option<_>>()?))
        }
        Ty::Map(value) => {
            let entry = if depth < MAX_DEPTH && **value != Ty::Any { at_depth(api, value, depth + 1) } else { None };
            Some(entry.into_iter().map(|value| ("key".to_owned(), value)).collect())
        }
        Ty::Nullable(inner) if depth < MAX_DEPTH => at_depth(api, inner, depth + 1).or(Some(Tree::Null)),
        Ty::Nullable(_) => Some(Tree::Null),
        Ty::Named(id) => shape_sample(api, &api.types[*id].shape, depth),
    }
}

fn scalar_sample(scalar: Scalar) -> Literal {
    match scalar {
        Scalar::Bool => Tree::Bool(true),
        Scalar::Int(_) => Tree::Number(Number::Int(1)),
        Scalar::Float => Tree::Number(Number::Float(1.5)),
        Scalar::String | Scalar::File => Tree::from("string"),
        Scalar::Base64 => Tree::from("Ynl0ZXM="),
        Scalar::Date => Tree::from("2026-01-31"),
        Scalar::DateTime => Tree::from("2026-01-31T12:00:00Z"),
        Scalar::Uuid => Tree::from("67e55044-10b1-426f-9247-bb680e5fe0c8"),
    }
}

fn shape_sample(api: &Api, shape: &Shape, depth: usize) -> Option<Literal> {
    match shape {
        Shape::Alias(ty) | Shape::Newtype(ty) => at_depth(api, ty, depth + 1),
        Shape::Enum(shape) => shape.values.first().map(|value| value.literal.clone()),
        Shape::Union(union) => {
            let variant = union.variants.first()?;
            let mut value = at_depth(api, &variant.ty, depth + 1)?;
            if let (Tag::Property(name), Some(tag), Some(map)) =
                (&union.tag, variant.tags.first(), value.as_object_mut())
            {
                map.insert(name.clone(), Tree::from(tag.as_str()));
            }
            Some(value)
        }
        Shape::Struct(shape) => {
            let mut map = Map::new();
            for field in &shape.fields {
                let required = field.presence == Presence::Required;
                if required || (depth < MAX_DEPTH && !field.boxed) {
                    match at_depth(api, &field.ty, depth + 1) {
                        Some(value) => {
                            map.insert(field.wire.clone(), value);
                        }
                        None if required => return None,
                        None => {}
                    }
                }
            }
            Some(Tree::Object(map))
        }
    }
}
