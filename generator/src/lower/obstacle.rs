//! What keeps an operation from being generated: an object of it that cannot be read. The rest of the document goes on without
//! it.

use super::cx::Cx;
use super::params;
use crate::diag::{Code, Diags};
use crate::spec::{Node, RequestBody, Response};

/// Whether every object of an operation can be read; reports an operation that has to be left out.
pub(super) fn is_generated(
    cx: &mut Cx<'_, '_>,
    method: &str,
    path: &str,
    item: &Node<'_>,
    operation: &Node<'_>,
) -> bool {
    let parameters: Vec<Node<'_>> = item.items("parameters").chain(operation.items("parameters")).collect();
    let mut fine = true;
    for parameter in parameters {
        fine &= params::is_readable(cx, parameter);
    }
    if let Some(body) = operation.get("requestBody") {
        fine &= can_read(cx, body, RequestBody::read);
    }
    let responses: Vec<Node<'_>> = operation.entries("responses").map(|(_, response)| response).collect();
    for response in responses {
        fine &= can_read(cx, response, Response::read);
    }
    if !fine {
        let message =
            format!("`{} {path}` is left out, because a part of it cannot be read", method.to_ascii_uppercase());
        cx.diags.warn(Code::LeftOut, &operation.at, message).help("mend what is reported of its parts");
    }
    fine
}

/// Whether `read` can read the object that a node is or refers to.
fn can_read<T>(cx: &mut Cx<'_, '_>, node: Node<'_>, read: fn(&Node<'_>, &mut Diags) -> Option<T>) -> bool {
    let node = cx.spec.node(&node.at).and_then(|node| cx.resolve(node));
    node.is_none_or(|node| read(&node, cx.diags).is_some())
}
