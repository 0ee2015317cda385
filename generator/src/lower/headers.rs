//! Response headers (OpenAPI 3.0.3 §4.7.21).

use super::examples;
use super::lowering::Lowering;
use super::{params, schema};
use crate::diag::{Code, Pointer};
use crate::ir::{Checks, Docs, Encoding, Header, OpId, Operation, Response, Role, Ty};
use crate::spec::{self, Node};

/// Lowers a response header.
pub(super) fn lower_header(cx: &mut Lowering<'_, '_>, response: &Node<'_>, name: &str, id: OpId) -> Option<Header> {
    let at = response.at.push("headers").push(name);
    // The media types of the body describe the first one (OpenAPI 3.0.3 §4.7.17.1), and the body itself the second.
    if ["content-type", "content-length"].iter().any(|known| name.eq_ignore_ascii_case(known)) {
        report_ignored(cx, &at, name);
        return None;
    }
    let node = cx.object(&at)?;
    let of_any_value = Header {
        at: node.at.clone(),
        wire: name.to_owned(),
        ty: Ty::Any,
        encoding: Encoding::of_header(node.flag("explode")),
        required: node.flag("required"),
        docs: Docs { description: node.description().to_owned(), ..Docs::default() },
        examples: examples::collect(cx, &node.at),
        checks: Checks::default(),
    };
    if node.get("schema").is_none() && node.get("content").is_none() {
        return Some(of_any_value);
    }
    let header = spec::Header::read(&node, cx.diags)?;
    let site = cx.site(&node.at, id, Role::Header(name.to_owned()));
    let mut examples = of_any_value.examples;
    examples.extend(header.schema.iter().flat_map(|at| examples::collect(cx, at)));
    if let Some(at) = &header.schema {
        cx.schemas.insert(node.at.clone(), at.clone());
    }
    let ty = header.schema.map_or(Ty::Any, |at| schema::lower_schema(cx, &at, &site));
    let docs = Docs { description: header.description, ..Docs::default() };
    let encoding = params::of_content(cx, &node, &ty, of_any_value.encoding);
    Some(Header { ty, encoding, docs, examples, ..of_any_value })
}

/// Reports a header that the body or the security schemes describe; its definition has no effect.
pub(super) fn report_ignored(cx: &mut Lowering<'_, '_>, at: &Pointer, name: &str) {
    if cx.first_report(at) {
        cx.diags
            .warn(Code::Unsupported, at, format!("the definition of the header `{name}` is ignored"))
            .help("remove it: `content` describes bodies, and `security` describes credentials");
    }
}

/// The headers of all successful responses, each name once: the first header of a name is used. It is required if every
/// success requires it.
pub(super) fn success_headers(cx: &mut Lowering<'_, '_>, operation: &Operation) -> Vec<Header> {
    let mut headers: Vec<Header> = Vec::new();
    let successes = operation.successful_responses();
    let same = |one: &Header, other: &Header| one.wire.eq_ignore_ascii_case(&other.wire);
    for header in successes.iter().flat_map(|(_, response)| &response.headers) {
        if let Some(known) = headers.iter().find(|known| same(known, header)) {
            report_other_type(cx, known, header);
        } else {
            let has = |response: &Response| response.headers.iter().any(|own| own.required && same(own, header));
            let required = successes.iter().all(|(_, response)| has(response));
            headers.push(Header { required, ..header.clone() });
        }
    }
    headers
}

/// Reports a header whose type differs from that of the same header of another success.
fn report_other_type(cx: &mut Lowering<'_, '_>, known: &Header, other: &Header) {
    let written = |header: &Header| {
        let node = cx.spec.node(&header.at);
        node.map(|node| [node.tree.get("schema").cloned(), node.tree.get("content").cloned()])
    };
    if known.ty != other.ty && written(known) != written(other) && cx.first_report(&other.at.push("schema")) {
        let message =
            format!("`{}` has a different type in another successful response; that type is used for both", other.wire);
        cx.diags
            .warn(Code::Duplicate, &other.at, message)
            .related(&known.at, "the header that is used")
            .help("describe it in the same way in both responses");
    }
}
