//! Path items and operations (OpenAPI 3.0.3 §4.7.9, §4.7.10).

use std::collections::BTreeMap;

use super::lowering::Lowering;
use super::path_items::PathItem;
use super::{headers, info, params, path, path_items, readable, responses, security, select};
use crate::diag::{Code, Pointer};
use crate::ir::{Direction, Docs, Group, Method, OpId, Operation, ParamPlace, PathPart, PathTemplate, is_token};
use crate::spec::Node;

/// An operation and the place where it was found.
struct Found<'n, 'd> {
    direction: Direction,
    /// The path template. Webhooks and callbacks have a path made of their names.
    path: &'n str,
    item: &'n PathItem<'d>,
    method: &'n str,
    node: &'n Node<'d>,
}

/// Lowers every operation, in the order of the document; webhooks and callbacks come last.
pub(super) fn lower_operations(cx: &mut Lowering<'_, '_>) {
    report_odd_paths(cx);
    let items: Vec<(&str, Node<'_>)> = path_items::of_paths(cx.spec).collect();
    let mut callbacks: Vec<Callback<'_>> = Vec::new();
    for (text, item) in items {
        lower_item(cx, Direction::Call, text, item, &mut callbacks);
    }
    let webhooks: Vec<(String, Node<'_>)> =
        cx.spec.root().entries("webhooks").map(|(name, item)| (as_path(name), item)).collect();
    for (path, item) in webhooks {
        lower_item(cx, Direction::Webhook, &path, item, &mut callbacks);
    }
    for Callback { path, expression, item } in callbacks {
        let before = cx.api.operations.len();
        let mut nested = Vec::new();
        lower_item(cx, Direction::Callback, &path, item, &mut nested);
        for Callback { item, .. } in nested {
            if !cx.first_report(&item.at) {
                continue;
            }
            cx.diags
                .warn(Code::Unsupported, &item.at, "callbacks of callbacks are not generated")
                .help("describe it as a callback of the operation that leads to it");
        }
        for operation in cx.api.operations.iter_mut().skip(before) {
            operation.docs.notes.push(format!("The URL is `{expression}`."));
            operation.expression = Some(expression.clone());
        }
    }
    select::report_unused(cx);
    let calls = cx.api.operation_ids().filter(|(_, operation)| operation.is_call());
    let calls: Vec<_> = calls.map(|(id, op)| (id, (op.method.clone(), op.path.shape()))).collect();
    for (id, request) in calls {
        cx.api.by_path.entry(request).or_default().push(id);
    }
    report_ambiguous(cx);
    group(cx);
}

/// Reports paths that do not start with a slash (OpenAPI 3.0.3 §4.7.8.1).
fn report_odd_paths(cx: &mut Lowering<'_, '_>) {
    let odd = |path: &str| !path.starts_with('/') && !path.starts_with("x-");
    for (path, item) in cx.spec.root().entries("paths").filter(|(path, _)| odd(path)) {
        cx.diags
            .warn(
                Code::InvalidObject,
                &item.at,
                format!("`{path}` does not start with a slash; its operations are left out"),
            )
            .help(format!("write `/{path}`"));
    }
}

/// Lowers the operations of a path item, and collects their callbacks.
fn lower_item<'d>(
    cx: &mut Lowering<'d, '_>,
    direction: Direction,
    path: &str,
    item: Node<'d>,
    callbacks: &mut Vec<Callback<'d>>,
) {
    let item = PathItem::new(cx, item);
    for (method, node) in item.operations() {
        if !is_token(&method) {
            cx.diags
                .warn(
                    Code::InvalidObject,
                    &node.at,
                    format!("`{method}` is not an HTTP method; the operation is left out"),
                )
                .help("use letters, digits and `-`");
            continue;
        }
        let candidate = select::Candidate { method: &method, path, node: &node };
        if !select::is_wanted(cx, &candidate) {
            continue;
        }
        cx.api.documented += 1;
        let before = cx.api.operations.len();
        lower_operation(cx, &Found { direction, path, item: &item, method: &method, node: &node });
        let lowered = cx.api.operations.get(before).map(|operation| operation.id.clone());
        if let Some(id) = lowered {
            callbacks.extend(callbacks_of(cx, node, &id));
        }
    }
}

/// The path item of a callback.
struct Callback<'d> {
    /// A path made of the names of the operation and the callback.
    path: String,
    /// The runtime expression of the URL (OpenAPI 3.0.3 §4.7.18.2).
    expression: String,
    item: Node<'d>,
}

/// The path items of the callbacks of an operation.
fn callbacks_of<'d>(cx: &mut Lowering<'d, '_>, node: Node<'d>, id: &str) -> Vec<Callback<'d>> {
    let Some(node) = cx.resolve(node) else { return Vec::new() };
    let named: Vec<(&str, Node<'d>)> = node.entries("callbacks").collect();
    let mut found = Vec::new();
    for (name, callback) in named {
        report_beside_reference(cx, &callback);
        let Some(callback) = cx.resolve(callback) else { continue };
        let keys = callback.tree.as_object().into_iter().flat_map(|map| map.keys());
        found.extend(keys.filter(|key| !key.starts_with("x-")).filter_map(|key| {
            let path = format!("{}{}", as_path(id), as_path(name));
            Some(Callback { path, expression: key.replace('`', "'"), item: callback.get(key)? })
        }));
    }
    found
}

/// Reports what stands beside the reference of a callback: such keys are ignored (OpenAPI 3.0.3 §4.7.23).
fn report_beside_reference(cx: &mut Lowering<'_, '_>, callback: &Node<'_>) {
    let is_said = |key: &&String| *key != "$ref" && !key.starts_with("x-");
    let keys = || callback.tree.as_object().into_iter().flat_map(|map| map.keys());
    if callback.str("$ref").is_some()
        && let Some(key) = keys().find(is_said)
        && cx.first_report(&callback.at.push(key))
    {
        cx.diags
            .warn(Code::LeftOut, &callback.at.push(key), format!("`{key}` stands beside `$ref` and is left out"))
            .help("describe it in the callback that `$ref` refers to");
    }
}

/// A name as a path.
fn as_path(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-._~".contains(c) { c } else { '-' };
    format!("/{}", name.trim_matches('/').chars().map(plain).collect::<String>())
}

/// Reports operations whose requests cannot be told apart.
fn report_ambiguous(cx: &mut Lowering<'_, '_>) {
    for (id, operation) in cx.api.operation_ids().filter(|(_, operation)| operation.is_call()) {
        let Some(first) = cx.api.first_of_same_requests(id) else { continue };
        let message =
            format!("`{}` has the same requests as another operation; servers run the other one", operation.id);
        cx.diags
            .warn(Code::Duplicate, &operation.at, message)
            .related(&cx.api.operation(first).at, "the other operation")
            .help("give it a path of its own, or a required query parameter or header with a value of its own");
    }
}

/// Lowers an operation, unless a part of it cannot be read.
fn lower_operation(cx: &mut Lowering<'_, '_>, found: &Found<'_, '_>) {
    // The specification does not allow references to operations, but documents of many files use them.
    let Some(node) = cx.object(&found.node.at) else { return };
    let item = found.item;
    let Some(of_path) = item.with("parameters") else { return };
    if !readable::is_readable(cx, found.method, found.path, of_path, &node) {
        return;
    }
    let id = OpId::new(cx.api.operations.len());
    let mut template = path::parse(found.path);
    let method = Method(found.method.to_owned());
    let is_call = found.direction == Direction::Call;
    let params = params::lower_params(cx, of_path, &node, &template, id);
    template
        .query
        .retain(|(name, _)| !params.iter().any(|param| param.place == ParamPlace::Query && param.wire == *name));
    let operation = Operation {
        at: node.at.clone(),
        server: item.with("servers").filter(|_| is_call).and_then(|item| server(cx, item, &node)),
        id: operation_id(cx, found.direction, &node, &method, &template),
        docs: Docs {
            summary: node.str("summary").or_else(|| item.str("summary")).unwrap_or_default().trim().to_owned(),
            description: node.str("description").or_else(|| item.str("description")).unwrap_or_default().to_owned(),
            notes: Vec::new(),
            deprecated: node.flag("deprecated"),
        },
        tag: is_call.then(|| node.items("tags").find_map(|tag| tag.tree.as_str().map(str::to_owned))).flatten(),
        params,
        body: responses::lower_body(cx, &node, id),
        responses: responses::lower_responses(cx, &node, &method, id),
        // The `security` of the document covers calls to this API, not webhooks and callbacks that it sends.
        security: if is_call || node.get("security").is_some() {
            security::lower_security(cx, &node)
        } else {
            Vec::new()
        },
        headers: Vec::new(),
        direction: found.direction,
        links: Vec::new(),
        expression: None,
        method,
        path: template,
    };
    let headers = headers::success_headers(cx, &operation);
    responses::report_left_out(cx, &operation);
    cx.api.operations.push(Operation { headers, ..operation });
}

/// The URL of the server of an operation: its own first one, or that of its path; `None` if it is that of the API (OpenAPI 3.0.3
/// §4.7.9, §4.7.10).
fn server(cx: &mut Lowering<'_, '_>, item: &Node<'_>, node: &Node<'_>) -> Option<String> {
    let own = info::lower_servers(cx, node);
    let servers = if own.is_empty() { info::lower_servers(cx, item) } else { own };
    let first = servers.first()?;
    let url = first.default_url();
    let bare = |url: &str| url.trim_end_matches('/').to_owned();
    let of_api: Vec<String> = cx.api.servers.iter().map(|server| bare(&server.default_url())).collect();
    let is_first_of_api = of_api.first() == Some(&bare(&url));
    let others = servers.iter().skip(1).any(|server| !of_api.contains(&bare(&server.default_url())));
    let variables = !is_first_of_api && !first.variables.is_empty();
    if (others || variables) && cx.first_report(&first.at) {
        let ignored =
            if others { "the other servers of this operation are ignored" } else { "variables keep their defaults" };
        cx.diags
            .warn(Code::Unsupported, &first.at, format!("calls go to `{url}`; {ignored}"))
            .help("describe servers to choose from in the `servers` of the document");
    }
    (!is_first_of_api).then_some(url)
}

/// The `operationId`, or an id made of method and path if there is none or another operation has it.
fn operation_id(
    cx: &mut Lowering<'_, '_>,
    direction: Direction,
    node: &Node<'_>,
    method: &Method,
    template: &PathTemplate,
) -> String {
    let given = node.str("operationId").map(str::trim).filter(|id| id.chars().any(char::is_alphanumeric));
    let Some(id) = given else {
        let made = match direction {
            Direction::Call => from_path(method, template),
            // Their paths are made of their names, and nearly all have one method.
            Direction::Webhook | Direction::Callback => {
                template.text.replace(['/', '-', '.', '~'], " ").trim().to_owned()
            }
        };
        return unique(cx, made, &node.at);
    };
    if let Some(first) = cx.operation_ids.get(id).cloned() {
        let made = from_path(method, template);
        cx.diags
            .warn(
                Code::Duplicate,
                &node.at.push("operationId"),
                format!("another operation has the id `{id}`; `{made}` is used"),
            )
            .related(&first, "the other operation")
            .help("give every operation an id of its own");
        return unique(cx, made, &node.at);
    }
    unique(cx, id.to_owned(), &node.at)
}

/// An id that no other operation has.
fn unique(cx: &mut Lowering<'_, '_>, id: String, at: &Pointer) -> String {
    let mut unique = id.clone();
    let next = cx.numbers.entry(id.clone()).or_insert(2);
    while cx.operation_ids.contains_key(&unique) {
        unique = format!("{id} {next}");
        *next += 1;
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

/// Groups the operations by their first tag, or by a segment of their path: declared tags in their order, then others in the order
/// of use, then webhooks and callbacks.
fn group(cx: &mut Lowering<'_, '_>) {
    let declared: Vec<String> =
        cx.spec.root().items("tags").filter_map(|tag| tag.str("name").map(str::to_owned)).collect();
    let declared = declared.into_iter().map(|tag| (Direction::Call, Some(tag), None));
    let key = |op: &Operation| (op.direction, op.tag.clone(), op.segment().map(str::to_owned));
    let mut used: Vec<_> = cx.api.operations.iter().map(key).collect();
    used.sort_by_key(|(direction, ..)| *direction);
    let mut members: BTreeMap<_, Vec<OpId>> = BTreeMap::new();
    for (id, op) in cx.api.operation_ids() {
        members.entry(key(op)).or_default().push(id);
    }
    let docs = info::tag_docs(cx);
    let mut groups: Vec<Group> = Vec::new();
    for key in declared.chain(used) {
        if let Some(operations) = members.remove(&key) {
            let (direction, tag, segment) = key;
            let docs = tag.as_ref().and_then(|tag| docs.get(tag)).cloned().unwrap_or_default();
            groups.push(Group { direction, tag, segment, docs, operations });
        }
    }
    cx.api.groups = groups;
}
