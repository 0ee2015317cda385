//! The page about the API: its files, their headers, and where they are. `tests/docs_page` opens it in a browser.

#![cfg(feature = "docs")]
#![allow(clippy::pedantic, missing_docs, clippy::unwrap_used)]

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use crategen_runtime::models::{Operation, Problem};
use crategen_runtime::server::{Route, Routes, Settings, docs_routes, empty, problem};
use http::{HeaderMap, Request};
use http_body_util::BodyExt as _;
use sha2::{Digest as _, Sha256};
use tower::ServiceExt as _;

const DOCUMENT: &str = r#"{"openapi": "3.1.0", "info": {"title": "Pets", "version": "1"}, "paths": {}}"#;

/// Responds with 204, so that a test can tell an operation from a file.
fn app(base_path: &str, path: &str, operations: &'static [Operation]) -> Router {
    let settings = Settings::new(base_path);
    let route = |operation| Route::new(operation, |_: Arc<()>, _| Box::pin(async { empty(204) }));
    let routes = Routes {
        routes: operations.iter().map(route).collect(),
        operations,
        respond: |(), failure, _| {
            failure.into_response(|rejection| rejection.into_response(), |_| problem(&Problem::of(500)))
        },
    };
    routes.into_router(&Arc::new(()), &settings).merge(docs_routes(&settings, path, DOCUMENT, operations))
}

struct Got {
    status: u16,
    headers: HeaderMap,
    body: Bytes,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

async fn ask(app: &Router, method: &str, path: &str, headers: &[(&str, &str)]) -> Got {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = app.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Got { status: parts.status.as_u16(), headers: parts.headers, body }
}

async fn get(app: &Router, path: &str) -> Got {
    ask(app, "GET", path, &[]).await
}

/// The values of these attributes in a page.
fn attributes<'t>(html: &'t str, names: &[&str]) -> Vec<&'t str> {
    let starts: Vec<String> = names.iter().map(|name| format!("{name}=\"")).collect();
    let values = starts.iter().flat_map(|start| html.split(start.as_str()).skip(1));
    values.map(|rest| rest.split('"').next().unwrap()).collect()
}

const FILES: [(&str, &str); 8] = [
    ("LICENSE", "text/plain; charset=utf-8"),
    ("NOTICE", "text/plain; charset=utf-8"),
    ("favicon-32x32.png", "image/png"),
    ("openapi.json", "application/json"),
    ("page.css", "text/css; charset=utf-8"),
    ("page.js", "text/javascript; charset=utf-8"),
    ("swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
    ("swagger-ui.css", "text/css; charset=utf-8"),
];

#[tokio::test]
async fn the_page_and_its_files_are_served() {
    let app = app("/v1", "/docs", &[]);
    let page = get(&app, "/v1/docs").await;
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    for link in attributes(page.text(), &["src", "href"]) {
        let name = link.strip_prefix("docs/").unwrap();
        assert!(FILES.iter().any(|(known, _)| *known == name), "{link}");
    }
    for (name, media_type) in FILES {
        let file = get(&app, &format!("/v1/docs/{name}")).await;
        assert_eq!((file.status, file.header("content-type")), (200, media_type), "{name}");
        assert!(!file.body.is_empty(), "{name}");
    }
    assert_eq!(get(&app, "/v1/docs/openapi.json").await.text(), DOCUMENT);
    for path in ["/docs", "/v1/docs/index.html", "/v1/docs/page.js/x", "/v1/openapi.json", "/v1/docs/..%2fpage.js"] {
        assert_eq!(get(&app, path).await.status, 404, "{path}");
    }
    assert_eq!(ask(&app, "POST", "/v1/docs", &[]).await.status, 405);
}

#[tokio::test]
async fn every_response_has_the_headers_that_limit_it() {
    let app = app("", "/docs", &[]);
    let paths = FILES.iter().map(|(name, _)| format!("/docs/{name}"));
    for path in paths.chain(["/docs".to_owned(), "/docs/".to_owned()]) {
        let got = get(&app, &path).await;
        let policy = got.header("content-security-policy");
        let directives: Vec<&str> = policy.split("; ").collect();
        for directive in [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        ] {
            assert!(directives.contains(&directive), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains("http"), "{path}: {policy}");
        assert_eq!(got.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(got.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(got.header("x-frame-options"), "DENY", "{path}");
    }
}

#[tokio::test]
async fn the_page_names_no_other_host() {
    let app = app("", "/docs", &[]);
    let page = get(&app, "/docs").await;
    let mut texts = vec![page.text().to_owned()];
    for file in ["page.css", "page.js"] {
        texts.push(get(&app, &format!("/docs/{file}")).await.text().to_owned());
    }
    for text in &texts {
        assert!(!text.contains("http:") && !text.contains("https:") && !text.contains("\"//"), "{text}");
    }
    // Scripts and styles that are part of the page would need an exception of the policy.
    assert!(!page.text().contains("<style") && !page.text().contains("style="));
    assert_eq!(page.text().matches("<script").count(), page.text().matches("<script src=").count());
}

#[tokio::test]
async fn head_has_the_headers_of_get() {
    let app = app("", "/docs", &[]);
    for path in ["/docs", "/docs/swagger-ui-bundle.js"] {
        let (mut get, mut head) = (get(&app, path).await, ask(&app, "HEAD", path, &[]).await);
        assert_eq!((head.status, head.body.len()), (200, 0));
        // RFC 9110 §9.3.2: HEAD may leave out what is only known once the content is generated.
        let length = head.headers.remove("content-length").unwrap();
        assert_eq!(length.to_str().unwrap(), get.body.len().to_string());
        get.headers.remove("content-length");
        assert_eq!(get.headers, head.headers);
    }
}

/// CRC-32 (RFC 1952 §8).
fn checksum(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

#[tokio::test]
async fn clients_get_compressed_files_if_they_ask_for_them() {
    let app = app("", "/docs", &[]);
    for path in ["/docs/swagger-ui-bundle.js", "/docs/swagger-ui.css"] {
        let plain = get(&app, path).await;
        assert_eq!((plain.header("content-encoding"), plain.header("vary")), ("", "accept-encoding"));
        for accepted in ["gzip", "br, gzip;q=0.5", "*", "GZIP ; q=1"] {
            let compressed = ask(&app, "GET", path, &[("accept-encoding", accepted)]).await;
            assert_eq!(compressed.header("content-encoding"), "gzip", "{accepted}");
            assert_eq!(compressed.header("vary"), "accept-encoding");
            assert_ne!(compressed.header("etag"), plain.header("etag"));
            let (rest, trailer) = compressed.body.split_at(compressed.body.len() - 8);
            let unpacked = miniz_oxide::inflate::decompress_to_vec(&rest[10..]).unwrap();
            assert!(unpacked == plain.body);
            let expected = [checksum(&plain.body).to_le_bytes(), (plain.body.len() as u32).to_le_bytes()].concat();
            assert_eq!(trailer, expected);
        }
        for accepted in ["", "identity", "br", "gzip;q=0", "gzip;q=0, *", "*;q=0", "gzip;q=x"] {
            let got = ask(&app, "GET", path, &[("accept-encoding", accepted)]).await;
            assert_eq!(got.header("content-encoding"), "", "{accepted}");
            assert!(got.body == plain.body, "{accepted}");
        }
    }
}

/// The digests are those of `swagger-ui-dist` 5.32.6 in the registry of npm. If they differ, the crate has brought
/// another version: check it in a browser (CRATEGEN_BROWSER), then change them.
#[tokio::test]
async fn the_viewer_is_the_released_one() {
    let app = app("", "/docs", &[]);
    for (name, expected) in [
        ("swagger-ui-bundle.js", "4b5a9b35a1adf37f00d39c0bae23cdb37007e2946240ef035137cc85b4d55349"),
        ("swagger-ui.css", "ca238f7d7c2cf4480c1e77a9c3b9da915ab216e96ffd354e69076560c650c6de"),
    ] {
        let file = get(&app, &format!("/docs/{name}")).await;
        let digest: String = Sha256::digest(&file.body).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(digest, expected, "{name}");
    }
    assert!(get(&app, "/docs/LICENSE").await.text().contains("Apache License"));
}

#[tokio::test]
async fn unchanged_files_are_not_sent_again() {
    let app = app("", "/docs", &[]);
    for path in ["/docs", "/docs/openapi.json", "/docs/swagger-ui.css"] {
        let first = get(&app, path).await;
        assert_eq!(first.header("cache-control"), "no-cache");
        let tag = first.header("etag").to_owned();
        for known in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
            let again = ask(&app, "GET", path, &[("if-none-match", &known)]).await;
            assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, &*tag), "{known}");
        }
        for other in ["\"x\"", "", "W/"] {
            let again = ask(&app, "GET", path, &[("if-none-match", other)]).await;
            assert!(again.status == 200 && again.body == first.body, "{other}");
        }
    }
}

#[tokio::test]
async fn the_page_is_where_the_caller_wants_it() {
    for (base, path, page, folder, root) in [
        ("", "/docs", "/docs", "docs", "../"),
        ("/v1", "docs/", "/v1/docs", "docs", "../"),
        ("/v1", "", "/v1/docs", "docs", "../"),
        ("/v1", "//about/the api", "/v1/about/the%20api", "the%20api", "../../"),
        ("", "/{p}&\"<", "/%7Bp%7D&%22%3C", "%7Bp%7D&amp;%22%3C", "../"),
        ("", ":p/*q", "/%3Ap/%2Aq", "%2Aq", "../../"),
    ] {
        let app = app(base, path, &[]);
        let got = get(&app, page).await;
        assert_eq!(got.status, 200, "{path}");
        assert_eq!(attributes(got.text(), &["data-root"]), [root], "{path}");
        for link in attributes(got.text(), &["src", "href"]) {
            assert!(link.starts_with(&format!("{folder}/")), "{path}: {link}");
        }
        assert_eq!(get(&app, &format!("{page}/openapi.json")).await.text(), DOCUMENT, "{path}");
        // RFC 3986 §5.2: `../docs` is seen from `/docs/`.
        let redirect = ask(&app, "GET", &format!("{page}/"), &[]).await;
        assert_eq!(
            (redirect.status, redirect.header("location")),
            (308, &*format!("../{folder}").replace("&amp;", "&"))
        );
    }
}

#[tokio::test]
async fn operations_keep_their_paths() {
    static OPERATIONS: [Operation; 4] = [
        Operation::new("getDocs", "GET", "/docs"),
        Operation::new("putScript", "PUT", "/docs/page.js"),
        Operation::new("getAny", "GET", "/{any}"),
        Operation::new("getBelow", "GET", "/{any}/{other}"),
    ];
    let app = app("/v1", "/docs", &OPERATIONS);
    for (method, path, status) in [
        ("GET", "/v1/docs", 204),
        ("PUT", "/v1/docs/page.js", 204),
        ("GET", "/v1/docs/page.js", 405),
        ("GET", "/v1/docs/page.css", 200),
        ("GET", "/v1/docs/other", 204),
        ("GET", "/v1/other", 204),
    ] {
        assert_eq!(ask(&app, method, path, &[]).await.status, status, "{method} {path}");
    }
}
