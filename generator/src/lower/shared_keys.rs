//! Exploded objects that have a property with the name of another parameter: on the wire, nothing tells them apart (OpenAPI 3.0.3
//! §4.7.12.4).

use super::lowering::Lowering;
use crate::diag::Code;
use crate::ir::{Encoding, Param, ParamPlace, Shape, Style, Ty};

/// Reports the properties of exploded objects that have the name of another parameter of the operation. Servers read them as that
/// parameter.
pub(super) fn report(cx: &mut Lowering<'_, '_>, params: &[Param]) {
    let (spread, others): (Vec<&Param>, Vec<&Param>) = params.iter().partition(|param| is_spread(cx, param));
    for param in spread {
        for other in others.iter().filter(|other| other.place == param.place) {
            if has_property(cx, &param.ty, &other.wire) && cx.first_report(&param.at.push(&other.wire)) {
                let message = format!(
                    "`{}` is sent as its properties, and `{}` is a parameter as well; servers read it as the parameter",
                    param.wire, other.wire
                );
                cx.diags
                    .warn(Code::Duplicate, &param.at, message)
                    .related(&other.at, "the other parameter")
                    .help("rename one of them, or use `style: deepObject`");
            }
        }
    }
}

/// Whether the properties of an object become parameters.
fn is_spread(cx: &Lowering<'_, '_>, param: &Param) -> bool {
    let is_exploded = matches!(param.encoding, Encoding::Style { style: Style::Form, explode: true, .. });
    let is_object = match cx.api.resolve(param.ty.not_null()) {
        Ty::Named(id) => matches!(cx.api.types[*id].shape, Shape::Struct(_)),
        other => matches!(other, Ty::Map(_)),
    };
    is_exploded && is_object && matches!(param.place, ParamPlace::Query | ParamPlace::Cookie)
}

fn has_property(cx: &Lowering<'_, '_>, ty: &Ty, wire: &str) -> bool {
    let Ty::Named(id) = cx.api.resolve(ty.not_null()) else { return false };
    matches!(&cx.api.types[*id].shape, Shape::Struct(shape) if shape.fields.iter().any(|field| field.wire == wire))
}
