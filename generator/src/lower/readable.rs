//! Whether every object of an operation can be read. An operation with an unreadable object is left out, and the rest of the
//! document is generated without it.

use super::lowering::Lowering;
use super::params;
use crate::diag::{Code, Diags};
use crate::spec::{Node, RequestBody, Response};

/// Whether every object of an operation can be read. Reports an operation that is left out.
pub(super) fn is_readable(
    cx: &mut Lowering<'_, '_>,
    method: &str,
    path: &str,
    item: &Node<'_>,
    operation: &Node<'_>,
) -> bool {
    let parameters: Vec<Node<'_>> = item.items("parameters").chain(operation.items("parameters")).collect();
    let mut readable = true;
    for parameter in parameters {
        readable &= params::is_readable(cx, parameter);
    }
    if let Some(body) = operation.get("requestBody") {
        readable &= can_read(cx, body, RequestBody::read);
    }
    let responses: Vec<Node<'_>> = operation.entries("responses").map(|(_, response)| response).collect();
    for response in responses {
        readable &= can_read(cx, response, Response::read);
    }
    if !readable {
        let message =
            format!("`{} {path}` is left out because a part of it cannot be read", method.to_ascii_uppercase());
        cx.diags.warn(Code::LeftOut, &operation.at, message).help("correct what is reported about its parts");
    }
    readable
}

/// Whether `read` can read an object, or the object that a reference leads to.
fn can_read<T>(cx: &mut Lowering<'_, '_>, node: Node<'_>, read: fn(&Node<'_>, &mut Diags) -> Option<T>) -> bool {
    cx.object(&node.at).is_none_or(|node| read(&node, cx.diags).is_some())
}
