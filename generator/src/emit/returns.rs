//! What an operation returns, in words with links, for the documentation of its methods.

use proc_macro2::Ident;

use super::operation::{failures, preferred, successes};
use super::ty::shown_type;
use super::{Cx, docs};
use crate::ir::{Media, OpId, Response, Ty};

/// `Returns 200: [InvoicePage]. Errors: 401, 404 (see [ListInvoicesError]).`
pub(super) fn returns(cx: &Cx<'_>, op: OpId) -> String {
    let api = cx.api.operation(op);
    let names = cx.names.operation(op);
    let successes = successes(api);
    let of = |(index, status, response): &(usize, u16, &Response)| {
        let choice = names.response_bodies.get(*index).and_then(Option::as_ref);
        match choice.map(|choice| link(&choice.name)).or_else(|| body(cx, response)) {
            Some(body) => format!("{status}: {body}"),
            None => status.to_string(),
        }
    };
    let returned = successes.iter().map(of).collect::<Vec<_>>().join("; ");
    let mut sentences = Vec::new();
    match successes.len() {
        0 => {}
        1 => sentences.push(format!("Returns {returned}.")),
        _ => sentences.push(format!("Returns {} for {returned}.", link(&names.success))),
    }
    let errors: Vec<String> = failures(api).map(|(_, response)| docs::status(response.status)).collect();
    if !errors.is_empty() {
        sentences.push(format!("Errors: {} (see [`{}Error`]).", errors.join(", "), names.prefix));
    }
    sentences.join(" ")
}

/// The body of a response, if it has one: that of its first media type.
fn body(cx: &Cx<'_>, response: &Response) -> Option<String> {
    Some(match &preferred(&response.contents)?.media {
        Media::Json(ty) | Media::Xml { ty, .. } | Media::Text(ty) => described(cx, ty, 0),
        Media::Form(form) | Media::Multipart(form) => described(cx, &form.ty, 0),
        Media::Bytes => "bytes".to_owned(),
        Media::Stream => "a stream of bytes".to_owned(),
        Media::Events(ty) => format!("a stream of events with {}", described(cx, ty, 0)),
        Media::Lines(ty) => format!("a stream of {}", described(cx, ty, 0)),
    })
}

/// A link to a type of the models.
fn link(name: &Ident) -> String {
    format!("[`{name}`](models::{name})")
}

/// Types nested deeper are written as Rust.
const MAX_DEPTH: usize = 3;

fn described(cx: &Cx<'_>, ty: &Ty, depth: usize) -> String {
    let part = |ty: &Ty| described(cx, ty, depth + 1);
    match ty {
        Ty::Named(id) => link(cx.names.ty(*id)),
        Ty::List(item) if depth < MAX_DEPTH => format!("a list of {}", part(item)),
        Ty::Map(value) if depth < MAX_DEPTH => format!("a map of {}", part(value)),
        Ty::Nullable(inner) if depth < MAX_DEPTH => format!("{} or `null`", part(inner)),
        Ty::Any => "JSON".to_owned(),
        Ty::Null => "`null`".to_owned(),
        ty => format!("`{}`", shown_type(cx, ty)),
    }
}
