//! The generated side: a models crate for each document, in which every schema is the body of a request, and a program that reads
//! values as these bodies.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crategen::diag::Report;
use crategen::{Config, Crates, Source};
use serde::Deserialize;
use serde_json::{Value, json};

use super::document::{Document, find};

/// What the generated crate makes of a value.
#[derive(Deserialize)]
pub struct Outcome {
    /// The value as it is written again, if it could be read.
    pub written: Option<String>,
    /// What is wrong with the value, according to the server.
    pub violations: Vec<String>,
    /// What is wrong with the value, according to the rules in `rules.json`.
    pub rules: Vec<String>,
}

/// The crate of a document.
pub struct Program {
    /// The name of the package.
    name: String,
    /// What the generator reports.
    pub report: Report,
    /// The positions of the schemas whose values are compared with the rules as they arrive.
    compared: BTreeSet<usize>,
    count: usize,
}

impl Program {
    /// Generates the crate of a document below a folder. Schemas are known by their position.
    pub fn generate(document: &Document, schemas: &[String], out: &Path) -> Result<Self, String> {
        let name = format!("v-{}", document.name);
        // The rules contain every body if there is a server.
        let crates = Crates { client: false, server: true, ..Crates::default() };
        let config = Config { name: Some(name.clone()), crates, runtime: e2e::runtime(), ..Config::default() };
        let text = with_bodies(document, schemas);
        let output =
            crategen::generate(Source::text("judged.json", text), &config).map_err(|report| report.to_text())?;
        crategen::write(&output, &out.join(&name)).map_err(|error| error.to_string())?;
        let server: String = output.files.values().map(String::as_str).collect();
        let server: String = server.split_whitespace().collect();
        let by_rules = |index: &usize| {
            server.contains(
                &format!(
                    "json_by_rules(\"application/json\",&models::rules::RULES,\"{} application/json\"",
                    operation(*index)
                )
                .replace(' ', ""),
            )
        };
        let compared = (0..schemas.len()).filter(by_rules).collect();
        let program = Self { name, report: output.report, compared, count: schemas.len() };
        program.write(out);
        Ok(program)
    }

    fn write(&self, out: &Path) {
        let folder = out.join(&self.name).join("runner");
        std::fs::create_dir_all(folder.join("src")).unwrap();
        let manifest = format!(
            "[package]\nname = \"{0}-runner\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             crategen-runtime = {{ path = \"{1}\" }}\n{0}-models = {{ path = \"../{0}-models\" }}\n",
            self.name,
            e2e::root().join("templates").display()
        );
        std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        let mut main =
            include_str!("runner.rs.txt").replace("MODELS", &format!("{}_models", self.name.replace('-', "_")));
        for index in 0..self.count {
            let how = if self.compared.contains(&index) { "by_rules" } else { "by_type" };
            let _ = writeln!(
                main,
                "        {index} => {how}::<models::{}>(\"{} application/json\", text),",
                ty(index),
                operation(index)
            );
        }
        main.push_str("        _ => return None,\n    })\n}\n");
        std::fs::write(folder.join("src/main.rs"), main).unwrap();
    }

    /// Reads values, each as the schema at a position. `None` if the crate does not compile, or the program fails.
    pub fn run(&self, out: &Path, values: &[(usize, &Value)]) -> Result<Vec<Outcome>, String> {
        let binary = target().join("debug").join(format!("{}-runner", self.name));
        if !binary.is_file() {
            return Err("the generated crate does not compile".to_owned());
        }
        let input: Vec<(usize, String)> =
            values.iter().map(|(index, value)| (*index, json!({"value": value}).to_string())).collect();
        let file = out.join(format!("{}.json", self.name));
        std::fs::write(&file, serde_json::to_string(&input).unwrap()).unwrap();
        let output = Command::new(binary).arg(&file).output().unwrap();
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        let text = String::from_utf8_lossy(&output.stdout);
        text.lines().map(|line| serde_json::from_str(line).map_err(|error| error.to_string())).collect()
    }
}

/// The target folder is shared, so what is the same for all documents is compiled once.
fn target() -> PathBuf {
    e2e::root().join("target")
}

/// Compiles the programs in a folder.
pub fn compile(out: &Path) -> String {
    let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"*/runner\"]\n\n[profile.dev]\ndebug = false\nincremental = false\n";
    std::fs::write(out.join("Cargo.toml"), manifest).unwrap();
    std::fs::copy(e2e::root().join("Cargo.lock"), out.join("Cargo.lock")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--keep-going"])
        .current_dir(out)
        .env("CARGO_TARGET_DIR", target())
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn ty(index: usize) -> String {
    format!("JudgedValue{index}X")
}

fn operation(index: usize) -> String {
    format!("judgeValue{index}x")
}

/// Adds an operation for each schema, whose body is an object with a value of that schema. The order of the document stays.
fn with_bodies(document: &Document, schemas: &[String]) -> String {
    let mut root = document.ordered.clone();
    let at = if document.is_swagger_2() { ["definitions"].as_slice() } else { &["components", "schemas"] };
    let start = format!("#/{}/", at.join("/"));
    for (index, pointer) in schemas.iter().enumerate() {
        let schema = match find(&document.root, pointer) {
            Some(schema) if !pointer.starts_with(&start) => schema.clone(),
            _ => json!({"$ref": pointer}),
        };
        let body = json!({"type": "object", "required": ["value"], "properties": {"value": schema}});
        let name = ty(index);
        let reference = json!({"$ref": format!("{start}{name}")});
        let mut operation = json!({"operationId": operation(index), "responses": {"204": {"description": "ok"}}});
        if document.is_swagger_2() {
            operation["consumes"] = json!(["application/json"]);
            operation["parameters"] = json!([{"in": "body", "name": "body", "required": true, "schema": reference}]);
        } else {
            operation["requestBody"] =
                json!({"required": true, "content": {"application/json": {"schema": reference}}});
        }
        insert(&mut root, at, &name, &body);
        insert(&mut root, &["paths"], &format!("/judged-values/{index}"), &json!({"post": operation}));
    }
    serde_json::to_string(&root).unwrap()
}

fn insert(root: &mut serde_yaml::Value, at: &[&str], key: &str, value: &Value) {
    let mut here = root;
    for part in at {
        let Some(mapping) = here.as_mapping_mut() else { return };
        here = mapping.entry((*part).into()).or_insert(serde_yaml::Mapping::new().into());
    }
    if let Some(mapping) = here.as_mapping_mut() {
        mapping.insert(key.into(), serde_yaml::to_value(value).unwrap());
    }
}
