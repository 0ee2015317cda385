//! `info`, `servers` and `tags`.

use std::collections::BTreeMap;

use super::lowering::Lowering;
use crate::diag::Pointer;
use crate::ir::{Docs, Info, Server, ServerVariable};
use crate::spec::{self, Node};

/// Lowers the Info Object.
pub(super) fn lower_info(cx: &mut Lowering<'_, '_>) -> Info {
    let Some(node) = cx.spec.root().get("info") else { return Info::default() };
    let text = |key: &str| node.str(key).unwrap_or_default().to_owned();
    let joined = |key: &str, parts: &[&str]| {
        let object = node.get(key)?;
        let texts: Vec<&str> =
            parts.iter().filter_map(|part| object.str(part)).filter(|text| !text.is_empty()).collect();
        if texts.is_empty() { None } else { Some(texts.join(", ")) }
    };
    Info {
        title: text("title"),
        version: text("version"),
        description: text("description"),
        contact: joined("contact", &["name", "url", "email"]),
        license: joined("license", &["name", "url"]),
    }
}

/// Lowers the `servers` of the document, a path or an operation.
pub(super) fn lower_servers(cx: &mut Lowering<'_, '_>, node: &Node<'_>) -> Vec<Server> {
    let nodes: Vec<_> = node.items("servers").collect();
    nodes.into_iter().filter_map(|node| lower_server(cx, &node.at)).collect()
}

fn lower_server(cx: &mut Lowering<'_, '_>, at: &Pointer) -> Option<Server> {
    let node = cx.spec.node(at)?;
    let server = spec::Server::read(&node, cx.diags)?;
    let variables = server.variables.into_iter().map(|variable| ServerVariable {
        name: variable.name,
        default: variable.default,
        values: variable.values,
        description: variable.description,
    });
    Some(Server { at: node.at, url: server.url, description: server.description, variables: variables.collect() })
}

/// The documentation of a tag, from its Tag Object.
pub(super) fn tag_docs(cx: &Lowering<'_, '_>) -> BTreeMap<String, Docs> {
    let mut found = BTreeMap::new();
    for tag in cx.spec.root().items("tags") {
        if let Some(name) = tag.str("name") {
            found.entry(name.to_owned()).or_insert_with(|| docs_of_tag(&tag));
        }
    }
    found
}

fn docs_of_tag(tag: &Node<'_>) -> Docs {
    let text = |key: &str| tag.str(key).unwrap_or_default().to_owned();
    // OpenAPI 3.2.0 §4.22
    let quoted = |key: &str| tag.str(key).map(|text| text.replace('`', "'"));
    let parent = quoted("parent").map(|parent| format!("Part of the tag `{parent}`."));
    let kind = quoted("kind").map(|kind| format!("A tag of the kind `{kind}`."));
    Docs {
        summary: text("summary"),
        description: text("description"),
        notes: parent.into_iter().chain(kind).collect(),
        ..Docs::default()
    }
}
