//! Builds an axum router from operations.
//!
//! In axum's router, a segment is either a literal or a parameter, and a parameter has one name. So each template
//! becomes a route whose parameters are named by position; templates that differ only inside a segment (`/{a}.json`,
//! `/{a}:{b}`) share a route, and `route.rs` distinguishes them.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter, any, any_service, on, on_service};
use http::{HeaderValue, Method};
use tower_service::Service as _;

use super::bounds::Bounds;
use super::context::RequestInfo;
use super::error::Failure;
use super::head::Head;
use super::incoming::Incoming;
use super::limits::Limits;
use super::received::Received;
use super::respond;
use super::route::{self, Asked, BoxFuture, Route};
use super::service::Service;
use super::template::escaped;
use crate::models::Operation;
use crate::models::problem::Problem;

/// The settings of a server.
#[derive(Clone)]
pub struct Settings {
    /// The path below which all operations are served; empty, or with a leading and without a trailing slash.
    pub base_path: String,
    /// The limits.
    pub limits: Limits,
    pub(super) bounds: Bounds,
    layers: Vec<Arc<OperationLayer>>,
}

/// A function that wraps the service of an operation.
type OperationLayer = dyn Fn(&'static Operation, MethodRouter) -> MethodRouter + Send + Sync;

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut out = f.debug_struct("Settings");
        out.field("base_path", &self.base_path).field("limits", &self.limits).finish_non_exhaustive()
    }
}

impl Settings {
    /// Creates the default settings: the limits of [`Limits::default`], and no layer.
    pub fn new(base_path: &str) -> Self {
        let mut settings =
            Self { base_path: String::new(), limits: Limits::default(), bounds: Bounds::default(), layers: Vec::new() };
        settings.set_base_path(base_path);
        settings
    }

    /// Sets the base path; slashes at its ends are ignored.
    pub fn set_base_path(&mut self, path: impl Into<String>) {
        let path = path.into();
        let path = path.trim_matches('/');
        self.base_path = if path.is_empty() { String::new() } else { format!("/{path}") };
    }

    /// Adds a layer, which is applied to the service of each operation.
    pub fn add_layer(
        &mut self,
        layer: impl Fn(&'static Operation, MethodRouter) -> MethodRouter + Send + Sync + 'static,
    ) {
        self.layers.push(Arc::new(layer));
    }

    fn layered(&self, operation: &'static Operation, served: MethodRouter) -> MethodRouter {
        self.layers.iter().fold(served, |served, layer| layer(operation, served))
    }
}

/// Turns the failure of an operation into a response, as the implementation decides.
pub type Respond<A> = fn(&A, Failure, &RequestInfo<'_>) -> Response;

/// The operations of a router.
pub struct Routes<A> {
    /// The operations.
    pub routes: Vec<Route<A>>,
    /// All operations of the document, in its order, which decides between equally specific routes.
    pub operations: &'static [Operation],
    /// Responds to failures.
    pub respond: Respond<A>,
}

impl<A: Send + Sync + 'static> Routes<A> {
    /// Creates the router. It has no fallback, and any state type.
    pub fn into_router<S: Clone + Send + Sync + 'static>(self, api: &Arc<A>, settings: &Settings) -> Router<S> {
        let service = Arc::new(Service { api: Arc::clone(api), settings: settings.clone(), respond: self.respond });
        let mut by_path: BTreeMap<String, Vec<Route<A>>> = BTreeMap::new();
        for route in self.routes {
            let path = route_path(&settings.base_path, route.operation.path);
            by_path.entry(path).or_default().push(route);
        }
        let mut router = Router::new();
        for (path, mut routes) in by_path {
            if routes.len() > 1 {
                route::sort(&mut routes, self.operations);
            }
            if !are_told_by_method(&routes) {
                router = router.route(&path, any(each(&service, &routes)).with_state(()));
                continue;
            }
            let mut by_method: BTreeMap<&'static str, Vec<Route<A>>> = BTreeMap::new();
            for route in routes {
                by_method.entry(route.operation.method).or_default().push(route);
            }
            for (method, routes) in by_method {
                let Some(filter) = method_filter(method) else { continue };
                let served = match routes.as_slice() {
                    [only] => settings.layered(only.operation, on_service(filter, Served::new(&service, &routes))),
                    _ if settings.layers.is_empty() => on_service(filter, Served::new(&service, &routes)),
                    _ => on(filter, each(&service, &routes)),
                };
                router = router.route(&path, served.with_state(()));
            }
        }
        router
    }
}

/// Whether axum can decide which methods a path has: it knows all of them, and all templates match the same requests.
fn are_told_by_method<A>(routes: &[Route<A>]) -> bool {
    let segments = |route: &Route<A>| route::literals(route.operation.path);
    let first = routes.first().map(segments);
    routes.iter().all(|route| method_filter(route.operation.method).is_some() && Some(segments(route)) == first)
}

/// Adds fallbacks that respond with 404 and 405 as problem details.
pub fn with_fallbacks(router: Router, limits: Limits) -> Router {
    router
        .fallback(async move |request: Request| refused(request, 404, limits))
        .method_not_allowed_fallback(async move |request: Request| refused(request, 405, limits))
}

/// Responds to a request that belongs to no operation.
fn refused(request: Request, status: u16, limits: Limits) -> Response {
    let (parts, body) = request.into_parts();
    drop(Received::wrap(&parts, body, limits));
    respond::problem(&Problem::of(status))
}

/// Serves a request with the route that it belongs to. It is a service, because the future of a function would be boxed
/// once more.
struct Served<A>(Arc<Operations<A>>);

/// The routes that a [`Served`] chooses from.
struct Operations<A> {
    service: Arc<Service<A>>,
    routes: Vec<Route<A>>,
}

impl<A> Served<A> {
    fn new(service: &Arc<Service<A>>, routes: &[Route<A>]) -> Self {
        Self(Arc::new(Operations { service: Arc::clone(service), routes: routes.to_vec() }))
    }
}

impl<A> Clone for Served<A> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<A: Send + Sync + 'static> tower_service::Service<Request> for Served<A> {
    type Response = Response;
    type Error = Infallible;
    type Future = BoxFuture<Result<Response, Infallible>>;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let Operations { service, routes } = &*self.0;
        let settings = &service.settings;
        let chosen = Asked::new(&settings.base_path, request.uri(), request.headers()).choose(routes);
        let Some((route, captures)) = chosen else {
            let response = refused(request, 404, settings.limits);
            return Box::pin(async { Ok(response) });
        };
        let (parts, body) = request.into_parts();
        let body = Received::wrap(&parts, body, settings.limits);
        let head = Head { operation: route.operation, request: parts.into(), captures, limits: settings.limits };
        (route.serve)(Arc::clone(service), Incoming::new(head, body))
    }
}

/// Serves a request with the route that it belongs to, within the layers of that route. Also serves methods without a
/// filter in axum, such as `QUERY`, and decides which methods a path has.
fn each<A: Send + Sync + 'static>(
    service: &Arc<Service<A>>,
    routes: &[Route<A>],
) -> impl Fn(Request) -> BoxFuture<Response> + Clone + Send + Sync + 'static {
    let layered = |route: &Route<A>| {
        let served = any_service(Served::new(service, std::slice::from_ref(route)));
        (route.clone(), service.settings.layered(route.operation, served))
    };
    let routes: Vec<(Route<A>, MethodRouter)> = routes.iter().map(layered).collect();
    let (base_path, limits) = (service.settings.base_path.clone(), service.settings.limits);
    move |request| {
        let asked = Asked::new(&base_path, request.uri(), request.headers());
        let matching: Vec<&(Route<A>, MethodRouter)> =
            routes.iter().filter(|(route, _)| route.matches(&asked)).collect();
        let method = request.method().as_str();
        let has_own = matching.iter().any(|(route, _)| route.operation.method == method);
        let is_served =
            |route: &Route<A>| if has_own { route.operation.method == method } else { route.serves(method) };
        let of_method: Vec<&(Route<A>, MethodRouter)> =
            matching.iter().copied().filter(|(route, _)| is_served(route)).collect();
        if of_method.is_empty() && !matching.is_empty() {
            let allow = allowed(matching.iter().map(|(route, _)| route));
            return Box::pin(async move {
                let mut response = refused(request, 405, limits);
                response.headers_mut().extend(allow.map(|allow| (http::header::ALLOW, allow)));
                response
            });
        }
        let Some((chosen, _)) = asked.choose(of_method.iter().map(|(route, _)| route)) else {
            return Box::pin(async move { refused(request, 404, limits) });
        };
        let Some(mut served) =
            of_method.iter().find(|(route, _)| std::ptr::eq(route, chosen)).map(|(_, served)| served.clone())
        else {
            return Box::pin(async move { refused(request, 404, limits) });
        };
        Box::pin(async move {
            let Ok(response) = served.call(request).await;
            response
        })
    }
}

/// Returns the value of `Allow`: the methods of routes, as axum writes them (RFC 9110 §10.2.1).
fn allowed<'r, A: 'r>(routes: impl Iterator<Item = &'r Route<A>>) -> Option<HeaderValue> {
    let mut methods: Vec<&str> = Vec::new();
    for route in routes {
        let also = (route.operation.method == "GET").then_some("HEAD");
        for method in std::iter::once(route.operation.method).chain(also) {
            if !methods.contains(&method) {
                methods.push(method);
            }
        }
    }
    HeaderValue::try_from(methods.join(",")).ok()
}

fn method_filter(method: &str) -> Option<MethodFilter> {
    MethodFilter::try_from(Method::try_from(method).ok()?).ok()
}

/// Converts `/users/{id}.json` to `/users/{p2}`. Every segment with a parameter becomes one parameter, and so does a
/// literal that axum would mistake for a parameter in its old syntax.
pub(super) fn route_path(base: &str, template: &str) -> String {
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
