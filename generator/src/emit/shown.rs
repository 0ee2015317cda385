//! Types of fields, bodies and responses as `inspect` shows them.

use super::Cx;
use super::line::line;
use super::models::field_type;
use super::operation::{self, Side};
use crate::ir::{Field, OpId, Response};

/// The type of a field, as the models declare it.
pub fn shown_field(cx: &Cx<'_>, field: &Field) -> String {
    line(&field_type(cx, field))
}

/// The type of the request body, as the client takes it; `None` if there is none.
pub fn shown_request(cx: &Cx<'_>, op: OpId) -> Option<String> {
    cx.api.operation(op).body.as_ref().and_then(operation::request)?;
    Some(without_runtime(&line(&operation::request_type(cx, op, Side::Client))))
}

/// The type of the body of a response, by its position, as the client returns it; `None` if it has none.
pub fn shown_response(cx: &Cx<'_>, op: OpId, index: usize, response: &Response) -> Option<String> {
    if response.contents.is_empty() {
        return None;
    }
    let ty = if cx.api.operation(op).is_success(response.status) {
        operation::response_type(cx, op, index, response, Side::Client)
    } else {
        operation::failure_type(cx, op, index, response)?
    };
    Some(without_runtime(&line(&ty)))
}

/// The crate of the client exports what its types mention of the runtime.
fn without_runtime(ty: &str) -> String {
    ty.replace("runtime::", "")
}
