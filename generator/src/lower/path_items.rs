//! Path items and the operations in them (OpenAPI 3.0.3 §4.7.9).

use super::lowering::Lowering;
use crate::spec::{Node, Spec};

/// The methods that are keys of a Path Item Object.
const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// The paths of the document, in its order.
pub(super) fn of_paths<'d>(spec: &Spec<'d>) -> impl Iterator<Item = (&'d str, Node<'d>)> {
    spec.root().entries("paths").filter(|(path, _)| path.starts_with('/'))
}

/// The path items of the document, in its order, and those of webhooks.
pub(super) fn all<'d>(cx: &mut Lowering<'d, '_>) -> Vec<Node<'d>> {
    let webhooks = cx.spec.root().entries("webhooks");
    let items: Vec<Node<'d>> = of_paths(cx.spec).chain(webhooks).map(|(_, item)| item).collect();
    items.into_iter().filter_map(|item| cx.resolve(item)).collect()
}

/// The operations of a path item, each with its method; those of `additionalOperations`, whose methods are sent as they are written
/// (OpenAPI 3.2.0 §4.9), come last.
pub(super) fn operations<'d>(item: &Node<'d>) -> Vec<(String, Node<'d>)> {
    let keys: Vec<String> = item.tree.as_object().into_iter().flat_map(|map| map.keys().cloned()).collect();
    let fixed = keys.into_iter().filter(|key| METHODS.contains(&key.as_str()));
    let mut found: Vec<(String, Node<'d>)> =
        fixed.filter_map(|key| item.get(&key).map(|operation| (key, operation))).collect();
    let fixed = found.iter_mut().map(|(method, _)| method);
    fixed.for_each(|method| method.make_ascii_uppercase());
    found.extend(item.entries("additionalOperations").map(|(method, operation)| (method.to_owned(), operation)));
    found
}
