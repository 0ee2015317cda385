//! Runs the JSON Schema Test Suite, with one generated crate per draft: a value is valid if it decodes strictly and passes
//! `validate()`.
//!
//! The suite is not part of the repository. Its folder is `CRATEGEN_JSON_SCHEMA_SUITE`, or `../shared/json-schema-test-suite`
//! beside the repository. Without it, the test is skipped.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crategen::diag::Code;
use crategen::{Config, Crates, Source};
use serde_json::{Value, json};

/// Files of the suite that test what a typed decoder cannot validate.
const UNSUPPORTED: &[(&str, &str)] = &[
    ("dynamicRef", "the target of a `$dynamicRef` depends on the path of evaluation, which types do not have"),
    (
        "unevaluatedItems",
        "what counts as evaluated depends on the branches that match; it is treated as `items` of all branches together",
    ),
    ("unevaluatedProperties", "the same; it is treated as `additionalProperties` of all branches together"),
    ("refRemote", "needs schemas from a server at http://localhost:1234"),
    ("vocabulary", "needs metaschemas from a server at http://localhost:1234"),
];

/// Results that differ from the suite's, by draft, file, group and test, each with the reason.
const DIFFERENT: &[(&str, &str, &str, &str, &str)] = &[
    (
        "draft4",
        "additionalProperties",
        "additionalProperties does not look in applicators",
        "properties defined in allOf are not examined",
        FLAT,
    ),
    ("draft4", "definitions", "validate definition against metaschema", "valid definition schema", REMOTE),
    ("draft4", "definitions", "validate definition against metaschema", "invalid definition schema", REMOTE),
    ("draft4", "ref", "ref overrides any sibling keywords", "ref valid, maxItems ignored", SIBLINGS),
    (
        "draft4",
        "ref",
        "$ref prevents a sibling id from changing the base uri",
        "$ref resolves to /definitions/base_foo, data does not validate",
        ID,
    ),
    (
        "draft4",
        "ref",
        "$ref prevents a sibling id from changing the base uri",
        "$ref resolves to /definitions/base_foo, data validates",
        ID,
    ),
    ("draft4", "ref", "remote ref, containing refs itself", "remote ref valid", REMOTE),
    ("draft4", "ref", "remote ref, containing refs itself", "remote ref invalid", REMOTE),
    ("draft4", "ref", "Recursive references between schemas", "valid tree", ID),
    ("draft4", "ref", "Recursive references between schemas", "invalid tree", ID),
    ("draft4", "ref", "Location-independent identifier", "match", ID),
    ("draft4", "ref", "Location-independent identifier", "mismatch", ID),
    ("draft4", "ref", "Location-independent identifier with base URI change in subschema", "match", ID),
    ("draft4", "ref", "Location-independent identifier with base URI change in subschema", "mismatch", ID),
    ("draft4", "ref", "id must be resolved against nearest parent, not just immediate parent", "number is valid", ID),
    (
        "draft4",
        "ref",
        "id must be resolved against nearest parent, not just immediate parent",
        "non-number is invalid",
        ID,
    ),
    (
        "draft2020-12",
        "additionalProperties",
        "additionalProperties does not look in applicators",
        "properties defined in allOf are not examined",
        FLAT,
    ),
    ("draft2020-12", "defs", "validate definition against metaschema", "valid definition schema", REMOTE),
    ("draft2020-12", "defs", "validate definition against metaschema", "invalid definition schema", REMOTE),
    (
        "draft2020-12",
        "items",
        "items does not look in applicators, valid case",
        "prefixItems in allOf does not constrain items, invalid case",
        FLAT,
    ),
    ("draft2020-12", "ref", "remote ref, containing refs itself", "remote ref valid", REMOTE),
    ("draft2020-12", "ref", "remote ref, containing refs itself", "remote ref invalid", REMOTE),
    (
        "draft2020-12",
        "ref",
        "ref creates new scope when adjacent to keywords",
        "referenced subschema doesn't see annotations from properties",
        FLAT,
    ),
];

const FLAT: &str =
    "`allOf` is merged flat into one type, so what one branch says of everything else sees the other branches";
const REMOTE: &str = "asks for a metaschema from the network";
const SIBLINGS: &str = "what stands beside a `$ref` counts, because that is what authors mean";
const ID: &str = "OpenAPI 3.0 has no `id`";

const DANGLING: [Code; 3] = [Code::UnresolvedReference, Code::Unreadable, Code::RemoteReference];

struct Group {
    file: String,
    description: String,
    schema: Value,
    tests: Vec<Value>,
}

impl Group {
    fn slug(&self, index: usize) -> String {
        format!("{} {index}", self.file)
    }
}

fn suite() -> Option<PathBuf> {
    let folder = std::env::var_os("CRATEGEN_JSON_SCHEMA_SUITE")
        .map_or_else(|| e2e::root().join("../shared/json-schema-test-suite"), PathBuf::from);
    folder.join("tests/draft4").is_dir().then_some(folder)
}

fn groups(folder: &Path) -> Vec<Group> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let mut out = Vec::new();
    for path in files {
        let file = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let groups: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for group in groups {
            out.push(Group {
                file: file.clone(),
                description: group["description"].as_str().unwrap().to_owned(),
                schema: group["schema"].clone(),
                tests: group["tests"].as_array().unwrap().clone(),
            });
        }
    }
    out
}

/// Generates the crate of a draft. Returns the name of each group's type, or `None` for a schema that is refused.
fn generate(draft: &str, work: &Path, version: &str, groups: &[Group]) -> Vec<Option<String>> {
    let specs = work.join("spec");
    std::fs::create_dir_all(&specs).unwrap();
    let config = |name: &str| Config {
        name: Some(name.to_owned()),
        crates: Crates { client: false, server: false, ..Crates::default() },
        literal_schemas: true,
        runtime: e2e::runtime(),
        ..Config::default()
    };
    let document = |schemas: Value| json!({"openapi": version, "info": {"title": "Suite", "version": "1"}, "paths": {}, "components": {"schemas": schemas}});
    let mut schemas = serde_json::Map::new();
    let mut refused = BTreeSet::new();
    for (index, group) in groups.iter().enumerate() {
        let file = format!("{}-{index}.json", group.file);
        std::fs::write(specs.join(&file), group.schema.to_string()).unwrap();
        // The schema is a property, because an alias of a type is only validated where it is used.
        let properties = json!({"value": {"$ref": file}});
        let holder = json!({"type": "object", "required": ["value"], "properties": properties});
        let alone = specs.join("alone.json");
        std::fs::write(&alone, document(json!({"Alone": holder.clone()})).to_string()).unwrap();
        match crategen::generate(Source::file(&alone).unwrap(), &config("alone")) {
            // A reference without a target becomes free-form JSON, which would agree with the suite by chance.
            Ok(output) if output.report.diagnostics.iter().any(|found| DANGLING.contains(&found.code)) => {
                refused.insert(index);
            }
            Ok(_) => {
                schemas.insert(group.slug(index), holder);
            }
            Err(report) => {
                println!("refused: {} / {}\n{}", group.file, group.description, report.to_text());
                refused.insert(index);
            }
        }
    }
    let root = specs.join("root.json");
    std::fs::write(&root, document(Value::Object(schemas)).to_string()).unwrap();
    let source = || Source::file(&root).unwrap();
    let output = crategen::generate(source(), &config(draft)).unwrap_or_else(|report| panic!("{}", report.to_text()));
    crategen::write(&output, work).unwrap();
    let (inspection, _) = crategen::inspect(source(), &config(draft)).unwrap();
    let names: BTreeMap<String, String> =
        inspection.types.into_iter().map(|found| (found.pointer.replace("%20", " "), found.rust)).collect();
    let name = |(index, group): (usize, &Group)| {
        if refused.contains(&index) { None } else { names.get(&format!("#/components/schemas/{}", group.slug(index))) }
    };
    groups.iter().enumerate().map(|found| name(found).cloned()).collect()
}

/// Runs every test of a draft. Returns whether each value is valid, by group and test.
fn verdicts(draft: &str, work: &Path, groups: &[Group], names: &[Option<String>]) -> BTreeMap<(usize, usize), bool> {
    let mut main = format!("use {}_models as models;\n\n", draft.replace('-', "_"));
    main.push_str(
        "use crategen_runtime::{serde, serde_json};\nuse models::Validate;\n\n\
         fn verdict<T: serde::de::DeserializeOwned + Validate>(text: &str) -> bool {\n    \
         crategen_runtime::models::strict(|| crategen_runtime::models::from_json::<T>(text.as_bytes())).is_ok_and(|value| value.validate().is_ok())\n}\n\n\
         fn main() {\n    let groups: Vec<(usize, Vec<String>)> = serde_json::from_reader(std::io::stdin()).unwrap();\n    \
         for (group, tests) in groups {\n        for (index, test) in tests.iter().enumerate() {\n            \
         let valid = match group {\n",
    );
    for (index, name) in names.iter().enumerate() {
        if let Some(name) = name {
            let _ = writeln!(main, "                {index} => verdict::<models::{name}>(test),");
        }
    }
    main.push_str("                _ => continue,\n            };\n            println!(\"{group} {index} {valid}\");\n        }\n    }\n}\n");
    let runner = work.join("runner");
    std::fs::create_dir_all(runner.join("src")).unwrap();
    std::fs::write(runner.join("src/main.rs"), main).unwrap();
    std::fs::write(
        runner.join("Cargo.toml"),
        // Each draft has its own name, because all binaries share one target folder.
        format!(
            "[package]\nname = \"suite-{draft}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         crategen-runtime = {{ path = \"{}\" }}\n{draft}-models = {{ path = \"../{draft}-models\" }}\n",
            e2e::root().join("templates").display()
        ),
    )
    .unwrap();
    std::fs::write(work.join("Cargo.toml"), "[workspace]\nresolver = \"3\"\nmembers = [\"runner\", \"*-models\"]\n")
        .unwrap();
    std::fs::copy(e2e::root().join("Cargo.lock"), work.join("Cargo.lock")).unwrap();
    let input: Vec<(usize, Vec<String>)> = groups
        .iter()
        .enumerate()
        .map(|(index, group)| {
            (index, group.tests.iter().map(|test| json!({"value": test["data"]}).to_string()).collect())
        })
        .collect();
    std::fs::write(work.join("input.json"), serde_json::to_string(&input).unwrap()).unwrap();
    let output = e2e::cargo(work)
        .args(["run", "--quiet", "-p", &format!("suite-{draft}")])
        .stdin(std::fs::File::open(work.join("input.json")).unwrap())
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !errors.contains("warning"), "{errors}");
    let line = |line: &str| {
        let words: Vec<&str> = line.split(' ').collect();
        ((words[0].parse().unwrap(), words[1].parse().unwrap()), words[2] == "true")
    };
    String::from_utf8_lossy(&output.stdout).lines().map(line).collect()
}

fn run(draft: &str, version: &str, suite: &Path) -> Vec<String> {
    let supported = |group: &Group| !UNSUPPORTED.iter().any(|(file, _)| group.file == *file);
    let mut groups = groups(&suite.join("tests").join(draft));
    groups.retain(supported);
    let work = e2e::root().join("target/json-schema-suite").join(draft);
    let _ = std::fs::remove_dir_all(&work);
    let names = generate(draft, &work, version, &groups);
    let verdicts = verdicts(draft, &work, &groups, &names);
    let (mut equal, mut all, mut wrong) = (0, 0, Vec::new());
    let mut excused = BTreeSet::new();
    for (index, group) in groups.iter().enumerate() {
        for (position, test) in group.tests.iter().enumerate() {
            all += 1;
            let description = test["description"].as_str().unwrap();
            let key = (draft, group.file.as_str(), group.description.as_str(), description);
            if verdicts.get(&(index, position)) == Some(&test["valid"].as_bool().unwrap()) {
                equal += 1;
            } else if DIFFERENT.iter().any(|(d, f, g, t, _)| (*d, *f, *g, *t) == key) {
                excused.insert(key);
            } else {
                wrong.push(format!(
                    "{draft} / {} / {} / {description}: not {}",
                    group.file, group.description, test["valid"]
                ));
            }
        }
    }
    #[allow(clippy::cast_precision_loss)]
    let share = 100.0 * f64::from(equal) / f64::from(all);
    println!("{draft}: {equal} of {all} verdicts equal the suite's ({share:.1} %)");
    if share < 95.0 {
        wrong.push(format!("{draft}: less than 95 %"));
    }
    for (d, f, g, t, _) in DIFFERENT.iter().filter(|(d, ..)| *d == draft) {
        if !excused.contains(&(*d, *f, *g, *t)) {
            wrong.push(format!("{d} / {f} / {g} / {t} is listed as different, but is not"));
        }
    }
    wrong
}

#[test]
fn results_equal_those_of_the_suite() {
    let Some(suite) = suite() else {
        println!("skipped: there is no JSON Schema Test Suite; set CRATEGEN_JSON_SCHEMA_SUITE to its folder");
        return;
    };
    for (file, reason) in UNSUPPORTED {
        println!("not run: {file}, because it {reason}");
    }
    let mut wrong = run("draft4", "3.0.3", &suite);
    wrong.extend(run("draft2020-12", "3.1.0", &suite));
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}
