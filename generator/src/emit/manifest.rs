//! Manifests of generated crates. Their dependencies are the runtime, each other, and what the user adds.

use super::Cx;
use super::capability::{self, Choice, Krate};
use crate::config::Runtime;
use crate::invisible::is_invisible;
use crate::names::UNUSED_FEATURE;
use crate::relative::relative;

/// `Cargo.toml` of the models.
pub(super) fn models(cx: &Cx<'_>) -> String {
    let mut manifest = Manifest::new(cx, "models", "Types");
    manifest.depends_on_runtime(&capability::features(cx.needs, cx.config, Krate::Models));
    manifest.features(Krate::Models, None);
    manifest.text()
}

/// `Cargo.toml` of the client.
pub(super) fn client(cx: &Cx<'_>) -> String {
    let mut manifest = Manifest::new(cx, "client", "Async client");
    manifest.depends_on_runtime(&capability::features(cx.needs, cx.config, Krate::Client));
    manifest.depends_on_models();
    manifest.features(Krate::Client, Some("rustls"));
    manifest.text()
}

/// `Cargo.toml` of the server.
pub(super) fn server(cx: &Cx<'_>) -> String {
    let mut manifest = Manifest::new(cx, "server", "Server side on axum");
    manifest.depends_on_runtime(&capability::features(cx.needs, cx.config, Krate::Server));
    manifest.depends_on_models();
    manifest.features(Krate::Server, Some("http1"));
    manifest.text()
        + "\n[[example]]\nname = \"mock\"\nrequired-features = [\"mock\", \"serve\"]\n\n[dev-dependencies]\n\
           tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }\n"
}

/// `Cargo.toml` of the contract tests.
pub(super) fn contract_tests(cx: &Cx<'_>) -> String {
    let mut manifest = Manifest::new(cx, "contract-tests", "Contract tests");
    let all = capability::features(cx.needs, cx.config, Krate::Client).into_iter().chain(capability::features(
        cx.needs,
        cx.config,
        Krate::Server,
    ));
    let mut features: Vec<&str> = all.collect();
    features.sort_unstable();
    features.dedup();
    manifest.depends_on_runtime(&features);
    let tags = if tags(cx).is_empty() { "" } else { "\"all-tags\", " };
    manifest.depends_on_sibling("client", &format!(", default-features = false, features = [{tags}\"in-process\"]"));
    manifest.depends_on_sibling("models", "");
    manifest.depends_on_sibling("server", "");
    manifest.depends_on("tokio", "{ version = \"1\", features = [\"macros\", \"rt\"] }");
    manifest.text()
}

/// The features of the tags.
fn tags<'a>(cx: &Cx<'a>) -> Vec<&'a str> {
    (0..cx.api.groups.len()).filter_map(|index| cx.names.group(index).feature.as_deref()).collect()
}

/// Whether there are schemas that no operation needs, and that users can do without.
fn has_unused(cx: &Cx<'_>) -> bool {
    cx.api.groups.len() > 1 && cx.analysis.shared.iter().any(|shared| shared.unused)
}

/// A manifest while it is being written.
struct Manifest<'a> {
    cx: Cx<'a>,
    package: String,
    dependencies: Vec<String>,
    features: Vec<String>,
}

impl<'a> Manifest<'a> {
    fn new(cx: &Cx<'a>, name: &str, what: &str) -> Self {
        let description = toml_string(&format!("{what} of the {} ({})", title(cx), cx.api.info.version));
        let chosen = &cx.config.package;
        let key = |name: &str, default: Option<&str>| {
            if chosen.inherited.contains(&name) {
                return format!("{name}.workspace = true\n");
            }
            let value = chosen.keys.get(name).map(String::as_str).or(default);
            value.map(|value| format!("{name} = {value}\n")).unwrap_or_default()
        };
        let version = chosen.version().map(toml_string);
        let package = [
            format!("[package]\nname = \"{}-{name}\"\n", cx.names.base),
            key("version", version.as_deref()),
            key("edition", Some("\"2024\"")),
            "rust-version = \"1.88\"\n".to_owned(),
            format!("description = {description}\n"),
            key("authors", None),
            key("license", None),
            key("repository", None),
            "readme = \"README.md\"\n".to_owned(),
            key("publish", Some("false")),
        ]
        .concat();
        let given = cx.config.types.dependencies.iter();
        let dependencies = given.map(|(name, value)| format!("{name} = {value}")).collect();
        Self { cx: *cx, package, dependencies, features: Vec::new() }
    }

    fn depends_on(&mut self, name: &str, value: &str) {
        self.dependencies.push(format!("{name} = {value}"));
    }

    fn depends_on_runtime(&mut self, features: &[&str]) {
        let features: Vec<String> = features.iter().map(|feature| format!("\"{feature}\"")).collect();
        let place = match &self.cx.config.runtime {
            Runtime::Written => format!("path = \"../crategen-runtime\", version = \"{}\"", super::VERSION),
            Runtime::Path(path) => {
                let path = relative(&self.cx.config.out.join("crate"), path);
                format!("path = {}, version = \"{}\"", toml_string(&path), super::VERSION)
            }
            Runtime::Version(version) => format!("version = {}", toml_string(version)),
        };
        self.depends_on("crategen-runtime", &format!("{{ {place}, features = [{}] }}", features.join(", ")));
    }

    fn depends_on_models(&mut self) {
        let features = if tags(&self.cx).is_empty() { "" } else { ", default-features = false" };
        self.depends_on_sibling("models", features);
    }

    fn depends_on_sibling(&mut self, name: &str, features: &str) {
        let base = &self.cx.names.base;
        let version = self.cx.config.package.version().map(toml_string);
        let version = version.map(|version| format!(", version = {version}")).unwrap_or_default();
        self.depends_on(&format!("{base}-{name}"), &format!("{{ path = \"../{base}-{name}\"{version}{features} }}"));
    }

    /// The features of a crate; `default` is the one of its choices that is on by default.
    fn features(&mut self, krate: Krate, default: Option<&str>) {
        let cx = self.cx;
        let tags = tags(&cx);
        let all = (!tags.is_empty()).then_some("all-tags");
        let unused = (!tags.is_empty() && has_unused(&cx)).then_some(UNUSED_FEATURE);
        let defaults: Vec<&str> = all.into_iter().chain(default).chain(unused).collect();
        if krate == Krate::Models && tags.is_empty() {
            return;
        }
        self.features.push(format!("default = {}", list(&defaults)));
        capability::choices(&cx, krate).for_each(|choice| self.choice(choice));
        let tag = |name: &str| match krate {
            Krate::Models => format!("{name} = []"),
            Krate::Client | Krate::Server => format!("{name} = [\"{}-models/{name}\"]", cx.names.base),
        };
        if let Some(unused) = unused {
            self.features.push("# Schemas that no operation needs.".to_owned());
            self.features.push(tag(unused));
        }
        if !tags.is_empty() {
            self.features.push("# The operations of each tag.".to_owned());
            let lines = tags.iter().map(|tag| format!("    \"{tag}\",\n")).collect::<Vec<_>>().concat();
            self.features.push(format!("all-tags = [\n{lines}]"));
            self.features.extend(tags.iter().map(|name| tag(name)));
        }
    }

    fn choice(&mut self, choice: &Choice) {
        let Choice { name, about, of_runtime, .. } = choice;
        self.features.push(format!("# {about}"));
        self.features.push(if *of_runtime {
            format!("{name} = [\"crategen-runtime/{name}\"]")
        } else {
            format!("{name} = []")
        });
    }

    fn text(mut self) -> String {
        self.dependencies.sort();
        let mut out = format!("{}\n[dependencies]\n{}\n", self.package, self.dependencies.join("\n"));
        if !self.features.is_empty() {
            out.push_str(&format!("\n[features]\n{}\n", self.features.join("\n")));
        }
        out
    }
}

fn list(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    format!("[{}]", names.join(", "))
}

/// The title of the document, said as that of an API.
pub(super) fn title(cx: &Cx<'_>) -> String {
    let title: String = cx.api.info.title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.to_lowercase().ends_with("api") { title } else { format!("{title} API") }
}

/// A TOML basic string, without characters that nobody sees. The escapes of JSON mean the same in TOML.
fn toml_string(text: &str) -> String {
    let visible = text.chars().filter(|c| !is_invisible(*c) && *c != '\n');
    serde_json::Value::from(visible.collect::<String>()).to_string()
}
