//! Whether every object of an operation can be read. An operation with an unreadable object is left out, and the rest of the
//! document is generated without it.

use super::lowering::Lowering;
use super::params;
use crate::diag::Code;
use crate::spec::{Node, Spec};

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
        readable &= is_object_readable::<openapiv3::RequestBody>(cx, body);
    }
    let responses: Vec<Node<'_>> = operation.entries("responses").map(|(_, response)| response).collect();
    for response in responses {
        readable &= is_object_readable::<openapiv3::Response>(cx, response);
    }
    if !readable {
        let message =
            format!("`{} {path}` is left out because a part of it cannot be read", method.to_ascii_uppercase());
        cx.diags.warn(Code::LeftOut, &operation.at, message).help("correct what is reported about its parts");
    }
    readable
}

/// Whether an object, or the target of a reference, can be read.
fn is_object_readable<T: serde::de::DeserializeOwned>(cx: &mut Lowering<'_, '_>, node: Node<'_>) -> bool {
    let node = cx.spec.node(&node.at).and_then(|node| cx.resolve(node));
    node.is_none_or(|node| Spec::piece::<T>(&node, cx.diags).is_some())
}
