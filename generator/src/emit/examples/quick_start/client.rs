//! The program of the client: a call with its credential.

use proc_macro2::Ident;

use super::super::super::{Cx, operation};
use super::super::code::Code;
use super::super::requests::{self, Request};
use super::super::responses::{self, Outcome};
use super::{MAX_TRIED, QuickStart, calls, features_of};
use crate::ir::{OpId, SchemeKind, Status};
use crate::names::suffixed;

/// A call with a credential, and what its failure means.
pub(in super::super::super) fn client(cx: &Cx<'_>) -> Option<QuickStart> {
    let krate = format!("{}_client", cx.names.base.replace('-', "_"));
    let (group, op, request) = first_call(cx)?;
    let call = call(cx, op, request);
    let models = call.iter().any(|line| line.contains("models::")).then_some("models");
    let error = call.iter().any(|line| line.contains("CallError::")).then_some("CallError");
    let own = error.map(|_| suffixed(&cx.names.operation(op).prefix, "Error").to_string());
    let uses: Vec<&str> = error.into_iter().chain(["Client"]).chain(own.as_deref()).chain(models).collect();
    let mut lines = super::uses(&krate, &uses);
    lines.extend([String::new(), "async fn example() -> Result<(), Box<dyn std::error::Error>> {".to_owned()]);
    let body = builder(cx, op).lines("let client = ", ";").into_iter().chain(call).chain(["Ok(())".to_owned()]);
    lines.extend(body.map(|line| format!("    {line}")));
    lines.push("}".to_owned());
    Some(QuickStart { lines, features: features_of(cx, group) })
}

/// The shortest call that reads one value, preferably one that can fail in a documented way; or else the shortest call.
fn first_call(cx: &Cx<'_>) -> Option<(usize, OpId, Request)> {
    let request = |(group, op): (usize, OpId)| {
        let accessor = accessor(cx, group);
        let request = requests::request(cx, op, "client", accessor);
        request.given.is_empty().then_some((group, op, request))
    };
    let reads = |op: &OpId| {
        let api = cx.api.operation(*op);
        api.method.0 == "GET" && !api.docs.deprecated && matches!(responses::outcome(cx, *op), Outcome::Value(_))
    };
    let fails = |op: &OpId| failure(cx, *op).is_some();
    let shortest = |is: &dyn Fn(&OpId) -> bool| {
        let found = calls(cx).filter(|(_, op)| is(op)).filter_map(request);
        found.min_by_key(|(_, _, request)| request.statements.len() * MAX_TRIED + request.call.flat().len())
    };
    shortest(&|op| reads(op) && fails(op)).or_else(|| shortest(&reads)).or_else(|| shortest(&|_| true))
}

/// The method of a group of the client, if it has one.
fn accessor<'a>(cx: &Cx<'a>, group: usize) -> Option<&'a Ident> {
    (!cx.api.is_untagged(group)).then(|| &cx.names.group(group).module)
}

/// The variant of a documented failure: that of 404 if there is one.
fn failure<'a>(cx: &Cx<'a>, op: OpId) -> Option<&'a Ident> {
    let found: Vec<(usize, Status)> =
        operation::failures(cx.api.operation(op)).map(|(index, response)| (index, response.status)).collect();
    let of = |(index, _): &(usize, Status)| cx.names.operation(op).responses.get(*index);
    let is_missing = |(_, status): &&(usize, Status)| *status == Status::Code(404);
    let is_code = |(_, status): &&(usize, Status)| matches!(status, Status::Code(_));
    found.iter().find(is_missing).or_else(|| found.iter().find(is_code)).and_then(of)
}

/// The call: what it returns, or why it failed.
fn call(cx: &Cx<'_>, op: OpId, request: Request) -> Vec<String> {
    let error = suffixed(&cx.names.operation(op).prefix, "Error");
    let mut lines = request.statements;
    match (responses::outcome(cx, op), failure(cx, op)) {
        (Outcome::Value(name), Some(variant)) => {
            lines.extend(responses::lines(request.call, "match ", ".await", " {"));
            let text = "the server refused: {error}";
            lines.extend([
                format!("    Ok({name}) => println!(\"{{{name}:?}}\"),"),
                format!("    Err(error @ CallError::Api {{ error: {error}::{variant} {{ .. }}, .. }}) => {{"),
                format!("        eprintln!(\"{text}\")"),
                "    }".to_owned(),
                "    Err(error) => return Err(error.into()),".to_owned(),
                "}".to_owned(),
            ]);
        }
        _ => lines.extend(responses::used(cx, op, request.call)),
    }
    lines
}

/// The client with the credentials of an operation.
fn builder(cx: &Cx<'_>, op: OpId) -> Code {
    let is_absolute = cx.api.servers.first().is_some_and(|server| server.default_url().contains("://"));
    let base_url = (!is_absolute).then(|| Code::text(".base_url(\"https://example.com\")"));
    let alternative = cx.api.operation(op).security.iter().find(|alternative| !alternative.credentials.is_empty());
    let secrets = alternative.into_iter().flat_map(|alternative| &alternative.credentials).filter_map(|credential| {
        let name = cx.names.scheme(credential.scheme.index());
        let secret = match cx.api.scheme(credential.scheme).kind {
            SchemeKind::MutualTls => return None,
            SchemeKind::Basic => "\"user\", \"password\"",
            SchemeKind::ApiKey { .. } => "\"secret key\"",
            SchemeKind::Bearer | SchemeKind::OAuth2 { .. } => "\"access token\"",
        };
        Some(Code::text(format!(".{name}({secret})")))
    });
    let calls = base_url.into_iter().chain(secrets).collect();
    Code::Chain { start: Box::new(Code::text("Client::builder()")), calls, end: ".build()?" }
}
