//! Exploded objects in the query, in cookies and in forms, whose properties are sent under their own names (OpenAPI 3.0.3 §4.7.12.4).

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diags, Pointer};
use crate::ir::{Api, Encoding, Field, Media, Operation, Param, ParamPlace, Rest, Shape, Style, Ty};

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

/// Warns of exploded objects that have a property with the name of something else beside them: a parameter, a form field, or a property
/// of another exploded object. On the wire, nothing tells them apart.
pub(super) fn report_shared_names<'a>(api: &'a Api, diags: &mut Diags) {
    let mut known = BTreeSet::new();
    for operation in &api.operations {
        for place in [ParamPlace::Query, ParamPlace::Cookie] {
            let params = operation.params.iter().filter(|param| param.place == place);
            let member = |param: &'a Param| Member { name: &param.wire, at: &param.at, sent: api.sent_names(param) };
            report_shared(&params.map(member).collect::<Vec<_>>(), "parameter", &mut known, diags);
        }
        for content in operation.body.iter().flat_map(|body| &body.contents) {
            if let Media::Form(form) = &content.media {
                let member = |field: &'a Field| Member {
                    name: &field.wire,
                    at: &field.at,
                    sent: api.sent_field_names(form, field),
                };
                report_shared(
                    &api.form_fields(form).iter().map(member).collect::<Vec<_>>(),
                    "form field",
                    &mut known,
                    diags,
                );
            }
        }
    }
}

/// What is sent beside each other: a parameter or a form field.
struct Member<'a> {
    name: &'a str,
    at: &'a Pointer,
    /// The names under which it is sent.
    sent: Vec<&'a str>,
}

/// Warns of members that share a name, each pair once.
fn report_shared<'a>(
    members: &[Member<'a>],
    kind: &str,
    known: &mut BTreeSet<(&'a Pointer, &'a Pointer)>,
    diags: &mut Diags,
) {
    let (exploded, plain): (Vec<_>, Vec<_>) = members.iter().partition(|member| member.sent != [member.name]);
    let plain: BTreeMap<&str, &Member<'_>> = plain.into_iter().map(|member| (member.name, member)).collect();
    let mut properties: BTreeMap<&str, &Member<'_>> = BTreeMap::new();
    for member in exploded {
        for name in &member.sent {
            let (other, message) = if let Some(other) = plain.get(name) {
                let message = format!(
                    "`{}` is sent as its properties, and `{name}` is a {kind} as well; if both are set, servers refuse the request",
                    member.name
                );
                (other, message)
            } else if let Some(other) = properties.get(name).filter(|other| other.at != member.at) {
                let message = format!(
                    "`{}` and `{}` are sent as their properties, and both have `{name}`",
                    other.name, member.name
                );
                (other, message)
            } else {
                properties.insert(name, member);
                continue;
            };
            if known.insert((member.at, other.at)) {
                diags
                    .warn(Code::Duplicate, member.at, message)
                    .related(other.at, format_args!("the other {kind}"))
                    .help("rename one of them, or use `style: deepObject`");
            }
        }
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
