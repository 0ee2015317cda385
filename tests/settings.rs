//! `crategen.toml`: levels of diagnostics, and mistakes in the file, which are reported at their places.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::path::Path;

use crategen::diag::Fold;
use crategen::{Config, Source};
use e2e::{Ran, crategen};

/// A document with an operation and two schemas.
const RENAMED: &str = "openapi: 3.1.0
info: {title: Shop, version: 1.0.0}
paths:
  /orders:
    get:
      operationId: listOrders
      tags: [Orders]
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}}
components:
  schemas:
    Order: {type: object, properties: {at: {type: string, format: date-time}}}
    Text: {type: string}
";

/// A document with many schemas of one name but for its spelling, so that all but one are renamed.
fn renamed(count: usize) -> String {
    use std::fmt::Write as _;
    (0..count).fold(RENAMED.to_owned(), |mut text, index| {
        let dashes = "-".repeat(index + 1);
        let _ = writeln!(text, "    a{dashes}b: {{type: object, properties: {{a: {{type: string}}}}}}");
        text
    })
}

/// Writes a document and a settings file, and runs the command.
fn run(document: &str, settings: &str, args: &[&str]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), document, settings);
    crategen(folder.path(), args)
}

fn write(folder: &Path, document: &str, settings: &str) {
    std::fs::write(folder.join("openapi.yaml"), document).unwrap();
    std::fs::write(folder.join("crategen.toml"), format!("spec = \"openapi.yaml\"\n{settings}")).unwrap();
}

#[test]
fn levels_are_set_by_the_file_and_by_flags() {
    let document = renamed(3);
    let count = |ran: &Ran| ran.stderr.matches("[renamed]").count();
    let warned = run(&document, "", &["validate"]);
    assert_eq!((warned.code, count(&warned)), (0, 2), "{}", warned.stderr);

    let allowed = run(&document, "[diagnostics]\nrenamed = \"allow\"\n", &["validate"]);
    assert_eq!((allowed.code, count(&allowed)), (0, 0), "{}", allowed.stderr);
    let allowed = run(&document, "strict = true\n", &["validate", "--allow", "renamed"]);
    assert_eq!((allowed.code, count(&allowed)), (0, 0), "{}", allowed.stderr);

    let denied = run(&document, "[diagnostics]\nrenamed = \"deny\"\n", &["validate"]);
    assert!(denied.code == 1 && denied.stderr.contains("error[renamed]"), "{}", denied.stderr);
    for args in [&["validate", "--deny", "renamed"][..], &["validate", "--strict"]] {
        let denied = run(&document, "", args);
        assert!(denied.code == 1 && denied.stderr.contains("error[renamed]"), "{args:?}: {}", denied.stderr);
    }

    // A flag wins over the file.
    let warned = run(&document, "[diagnostics]\nrenamed = \"deny\"\n", &["validate", "--warn", "renamed"]);
    assert_eq!((warned.code, count(&warned)), (0, 2), "{}", warned.stderr);
    let warned = run(&document, "[diagnostics]\nrenamed = \"allow\"\n", &["validate", "--deny", "renamed"]);
    assert_eq!((warned.code, count(&warned)), (1, 2), "{}", warned.stderr);
}

#[test]
fn errors_cannot_be_allowed() {
    let ran = run("openapi: 3.1.0\ninfo: [\n", "", &["validate", "--allow", "syntax"]);
    assert!(ran.code == 1 && ran.stderr.contains("error[syntax]"), "{}", ran.stderr);
}

#[test]
fn many_diagnostics_of_one_code_are_folded() {
    let document = renamed(12);
    let shown = |ran: &Ran| ran.stderr.matches("warning[renamed]").count();
    let folded = run(&document, "", &["validate"]);
    assert_eq!(shown(&folded), 5, "{}", folded.stderr);
    assert!(folded.stderr.contains("\nand 6 more of `renamed`; use `--verbose`\n"), "{}", folded.stderr);
    assert!(folded.stderr.contains("\n11 warnings\n"), "the summary counts all: {}", folded.stderr);
    let verbose = run(&document, "", &["validate", "--verbose"]);
    assert_eq!(shown(&verbose), 11, "{}", verbose.stderr);
    let json = run(&document, "", &["validate", "--message-format", "json"]);
    assert_eq!(json.stderr.matches("\"code\":\"renamed\"").count(), 11, "{}", json.stderr);
}

#[test]
fn an_unknown_code_is_a_warning_in_the_file_and_an_error_of_a_flag() {
    let ran = run(RENAMED, "[diagnostics]\nrenmed = \"allow\"\n", &["validate"]);
    assert_eq!(ran.code, 0);
    for part in ["warning[unknown-setting]: `renmed` is not", "crategen.toml:3:1", "did you mean `renamed`?"] {
        assert!(ran.stderr.contains(part), "{part} is missing: {}", ran.stderr);
    }
    let ran = run(RENAMED, "", &["validate", "--allow", "renmed"]);
    assert!(ran.code == 2 && ran.stderr.contains("'renamed'"), "{}", ran.stderr);
}

#[test]
fn unknown_keys_are_warnings_at_their_places() {
    let settings = "nmae = \"shop\"
zebra = 1

[types]
datetime = \"jiff\"

[operations]
include = [{ tag = \"Orders\" }, { tag = \"Orders\", mehtod = \"get\" }]
";
    let ran = run(RENAMED, settings, &["validate"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for (place, help) in [
        ("crategen.toml:2:1", "did you mean `name`?"),
        ("crategen.toml:3:1", "expected one of `spec`, `out`"),
        ("crategen.toml:6:1", "did you mean `date-time`?"),
        ("crategen.toml:9:50", "did you mean `method`?"),
    ] {
        assert!(ran.stderr.contains(place) && ran.stderr.contains(help), "{place}, {help}: {}", ran.stderr);
    }
    assert_eq!(run(RENAMED, settings, &["validate", "--strict"]).code, 1);
}

#[test]
fn entries_without_effect_are_warnings_at_their_places() {
    let settings = "[operations]
exclude = [{ tag = \"Order\" }]

[[pagination]]
operations = { id = \"listProducts\" }
link = true

[types.formats]
date-tme = \"String\"

[types.replace]
\"#/components/schemas/Oder\" = \"String\"
\"#/info\" = \"String\"

[types.attributes]
\"#/components/schemas/Order/properties/at\" = [\"#[non_exhaustive]\"]
\"#/components/schemas/Order\" = [\"#[non_exhaustive]\"]

[types.dependencies]
rust_decimal = \"1\"
";
    let ran = run(RENAMED, settings, &["validate", "--verbose"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for (place, text) in [
        ("crategen.toml:21:1", "nothing in `[types]` uses `rust_decimal`"),
        ("crategen.toml:3:12", "matches no operation"),
        ("crategen.toml:5:1", "matches no operation"),
        ("crategen.toml:10:1", "did you mean `date-time`?"),
        ("crategen.toml:13:1", "did you mean `#/components/schemas/Order`?"),
        ("crategen.toml:14:1", "`#/info` is not a schema"),
        ("crategen.toml:17:1", "no type is generated for `#/components/schemas/Order/properties/at`"),
    ] {
        assert!(ran.stderr.contains(place) && ran.stderr.contains(text), "{place}, {text}: {}", ran.stderr);
    }
    assert_eq!(ran.stderr.matches("[unused-setting]").count(), 6 + 1, "{}", ran.stderr);
}

#[test]
fn traits_without_a_path_are_those_of_the_language() {
    let ran = run(RENAMED, "[types]\nderive = [\"Eqq\"]\n", &["validate"]);
    assert!(ran.code == 2 && ran.stderr.contains("`Eqq` is not one of `Clone`"), "{}", ran.stderr);
    assert_eq!(run(RENAMED, "[types]\nderive = [\"Eq\"]\n", &["validate"]).code, 0);
}

#[test]
fn allowing_an_error_is_answered() {
    let ran = run("openapi: 3.1.0\ninfo: {", "[diagnostics]\nsyntax = \"allow\"\n", &["validate"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("error[syntax]") && ran.stderr.contains("`allow` is for warnings"), "{}", ran.stderr);
}

/// What `workspace = true` inherits are the keys that are not set.
#[test]
fn keys_that_are_set_are_not_inherited() {
    let settings = "[package]\nworkspace = true\nedition = \"2024\"\nversion = \"1.2.3\"\n";
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("spec.yaml"), RENAMED).unwrap();
    std::fs::write(folder.path().join("crategen.toml"), settings).unwrap();
    let ran = crategen(folder.path(), &["generate", "spec.yaml", "--out", "out", "--name", "shop"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let manifest = std::fs::read_to_string(folder.path().join("out/shop-models/Cargo.toml")).unwrap();
    for line in ["edition = \"2024\"", "version = \"1.2.3\"", "license.workspace = true"] {
        assert!(manifest.lines().any(|found| found == line), "{line}: {manifest}");
    }
}

/// In Swagger, parameters, their items and headers have formats as well.
#[test]
fn entries_for_swagger_are_found() {
    let document = "swagger: '2.0'
info: {title: Shop, version: 1.0.0}
paths:
  /orders:
    get:
      parameters:
        - {name: from, in: query, type: string, format: ipv4}
        - {name: to, in: query, type: array, items: {type: string, format: ipv6}}
      responses:
        '200':
          description: ok
          headers: {x-host: {type: string, format: hostname}}
          schema: {$ref: '#/definitions/Order'}
definitions:
  Order: {type: object, properties: {money: {$ref: '#/definitions/Money'}}}
  Money: {type: string}
";
    let settings = "[types.formats]
ipv4 = \"std::net::Ipv4Addr\"
ipv6 = \"std::net::Ipv6Addr\"
hostname = \"String\"

[types.replace]
\"#/definitions/Money\" = \"String\"

[types.attributes]
\"#/definitions/Order\" = [\"#[non_exhaustive]\"]
";
    let ran = run(document, settings, &["validate", "--strict"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

#[test]
fn an_invalid_value_lists_the_words() {
    let ran = run(RENAMED, "crates = [\"modles\"]\n", &["validate"]);
    assert_eq!(ran.code, 2);
    for word in ["crategen.toml", "line 2", "`models`", "`contract-tests`"] {
        assert!(ran.stderr.contains(word), "{word}: {}", ran.stderr);
    }
    // The misspelled key is why the filter is empty.
    let ran = run(RENAMED, "[operations]\ninclude = [{ tga = \"Orders\" }]\n", &["validate"]);
    assert!(ran.code == 2 && ran.stderr.contains("did you mean `tag`?"), "{}", ran.stderr);
}

/// What build scripts print.
#[test]
fn warnings_are_folded_into_lines_with_their_places() {
    let source = Source::text("openapi.yaml", renamed(12));
    let (_, report) = crategen::validate(source, &Config::default()).unwrap();
    let lines = report.to_lines(Some(Fold { most: 2, help: "call `.verbose(true)`" }));
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines[0].starts_with("warning[renamed]: ") && lines[0].contains(" (openapi.yaml:"), "{lines:?}");
    assert_eq!(lines[2], "and 9 more of `renamed`; call `.verbose(true)`");
    assert_eq!(report.to_lines(None).len(), 11);
}
