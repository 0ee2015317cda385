//! The documentation page in a browser: it shows the API, lets people try it, and contacts no other host.
//!
//! The tests need Chromium, so they run only if `CRATEGEN_BROWSER` is set: to 1, or to the path of the program.

#![cfg(unix)]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod browser;

use std::collections::BTreeSet;

use appwrite_server::{Server, mock::Mock};
use axum::Router;
use axum::extract::Request;
use crategen::{Config, Source};
use crategen_runtime::server::{Settings, docs_routes};
use http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE};
use serde_json::{Value, json};

use browser::Browser;

/// Runs a test in a browser, against servers on this machine.
fn in_browser(test: impl FnOnce(&mut Browser, &tokio::runtime::Runtime)) {
    let Some(program) = browser::program() else {
        eprintln!("skipped: set CRATEGEN_BROWSER=1 to test with Chromium");
        return;
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    test(&mut Browser::start(&program), &runtime);
}

/// Serves an app on a free port, and returns its URL.
fn serve(runtime: &tokio::runtime::Runtime, app: Router) -> String {
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    runtime.spawn(async move { axum::serve(listener, app).await });
    url
}

/// The page of any document, on a server that responds with what was requested.
fn echo(document: &Value) -> Router {
    let document: &'static str = Box::leak(document.to_string().into_boxed_str());
    docs_routes(&Settings::new("/v1"), "/docs", document, &[]).fallback(async |request: Request| {
        let header = |name| request.headers().get(name).map(|value| value.to_str().unwrap_or_default().to_owned());
        let seen = json!({
            "request": format!("{} {}", request.method(), request.uri()),
            "cookie": header(COOKIE),
            "authorization": header(AUTHORIZATION),
        });
        ([(CONTENT_TYPE, "application/json")], seen.to_string())
    })
}

/// Asserts that only the server was asked, and that the page did nothing that it may not do.
fn assert_harmless(browser: &mut Browser, url: &str, context: &str) {
    let own = format!(" {url}/");
    let others = browser.requests().into_iter().filter(|request| {
        !request.contains(&own) && !request.contains(" data:image/svg+xml") && !request.contains(" blob:")
    });
    assert_eq!(others.collect::<Vec<_>>(), Vec::<String>::new(), "{context}: requests of other hosts");
    assert_eq!(browser.exceptions(), Vec::<String>::new(), "{context}: errors of scripts");
}

/// Opens the details of every operation, and fills in nothing.
const OPEN_ALL: &str = "document.querySelectorAll('.opblock:not(.is-open) .opblock-summary-control, \
    .opblock-tag[data-is-open=false], .models-control[aria-expanded=false]').forEach(e => e.click())";

/// The methods and paths that the page lists.
fn listed(browser: &mut Browser) -> Vec<String> {
    let script = "Array.from(document.querySelectorAll('.opblock'), e => \
        e.querySelector('.opblock-summary-method').innerText + ' ' + e.querySelector('[data-path]').dataset.path)";
    serde_json::from_value(browser.evaluate(script)).unwrap()
}

/// Executes the operation whose details are open, and returns the status and the body of the response.
fn execute(browser: &mut Browser) -> (String, String) {
    browser.click(".opblock.is-open .execute");
    let status = browser.text(".live-responses-table tbody .response-col_status");
    let body = browser.text(".live-responses-table .response-col_description .highlight-code");
    (status.split_whitespace().next().unwrap_or_default().to_owned(), body)
}

#[test]
fn the_page_shows_the_api_and_tries_it_out() {
    in_browser(|browser, runtime| {
        // Below another path, as behind a proxy that passes it on.
        let app = Router::new().nest("/prefix", Server::new(Mock).docs("/docs").into_router());
        let url = serve(runtime, app);
        // With a slash at its end, which the server takes away.
        browser.open(&format!("{url}/prefix/v1/docs/"));

        assert!(browser.text(".info .title").starts_with("Appwrite API"));
        assert_eq!(browser.evaluate("document.title"), "Appwrite API");
        assert_eq!(browser.text(".info .link"), "/prefix/v1/docs/openapi.json");
        let expected = ["GET /account", "GET /users", "POST /users", "GET /databases", "GET /storage/buckets"];
        assert_eq!(listed(browser), expected);

        browser.click("[id$=createUser] .opblock-summary-control");
        for part in ["Creates a new user account", "newuser@example.com", "201", "409", "User with this email already"]
        {
            browser.expect("[id$=createUser] .opblock-body", part);
        }
        browser.click("[id$=createUser] .try-out__btn");
        let (status, body) = execute(browser);
        assert_eq!(status, "401", "{body}");

        browser.click(".auth-wrapper .authorize");
        browser.expect(".dialog-ux .modal-ux", "X-Appwrite-Project");
        browser.enter(".dialog-ux input", "project-1");
        browser.click(".dialog-ux .auth-btn-wrapper .authorize");
        browser.click(".dialog-ux .btn-done");
        browser.click("[id$=createUser] .btn-clear");
        let (status, body) = execute(browser);
        assert_eq!(status, "201", "{body}");
        // The document has no example of this response, so the mock makes one.
        assert!(body.contains("\"labels\""), "{body}");

        let requests = browser.requests();
        let sent = requests.iter().filter(|request| **request == format!("POST {url}/prefix/v1/users"));
        assert_eq!(sent.count(), 2, "{requests:#?}");
        assert_eq!(browser.violations(), Vec::<String>::new());
        assert_harmless(browser, &url, "the mock");
    });
}

/// The operations and webhooks of a document: methods and paths.
fn operations_of(document: &Value) -> BTreeSet<String> {
    const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];
    let mut found = BTreeSet::new();
    for (path, item) in ["paths", "webhooks"].iter().flat_map(|key| document[key].as_object().into_iter().flatten()) {
        let target = item["$ref"].as_str().and_then(|reference| document.pointer(reference.trim_start_matches('#')));
        for item in std::iter::once(item).chain(target) {
            let known = item.as_object().into_iter().flatten().filter(|(key, _)| METHODS.contains(&key.as_str()));
            let added = item["additionalOperations"].as_object().into_iter().flatten();
            let operations = known.chain(added).filter(|(_, operation)| operation.is_object());
            found.extend(operations.map(|(method, _)| format!("{} {path}", method.to_uppercase())));
        }
    }
    found
}

#[test]
fn the_page_is_complete_for_every_case() {
    in_browser(|browser, runtime| {
        for path in e2e::files(&e2e::root().join("tests/cases"), &["yaml"]) {
            if !path.ends_with("spec.yaml") {
                continue;
            }
            let (bundle, _) = crategen::bundle(Source::file(&path).unwrap(), &Config::default()).unwrap();
            let (document, case) = (serde_json::from_str(&bundle.to_json()).unwrap(), path.display().to_string());
            let url = serve(runtime, echo(&document));
            browser.open(&format!("{url}/v1/docs"));
            let title = browser.text(".info .title");
            assert!(title.starts_with(document["info"]["title"].as_str().unwrap_or_default()), "{case}: {title}");
            let listed: BTreeSet<String> = listed(browser).into_iter().collect();
            assert_eq!(listed, operations_of(&document), "{case}");
            browser.evaluate(OPEN_ALL);
            browser.wait_for("!document.querySelector('.opblock .loading')");
            assert_eq!(browser.violations(), Vec::<String>::new(), "{case}");
            assert_harmless(browser, &url, &case);
        }
    });
}

#[test]
fn requests_go_to_the_server_of_the_page_in_every_dialect() {
    let responses = json!({ "200": { "description": "ok" } });
    let elsewhere = json!([{ "url": "https://other.example/v9" }]);
    let mut modern = json!({
        "openapi": "3.1.0",
        "info": { "title": "Modern", "version": "1" },
        "servers": elsewhere,
        "paths": { "/pets": { "servers": elsewhere, "get": { "servers": elsewhere, "responses": responses } } },
    });
    let old = json!({
        "swagger": "2.0",
        "info": { "title": "Old", "version": "1" },
        "host": "other.example",
        "basePath": "/v9",
        "schemes": ["https"],
        "paths": { "/pets": { "get": { "schemes": ["wss"], "responses": responses } } },
    });
    let with_version = |document: &mut Value, version: &str| {
        document["openapi"] = json!(version);
        document.clone()
    };
    let documents = [old, with_version(&mut modern, "3.0.3"), with_version(&mut modern, "3.2.0"), modern];
    in_browser(|browser, runtime| {
        for document in documents {
            let url = serve(runtime, echo(&document));
            browser.open(&format!("{url}/v1/docs"));
            browser.click(".opblock-summary-control");
            browser.click(".try-out__btn");
            let (status, body) = execute(browser);
            assert_eq!(status, "200");
            assert!(body.contains("GET /v1/pets"), "{document}: {body}");
            assert_harmless(browser, &url, "dialects");
        }
    });
}

#[test]
fn identifiers_are_found_in_the_document() {
    let pet = json!({
        "$id": "https://elsewhere.example/schemas/pet",
        "type": "object",
        "properties": { "owner": { "$ref": "owner" }, "tag": { "$ref": "#/$defs/tag" }, "$id": { "type": "string" } },
        "$defs": { "tag": { "type": "string", "description": "The tag of a pet" } },
    });
    let owner = json!({
        "$id": "https://elsewhere.example/schemas/owner",
        "type": "object",
        "properties": { "home": { "$ref": "#home" }, "old": { "$ref": "#old" } },
        "$defs": {
            "a/b": { "$anchor": "home", "type": "string", "description": "The home of an owner" },
            "c": { "$id": "#old", "type": "string", "description": "An anchor of an older draft" },
        },
    });
    let document = json!({
        "openapi": "3.2.0",
        "$self": "https://elsewhere.example/api",
        "info": { "title": "Identifiers", "version": "1" },
        "paths": { "/odd": { "$ref": "#/paths/%zz/x" }, "/pets": { "get": { "responses": { "default": { "description": "ok", "content": { "application/json": {
            "schema": { "$ref": "schemas/pet" },
            "example": { "$id": "an example" },
        } } } } } } },
        "components": { "schemas": { "Pet": pet, "Owner": owner, "Same": { "$ref": "api#/components/schemas/Owner" } } },
    });
    in_browser(|browser, runtime| {
        let url = serve(runtime, echo(&document));
        browser.open(&format!("{url}/v1/docs"));
        browser.click(".opblock-summary-control");
        browser.expect(".responses-table", "an example");
        browser.evaluate(OPEN_ALL);
        browser.click(".responses-table .tablinks[data-name=model]");
        for part in ["The tag of a pet", "The home of an owner", "An anchor of an older draft", "$id"] {
            browser.expect(".responses-table", part);
        }
        assert_eq!(browser.violations(), Vec::<String>::new());
        assert_harmless(browser, &url, "identifiers");
    });
}

#[test]
fn methods_that_the_viewer_does_not_know_are_tried_out() {
    let operation = json!({
        "tags": ["Pets"],
        "servers": [{ "url": "https://other.example" }],
        "responses": { "200": { "description": "ok" } },
    });
    let document = json!({
        "openapi": "3.2.0",
        "info": { "title": "Methods", "version": "1" },
        "tags": [{ "name": "Pets", "description": "All of them" }],
        "paths": { "/pets": { "additionalOperations": { "COPY": operation } } },
    });
    in_browser(|browser, runtime| {
        let url = serve(runtime, echo(&document));
        browser.open(&format!("{url}/v1/docs"));
        browser.click(".opblock-summary-control");
        assert_eq!(listed(browser), ["COPY /pets"]);
        browser.expect(".opblock-tag", "All of them");
        browser.click(".try-out__btn");
        let (_, body) = execute(browser);
        assert!(body.contains("COPY /v1/pets"), "{body}");
        assert_harmless(browser, &url, "methods");
    });
}

#[test]
fn cookies_and_tokens_are_sent() {
    let flows = json!({ "clientCredentials": {
        "tokenUrl": "https://id.example/token",
        "scopes": { "read": "See pets" },
    } });
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "Credentials", "version": "1" },
        "security": [{ "session": [], "token": ["read"] }],
        "paths": { "/odd": { "$ref": "#/paths/%zz/x" }, "/pets": { "get": { "responses": { "default": { "description": "ok" } } } } },
        "components": { "securitySchemes": {
            "session": { "type": "apiKey", "in": "cookie", "name": "sid" },
            "token": { "type": "oauth2", "description": "For machines.", "flows": flows },
        } },
    });
    in_browser(|browser, runtime| {
        let url = serve(runtime, echo(&document));
        browser.open(&format!("{url}/v1/docs"));
        browser.click(".auth-wrapper .authorize");
        for part in ["For machines.", "https://id.example/token", "See pets"] {
            browser.expect(".dialog-ux .modal-ux", part);
        }
        for (input, value) in [("#api_key_value", "abc"), ("#auth-bearer-value", "a-token")] {
            browser.enter(input, value);
            browser.click(&format!(".auth-container:has({input}) .authorize"));
        }
        browser.click(".dialog-ux .btn-done");
        browser.click(".opblock-summary-control");
        browser.click(".try-out__btn");
        let (_, body) = execute(browser);
        assert!(body.contains("\"cookie\": \"sid=abc\""), "{body}");
        assert!(body.contains("\"authorization\": \"Bearer a-token\""), "{body}");
        assert_harmless(browser, &url, "credentials");
    });
}

/// Texts that run a script, or contact another host, where a page takes them for HTML or Markdown.
const HOSTILE: &str = "<img src=x onerror=hack()><img src=https://evil.example/a.png><script>hack()</script>\
    <svg onload=hack()></svg><iframe srcdoc='<script>parent.hack()</script>'></iframe><a href='javascript:hack()'>a</a>\
    <style>@import 'https://evil.example/a.css';</style><b style='background:url(https://evil.example/b)'>b</b>\
    <form action=https://evil.example><button>c</button></form><link rel=stylesheet href=https://evil.example/c.css>\
    ![d](https://evil.example/d.png) [e](javascript:hack()) ${hack()} {{hack()}} </script><script>hack()</script>";

#[test]
fn texts_of_the_document_stay_texts() {
    let schema = json!({
        "$id": "https://evil.example/schema",
        "$schema": "https://evil.example/dialect",
        "title": HOSTILE,
        "description": HOSTILE,
        "type": "object",
        "properties": { HOSTILE: { "type": "string", "enum": [HOSTILE], "default": HOSTILE, "example": HOSTILE } },
        "externalDocs": { "url": "javascript:hack()", "description": HOSTILE },
    });
    let content = json!({ "application/json": {
        "schema": { "$ref": "#/components/schemas/Pet" },
        "examples": { HOSTILE: { "summary": HOSTILE, "description": HOSTILE, "value": HOSTILE } },
    } });
    let docs = json!({ "url": "javascript:hack()", "description": HOSTILE });
    let document = json!({
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://evil.example/dialect",
        "info": {
            "title": HOSTILE, "summary": HOSTILE, "description": HOSTILE, "version": HOSTILE,
            "termsOfService": "javascript:hack()",
            "contact": { "name": HOSTILE, "url": "javascript:hack()", "email": "'onclick='hack()" },
            "license": { "name": HOSTILE, "url": "javascript:hack()" },
        },
        "externalDocs": docs,
        "tags": [{ "name": HOSTILE, "description": HOSTILE, "externalDocs": docs }],
        "security": [{ "key": [], "people": [] }],
        "paths": { "/pets/{id}": { "post": {
            "tags": [HOSTILE], "summary": HOSTILE, "description": HOSTILE, "operationId": HOSTILE, "externalDocs": docs,
            "parameters": [{ "name": "id", "in": "path", "required": true, "description": HOSTILE, "example": HOSTILE,
                "schema": { "type": "string", "pattern": HOSTILE } }],
            "requestBody": { "description": HOSTILE, "content": content },
            "responses": {
                "200": { "description": HOSTILE, "content": content, "headers": { "X-A": { "description": HOSTILE } } },
                "400": { "description": "b", "content": { "application/json": {
                    "schema": { "$ref": "https://evil.example/schema.json" } } } },
            },
        } } },
        "components": {
            "schemas": { "Pet": schema },
            "securitySchemes": {
                "key": { "type": "apiKey", "in": "header", "name": "X-Key", "description": HOSTILE },
                "people": { "type": "openIdConnect", "openIdConnectUrl": "https://evil.example/discover", "description": HOSTILE },
            },
        },
    });
    in_browser(|browser, runtime| {
        let url = serve(runtime, echo(&document));
        browser.call(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": "window.hack = () => window.hacked = true" }),
        );
        browser.open(&format!("{url}/v1/docs"));
        browser.click(".opblock-summary-control");
        browser.evaluate(OPEN_ALL);
        browser.click(".try-out__btn");
        browser.wait_for("!!document.querySelector('.response-col_description__inner')");
        browser.click(".auth-wrapper .authorize");
        browser.expect(".dialog-ux .modal-ux", "X-Key");
        let protocols =
            browser.evaluate("[...new Set(Array.from(document.links, link => link.protocol))].sort().join()");
        assert_eq!(protocols, "about:,http:,https:,mailto:");
        browser.evaluate("document.querySelectorAll('a:not([href^=http], [href^=mailto])').forEach(e => e.click())");
        std::thread::sleep(std::time::Duration::from_millis(500));
        assert_eq!(browser.evaluate("window.hacked ?? false"), false);
        assert_eq!(
            browser
                .evaluate("document.querySelectorAll('#page :is(script, style, iframe, form[action], link)').length"),
            0
        );
        assert_harmless(browser, &url, "hostile texts");
    });
}
