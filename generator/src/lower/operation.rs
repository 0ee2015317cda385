//! Path items and operations (OpenAPI 3.0.3 §4.7.9, §4.7.10).

use std::collections::BTreeMap;

use super::cx::Cx;
use super::{info, obstacle, params, path, responses, security, select};
use crate::diag::{Code, Pointer};
use crate::ir::{Docs, Group, Method, OpId, Operation, PathPart, PathTemplate};
use crate::spec::{Node, Spec};

/// The methods that a Path Item Object has keys for.
const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// Lowers every operation, in the order of the document.
pub(super) fn lower_operations(cx: &mut Cx<'_, '_>) {
    let items: Vec<(&str, Node<'_>)> = paths(cx.spec).collect();
    for (text, item) in items {
        let Some(item) = cx.resolve(item) else { continue };
        for (method, operation) in of_item(&item) {
            let candidate = select::Candidate { method: &method, path: text, node: &operation };
            if !select::is_wanted(cx, &candidate) {
                continue;
            }
            cx.api.documented += 1;
            lower_operation(cx, text, &item, &method, &operation);
        }
    }
    if cx.spec.root().get("webhooks").is_some() {
        cx.diags
            .warn(
                Code::Unsupported,
                &Pointer::default().push("webhooks"),
                "webhooks are not generated yet; their schemas are",
            )
            .help("receive them with a handler of your own that reads the types of `components`");
    }
    select::report_unused(cx);
    report_ambiguous(cx);
    group(cx);
}

/// Operations that no request can tell apart: what stands behind `#` or `?` of a path is no part of it.
fn report_ambiguous(cx: &mut Cx<'_, '_>) {
    let mut known: BTreeMap<(String, String), Pointer> = BTreeMap::new();
    for operation in &cx.api.operations {
        let key = (operation.method.0.clone(), operation.path.route().to_owned());
        if let Some(first) = known.get(&key) {
            let message =
                format!("no request tells `{}` from another operation; servers run the first one", operation.id);
            cx.diags
                .warn(Code::Duplicate, &operation.at, message)
                .related(first, "the first one")
                .help("give it a path of its own: what stands behind `#` or `?` does not count");
        } else {
            known.insert(key, operation.at.clone());
        }
    }
}

fn paths<'d>(spec: &Spec<'d>) -> impl Iterator<Item = (&'d str, Node<'d>)> {
    spec.root().entries("paths").filter(|(path, _)| path.starts_with('/'))
}

/// The path items of the document, in its order.
pub(super) fn path_items<'d>(cx: &mut Cx<'d, '_>) -> Vec<Node<'d>> {
    let items: Vec<Node<'d>> = paths(cx.spec).map(|(_, item)| item).collect();
    items.into_iter().filter_map(|item| cx.resolve(item)).collect()
}

/// The operations of a path item, each with its method; those of `additionalOperations` (OpenAPI 3.2.0 §4.9) come last.
pub(super) fn of_item<'d>(item: &Node<'d>) -> Vec<(String, Node<'d>)> {
    let keys: Vec<String> = item.tree.as_object().into_iter().flat_map(|map| map.keys().cloned()).collect();
    let fixed = keys.into_iter().filter(|key| METHODS.contains(&key.as_str()));
    let mut found: Vec<(String, Node<'d>)> =
        fixed.filter_map(|key| item.get(&key).map(|operation| (key, operation))).collect();
    found.extend(item.entries("additionalOperations").map(|(method, operation)| (method.to_owned(), operation)));
    found
}

fn lower_operation(cx: &mut Cx<'_, '_>, path: &str, item: &Node<'_>, method: &str, node: &Node<'_>) {
    let Some(node) = cx.spec.node(&node.at) else { return };
    // Not in the specification, but common in documents of many files.
    let Some(node) = cx.resolve(node) else { return };
    let Some(item) = cx.spec.node(&item.at) else { return };
    if !obstacle::is_generated(cx, method, path, &item, &node) {
        return;
    }
    if node.get("callbacks").is_some() {
        cx.diags
            .warn(
                Code::Unsupported,
                &node.at.push("callbacks"),
                "callbacks are not generated yet; the operation itself is",
            )
            .help("send and receive them with code of your own");
    }
    let id = OpId::new(cx.api.operations.len());
    let template = path::parse(path);
    let method = Method(method.to_ascii_uppercase());
    let operation = Operation {
        at: node.at.clone(),
        id: operation_id(cx, &node, &method, &template),
        docs: Docs {
            summary: node.str("summary").or_else(|| item.str("summary")).unwrap_or_default().trim().to_owned(),
            description: node.str("description").or_else(|| item.str("description")).unwrap_or_default().to_owned(),
            notes: Vec::new(),
            deprecated: node.flag("deprecated"),
        },
        tag: node.items("tags").find_map(|tag| tag.tree.as_str().map(str::to_owned)),
        params: params::lower_params(cx, &item, &node, &template, id),
        body: responses::lower_body(cx, &node, id),
        responses: responses::lower_responses(cx, &node, &method, id),
        security: security::lower_security(cx, &node),
        servers: {
            let own = info::lower_servers(cx, &node);
            if own.is_empty() { info::lower_servers(cx, &item) } else { own }
        },
        pagination: None,
        method,
        path: template,
    };
    cx.api.operations.push(operation);
}

/// The `operationId`, or `get users id` made of method and path; a second use of an id gives way.
fn operation_id(cx: &mut Cx<'_, '_>, node: &Node<'_>, method: &Method, template: &PathTemplate) -> String {
    let given = node.str("operationId").map(str::trim).filter(|id| id.chars().any(char::is_alphanumeric));
    let Some(id) = given else { return unique(cx, from_path(method, template), &node.at) };
    if let Some(first) = cx.operation_ids.get(id).cloned() {
        let made = from_path(method, template);
        cx.diags
            .warn(
                Code::Duplicate,
                &node.at.push("operationId"),
                format!("`{id}` is the id of another operation; `{made}` is used"),
            )
            .related(&first, "the other operation")
            .help("give every operation an id of its own");
        return unique(cx, made, &node.at);
    }
    unique(cx, id.to_owned(), &node.at)
}

fn unique(cx: &mut Cx<'_, '_>, id: String, at: &Pointer) -> String {
    let mut unique = id.clone();
    let mut n = 2;
    while cx.operation_ids.contains_key(&unique) {
        unique = format!("{id} {n}");
        n += 1;
    }
    cx.operation_ids.insert(unique.clone(), at.clone());
    unique
}

/// `GET /users/{id}/posts` as `get users by id posts`.
fn from_path(method: &Method, template: &PathTemplate) -> String {
    let mut words = vec![method.0.to_ascii_lowercase()];
    for part in &template.parts {
        match part {
            PathPart::Literal(text) => words.extend(text.split('/').filter(|word| !word.is_empty()).map(str::to_owned)),
            PathPart::Param(name) => words.push(format!("by {name}")),
        }
    }
    if words.len() == 1 {
        words.push("root".to_owned());
    }
    words.join(" ")
}

/// Groups the operations by their first tag: declared tags first, in their order, then tags in the order of use.
fn group(cx: &mut Cx<'_, '_>) {
    let declared: Vec<String> =
        cx.spec.root().items("tags").filter_map(|tag| tag.str("name").map(str::to_owned)).collect();
    let mut groups: Vec<Group> = Vec::new();
    for tag in declared.into_iter().map(Some).chain(cx.api.operations.iter().map(|op| op.tag.clone())) {
        if groups.iter().any(|group| group.tag == tag) {
            continue;
        }
        let operations: Vec<OpId> = cx.api.operation_ids().filter(|(_, op)| op.tag == tag).map(|(id, _)| id).collect();
        if !operations.is_empty() {
            let docs = tag.as_deref().map(|tag| info::tag_docs(cx, tag)).unwrap_or_default();
            groups.push(Group { tag, docs, operations });
        }
    }
    cx.api.groups = groups;
}
