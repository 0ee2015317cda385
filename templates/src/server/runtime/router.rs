//! From operations to an axum router.
//!
//! axum's router knows segments that are wholly literal or wholly a parameter, and refuses two names for one place. So a
//! template becomes a route whose parameters are called after their position; templates that differ only inside a segment
//! (`/{a}.json`, `/{a}:{b}`) share a route and are told apart here.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter, any, on};
use http::Method;
use tower_service::Service as _;

use super::accept;
use super::api::Api;
use super::bounds::Bounds;
use super::error::{Failure, Rejection};
use super::incoming::{Incoming, Limits};
use super::models::operations::{self, Operation};
use super::models::problem::Problem;
use super::models::support::params;
use super::respond;

/// A boxed future that can move between threads.
type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Serves one operation.
type Handler<A> = fn(Arc<A>, Incoming) -> BoxFuture<Result<Response, Failure>>;

/// An operation and what serves it.
pub(crate) struct Route<A> {
    operation: &'static Operation,
    /// What the query of a request must contain: names and values.
    query: &'static [(&'static str, &'static str)],
    handler: Handler<A>,
}

impl<A> Route<A> {
    pub(crate) fn new(operation: &'static Operation, handler: Handler<A>) -> Self {
        Self { operation, query: &[], handler }
    }

    /// The route of requests whose query contains these names and values; there are others of the same path.
    #[allow(dead_code)] // needed by documents with such paths
    pub(crate) fn asked_with(self, query: &'static [(&'static str, &'static str)]) -> Self {
        Self { query, ..self }
    }

    /// The values of its path in a request, if it is one of this route.
    fn captures(&self, path: &str, query: &str) -> Option<Vec<(&'static str, String)>> {
        let has = |(name, value): &(&str, &str)| params::pairs(query).any(|pair| pair.0 == *name && pair.1 == *value);
        if self.query.iter().all(has) { captures(self.operation.path, path) } else { None }
    }
}

impl<A> Clone for Route<A> {
    fn clone(&self) -> Self {
        Self { operation: self.operation, query: self.query, handler: self.handler }
    }
}

/// What users can set on a server.
#[derive(Clone)]
pub struct Settings {
    pub(crate) base_path: String,
    limits: Limits,
    bounds: Bounds,
    layers: Vec<Arc<OperationLayer>>,
}

/// Changes how an operation is served.
type OperationLayer = dyn Fn(&'static Operation, MethodRouter) -> MethodRouter + Send + Sync;

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut out = f.debug_struct("Settings");
        out.field("base_path", &self.base_path).field("limits", &self.limits).field("bounds", &self.bounds);
        out.finish_non_exhaustive()
    }
}

impl Settings {
    pub(crate) fn new(base_path: &str) -> Self {
        let mut settings = Self {
            base_path: String::new(),
            limits: Limits { body: 2 << 20, upload: 64 << 20 },
            bounds: Bounds::default(),
            layers: Vec::new(),
        };
        settings.set_base_path(base_path);
        settings
    }

    pub(crate) fn set_base_path(&mut self, path: impl Into<String>) {
        let path = path.into();
        let path = path.trim_matches('/');
        self.base_path = if path.is_empty() { String::new() } else { format!("/{path}") };
    }

    pub(crate) fn set_body_limit(&mut self, bytes: usize) {
        self.limits.body = bytes;
    }

    pub(crate) fn set_deadline(&mut self, deadline: Duration) {
        self.bounds.deadline = Some(deadline);
    }

    pub(crate) fn set_concurrency(&mut self, most: usize) {
        self.bounds.concurrency = Some(most);
    }

    pub(crate) fn add_layer(
        &mut self,
        layer: impl Fn(&'static Operation, MethodRouter) -> MethodRouter + Send + Sync + 'static,
    ) {
        self.layers.push(Arc::new(layer));
    }

    fn layered(&self, operation: &'static Operation, served: MethodRouter) -> MethodRouter {
        self.layers.iter().fold(served, |served, layer| layer(operation, served))
    }

    pub(crate) fn set_upload_limit(&mut self, bytes: u64) {
        self.limits.upload = bytes;
    }
}

/// Operations on their way to a router.
pub(crate) struct Routes<A> {
    pub routes: Vec<Route<A>>,
}

impl<A: Api> Routes<A> {
    /// The router: no fallback, any state type.
    pub(crate) fn into_router<S: Clone + Send + Sync + 'static>(self, api: &Arc<A>, settings: &Settings) -> Router<S> {
        let mut by_route: BTreeMap<(String, &'static str), Vec<Route<A>>> = BTreeMap::new();
        for route in self.routes {
            let path = route_path(&settings.base_path, route.operation.path);
            by_route.entry((path, route.operation.method)).or_default().push(route);
        }
        let mut router = Router::new();
        let mut others: BTreeMap<String, Vec<Route<A>>> = BTreeMap::new();
        for ((path, method), mut routes) in by_route {
            if routes.len() > 1 {
                // The template with the most literal text is the most specific one, then that with the most constants in its
                // query; then the document's order counts.
                let position = |id: &str| operations::ALL.iter().position(|operation| operation.id == id);
                let rank = |route: &Route<A>| {
                    let literal = (literal_length(route.operation.path), route.query.len());
                    (std::cmp::Reverse(literal), position(route.operation.id))
                };
                routes.sort_by_key(rank);
            }
            let Some(filter) = method_filter(method) else {
                others.entry(path).or_default().extend(routes);
                continue;
            };
            let served = match routes.as_slice() {
                [only] => settings.layered(only.operation, on(filter, handler(api, &routes, settings))),
                _ if settings.layers.is_empty() => on(filter, handler(api, &routes, settings)),
                _ => on(filter, each(api, &routes, settings)),
            };
            router = router.route(&path, served.with_state(()));
        }
        for (path, routes) in others {
            let served = MethodRouter::<()>::new().fallback(each(api, &routes, settings));
            router = router.route(&path, served.with_state(()));
        }
        router
    }
}

/// Answers 404 and 405 as problems.
pub(crate) fn with_fallbacks(router: Router) -> Router {
    router
        .fallback(async || respond::problem(&Problem::of(404)))
        .method_not_allowed_fallback(async || respond::problem(&Problem::of(405)))
}

/// Serves whichever of the routes a request is for.
fn handler<A: Api>(
    api: &Arc<A>,
    routes: &[Route<A>],
    settings: &Settings,
) -> impl Fn(Request) -> BoxFuture<Response> + Clone + Send + Sync + 'static {
    let (api, routes, settings) = (Arc::clone(api), routes.to_vec(), settings.clone());
    move |request| Box::pin(serve(Arc::clone(&api), routes.clone(), settings.clone(), request))
}

/// Serves whichever of the routes a request is for, each within its own layers. Also methods that axum has no filter for, such
/// as `QUERY`.
fn each<A: Api>(
    api: &Arc<A>,
    routes: &[Route<A>],
    settings: &Settings,
) -> impl Fn(Request) -> BoxFuture<Response> + Clone + Send + Sync + 'static {
    let layered = |route: &Route<A>| {
        let served = any(handler(api, std::slice::from_ref(route), settings));
        (route.clone(), settings.layered(route.operation, served))
    };
    let routes: Vec<(Route<A>, MethodRouter)> = routes.iter().map(layered).collect();
    let base_path = settings.base_path.clone();
    move |request| {
        let (path, query) = (below(&base_path, request.uri().path()), request.uri().query().unwrap_or_default());
        let of_method = |(route, _): &&(Route<A>, MethodRouter)| route.operation.method == request.method();
        let mut of_method = routes.iter().filter(of_method).peekable();
        let status = if of_method.peek().is_some() { 404 } else { 405 };
        let found = of_method.find(|(route, _)| route.captures(path, query).is_some());
        let Some((_, served)) = found else {
            return Box::pin(async move { respond::problem(&Problem::of(status)) });
        };
        let mut served = served.clone();
        Box::pin(async move {
            let Ok(response) = served.call(request).await;
            response
        })
    }
}

fn below<'p>(base_path: &str, path: &'p str) -> &'p str {
    path.strip_prefix(base_path).unwrap_or(path)
}

async fn serve<A: Api>(api: Arc<A>, routes: Vec<Route<A>>, settings: Settings, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let path = below(&settings.base_path, parts.uri.path()).to_owned();
    let query = parts.uri.query().unwrap_or_default();
    let found = routes.iter().find_map(|route| Some((route, route.captures(&path, query)?)));
    let Some((route, captures)) = found else { return respond::problem(&Problem::of(404)) };
    let operation = route.operation;
    let incoming = Incoming { operation, parts, body, captures, limits: settings.limits, violations: Vec::new() };
    let head = incoming.parts.clone();
    let info = super::api::RequestInfo::new(operation, &head.method, &head.uri, &head.headers);
    let answer = if accept::takes(&head.headers, operation.produces) {
        settings.bounds.hold((route.handler)(Arc::clone(&api), incoming)).await
    } else {
        Err(Rejection::NotAcceptable { produces: operation.produces }.into())
    };
    let mut response = match answer {
        Ok(response) => response,
        Err(Failure::Response(response)) => *response,
        Err(Failure::Rejection(rejection)) => api.on_rejection(rejection, &info),
        Err(Failure::Internal(error)) => api.on_internal_error(error, &info),
    };
    response.extensions_mut().insert(operation);
    response
}

fn method_filter(method: &str) -> Option<MethodFilter> {
    MethodFilter::try_from(Method::try_from(method).ok()?).ok()
}

/// `/users/{id}.json` as `/users/{p2}`: every segment with a parameter becomes one parameter, and so does a literal that axum
/// would take for one of an older version.
fn route_path(base: &str, template: &str) -> String {
    let template = template.split(['#', '?']).next().unwrap_or_default();
    let mut out = base.to_owned();
    for (index, segment) in template.split('/').enumerate().skip(1) {
        out.push('/');
        if segment.contains('{') || segment.starts_with([':', '*']) {
            let _ = write!(out, "{{p{index}}}");
        } else {
            out.push_str(&escaped(segment));
        }
    }
    out
}

/// A literal of a path as clients write it: what no URL contains is percent-encoded (RFC 3986 §3.3).
fn escaped(literal: &str) -> Cow<'_, str> {
    let plain = |byte: u8| byte.is_ascii_graphic() && !b"\"<>`{}".contains(&byte);
    if literal.bytes().all(plain) {
        return Cow::Borrowed(literal);
    }
    let mut out = String::new();
    for byte in literal.bytes() {
        if plain(byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    Cow::Owned(out)
}

fn literal_length(template: &str) -> usize {
    let template = template.split(['#', '?']).next().unwrap_or_default();
    let mut inside = false;
    let literal = |c: &char| match c {
        '{' => {
            inside = true;
            false
        }
        '}' => {
            inside = false;
            false
        }
        _ => !inside,
    };
    template.chars().filter(literal).count()
}

/// The values of a template's parameters in a path, still escaped; `None` if the path is another one.
fn captures(template: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
    let template = template.split(['#', '?']).next().unwrap_or_default();
    let mut found = Vec::new();
    let (mut templates, mut segments) = (template.split('/'), path.split('/'));
    loop {
        match (templates.next(), segments.next()) {
            (None, None) => return Some(found),
            (Some(template), Some(segment)) => segment_captures(template, segment, &mut found)?,
            _ => return None,
        }
    }
}

/// Matches one segment: each parameter takes as little as leaves the literal after it in place.
fn segment_captures(template: &'static str, segment: &str, found: &mut Vec<(&'static str, String)>) -> Option<()> {
    let Some((literal, rest)) = template.split_once('{') else {
        return (template == segment || template == params::unescape(segment)).then_some(());
    };
    let segment = segment.strip_prefix(literal).or_else(|| segment.strip_prefix(&*escaped(literal)))?;
    let (name, rest) = rest.split_once('}')?;
    if rest.is_empty() {
        found.push((name, segment.to_owned()));
        return Some(());
    }
    let literal = rest.split('{').next().unwrap_or_default();
    // The last literal is found from the end, so that `{name}.json` takes `a.json.json` as `a.json`.
    let end =
        if literal.len() == rest.len() { segment.len().checked_sub(literal.len())? } else { segment.find(literal)? };
    let (value, remaining) = (segment.get(..end)?, segment.get(end..)?);
    if value.is_empty() {
        return None;
    }
    found.push((name, value.to_owned()));
    segment_captures(rest, remaining, found)
}
