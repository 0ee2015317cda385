//! Operations, as `inspect` shows them.

use serde::Serialize;

use crate::emit::{self, Cx};
use crate::ir::{OpId, Param, ParamPlace, Status};

/// An operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InspectedOperation {
    /// Its `operationId`, or an identifier made of method and path.
    pub id: String,
    /// The HTTP method.
    pub method: String,
    /// The path template.
    pub path: String,
    /// The first tag.
    pub tag: Option<String>,
    /// The call on a client, such as `users().list_users`.
    pub rust: String,
    /// Its parameters, then its request body.
    pub arguments: Vec<InspectedArgument>,
    /// Its documented responses.
    pub responses: Vec<InspectedResponse>,
}

/// A parameter or a request body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InspectedArgument {
    /// Its name in Rust.
    pub rust: String,
    /// The name of the parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wire: Option<String>,
    /// Its type.
    pub ty: String,
    /// `path`, `query`, `header`, `cookie` or `body`.
    pub place: &'static str,
    /// Whether every call must pass it; other arguments are set by methods of their names.
    pub required: bool,
}

/// A documented response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InspectedResponse {
    /// Its status: `200`, `4XX` or `default`.
    pub status: String,
    /// The type of its body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ty: Option<String>,
}

pub(super) fn inspected(cx: &Cx<'_>, id: OpId, module: &str) -> InspectedOperation {
    let operation = cx.api.operation(id);
    InspectedOperation {
        id: operation.id.clone(),
        method: operation.method.0.clone(),
        path: operation.path.text.clone(),
        tag: operation.tag.clone(),
        rust: format!("{module}{}", cx.names.operation(id).method),
        arguments: arguments(cx, id),
        responses: responses(cx, id),
    }
}

fn arguments(cx: &Cx<'_>, id: OpId) -> Vec<InspectedArgument> {
    let operation = cx.api.operation(id);
    let fields = &cx.names.operation(id).param_fields;
    let param = |(param, name): (&Param, &proc_macro2::Ident)| InspectedArgument {
        rust: name.to_string(),
        wire: Some(param.wire.clone()),
        ty: emit::shown_type(cx, param.ty.not_null()),
        place: param.place.as_str(),
        required: param.required || param.place == ParamPlace::Path,
    };
    let body = emit::shown_request(cx, id).map(|ty| InspectedArgument {
        rust: emit::body_name(fields).to_string(),
        wire: None,
        ty,
        place: "body",
        required: operation.body.as_ref().is_some_and(|body| body.required),
    });
    operation.params.iter().zip(fields).map(param).chain(body).collect()
}

fn responses(cx: &Cx<'_>, id: OpId) -> Vec<InspectedResponse> {
    let responses = cx.api.operation(id).responses.iter().enumerate();
    let response = |(index, response): (usize, &crate::ir::Response)| InspectedResponse {
        status: match response.status {
            Status::Code(code) => code.to_string(),
            Status::Class(class) => format!("{class}XX"),
            Status::Default => "default".to_owned(),
        },
        ty: emit::shown_response(cx, id, index, response),
    };
    responses.map(response).collect()
}
