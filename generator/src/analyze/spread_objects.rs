//! Exploded objects in the query, whose properties are parameters of their own (OpenAPI 3.0.3 §4.7.12.4).

use crate::diag::{Code, Diags};
use crate::ir::{Api, Encoding, Operation, Param, ParamPlace, Rest, Shape, Style, Ty};

/// Warns of an object with properties of any name beside another exploded object: on the wire, nothing tells whose a name is.
pub(super) fn report_overlaps(api: &Api, diags: &mut Diags) {
    for operation in &api.operations {
        let spread = spread(api, operation);
        let Some(open) = spread.iter().find(|param| takes_any_name(api, param)) else { continue };
        let Some(other) = spread.iter().find(|param| param.at != open.at) else { continue };
        let message = format!(
            "the object `{}` receives the properties of `{}` as well: both are exploded, and it has properties of any name",
            open.wire, other.wire
        );
        diags
            .warn(Code::OddSchema, &open.at, message)
            .related(&other.at, "the other object")
            .help("use `style: deepObject` for one of them, or describe the properties and forbid others");
    }
}

fn spread<'a>(api: &Api, operation: &'a Operation) -> Vec<&'a Param> {
    let is_exploded = |param: &&Param| {
        matches!(param.encoding, Encoding::Style { style: Style::Form, explode: true, .. })
            && param.place == ParamPlace::Query
    };
    operation.params.iter().filter(is_exploded).filter(|param| is_object(api, param)).collect()
}

fn is_object(api: &Api, param: &Param) -> bool {
    match api.resolve(param.ty.not_null()) {
        Ty::Map(_) => true,
        Ty::Named(id) => matches!(api.types[*id].shape, Shape::Struct(_)),
        _ => false,
    }
}

fn takes_any_name(api: &Api, param: &Param) -> bool {
    match api.resolve(param.ty.not_null()) {
        Ty::Map(_) => true,
        Ty::Named(id) => {
            matches!(&api.types[*id].shape, Shape::Struct(shape) if matches!(shape.rest, Rest::Collect(_)))
        }
        _ => false,
    }
}
