//! Response headers (OpenAPI 3.0.3 §4.7.21).

use super::lowering::{Lowering, NameSite};
use super::media_kind::is_json_content;
use super::schema;
use crate::diag::{Code, Pointer};
use crate::ir::{Docs, Header, OpId, Operation, Role, Ty};
use crate::spec::{self, Node};

/// Lowers a response header.
pub(super) fn lower_header(cx: &mut Lowering<'_, '_>, response: &Node<'_>, name: &str, id: OpId) -> Option<Header> {
    let at = response.at.push("headers").push(name);
    // The media types of the body describe the first one (OpenAPI 3.0.3 §4.7.17.1), and the body itself the second.
    if ["content-type", "content-length"].iter().any(|known| name.eq_ignore_ascii_case(known)) {
        report_ignored(cx, &at, name);
        return None;
    }
    let node = cx.spec.node(&at)?;
    let node = cx.resolve(node)?;
    if node.get("schema").is_none() && node.get("content").is_none() {
        let docs = Docs { description: node.str("description").unwrap_or_default().to_owned(), ..Docs::default() };
        return Some(Header { at: node.at, wire: name.to_owned(), ty: Ty::Any, json: false, docs });
    }
    let header = spec::Header::read(&node, cx.diags)?;
    let site = NameSite::of_operation(id, Role::Header(name.to_owned()));
    let ty = header.schema.map_or(Ty::Any, |at| schema::lower_schema(cx, &at, &site));
    Some(Header {
        json: is_json_content(&node),
        at: node.at,
        wire: name.to_owned(),
        ty,
        docs: Docs { description: header.description, ..Docs::default() },
    })
}

/// Reports a header that the body or the security schemes describe; its definition has no effect.
pub(super) fn report_ignored(cx: &mut Lowering<'_, '_>, at: &Pointer, name: &str) {
    if cx.first_report(at) {
        cx.diags
            .warn(Code::Unsupported, at, format!("the definition of the header `{name}` is ignored"))
            .help("remove it: `content` describes bodies, and `security` describes credentials");
    }
}

/// The headers of all successful responses, each name once: the first header of a name is used.
pub(super) fn success_headers(operation: &Operation) -> Vec<Header> {
    let mut headers: Vec<Header> = Vec::new();
    for header in operation.successful_responses().into_iter().flat_map(|(_, response)| &response.headers) {
        if !headers.iter().any(|known| known.wire.eq_ignore_ascii_case(&header.wire)) {
            headers.push(header.clone());
        }
    }
    headers
}
