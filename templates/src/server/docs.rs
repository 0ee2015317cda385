//! Routes of the OpenAPI document and of a page about it.

use std::fmt::Write as _;

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use axum::routing::get;
use http::HeaderValue;
use http::header::CONTENT_TYPE;

use super::router::Settings;
use crate::models::Operation;

/// Creates routes for the document and a page about it: `openapi.json` and `docs`, below the base path.
pub fn docs_routes<S: Clone + Send + Sync + 'static>(
    settings: &Settings,
    document: &'static str,
    operations: &'static [Operation],
) -> Router<S> {
    let base = &settings.base_path;
    let page = page(operations);
    Router::new()
        .route(&format!("{base}/openapi.json"), get(async move || text("application/json", document.into())))
        .route(&format!("{base}/docs"), get(async move || text("text/html; charset=utf-8", page.clone().into())))
}

fn text(media_type: &'static str, body: Body) -> Response {
    let mut response = Response::new(body);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    response
}

/// Returns a self-contained page that lists all operations.
fn page(operations: &[Operation]) -> String {
    let mut rows = String::new();
    for operation in operations {
        let cells = [operation.method, operation.path, operation.id, operation.summary].map(escape);
        let _ = writeln!(rows, "<tr><td>{}</td></tr>", cells.join("</td><td>"));
    }
    format!(
        "<!doctype html><meta charset=utf-8><title>API</title>\
         <style>body{{font-family:sans-serif;margin:2em}}td{{padding:.2em 1em;font-family:monospace}}</style>\
         <h1>Operations</h1><p><a href=openapi.json>openapi.json</a></p><table>\n{rows}</table>\n"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
