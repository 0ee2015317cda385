//! Converts Swagger 2.0 to the form of OpenAPI 3.0.
//!
//! `definitions`, `parameters`, `responses` and `securityDefinitions` stay where they are, so that references and pointers
//! stay true. Their contents and the operations are converted in place.

use super::collection_formats;
use crate::diag::{Code, Diags, Pointer};
use crate::tree::{Map, Tree};
use crate::vocabulary;

/// Extensions that describe the value of a parameter, and so belong to its schema.
const SCHEMA_EXTENSIONS: [&str; 3] = ["x-nullable", "x-enum-varnames", "x-enum-descriptions"];

const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];

/// Converts a document.
pub(super) fn upgrade(root: &mut Tree, at: &Pointer, diags: &mut Diags) {
    discriminators(root);
    let Some(map) = root.as_object_mut() else { return };
    map.insert("openapi".to_owned(), Tree::from("3.0.3"));
    servers(map);
    let media = Media { consumes: strings(map.get("consumes")), produces: strings(map.get("produces")) };
    let shared = map.get("parameters").cloned().unwrap_or_default();
    for (name, parameter) in object(map, "parameters") {
        if is_body(parameter) {
            shared_body(parameter, &media.consumes);
        } else {
            parameter_object(parameter, &at.push("parameters").push(name), diags);
        }
    }
    for (name, response) in object(map, "responses") {
        response_object(response, &media.produces, &at.push("responses").push(name), diags);
    }
    for (_, scheme) in object(map, "securityDefinitions") {
        security_scheme(scheme);
    }
    let at = at.push("paths");
    for (path, item) in object(map, "paths") {
        path_item(item, &at.push(path), &media, &shared, diags);
    }
}

/// The media types of operations that do not list their own.
#[derive(Clone)]
struct Media {
    consumes: Vec<String>,
    produces: Vec<String>,
}

fn object<'m>(map: &'m mut Map, key: &str) -> impl Iterator<Item = (&'m String, &'m mut Tree)> + use<'m> {
    map.get_mut(key).and_then(Tree::as_object_mut).into_iter().flatten()
}

fn strings(tree: Option<&Tree>) -> Vec<String> {
    let items = tree.and_then(Tree::as_array).unwrap_or_default();
    items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect()
}

/// Converts `discriminator: petType` to `discriminator: {propertyName: petType}` in every schema.
fn discriminators(root: &mut Tree) {
    root.walk_mut(vocabulary::document(true), &mut |tree, kind| {
        if !kind.is_schema() {
            return;
        }
        if let Some(value @ Tree::String(_)) = tree.as_object_mut().and_then(|map| map.get_mut("discriminator")) {
            let name = std::mem::take(value);
            *value = [("propertyName".to_owned(), name)].into_iter().collect();
        }
    });
}

/// Converts `schemes`, `host` and `basePath` to `servers`.
fn servers(map: &mut Map) {
    let text = |key: &str| map.get(key).and_then(Tree::as_str).unwrap_or_default().to_owned();
    let (host, base) = (text("host"), text("basePath"));
    if host.is_empty() && base.is_empty() {
        return;
    }
    let mut schemes = strings(map.get("schemes"));
    schemes.retain(|scheme| matches!(scheme.as_str(), "http" | "https"));
    // Clients use the first server, so HTTPS comes first.
    schemes.sort_by_key(|scheme| scheme != "https");
    let urls: Vec<String> = match (host.as_str(), schemes.as_slice()) {
        ("", _) => vec![base],
        (host, []) => vec![format!("https://{host}{base}")],
        (host, schemes) => schemes.iter().map(|scheme| format!("{scheme}://{host}{base}")).collect(),
    };
    let servers = urls.into_iter().map(|url| [("url".to_owned(), Tree::String(url))].into_iter().collect());
    map.insert("servers".to_owned(), Tree::Array(servers.collect()));
}

fn path_item(item: &mut Tree, at: &Pointer, media: &Media, shared: &Tree, diags: &mut Diags) {
    let Some(item) = item.as_object_mut() else { return };
    let common = take_body(item.get_mut("parameters"), at, shared, diags);
    for (method, operation) in item.iter_mut().filter(|(key, _)| METHODS.contains(&key.as_str())) {
        let Some(operation) = operation.as_object_mut() else { continue };
        let at = at.push(method);
        let or = |key: &str, fallback: &Vec<String>| {
            if operation.contains_key(key) { strings(operation.get(key)) } else { fallback.clone() }
        };
        let own = Media { consumes: or("consumes", &media.consumes), produces: or("produces", &media.produces) };
        let mut taken = take_body(operation.get_mut("parameters"), &at, shared, diags);
        let is_overridden = |other: &Taken| taken.iter().any(|own| own.is_same(other));
        let inherited: Vec<Taken> = common.iter().filter(|other| !is_overridden(other)).cloned().collect();
        taken.extend(inherited);
        report_fields_beside_body(&taken, &at.push("parameters"), diags);
        let reference = (own.consumes == media.consumes).then(|| shared_reference(&taken)).flatten();
        if let Some(body) = reference.or_else(|| request_body(&taken, &own.consumes)) {
            operation.insert("requestBody".to_owned(), body);
        }
        report_schemes(operation, &at, diags);
        let at = at.push("responses");
        for (status, response) in object(operation, "responses") {
            let at = at.push(status);
            response_object(response, &own.produces, &at, diags);
        }
    }
}

/// Reports the schemes of an operation (Swagger 2.0, Operation Object): OpenAPI 3.0 has servers instead, which name a host as well.
fn report_schemes(operation: &mut Map, at: &Pointer, diags: &mut Diags) {
    if operation.shift_remove("schemes").is_some() {
        let message = "the `schemes` of an operation are ignored; those of the document are used";
        diags.warn(Code::IgnoredKey, &at.push("schemes"), message).help("remove them");
    }
}

/// A body or form parameter of an operation.
#[derive(Clone)]
struct Taken {
    parameter: Tree,
    /// The reference to the shared parameter that it is.
    reference: Option<Tree>,
}

impl Taken {
    /// Whether it overrides another one: both are the body, or the same field (Swagger 2.0, Operation Object).
    fn is_same(&self, other: &Self) -> bool {
        let name = |taken: &Self| taken.parameter.get("name").cloned();
        match (is_body(&self.parameter), is_body(&other.parameter)) {
            (false, false) => name(self) == name(other),
            (own, other) => own && other,
        }
    }
}

fn is_body(parameter: &Tree) -> bool {
    parameter.get("in").and_then(Tree::as_str) == Some("body")
}

/// Converts a shared body parameter to a request body, which keeps what makes it a parameter. Operations with the media types of the
/// document refer to it.
fn shared_body(parameter: &mut Tree, consumes: &[String]) {
    let taken = Taken { parameter: parameter.clone(), reference: None };
    let body = request_body(&[taken], consumes).unwrap_or_default();
    if let (Some(parameter), Tree::Object(body)) = (parameter.as_object_mut(), body) {
        parameter.shift_remove("schema");
        parameter.extend(body);
    }
}

/// The reference to a shared body parameter, if that is the body.
fn shared_reference(taken: &[Taken]) -> Option<Tree> {
    let body = taken.iter().find(|taken| is_body(&taken.parameter))?;
    body.reference.clone()
}

/// Takes the body and form parameters out of a list, and converts the others.
fn take_body(parameters: Option<&mut Tree>, at: &Pointer, shared: &Tree, diags: &mut Diags) -> Vec<Taken> {
    let Some(Tree::Array(items)) = parameters else { return Vec::new() };
    let at = at.push("parameters");
    let mut taken = Vec::new();
    let mut kept = Vec::new();
    for (index, mut item) in std::mem::take(items).into_iter().enumerate() {
        let reference = item.get("$ref").and_then(Tree::as_str);
        let shared = reference.and_then(|text| text.strip_prefix("#/parameters/")).and_then(|name| shared.get(name));
        let place = shared.unwrap_or(&item).get("in").and_then(Tree::as_str).unwrap_or_default();
        if matches!(place, "body" | "formData") {
            // The definition of a shared parameter was converted before.
            let is_own = shared.is_none();
            let (mut parameter, reference) = match shared {
                Some(shared) => (shared.clone(), Some(item)),
                None => (item, None),
            };
            if is_own && parameter.get("allowEmptyValue").and_then(Tree::as_bool) == Some(true) {
                let message = "`allowEmptyValue` is ignored: an empty value is read as an empty string";
                diags.warn(Code::IgnoredKey, &at.index(index).push("allowEmptyValue"), message).help("remove it");
            }
            if let Some(map) = parameter.as_object_mut() {
                collection_formats::convert(map, &at.index(index), is_own.then_some(&mut *diags));
            }
            taken.push(Taken { parameter, reference });
        } else {
            parameter_object(&mut item, &at.index(index), diags);
            kept.push(item);
        }
    }
    *items = kept;
    taken
}

/// Reports form fields beside a body, which Swagger 2.0 excludes (Parameter Object): the body is used.
fn report_fields_beside_body(taken: &[Taken], at: &Pointer, diags: &mut Diags) {
    if !taken.iter().any(|taken| is_body(&taken.parameter)) {
        return;
    }
    for field in taken.iter().filter(|taken| !is_body(&taken.parameter)) {
        let name = field.parameter.get("name").and_then(Tree::as_str).unwrap_or_default();
        let message = format!("a request has a body or form fields, not both; the field `{name}` is left out");
        diags
            .warn(Code::LeftOut, at, message)
            .help("make it a property of the body, or make the body fields of the form");
    }
}

/// Moves the keys that describe the value into `schema`, and converts `collectionFormat` to `style` and `explode`.
fn parameter_object(parameter: &mut Tree, at: &Pointer, diags: &mut Diags) {
    let Some(map) = parameter.as_object_mut() else { return };
    if map.contains_key("$ref") || map.contains_key("schema") {
        return;
    }
    collection_formats::convert(map, at, Some(diags));
    let schema = take_schema(map);
    map.insert("schema".to_owned(), schema);
}

/// Takes the keys out of a parameter or a header that are keys of its schema in OpenAPI 3.0.
fn take_schema(map: &mut Map) -> Tree {
    let keys = vocabulary::ITEMS.iter().map(|(key, _)| *key).chain(SCHEMA_EXTENSIONS);
    keys.filter_map(|key| Some((key.to_owned(), map.shift_remove(key)?))).collect()
}

/// Converts a body parameter, or all form parameters, to a request body.
fn request_body(taken: &[Taken], consumes: &[String]) -> Option<Tree> {
    let parameters = taken.iter().map(|taken| &taken.parameter);
    let body = parameters.clone().find(|parameter| is_body(parameter));
    let mut request = Map::default();
    let (media, schema, encoding, required) = match body {
        Some(body) => {
            if let Some(description) = body.get("description") {
                request.insert("description".to_owned(), description.clone());
            }
            let media = if consumes.is_empty() { vec!["application/json".to_owned()] } else { consumes.to_vec() };
            let required = body.get("required").and_then(Tree::as_bool).unwrap_or(false);
            (media, body.get("schema").cloned().unwrap_or(Tree::Bool(true)), Map::default(), required)
        }
        None if taken.is_empty() => return None,
        None => form(parameters.cloned().collect(), consumes),
    };
    let content = media.into_iter().map(|media| {
        let mut content = Map::default();
        content.insert("schema".to_owned(), schema.clone());
        if !encoding.is_empty() {
            content.insert("encoding".to_owned(), Tree::Object(encoding.clone()));
        }
        (media, Tree::Object(content))
    });
    request.insert("content".to_owned(), content.collect());
    request.insert("required".to_owned(), Tree::Bool(required));
    Some(Tree::Object(request))
}

/// The media types, the schema and the encodings of a form, and whether it is required.
fn form(parameters: Vec<Tree>, consumes: &[String]) -> (Vec<String>, Tree, Map, bool) {
    let file = parameters.iter().any(|parameter| parameter.get("type").and_then(Tree::as_str) == Some("file"));
    let mut media: Vec<String> =
        consumes.iter().filter(|media| media.contains("form-data") || media.contains("urlencoded")).cloned().collect();
    if media.is_empty() {
        media.push(if file { "multipart/form-data" } else { "application/x-www-form-urlencoded" }.to_owned());
    }
    let mut properties = Map::default();
    let mut encodings = Map::default();
    let mut required = Vec::new();
    for mut parameter in parameters {
        let Some(map) = parameter.as_object_mut() else { continue };
        let Some(name) = map.get("name").and_then(Tree::as_str).map(str::to_owned) else { continue };
        if map.get("required").and_then(Tree::as_bool) == Some(true) {
            required.push(Tree::from(name.as_str()));
        }
        let style = ["style", "explode"].into_iter().filter_map(|key| Some((key.to_owned(), map.shift_remove(key)?)));
        let style: Map = style.collect();
        // A list of files is a part for each.
        let of_files = map.get("items").and_then(|items| items.get("type")).and_then(Tree::as_str) == Some("file");
        if !style.is_empty() && !of_files {
            encodings.insert(name.clone(), Tree::Object(style));
        }
        let mut schema = take_schema(map);
        if let Some(schema) = schema.as_object_mut() {
            let of_property = ["description", "x-rust-name"].into_iter();
            schema.extend(of_property.filter_map(|key| Some((key.to_owned(), map.get(key)?.clone()))));
        }
        properties.insert(name, schema);
    }
    let any = !required.is_empty();
    let mut schema = Map::default();
    schema.insert("type".to_owned(), Tree::from("object"));
    schema.insert("properties".to_owned(), Tree::Object(properties));
    if any {
        schema.insert("required".to_owned(), Tree::Array(required));
    }
    (media, Tree::Object(schema), encodings, any)
}

/// Moves `schema` and `examples` into `content`, and the keys of headers into their schemas.
fn response_object(response: &mut Tree, produces: &[String], at: &Pointer, diags: &mut Diags) {
    let Some(map) = response.as_object_mut().filter(|map| !map.contains_key("$ref")) else { return };
    let (at, of_headers) = (at, at.push("headers"));
    for (name, header) in object(map, "headers") {
        let Some(header) = header.as_object_mut() else { continue };
        if !header.contains_key("$ref") && !header.contains_key("schema") {
            collection_formats::convert(header, &of_headers.push(name), Some(&mut *diags));
            let schema = take_schema(header);
            header.insert("schema".to_owned(), schema);
        }
    }
    let examples = map.shift_remove("examples").unwrap_or_default();
    let Some(schema) = map.shift_remove("schema") else {
        report_examples(&examples, &[], at, diags);
        return;
    };
    let file = schema.get("type").and_then(Tree::as_str) == Some("file");
    let fallback = if file { "application/octet-stream" } else { "application/json" };
    let media = if produces.is_empty() { vec![fallback.to_owned()] } else { produces.to_vec() };
    report_examples(&examples, &media, at, diags);
    let content = media.into_iter().map(|media| {
        let mut content = Map::default();
        content.insert("schema".to_owned(), schema.clone());
        if let Some(example) = examples.get(&media) {
            content.insert("example".to_owned(), example.clone());
        }
        (media, Tree::Object(content))
    });
    map.insert("content".to_owned(), content.collect());
}

/// Reports examples of a response that has no body of their media type.
fn report_examples(examples: &Tree, produced: &[String], at: &Pointer, diags: &mut Diags) {
    for (media, _) in examples.as_object().into_iter().flatten().filter(|(media, _)| !produced.contains(media)) {
        let message = format!("the example of `{media}` is ignored: the response has no body of this media type");
        diags
            .warn(Code::IgnoredKey, &at.push("examples").push(media), message)
            .help("add the media type to `produces`, and a `schema` to the response");
    }
}

/// Converts `basic` to `http`, and the keys of `oauth2` to `flows`.
fn security_scheme(scheme: &mut Tree) {
    let Some(map) = scheme.as_object_mut() else { return };
    match map.get("type").and_then(Tree::as_str) {
        Some("basic") => {
            map.insert("type".to_owned(), Tree::from("http"));
            map.insert("scheme".to_owned(), Tree::from("basic"));
        }
        Some("oauth2") if !map.contains_key("flows") => {
            let flow = match map.get("flow").and_then(Tree::as_str) {
                Some("application") => "clientCredentials",
                Some("password") => "password",
                Some("implicit") => "implicit",
                _ => "authorizationCode",
            };
            let taken = |key: &str| map.get(key).cloned();
            let mut inner = Map::default();
            for key in ["authorizationUrl", "tokenUrl"] {
                inner.insert(key.to_owned(), taken(key).unwrap_or_else(|| Tree::from("")));
            }
            inner.insert("scopes".to_owned(), taken("scopes").unwrap_or_else(|| Tree::Object(Map::default())));
            let flows = [(flow.to_owned(), Tree::Object(inner))].into_iter().collect();
            map.insert("flows".to_owned(), flows);
        }
        _ => {}
    }
}
