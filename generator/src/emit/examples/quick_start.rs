//! The first program that the page and the README of a generated crate show.

use proc_macro2::Ident;

use super::super::capability::{self, Krate};
use super::super::server::scaffold;
use super::super::{Cx, docs, line, operation};
use super::code::Code;
use super::requests::{self, Request};
use super::responses::{self, Outcome};
use super::values::{Site, Values};
use crate::ir::{Direction, OpId, SchemeKind, Shape, Status, Ty, sample};
use crate::names::suffixed;

/// A program, and the cargo features that it needs.
pub(in super::super) struct QuickStart {
    lines: Vec<String>,
    features: Vec<String>,
}

impl QuickStart {
    /// The program on the page of a crate: a doc test, unless one of the features is off.
    pub fn page(&self) -> Vec<docs::Line> {
        let features: Vec<String> = self.features.iter().map(|name| format!("feature = \"{name}\"")).collect();
        let mut lines = vec!["# Quick start".to_owned(), String::new(), super::FENCE.to_owned()];
        lines.extend((!features.is_empty()).then(|| format!("# #[cfg(all({}))]", features.join(", "))));
        lines.extend((!features.is_empty()).then(|| "# mod quick_start {".to_owned()));
        lines.extend(self.lines.iter().cloned());
        lines.extend((!features.is_empty()).then(|| "# }".to_owned()));
        lines.push("```".to_owned());
        lines.into_iter().map(docs::Line::from).collect()
    }

    /// The program in the README.
    pub fn readme(&self) -> String {
        let lines: String = self.lines.iter().map(|line| docs::Line::from(line).markdown().to_owned() + "\n").collect();
        format!("```rust,no_run\n{lines}```")
    }
}

/// Further operations are not looked at.
const MAX_TRIED: usize = 64;

/// The features of a group.
fn features_of(cx: &Cx<'_>, group: usize) -> Vec<String> {
    cx.names.group(group).feature.clone().into_iter().collect()
}

/// The calls of the document, each with its group.
fn calls<'a>(cx: &Cx<'a>) -> impl Iterator<Item = (usize, OpId)> + use<'a> {
    let groups = cx.api.groups.iter().enumerate().filter(|(_, group)| group.direction == Direction::Call);
    groups.flat_map(|(index, group)| group.operations.iter().map(move |op| (index, *op))).take(MAX_TRIED)
}

/// A call with a credential, and what its failure means.
pub(in super::super) fn client(cx: &Cx<'_>) -> Option<QuickStart> {
    let krate = format!("{}_client", cx.names.base.replace('-', "_"));
    let (group, op, request) = first_call(cx)?;
    let call = call(cx, op, request);
    let models = call.iter().any(|line| line.contains("models::")).then_some("models");
    let error = call.iter().any(|line| line.contains("CallError::")).then_some("CallError");
    let own = error.map(|_| suffixed(&cx.names.operation(op).prefix, "Error").to_string());
    let uses: Vec<&str> = error.into_iter().chain(["Client"]).chain(own.as_deref()).chain(models).collect();
    let mut lines = self::uses(&krate, &uses);
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

/// The import of items of a crate, with as many on a line as fit.
fn uses(krate: &str, items: &[impl AsRef<str>]) -> Vec<String> {
    if let [only] = items {
        return vec![format!("use {krate}::{};", only.as_ref())];
    }
    let all = items.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ");
    if all.len() + krate.len() <= MAX_USES {
        return vec![format!("use {krate}::{{{all}}};")];
    }
    let (mut lines, mut line) = (vec![format!("use {krate}::{{")], String::new());
    for item in items {
        if !line.is_empty() && line.len() + item.as_ref().len() > MAX_USES {
            lines.push(std::mem::take(&mut line));
        }
        line.push_str(if line.is_empty() { "    " } else { " " });
        line.push_str(item.as_ref());
        line.push(',');
    }
    lines.extend([line, "};".to_owned()]);
    lines
}

/// The width of a line of an import.
const MAX_USES: usize = 76;

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

/// An implementation of one operation, and of `Api`; `all` is the trait of all operations.
pub(in super::super) fn server(cx: &Cx<'_>, all: &Ident, traits: &[(usize, Vec<OpId>)]) -> Option<QuickStart> {
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
    let mut lines = self::uses(&krate, &uses);
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
    lines.extend([format!("    todo!(\"respond to `{name}`\")"), "}".to_owned()]);
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

/// A value of the first request body that has a short one, as JSON.
pub(in super::super) fn models(cx: &Cx<'_>) -> Option<QuickStart> {
    let krate = format!("{}_models", cx.names.base.replace('-', "_"));
    let value = |(group, op): (usize, OpId)| {
        let body = cx.api.operation(op).body.as_ref()?;
        let content = operation::request(body)?;
        let ty = content.media.value()?;
        let Ty::Named(id) = cx.api.resolve(ty) else { return None };
        if !matches!(cx.api.types[*id].shape, Shape::Struct(_)) {
            return None;
        }
        let example = content.examples.first().map(|example| example.value.clone());
        let is_sampled = example.is_none();
        let value = example.or_else(|| sample::small_sample(cx.api, ty, &content.checks))?;
        let of = |optional| Values::new(cx, is_sampled, optional).value(ty, &value, Site::Exact, "");
        let code = requests::short(of(3)).or_else(|| requests::short(of(0)))?;
        Some((group, code.lines("let value = ", ";")))
    };
    let (group, value) = calls(cx).find_map(value)?;
    let mut lines = vec![
        format!("use {krate} as models;"),
        String::new(),
        "fn example() -> Result<(), Box<dyn std::error::Error>> {".to_owned(),
    ];
    let rest = ["println!(\"{}\", models::serde_json::to_string_pretty(&value)?);", "Ok(())"].map(str::to_owned);
    lines.extend(value.into_iter().chain(rest).map(|line| format!("    {line}")));
    lines.push("}".to_owned());
    Some(QuickStart { lines, features: features_of(cx, group) })
}

/// The features of a crate, as a table of its README.
pub(in super::super) fn features(cx: &Cx<'_>, krate: Krate) -> String {
    let tags: Vec<&str> =
        (0..cx.api.groups.len()).filter_map(|index| cx.names.group(index).feature.as_deref()).collect();
    let mut rows: Vec<String> =
        capability::choices(cx, krate).map(|choice| format!("| `{}` | {} |\n", choice.name, choice.about)).collect();
    if let [first, ..] = tags.as_slice() {
        let some = tags.iter().take(MAX_TAGS).map(|tag| format!("`{tag}`")).collect::<Vec<_>>().join(", ");
        let more = if tags.len() > MAX_TAGS { ", ..." } else { "" };
        rows.push(format!("| {some}{more} | The operations of each tag; all are on by default. `default-features = false, features = [\"{first}\"]` takes one. |\n"));
    }
    if rows.is_empty() {
        return String::new();
    }
    format!("\n\n## Features\n\n| feature | |\n|---|---|\n{}", rows.concat().trim_end())
}

/// More tags are not listed.
const MAX_TAGS: usize = 8;
