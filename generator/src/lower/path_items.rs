//! Path items and the operations in them (OpenAPI 3.0.3 §4.7.9).

use std::collections::BTreeSet;

use super::lowering::Lowering;
use crate::diag::Code;
use crate::spec::{Node, Spec};

/// The methods that are keys of a Path Item Object.
const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// A path item is followed through at most this many references, so that long chains are not followed from each of their links.
const MAX_LAYERS: usize = 50;

/// The paths of the document, in its order.
pub(super) fn of_paths<'d>(spec: &Spec<'d>) -> impl Iterator<Item = (&'d str, Node<'d>)> {
    spec.root().entries("paths").filter(|(path, _)| path.starts_with('/'))
}

/// A path item and those that it refers to, the outer ones first: what stands beside `$ref` counts as well (OpenAPI 3.0.3 §4.7.9.1).
#[derive(Clone)]
pub(super) struct PathItem<'d>(Vec<Node<'d>>);

impl<'d> PathItem<'d> {
    /// Follows the references of a path item. A key of two of them is undefined behaviour; that of the outer one is used, which is
    /// reported, as is a reference that leads back.
    pub fn new(cx: &mut Lowering<'d, '_>, item: Node<'d>) -> Self {
        let mut layers = vec![item];
        let mut seen = BTreeSet::new();
        while let Some(last) = layers.last().cloned() {
            let Some(reference) = last.str("$ref").filter(|_| seen.insert(last.at.clone())) else { break };
            let Some(target) = cx.spec.target(&last, reference, cx.diags) else { break };
            if seen.contains(&target.at) {
                report_circle(cx, &last, reference);
                break;
            }
            if layers.len() > MAX_LAYERS {
                report_depth(cx, &last);
                break;
            }
            report_shared_keys(cx, &layers, &target);
            layers.push(target);
        }
        Self(layers)
    }

    /// The outermost path item that has a key, or else the outermost one.
    pub fn with(&self, key: &str) -> Option<&Node<'d>> {
        self.0.iter().find(|item| item.get(key).is_some()).or(self.0.first())
    }

    /// A text of the outermost path item that has it.
    pub fn str(&self, key: &str) -> Option<&'d str> {
        self.0.iter().find_map(|item| item.str(key))
    }

    /// The operations, each with its method; those of `additionalOperations`, whose methods are sent as they are written (OpenAPI 3.2.0
    /// §4.9), come last.
    pub fn operations(&self) -> Vec<(String, Node<'d>)> {
        let mut found: Vec<(String, Node<'d>)> = Vec::new();
        let mut known = BTreeSet::new();
        let own = |item: &Node<'d>| {
            let keys = item.tree.as_object().into_iter().flat_map(|map| map.keys());
            let fixed: Vec<&String> = keys.filter(|key| METHODS.contains(&key.as_str())).collect();
            fixed.into_iter().filter_map(|key| Some((key.to_ascii_uppercase(), item.get(key)?))).collect::<Vec<_>>()
        };
        let others = |item: &Node<'d>| {
            let entries = item.entries("additionalOperations");
            entries.map(|(method, operation)| (method.to_owned(), operation)).collect::<Vec<_>>()
        };
        for (method, operation) in self.0.iter().flat_map(own).chain(self.0.iter().flat_map(others)) {
            if known.insert(method.clone()) {
                found.push((method, operation));
            }
        }
        found
    }
}

/// Reports the keys of a path item that one of those which lead to it has as well. Texts are there to be overridden.
fn report_shared_keys(cx: &mut Lowering<'_, '_>, outer: &[Node<'_>], target: &Node<'_>) {
    let keys = METHODS.iter().chain(["parameters", "servers", "additionalOperations"].iter());
    let shared = keys.filter_map(|key| {
        let inner = target.get(key)?.at;
        Some((key, outer.iter().find_map(|item| item.get(key))?.at, inner))
    });
    for (key, at, inner) in shared.collect::<Vec<_>>() {
        if cx.first_report(&at) {
            let message = format!("`{key}` is also in the path item that `$ref` refers to; the one here is used");
            cx.diags.warn(Code::Duplicate, &at, message).related(&inner, "the other one").help("remove one of them");
        }
    }
}

fn report_depth(cx: &mut Lowering<'_, '_>, item: &Node<'_>) {
    let at = item.at.push("$ref");
    if cx.first_report(&at) {
        let message = format!("more than {MAX_LAYERS} references lead here; this one is not followed there");
        cx.diags.warn(Code::Limit, &at, message).help("refer to the last path item directly");
    }
}

fn report_circle(cx: &mut Lowering<'_, '_>, item: &Node<'_>, reference: &str) {
    let at = item.at.push("$ref");
    if cx.first_report(&at) {
        cx.diags
            .warn(Code::CircularReference, &at, format!("`{reference}` leads back to this path item; it adds nothing"))
            .help("remove the reference, or point it at another path item");
    }
}

/// The path items of the document, in its order, and those of webhooks.
pub(super) fn all<'d>(cx: &mut Lowering<'d, '_>) -> Vec<PathItem<'d>> {
    let webhooks = cx.spec.root().entries("webhooks");
    let items: Vec<Node<'d>> = of_paths(cx.spec).chain(webhooks).map(|(_, item)| item).collect();
    items.into_iter().map(|item| PathItem::new(cx, item)).collect()
}
