//! Manifests and READMEs: the only place that names a dependency of generated crates.

use super::operation::Bodies;
use super::{Cx, client};
use crate::config::{DateTime, MapType};
use crate::ir::{Checks, Content, Media, Response, Scalar, Shape, Ty};
use crate::names::UNUSED_FEATURE;

/// Whose features: those of client and server include those of the models.
#[derive(Clone, Copy)]
enum Tags {
    Models,
    Others,
}

/// The features of the tags, all of them and one by one, if there are several.
fn tag_features(cx: &Cx<'_>, of: Tags) -> Vec<String> {
    let tags = || (0..cx.api.groups.len()).filter_map(|index| cx.names.group(index).feature.as_ref());
    if tags().next().is_none() {
        return Vec::new();
    }
    let feature = |name: &str| match of {
        Tags::Models => format!("{name} = []"),
        Tags::Others => format!("{name} = [\"{}-models/{name}\"]", cx.names.base),
    };
    let mut out = Vec::new();
    if has_unused(cx) {
        out.push("# Schemas that no operation needs.".to_owned());
        out.push(feature(UNUSED_FEATURE));
    }
    let all: Vec<String> = tags().map(|tag| format!("    \"{tag}\",\n")).collect();
    out.push("# The operations of each tag.".to_owned());
    out.push(format!("all-tags = [\n{}]", all.concat()));
    out.extend(tags().map(|tag| feature(tag)));
    out
}

/// `default = [...]`, with everything that the document has.
fn default_features(cx: &Cx<'_>, other: Option<&str>) -> String {
    let tags = (!tag_features(cx, Tags::Models).is_empty()).then_some("all-tags");
    let unused = has_unused(cx).then_some(UNUSED_FEATURE);
    let features: Vec<String> =
        tags.into_iter().chain(other).chain(unused).map(|feature| format!("\"{feature}\"")).collect();
    format!("default = [{}]", features.join(", "))
}

/// Whether there are schemas that no operation needs, and that users can do without.
fn has_unused(cx: &Cx<'_>) -> bool {
    cx.api.groups.len() > 1 && cx.api.shared.iter().any(|shared| shared.unused)
}

/// A dependency line of a generated manifest.
struct Dependency(&'static str, String);

fn dependency(name: &'static str, value: impl Into<String>) -> Dependency {
    Dependency(name, value.into())
}

/// Which optional dependencies the document needs.
struct Needs {
    dates: bool,
    uuid: bool,
    bytes: bool,
    files: bool,
}

/// `Cargo.toml` of the models.
pub(super) fn models(cx: &Cx<'_>) -> String {
    let needs = needs(cx);
    let mut dependencies = vec![
        dependency("serde", "{ version = \"1.0.229\", default-features = false, features = [\"std\"] }"),
        // Numbers are written as they were read.
        dependency("serde_json", "{ version = \"1.0.154\", features = [\"float_roundtrip\"] }"),
    ];
    if Bodies::of(cx).xml {
        dependencies.push(dependency("quick-xml", "\"0.42\""));
    }
    if has_patterns(cx) {
        dependencies.push(dependency("regress", "\"0.12\""));
    }
    dependencies.extend(formats(cx, &needs));
    let tags = tag_features(cx, Tags::Models);
    let default = default_features(cx, None);
    let features: Vec<&str> =
        if tags.is_empty() { Vec::new() } else { std::iter::once(&default).chain(&tags).map(String::as_str).collect() };
    manifest(cx, "models", "Types", &dependencies, &features)
}

/// `Cargo.toml` of the client.
pub(super) fn client(cx: &Cx<'_>) -> String {
    let needs = needs(cx);
    let models = sibling(cx);
    let bodies = Bodies::of(cx);
    let streams = bodies.has_streams();
    let grants = client::has_grants(cx);
    let tokio_features: Vec<&str> = [(streams, "\"fs\""), (grants, "\"sync\""), (true, "\"time\"")]
        .into_iter()
        .filter_map(|(needed, feature)| needed.then_some(feature))
        .collect();
    let tokio =
        format!("{{ version = \"1.54\", default-features = false, features = [{}] }}", tokio_features.join(", "));
    let mut text = vec![
        dependency("bytes", "\"1.12\""),
        dependency("fastrand", "\"2.5\""),
        dependency("http", "\"1.5\""),
        dependency("http-body", if streams { "\"1\"" } else { "{ version = \"1\", optional = true }" }),
        dependency("percent-encoding", "\"2.3.2\""),
        dependency(
            "reqwest",
            "{ version = \"0.13.5\", default-features = false, features = [\"http2\", \"system-proxy\"] }",
        ),
        dependency("serde", "{ version = \"1.0.229\", default-features = false, features = [\"std\"] }"),
        dependency("serde_json", "\"1.0.154\""),
        dependency("serde_path_to_error", "\"0.1.20\""),
        dependency("tokio", tokio),
        dependency("tower-service", "{ version = \"0.3.3\", optional = true }"),
        dependency(
            "tracing",
            "{ version = \"0.1.44\", default-features = false, features = [\"std\"], optional = true }",
        ),
        dependency("url", "\"2.5.8\""),
    ];
    if grants {
        text.push(dependency("getrandom", "{ version = \"0.4\", optional = true }"));
        text.push(dependency("sha2", "{ version = \"0.11\", default-features = false, optional = true }"));
    }
    if streams || client::has_pagination(cx) {
        text.push(dependency("futures-core", "\"0.3.34\""));
    }
    text.extend(formats(cx, &Needs { bytes: false, ..needs }));
    let in_process = if streams {
        "in-process = [\"dep:tower-service\"]"
    } else {
        "in-process = [\"dep:http-body\", \"dep:tower-service\"]"
    };
    let default = default_features(cx, Some("rustls"));
    let tags = tag_features(cx, Tags::Others);
    let mut features: Vec<&str> = vec![
        &default,
        "# TLS by rustls with the platform's certificates.",
        "rustls = [\"reqwest/rustls\"]",
        "# TLS by rustls; the program installs the crypto provider.",
        "rustls-no-provider = [\"reqwest/rustls-no-provider\"]",
        "# TLS by the platform's own library.",
        "native-tls = [\"reqwest/native-tls\"]",
        "# Compressed responses.",
        "gzip = [\"reqwest/gzip\"]",
        "# Calls to a tower service in the same process.",
        in_process,
        "# Calls from code that is not async.",
        "blocking = [\"tokio/rt-multi-thread\"]",
        "# A span a call.",
        "tracing = [\"dep:tracing\"]",
    ];
    if grants {
        features.push("# The authorization code grant, with PKCE.");
        features.push("authorization-code = [\"dep:getrandom\", \"dep:sha2\"]");
    }
    features.extend(tags.iter().map(String::as_str));
    manifest_with(cx, "client", "Async client", &models, &text, &features)
}

/// `Cargo.toml` of the server.
pub(super) fn server(cx: &Cx<'_>) -> String {
    let needs = needs(cx);
    let models = sibling(cx);
    let bodies = Bodies::of(cx);
    let tokio_features: Vec<&str> =
        [(bodies.multipart, "\"fs\", \"io-util\""), (bodies.events, "\"sync\""), (true, "\"time\"")]
            .into_iter()
            .filter_map(|(needed, features)| needed.then_some(features))
            .collect();
    let tokio =
        format!("{{ version = \"1.54\", default-features = false, features = [{}] }}", tokio_features.join(", "));
    let mut text = vec![
        dependency("axum", "{ version = \"0.8.9\", default-features = false, features = [\"tokio\"] }"),
        dependency("bytes", "\"1.12\""),
        dependency("http", "\"1.5\""),
        dependency("http-body", "\"1\""),
        dependency("http-body-util", "\"0.1.5\""),
        dependency("serde", "{ version = \"1.0.229\", default-features = false, features = [\"std\"] }"),
        dependency("serde_json", "\"1.0.154\""),
        dependency("serde_path_to_error", "\"0.1.20\""),
        dependency("tokio", tokio),
        dependency("tower-service", "\"0.3.3\""),
        dependency("tracing", "{ version = \"0.1.44\", default-features = false, features = [\"std\"] }"),
    ];
    if bodies.events {
        text.push(dependency("futures-core", "\"0.3.34\""));
    }
    if bodies.multipart {
        text.push(dependency("multer", "\"3\""));
        text.push(dependency("tempfile", "\"3\""));
    }
    text.extend(formats(cx, &Needs { bytes: false, ..needs }));
    let default = default_features(cx, Some("http1"));
    let tags = tag_features(cx, Tags::Others);
    let mut features: Vec<&str> = vec![
        &default,
        "http1 = [\"axum/http1\"]",
        "http2 = [\"axum/http2\"]",
        "# `GET /openapi.json` and `GET /docs`.",
        "docs = []",
        "# An implementation that answers from the examples of the document.",
        "mock = []",
        "# `Server::serve`: listens until ctrl-c or SIGTERM.",
        "serve = [\"tokio/net\", \"tokio/signal\"]",
        "# Operations that are not implemented yet answer 501.",
        "stubs = []",
    ];
    features.extend(tags.iter().map(String::as_str));
    let mut out = manifest_with(cx, "server", "Server side on axum", &models, &text, &features);
    out.push_str(
        "\n[[example]]\nname = \"mock\"\nrequired-features = [\"mock\", \"serve\"]\n\n[dev-dependencies]\n\
         tokio = { version = \"1.54\", features = [\"macros\", \"rt-multi-thread\"] }\n",
    );
    out
}

/// `Cargo.toml` of the contract tests.
pub(super) fn contract_tests(cx: &Cx<'_>) -> String {
    let needs = needs(cx);
    let base = &cx.names.base;
    let mut text = vec![
        dependency("axum", "{ version = \"0.8.9\", default-features = false }"),
        dependency("bytes", "\"1.12\""),
        dependency("serde", "{ version = \"1.0.229\", default-features = false, features = [\"std\"] }"),
        dependency("serde_json", "\"1.0.154\""),
        dependency("tokio", "{ version = \"1.54\", features = [\"macros\", \"rt\"] }"),
    ];
    text.extend(formats(cx, &Needs { bytes: false, ..needs }));
    let tags = if tag_features(cx, Tags::Others).is_empty() { "" } else { "\"all-tags\", " };
    let client = format!("default-features = false, features = [{tags}\"in-process\"]");
    let siblings = format!(
        "{base}-client = {{ path = \"../{base}-client\", version = \"0.1.0\", {client} }}\n\
         {base}-models = {{ path = \"../{base}-models\", version = \"0.1.0\" }}\n\
         {base}-server = {{ path = \"../{base}-server\", version = \"0.1.0\" }}\n"
    );
    manifest_with(cx, "contract-tests", "Contract tests", &siblings, &text, &[])
}

fn sibling(cx: &Cx<'_>) -> String {
    let features = if tag_features(cx, Tags::Models).is_empty() { "" } else { ", default-features = false" };
    format!("{0}-models = {{ path = \"../{0}-models\", version = \"0.1.0\"{features} }}\n", cx.names.base)
}

fn formats(cx: &Cx<'_>, needs: &Needs) -> Vec<Dependency> {
    let mut out = Vec::new();
    if needs.bytes {
        out.push(dependency("bytes", "\"1.12\""));
    }
    if needs.dates {
        out.extend(match cx.config.types.date_time {
            DateTime::Chrono => Some(dependency(
                "chrono",
                "{ version = \"0.4.45\", default-features = false, features = [\"now\", \"serde\", \"std\"] }",
            )),
            DateTime::Time => Some(dependency(
                "time",
                "{ version = \"0.3.55\", features = [\"formatting\", \"macros\", \"parsing\"] }",
            )),
            DateTime::Jiff => Some(dependency("jiff", "{ version = \"1\", features = [\"serde\"] }")),
            DateTime::String => None,
        });
    }
    if needs.uuid {
        out.push(dependency("uuid", "{ version = \"1\", features = [\"serde\"] }"));
    }
    if cx.config.types.map == MapType::IndexMap {
        out.push(dependency("indexmap", "{ version = \"2.14\", features = [\"serde\"] }"));
    }
    out
}

fn manifest(cx: &Cx<'_>, name: &str, what: &str, dependencies: &[Dependency], features: &[&str]) -> String {
    manifest_with(cx, name, what, "", dependencies, features)
}

fn manifest_with(
    cx: &Cx<'_>,
    name: &str,
    what: &str,
    sibling: &str,
    dependencies: &[Dependency],
    features: &[&str],
) -> String {
    let description = toml_text(&format!("{what} of the {} ({})", title(cx), cx.api.info.version));
    let mut lines: Vec<String> =
        dependencies.iter().map(|Dependency(name, value)| format!("{name} = {value}")).collect();
    lines.extend(cx.config.types.dependencies.iter().map(|(name, value)| format!("{name} = {value}")));
    if !sibling.is_empty() {
        lines.push(sibling.trim_end().to_owned());
    }
    lines.sort();
    let mut out = format!(
        "[package]\nname = \"{}-{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\nrust-version = \"1.88\"\n\
         description = {description}\nreadme = \"README.md\"\npublish = false\n\n[dependencies]\n{}\n",
        cx.names.base,
        lines.join("\n"),
    );
    if !features.is_empty() {
        out.push_str("\n[features]\n");
        out.push_str(&features.join("\n"));
        out.push('\n');
    }
    out
}

/// The title of the document, said as that of an API.
pub(super) fn title(cx: &Cx<'_>) -> String {
    let title: String = cx.api.info.title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.to_lowercase().ends_with("api") { title } else { format!("{title} API") }
}

/// A TOML basic string.
fn toml_text(text: &str) -> String {
    serde_json::Value::from(text.chars().filter(|c| !c.is_control()).collect::<String>()).to_string()
}

fn needs(cx: &Cx<'_>) -> Needs {
    let mut needs = Needs { dates: false, uuid: false, bytes: false, files: false };
    let mut look = |ty: &Ty| look_at(ty, &mut needs);
    for (_, def) in cx.api.types.iter() {
        def.shape.for_each_ty(&mut look);
    }
    for operation in &cx.api.operations {
        operation.for_each_ty(&mut look);
    }
    let raw = |content: &Content| !matches!(content.media, Media::Json(_) | Media::Xml { .. } | Media::Text);
    let bytes = |response: &&Response| response.contents.iter().any(raw);
    needs.files |= Bodies::of(cx).multipart;
    let choices = cx.api.operations.iter().filter_map(|operation| operation.body.as_ref());
    let mut choices = choices.filter(|body| super::operation::is_choice(body)).flat_map(|body| &body.contents);
    needs.bytes = needs.files
        || choices.any(raw)
        || cx.api.operations.iter().any(|operation| operation.responses.iter().filter(bytes).count() > 0);
    needs
}

fn look_at(ty: &Ty, needs: &mut Needs) {
    match ty {
        Ty::Scalar(Scalar::Date | Scalar::DateTime) => needs.dates = true,
        Ty::Scalar(Scalar::Uuid) => needs.uuid = true,
        Ty::Scalar(Scalar::File) => needs.files = true,
        Ty::List(inner) | Ty::Map(inner) | Ty::Nullable(inner) => look_at(inner, needs),
        Ty::Tuple(items) => items.iter().for_each(|ty| look_at(ty, needs)),
        Ty::Any | Ty::Null | Ty::Never | Ty::Scalar(_) | Ty::Named(_) | Ty::Given(_) => {}
    }
}

/// Whether regular expressions occur, so that an engine for them is needed.
pub(super) fn has_patterns(cx: &Cx<'_>) -> bool {
    let mut found = false;
    let mut look = |checks: &Checks| checks.for_each_rule(&mut |rule| found |= !rule.patterns().is_empty());
    for (_, def) in cx.api.types.iter() {
        look(&def.checks);
        match &def.shape {
            Shape::Struct(shape) => {
                shape.fields.iter().for_each(|field| look(&field.checks));
                look(&shape.rest_checks);
            }
            Shape::Union(union) => union.variants.iter().for_each(|variant| look(&variant.checks)),
            Shape::Alias(_) | Shape::Newtype(_) | Shape::Enum(_) => {}
        }
    }
    for operation in &cx.api.operations {
        operation.params.iter().for_each(|param| look(&param.checks));
        operation.body.iter().flat_map(|body| &body.contents).for_each(|content| look(&content.checks));
    }
    found
}

/// Whether forms have parts, so that there is a type of files.
pub(super) fn needs_files(cx: &Cx<'_>) -> bool {
    needs(cx).files
}

/// Whether dates or times occur, so that their crate is part of the API.
pub(super) fn needs_dates(cx: &Cx<'_>) -> bool {
    needs(cx).dates
}
