//! What keeps an operation from being generated: an object of it that cannot be read. The rest of the document goes on without
//! it.

use super::cx::Cx;
use super::params;
use crate::diag::Code;
use crate::spec::{Node, Spec};

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
        fine &= is_piece::<openapiv3::RequestBody>(cx, body);
    }
    let responses: Vec<Node<'_>> = operation.entries("responses").map(|(_, response)| response).collect();
    for response in responses {
        fine &= is_piece::<openapiv3::Response>(cx, response);
    }
    if !fine {
        let message =
            format!("`{} {path}` is left out, because a part of it cannot be read", method.to_ascii_uppercase());
        cx.diags.warn(Code::LeftOut, &operation.at, message).help("mend what is reported of its parts");
    }
    fine
}

fn is_piece<T: serde::de::DeserializeOwned>(cx: &mut Cx<'_, '_>, node: Node<'_>) -> bool {
    let node = cx.spec.node(&node.at).and_then(|node| cx.resolve(node));
    node.is_none_or(|node| Spec::piece::<T>(&node, cx.diags).is_some())
}
