//! Documents that have cost more than linear time, or could.

/// A kind of document.
pub struct Document {
    /// What there is much of.
    pub name: &'static str,
    /// The largest size that is measured.
    pub size: usize,
    /// Makes the files of a size.
    pub make: fn(usize) -> Files,
}

/// Names and texts. `spec.yaml` or `spec.json` is the document; `overlay.yaml` and `crategen.toml` are used if they exist.
type Files = Vec<(&'static str, String)>;

const fn row(name: &'static str, size: usize, make: fn(usize) -> Files) -> Document {
    Document { name, size, make }
}

pub const DOCUMENTS: &[Document] = &[
    row("nested arrays in JSON", 200_000, |n| vec![("spec.json", "[".repeat(n))]),
    row("nested objects in JSON", 200_000, |n| vec![("spec.json", r#"{"a":"#.repeat(n))]),
    row("nested arrays in JSON, behind a key", 200_000, |n| vec![("spec.json", format!("{{\"a\":{}", "[".repeat(n)))]),
    row("nested arrays in YAML", 200_000, |n| vec![("spec.yaml", format!("a: {}", "[".repeat(n)))]),
    row("nested sequences in YAML", 200_000, |n| vec![("spec.yaml", format!("a:\n {}", "- ".repeat(n)))]),
    row("nested objects in YAML", 200_000, |n| vec![("spec.yaml", format!("a: {}", "{a: ".repeat(n)))]),
    row("a long array in JSON", 8_000_000, |n| vec![("spec.json", format!("{{\"x-a\":[1{}]}}", ",1".repeat(n)))]),
    row("dangling references", 20_000, |n| {
        schemas(n, |i| format!("{{type: object, properties: {{a: {{$ref: '#/components/schemas/T{i}x'}}}}}}"))
    }),
    row("a chain of references", 20_000, |n| chain(n, |next| format!("{{$ref: '#/components/schemas/S{next}'}}"))),
    row("a chain of objects", 20_000, |n| {
        chain(n, |next| format!("{{type: object, properties: {{a: {{$ref: '#/components/schemas/S{next}'}}}}}}"))
    }),
    row("a chain of allOf", 4_000, |n| {
        chain(n, |next| format!("{{allOf: [{{$ref: '#/components/schemas/S{next}'}}], description: x}}"))
    }),
    row("a chain of oneOf", 20_000, |n| {
        chain(n, |next| format!("{{oneOf: [{{$ref: '#/components/schemas/S{next}'}}, {{type: integer}}]}}"))
    }),
    row("a chain of arrays", 20_000, |n| {
        chain(n, |next| format!("{{type: array, items: {{$ref: '#/components/schemas/S{next}'}}}}"))
    }),
    row("a chain of maps", 20_000, |n| {
        chain(n, |next| format!("{{type: object, additionalProperties: {{$ref: '#/components/schemas/S{next}'}}}}"))
    }),
    row("a chain of tuples", 4_000, |n| {
        chain(n, |next| {
            let next = format!("{{$ref: '#/components/schemas/S{next}'}}");
            format!("{{type: array, minItems: 2, items: false, prefixItems: [{next}, {next}]}}")
        })
    }),
    row("a chain of parameters", 20_000, |n| {
        let list: String =
            (0..n).map(|i| format!("    P{i}: {{$ref: '#/components/parameters/P{}'}}\n", i + 1)).collect();
        let last = format!("    P{n}: {{name: q, in: query, schema: {{type: string}}}}\n");
        document(
            &operation("parameters: [{$ref: '#/components/parameters/P0'}]"),
            &format!("  parameters:\n{list}{last}"),
        )
    }),
    row("a chain of path items", 4_000, |n| {
        let paths: String =
            (0..n).map(|i| format!("  /p{i}: {{$ref: '#/paths/~1p{}', summary: s}}\n", i + 1)).collect();
        document(&format!("{paths}  /p{n}: {{get: {{responses: {{'204': {{description: ok}}}}}}}}\n"), "")
    }),
    row("schemas that refer to three others", 20_000, |n| {
        schemas(n, |i| {
            let to = |k: usize| format!("{{$ref: '#/components/schemas/S{}'}}", k % n);
            format!("{{type: object, properties: {{a: {}, b: {}, c: {}}}}}", to(i + 1), to(i * 2 + 1), to(i * 3 + 2))
        })
    }),
    row("schemas", 20_000, |n| {
        schemas(n, |_| "{type: object, properties: {a: {type: string, minLength: 3}}}".to_owned())
    }),
    row("backticks in a description", 400_000, |n| described(&"`".repeat(n))),
    row("runs of backticks in a description", 400_000, |n| described(&"` `` ``` ```` ".repeat(n / 14))),
    row("brackets in a description", 400_000, |n| described(&"[".repeat(n))),
    row("unfinished links in a description", 400_000, |n| described(&"[a](".repeat(n / 4))),
    row("URLs in a description", 400_000, |n| described(&"(http://a".repeat(n / 9))),
    row("lines of a description", 50_000, |n| described(&"a\\n\\n".repeat(n))),
    row("values of an enum", 50_000, |n| enumeration(n, |i| format!("v{i}"))),
    row("integers of an enum", 50_000, |n| {
        document("", &format!("  schemas:\n    E: {{type: integer, enum: [{}]}}\n", list(n, |i| i.to_string())))
    }),
    row("colliding values of an enum", 50_000, |n| enumeration(n, |i| format!("'a{}'", spaces(i)))),
    row("colliding names of properties", 10_000, |n| {
        document(
            "",
            &format!(
                "  schemas:\n    S: {{type: object, properties: {{{}}}}}\n",
                list(n, |i| format!("'a{}': {{type: string}}", spaces(i)))
            ),
        )
    }),
    row("properties", 10_000, |n| {
        document(
            "",
            &format!(
                "  schemas:\n    S: {{type: object, properties: {{{}}}}}\n",
                list(n, |i| format!("a{i}: {{type: string}}"))
            ),
        )
    }),
    row("required properties", 10_000, |n| {
        document(
            "",
            &format!(
                "  schemas:\n    S: {{type: object, required: [{}], properties: {{{}}}}}\n",
                list(n, |i| format!("a{i}")),
                list(n, |i| format!("a{i}: {{type: string}}"))
            ),
        )
    }),
    row("required keys without a property", 20_000, |n| {
        document("", &format!("  schemas:\n    S: {{type: object, required: [{}]}}\n", list(n, |i| format!("a{i}"))))
    }),
    row("colliding names of schemas", 10_000, |n| {
        let schemas: String =
            (0..n).map(|i| format!("    'A{}': {{type: object, properties: {{}}}}\n", spaces(i))).collect();
        document("", &format!("  schemas:\n{schemas}"))
    }),
    row("equal operation ids", 10_000, |n| paths(n, |_| "operationId: list, ".to_owned())),
    row("colliding operation ids", 10_000, |n| paths(n, |i| format!("operationId: 'list{}', ", spaces(i)))),
    row("paths", 10_000, |n| paths(n, |_| String::new())),
    row("tags", 2_000, |n| paths(n, |i| format!("tags: [t{i}], "))),
    row("paths with parameters", 10_000, |n| {
        let paths: String = (0..n).map(|i| format!("  '/p/{{id}}/a{i}': {{get: {{parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}], responses: {{'204': {{description: ok}}}}}}}}\n")).collect();
        document(&paths, "")
    }),
    row("parameters of an operation", 4_000, |n| {
        document(
            &operation(&format!(
                "parameters: [{}]",
                list(n, |i| format!("{{name: q{i}, in: query, schema: {{type: string}}}}"))
            )),
            "",
        )
    }),
    row("media types of a request body", 2_000, |n| {
        let content = list(n, |i| {
            format!("application/v{i}+json: {{schema: {{type: object, properties: {{a{i}: {{type: string}}}}}}}}")
        });
        document(&operation(&format!("requestBody: {{content: {{{content}}}}}")), "")
    }),
    row("media types of a response", 2_000, |n| {
        let content = list(n, |i| {
            format!("application/v{i}+json: {{schema: {{type: object, properties: {{a{i}: {{type: string}}}}}}}}")
        });
        vec![(
            "spec.yaml",
            format!(
                "{HEAD}paths:\n  /a: {{get: {{responses: {{'200': {{description: ok, content: {{{content}}}}}}}}}}}\n"
            ),
        )]
    }),
    row("responses of an operation", 500, |n| {
        let responses = list(n, |i| format!("'{}': {{description: ok}}", 100 + i));
        vec![("spec.yaml", format!("{HEAD}paths:\n  /a: {{get: {{responses: {{{responses}}}}}}}\n"))]
    }),
    row("branches of a union", 4_000, |n| {
        let branches =
            list(n, |i| format!("{{type: object, required: [a{i}], properties: {{a{i}: {{type: string}}}}}}"));
        document("", &format!("  schemas:\n    U: {{oneOf: [{branches}]}}\n"))
    }),
    row("branches of a tagged union", 4_000, |n| {
        let all: String = (0..n).map(|i| format!("    B{i}: {{type: object, required: [t], properties: {{t: {{type: string}}, b{i}: {{type: string}}}}}}\n")).collect();
        let branches = list(n, |i| format!("{{$ref: '#/components/schemas/B{i}'}}"));
        document("", &format!("  schemas:\n    U: {{oneOf: [{branches}], discriminator: {{propertyName: t}}}}\n{all}"))
    }),
    row("parts of an allOf", 4_000, |n| {
        let parts = list(n, |i| format!("{{type: object, properties: {{a{i}: {{type: string}}}}}}"));
        document("", &format!("  schemas:\n    U: {{allOf: [{parts}]}}\n"))
    }),
    row("stars in a filter", 24, |n| {
        let filter = "**/a".repeat(n);
        let mut files = paths(1, |_| String::new());
        if let Some((_, text)) = files.first_mut() {
            *text = text.replace("/p0", &format!("/{}", "a/".repeat(n * 8)));
        }
        files.push(("crategen.toml", format!("[operations]\nexclude = [{{ path = \"{filter}b\" }}]\n")));
        files
    }),
    row("stars in a filter, all slashes", 8_000, |n| {
        let mut files = paths(1, |_| String::new());
        if let Some((_, text)) = files.first_mut() {
            *text = text.replace("/p0", &"/a".repeat(n));
        }
        files.push(("crategen.toml", "[operations]\nexclude = [{ path = \"/**/**/**/**/b\" }]\n".to_owned()));
        files
    }),
    row("everything, in an overlay", 4_000, |n| overlay(n, "$..[?@.type]", "")),
    row("everything twice, in an overlay", 4_000, |n| overlay(n, "$..*..[?@.type]", "")),
    row("everything three times, in an overlay", 4_000, |n| overlay(n, "$..*..*..[?@.type]", "")),
    row("removals of an overlay", 20_000, |n| overlay(n, "$.components.schemas.*", ", remove: true")),
    row("actions of an overlay", 2_000, |n| {
        let mut files = schemas(n, |_| "{type: string}".to_owned());
        let actions = list(n, |i| format!("{{target: '$.components.schemas.S{i}', update: {{description: x}}}}"));
        files.push((
            "overlay.yaml",
            format!("overlay: 1.0.0\ninfo: {{title: O, version: 1.0.0}}\nactions: [{actions}]\n"),
        ));
        files
    }),
    row("nested minItems", 20, |n| {
        let nested = (0..n)
            .fold("{type: string}".to_owned(), |inner, _| format!("{{type: array, minItems: 4, items: {inner}}}"));
        vec![(
            "spec.yaml",
            format!(
                "{HEAD}paths:\n  /a: {{get: {{responses: {{'200': {{description: ok, content: {{application/json: {{schema: {{type: object, required: [a], properties: {{a: {nested}}}}}}}}}}}}}}}}}\n"
            ),
        )]
    }),
    row("doubling objects in samples", 24, |n| {
        let all: String = (0..n).map(|i| format!("    S{i}: {{type: object, required: [a, b], properties: {{a: {{$ref: '#/components/schemas/S{0}'}}, b: {{$ref: '#/components/schemas/S{0}'}}}}}}\n", i + 1)).collect();
        vec![(
            "spec.yaml",
            format!(
                "{HEAD}paths:\n  /a: {{get: {{responses: {{'200': {{description: ok, content: {{application/json: {{schema: {{$ref: '#/components/schemas/S0'}}}}}}}}}}}}}}\ncomponents:\n  schemas:\n{all}    S{n}: {{type: string}}\n"
            ),
        )]
    }),
    row("a large minItems", 2_000_000, |n| {
        vec![(
            "spec.yaml",
            format!(
                "{HEAD}paths:\n  /a: {{get: {{responses: {{'200': {{description: ok, content: {{application/json: {{schema: {{type: array, minItems: {n}, items: {{type: string, minLength: {n}}}}}}}}}}}}}}}}}\n"
            ),
        )]
    }),
    row("aliases", 4_000, |n| {
        let all: String = (0..n).map(|i| format!("    S{i}: *a\n")).collect();
        document("", &format!("  schemas:\n    A: &a {{type: object, properties: {{a: {{type: string}}}}}}\n{all}"))
    }),
    row("security schemes", 2_000, |n| {
        let all: String = (0..n).map(|i| format!("    K{i}: {{type: apiKey, in: header, name: k{i}}}\n")).collect();
        let paths: String = (0..n)
            .map(|i| {
                format!("  /p{i}: {{get: {{security: [{{K{i}: []}}], responses: {{'204': {{description: ok}}}}}}}}\n")
            })
            .collect();
        document(&paths, &format!("  securitySchemes:\n{all}"))
    }),
    row("anchors", 10_000, |n| {
        schemas(n, |i| format!("{{$anchor: a{i}, type: object, properties: {{a: {{$ref: '#a{}'}}}}}}", (i + 1) % n))
    }),
    row("duplicate keys", 20_000, |n| document("", &format!("  schemas:\n{}", "    A: {type: string}\n".repeat(n)))),
    row("wrong types", 20_000, |n| schemas(n, |_| "{type: strng}".to_owned())),
];

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: Cost, version: 1.0.0}\n";

fn document(paths: &str, components: &str) -> Files {
    let paths = if paths.is_empty() { "paths: {}\n".to_owned() } else { format!("paths:\n{paths}") };
    let components = if components.is_empty() { String::new() } else { format!("components:\n{components}") };
    vec![("spec.yaml", format!("{HEAD}{paths}{components}"))]
}

fn operation(rest: &str) -> String {
    format!("  /a: {{post: {{{rest}, responses: {{'204': {{description: ok}}}}}}}}\n")
}

fn paths(n: usize, rest: impl Fn(usize) -> String) -> Files {
    let path = |i: usize| format!("  /p{i}: {{get: {{{}responses: {{'204': {{description: ok}}}}}}}}\n", rest(i));
    document(&(0..n).map(path).collect::<String>(), "")
}

fn schemas(n: usize, schema: impl Fn(usize) -> String) -> Files {
    let schemas: String = (0..n).map(|i| format!("    S{i}: {}\n", schema(i))).collect();
    document("", &format!("  schemas:\n{schemas}"))
}

/// Schemas that each refer to the next one; the last one is a string.
fn chain(n: usize, link: impl Fn(usize) -> String) -> Files {
    schemas(n + 1, |i| if i == n { "{type: string}".to_owned() } else { link(i + 1) })
}

fn described(text: &str) -> Files {
    document("", &format!("  schemas:\n    S: {{type: object, properties: {{}}, description: \"{text}\"}}\n"))
}

fn enumeration(n: usize, value: impl Fn(usize) -> String) -> Files {
    document("", &format!("  schemas:\n    E: {{type: string, enum: [{}]}}\n", list(n, value)))
}

fn overlay(n: usize, target: &str, rest: &str) -> Files {
    let mut files = schemas(n, |_| "{type: string}".to_owned());
    let rest = if rest.is_empty() { ", update: {x-a: 1}" } else { rest };
    files.push((
        "overlay.yaml",
        format!("overlay: 1.0.0\ninfo: {{title: O, version: 1.0.0}}\nactions: [{{target: '{target}'{rest}}}]\n"),
    ));
    files
}

fn list(n: usize, item: impl Fn(usize) -> String) -> String {
    (0..n).map(item).collect::<Vec<_>>().join(", ")
}

/// A different text of punctuation for every number, so that names differ only in what identifiers cannot contain.
fn spaces(i: usize) -> String {
    format!("{i:b}").replace('0', "-").replace('1', ".")
}
