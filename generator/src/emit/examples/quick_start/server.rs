//! The program of the server: an implementation of one operation, with authentication.

use proc_macro2::Ident;

use super::super::super::server::scaffold;
use super::super::super::{Cx, line};
use super::super::code::Code;
use super::{MAX_TRIED, QuickStart, features_of};
use crate::ir::{Direction, OpId, SchemeKind};
use crate::names::suffixed;

/// An implementation of one operation, and of `Api`; `all` is the trait of all operations.
pub(in super::super::super) fn server(cx: &Cx<'_>, all: &Ident, traits: &[(usize, Vec<OpId>)]) -> Option<QuickStart> {
    let krate = format!("{}_server", cx.names.base.replace('-', "_"));
    let calls = traits
        .iter()
        .filter(|(group, _)| cx.api.groups.get(*group).is_some_and(|group| group.direction == Direction::Call));
    let all_calls = calls.flat_map(|(group, operations)| operations.iter().map(|op| (*group, operations.len(), *op)));
    let methods = all_calls.take(MAX_TRIED).filter_map(|(group, operations, op)| {
        let signature = scaffold::signature(cx, op);
        let needs_imports = signature.arguments.iter().chain([&signature.output]).any(scaffold::needs_imports);
        (!needs_imports).then(|| (group, operations == 1, op, method(cx, op, &signature)))
    });
    let (group, is_whole, op, method) =
        methods.min_by_key(|(.., method)| method.iter().map(String::len).sum::<usize>())?;
    let names = cx.names.operation(op);
    let api = &cx.names.group(group).api;
    let mut uses: Vec<String> = ["Api", "Context", "Server", "axum"].map(str::to_owned).to_vec();
    uses.extend([api.to_string(), all.to_string(), suffixed(&names.prefix, "Error").to_string()]);
    if cx.api.is_secured() {
        uses.extend(["AuthError", "Credentials", "RequestInfo"].map(str::to_owned));
    }
    uses.extend(method.iter().any(|line| line.contains("models::")).then(|| "models".to_owned()));
    uses.extend(
        RUNTIME
            .iter()
            .filter(|name| method.iter().any(|line| line.contains(&format!("{name}<"))))
            .map(|name| (*name).to_owned()),
    );
    uses.sort();
    uses.dedup();
    let mut lines = super::uses(&krate, &uses);
    let service = ["", "/// What the operations share, such as a pool of connections.", "struct Service;", ""];
    lines.extend(service.map(str::to_owned));
    lines.extend(authentication(cx));
    lines.extend([String::new(), format!("impl {api} for Service {{")]);
    lines.extend(method.into_iter().map(|line| format!("    {line}")));
    lines.extend((!is_whole).then(|| "    // ... and the other operations.".to_owned()));
    lines.extend(["}".to_owned(), String::new(), format!("fn app(service: impl {all}) -> axum::Router {{")]);
    lines.extend(["    Server::new(service).into_app()", "}"].map(str::to_owned));
    // Without this feature, an implementation has all operations.
    let features = features_of(cx, group).into_iter().chain((!is_whole).then(|| "stubs".to_owned())).collect();
    Some(QuickStart { lines, features })
}

/// What signatures mention of the runtime, which the server exports.
const RUNTIME: [&str; 5] = ["EventBody", "LineBody", "WholeOrEvents", "WithHeaders", "WithMediaType"];

/// A method of an implementation.
fn method(cx: &Cx<'_>, op: OpId, signature: &scaffold::Signature) -> Vec<String> {
    let name = &cx.names.operation(op).method;
    let receiver = std::iter::once(Code::text("&self"));
    let arguments = receiver.chain(signature.arguments.iter().map(|argument| Code::text(line(argument)))).collect();
    let output = line(&signature.output);
    let mut lines = Code::call(&format!("async fn {name}"), arguments).lines("", &format!(" -> {output} {{"));
    let todo = line(&scaffold::todo(&format!("respond to `{name}`"))).replacen(" !(", "!(", 1);
    lines.extend([format!("    {todo}"), "}".to_owned()]);
    lines
}

/// The implementation of `Api`.
fn authentication(cx: &Cx<'_>) -> Vec<String> {
    if !cx.api.is_secured() {
        return vec!["impl Api for Service {}".to_owned()];
    }
    let compared = cx.names.alternatives().iter().find_map(|(schemes, name)| {
        let is_compared = |id: &&crate::ir::SchemeId| cx.api.scheme(**id).kind != SchemeKind::MutualTls;
        let first = schemes.iter().find(is_compared)?;
        Some(match schemes.as_slice() {
            [_] => format!("Credentials::{name}(key) if key.ct_eq(\"secret\")"),
            _ => {
                let field = cx.names.scheme(first.index());
                format!("Credentials::{name} {{ {field}: key, .. }} if key.ct_eq(\"secret\")")
            }
        })
    });
    let compared = compared.map(|pattern| format!("            {pattern} => Ok(\"jane\".to_owned()),"));
    let argument = if compared.is_some() { "credentials" } else { "_" };
    let unknown = "Err(AuthError::unauthorized(\"unknown credential\"))";
    let mut lines = vec![
        "impl Api for Service {".to_owned(),
        "    /// Who is calling.".to_owned(),
        "    type Principal = String;".to_owned(),
        String::new(),
        "    async fn authenticate(".to_owned(),
        "        &self,".to_owned(),
        format!("        {argument}: Credentials,"),
        "        _: &RequestInfo<'_>,".to_owned(),
        "    ) -> Result<String, AuthError> {".to_owned(),
    ];
    match compared {
        Some(arm) => lines.extend([
            "        match credentials {".to_owned(),
            arm,
            format!("            _ => {unknown},"),
            "        }".to_owned(),
        ]),
        None => lines.push(format!("        {unknown}")),
    }
    lines.extend(["    }", "}"].map(str::to_owned));
    lines
}
