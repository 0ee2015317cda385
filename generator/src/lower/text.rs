//! Bodies of text: the types whose values are single texts, as those of parameters are.

use super::lowering::{Lowering, NameSite};
use super::schema;
use crate::diag::{Code, Pointer};
use crate::ir::{Scalar, Shape, Ty};

/// Schemas whose text is read by trying deeper unions than this become plain text.
const MAX_DEPTH: usize = 4;

/// The type of a text body: that of its schema, or a string if the schema says nothing, or describes more than one value.
pub(super) fn lower(cx: &mut Lowering<'_, '_>, schema: Option<&Pointer>, site: &NameSite, at: &Pointer) -> Ty {
    let plain = Ty::Scalar(Scalar::String);
    let Some(schema) = schema else { return plain };
    let ty = schema::lower_schema(cx, schema, site);
    let ty = ty.not_null();
    match cx.api.resolve(ty) {
        Ty::Any | Ty::Scalar(Scalar::String) => plain,
        _ if is_one_value(cx, ty, 0) => ty.clone(),
        _ => {
            if cx.first_report(at) {
                cx.diags
                    .warn(
                        Code::FreeForm,
                        at,
                        "the schema of this text does not describe one value; any text is accepted",
                    )
                    .help("use a schema of type `string`, `number`, `integer` or `boolean`");
            }
            plain
        }
    }
}

/// Whether the values of a schema are single texts.
pub(super) fn is_described(cx: &mut Lowering<'_, '_>, schema: &Pointer, site: &NameSite) -> bool {
    let ty = schema::lower_schema(cx, schema, site);
    is_one_value(cx, ty.not_null(), 0)
}

/// Whether the values of a schema are objects or arrays.
pub(super) fn is_composite(cx: &mut Lowering<'_, '_>, schema: &Pointer, site: &NameSite) -> bool {
    let ty = schema::lower_schema(cx, schema, site);
    has_parts(cx, &ty)
}

/// Whether values of a type are objects or arrays.
pub(super) fn has_parts(cx: &Lowering<'_, '_>, ty: &Ty) -> bool {
    let ty = ty.not_null();
    !matches!(cx.api.resolve(ty), Ty::Any | Ty::Null | Ty::Never) && !is_one_value(cx, ty, 0)
}

/// Whether every value of a type is one text.
fn is_one_value(cx: &Lowering<'_, '_>, ty: &Ty, depth: usize) -> bool {
    match cx.api.resolve(ty) {
        Ty::Scalar(scalar) => *scalar != Scalar::File,
        Ty::Given(_) => true,
        Ty::Named(id) => match &cx.api.types[*id].shape {
            Shape::Enum(_) => true,
            Shape::Newtype(inner) => depth < MAX_DEPTH && is_one_value(cx, inner, depth + 1),
            Shape::Union(union) => {
                depth < MAX_DEPTH && union.variants.iter().all(|variant| is_one_value(cx, &variant.ty, depth + 1))
            }
            Shape::Struct(_) | Shape::Alias(_) => false,
        },
        _ => false,
    }
}
