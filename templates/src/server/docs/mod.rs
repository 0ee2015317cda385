//! A page about the API, which shows the document and sends requests to the server. It contacts no other host.
//!
//! The page is Swagger UI, because that reads every dialect that crategen reads (Swagger 2.0, OpenAPI 3.0, 3.1 and 3.2),
//! and because it works without inline scripts, inline styles and `eval`. Its files come from a crate without a build
//! script, `utoipa-swagger-ui-vendored`, so they are not part of this one. `page.js` adapts the document to the page.

mod archive;
mod file;

use std::sync::Arc;

use axum::Router;
use axum::routing::{MethodRouter, get};
use http::HeaderMap;
use http::header::{HeaderValue, LOCATION};
use utoipa_swagger_ui_vendored::SWAGGER_UI_VENDORED;

use super::router::{Settings, route_path};
use super::template::{Template, escaped};
use crate::models::Operation;
use archive::Archive;
use file::File;

/// The files of the viewer: where they are in its archive, and their media type.
const OF_VIEWER: [(&str, &str); 5] = [
    ("dist/swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
    ("dist/swagger-ui.css", "text/css; charset=utf-8"),
    ("dist/favicon-32x32.png", "image/png"),
    ("LICENSE", "text/plain; charset=utf-8"),
    ("NOTICE", "text/plain; charset=utf-8"),
];

/// Creates the routes of a page about the API: the page at `path`, and what it consists of below that. `path` is below
/// the base path; without a segment, it is `/docs`.
///
/// A path that an operation has is left to the operation, but a path of the page wins over a template that matches it, such as
/// `/docs/{name}`. A warning is logged in both cases.
pub fn docs_routes<S: Clone + Send + Sync + 'static>(
    settings: &Settings,
    path: &str,
    document: &'static str,
    operations: &[Operation],
) -> Router<S> {
    let page = Page::new(&settings.base_path, path);
    let taken = |path: &str| operations.iter().any(|operation| route_path(&settings.base_path, operation.path) == path);
    let mut router = Router::new();
    for (path, served) in page.routes(document) {
        if taken(&path) {
            tracing::warn!(
                path,
                "an operation uses a path of the documentation page; that part of the page is not served"
            );
            continue;
        }
        let below = path.strip_prefix(&settings.base_path).unwrap_or(&path);
        if let Some(operation) =
            operations.iter().find(|operation| Template::new(operation.path).captures(below, 0).is_some())
        {
            tracing::warn!(
                path,
                operation = operation.path,
                "the documentation page is served instead of this operation"
            );
        }
        router = router.route(&path, served);
    }
    router
}

/// Where the page is.
struct Page {
    /// Its path, as a route.
    path: String,
    /// The last segment of the path: the folder of the files, seen from the page.
    folder: String,
    /// The base path, seen from that folder.
    root: String,
}

impl Page {
    fn new(base_path: &str, path: &str) -> Self {
        let mut segments: Vec<_> = path.split('/').filter(|segment| !segment.is_empty()).map(literal).collect();
        if segments.is_empty() {
            segments.push("docs".to_owned());
        }
        let folder = segments.last().cloned().unwrap_or_default();
        let path = format!("{base_path}/{}", segments.join("/"));
        Self { path, folder, root: "../".repeat(segments.len()) }
    }

    fn routes<S: Clone + Send + Sync + 'static>(&self, document: &'static str) -> Vec<(String, MethodRouter<S>)> {
        let html = self.html();
        let own = [
            ("page.css", File::text("text/css; charset=utf-8", include_str!("page.css"))),
            ("page.js", File::text("text/javascript; charset=utf-8", include_str!("page.js"))),
            ("openapi.json", File::text("application/json", document)),
        ];
        let viewer = Archive::new(SWAGGER_UI_VENDORED);
        let of_viewer = OF_VIEWER.iter().filter_map(|(path, media_type)| {
            let name = path.rsplit('/').next()?;
            Some((name, File::of_archive(media_type, viewer.member(path)?)))
        });
        let files = own.into_iter().chain(of_viewer);
        let mut routes: Vec<_> = files.map(|(name, file)| (format!("{}/{name}", self.path), served(file))).collect();
        routes.push((self.path.clone(), served(File::text("text/html; charset=utf-8", html))));
        routes.push((format!("{}/", self.path), self.redirect()));
        routes
    }

    fn html(&self) -> String {
        let folder = self.folder.replace('&', "&amp;");
        include_str!("page.html").replace("{files}", &folder).replace("{root}", &self.root)
    }

    /// Redirects from the path with a slash at its end, so that the page finds its files.
    fn redirect<S: Clone + Send + Sync + 'static>(&self) -> MethodRouter<S> {
        let target = HeaderValue::try_from(format!("../{}", self.folder)).ok();
        get(async move || {
            let mut headers = file::security_headers();
            headers.extend(target.map(|target| (LOCATION, target)));
            (http::StatusCode::PERMANENT_REDIRECT, headers)
        })
    }
}

/// Returns a segment of a path as axum takes it for a literal: a colon or an asterisk at its start would be a parameter.
fn literal(segment: &str) -> String {
    match segment.strip_prefix([':', '*']) {
        Some(rest) => format!("%{:02X}{}", segment.as_bytes().first().copied().unwrap_or_default(), escaped(rest)),
        None => escaped(segment).into_owned(),
    }
}

fn served<S: Clone + Send + Sync + 'static>(file: File) -> MethodRouter<S> {
    let file = Arc::new(file);
    get(async move |headers: HeaderMap| file.response(&headers))
}
