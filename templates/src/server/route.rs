//! Routes: which requests an operation serves.

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;

use axum::response::Response;
use http::{HeaderMap, Uri};

use super::accept;
use super::error::Failure;
use super::incoming::Incoming;
use super::service::Service;
use super::template::{Captures, Template};
use crate::models::Operation;
use crate::models::params;

/// A boxed future that can move between threads.
pub(super) type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Runs an operation. The future is boxed here, together with the handler's.
type Serve<A> = dyn Fn(Arc<Service<A>>, Incoming) -> BoxFuture<Result<Response, Infallible>> + Send + Sync;

/// Names and values.
type Constants = &'static [(&'static str, &'static str)];

/// An operation and its handler.
pub struct Route<A> {
    pub(super) operation: &'static Operation,
    template: Arc<Template>,
    /// Names and values that the query of a request must contain.
    query: Constants,
    /// Names and values that the headers of a request must contain.
    headers: Constants,
    pub(super) serve: Arc<Serve<A>>,
}

impl<A: Send + Sync + 'static> Route<A> {
    /// Creates a route of all requests with the method and path of an operation.
    pub fn new<H, F>(operation: &'static Operation, handler: H) -> Self
    where
        H: Fn(Arc<A>, Incoming) -> F + Copy + Send + Sync + 'static,
        F: Future<Output = Result<Response, Failure>> + Send + 'static,
    {
        let serve = move |service: Arc<Service<A>>, incoming| -> BoxFuture<Result<Response, Infallible>> {
            Box::pin(service.serve(handler, incoming))
        };
        let template = Arc::new(Template::new(operation.path));
        Self { operation, template, query: &[], headers: &[], serve: Arc::new(serve) }
    }
}

impl<A> Route<A> {
    /// Limits the route to requests whose query contains these names and values, because other routes have the same
    /// path.
    #[must_use]
    pub fn asked_with(self, query: Constants) -> Self {
        Self { query, ..self }
    }

    /// Limits the route to requests whose headers contain these names and values, because other routes have the same
    /// path.
    #[must_use]
    pub fn sent_with(self, headers: Constants) -> Self {
        Self { headers, ..self }
    }

    /// Returns the rank of the template: first by the length of its literal text, then by the number of constants.
    fn specificity(&self) -> (usize, usize) {
        (literal_length(self.operation.path), self.query.len() + self.headers.len())
    }

    /// Returns whether the path of the request matches the template.
    pub(super) fn matches(&self, asked: &Asked<'_>) -> bool {
        self.template.captures(asked.path, 0).is_some()
    }

    /// Returns whether the route serves a method; `GET` serves `HEAD` as well (RFC 9110 §9.3.2).
    pub(super) fn serves(&self, method: &str) -> bool {
        self.operation.method == method || (method == "HEAD" && self.operation.method == "GET")
    }

    /// Returns the values of the path parameters if the request belongs to this route.
    fn captures(&self, asked: &Asked<'_>) -> Option<Captures> {
        let in_query =
            |(name, value): &(&str, &str)| asked.pairs().iter().any(|pair| pair.0 == *name && pair.1 == *value);
        let in_headers =
            |(name, value): &(&str, &str)| asked.headers.get_all(*name).iter().any(|found| found == *value);
        if !self.query.iter().all(in_query) || !self.headers.iter().all(in_headers) {
            return None;
        }
        self.template.captures(asked.path, asked.start)
    }
}

impl<A> Clone for Route<A> {
    fn clone(&self) -> Self {
        Self { template: Arc::clone(&self.template), serve: Arc::clone(&self.serve), ..*self }
    }
}

/// The head of a request.
pub(super) struct Asked<'r> {
    /// The path, relative to the base path.
    path: &'r str,
    /// Where it starts in the path of the request.
    start: usize,
    query: &'r str,
    headers: &'r HeaderMap,
    /// The decoded query, which only some routes need.
    pairs: OnceCell<Vec<(String, String)>>,
}

impl<'r> Asked<'r> {
    pub(super) fn new(base_path: &str, uri: &'r Uri, headers: &'r HeaderMap) -> Self {
        let all = uri.path();
        let path = all.strip_prefix(base_path).unwrap_or(all);
        let query = uri.query().unwrap_or_default();
        Self { path, start: all.len() - path.len(), query, headers, pairs: OnceCell::new() }
    }

    fn pairs(&self) -> &[(String, String)] {
        self.pairs.get_or_init(|| params::pairs(self.query).collect())
    }

    /// Chooses the route of the request; returns it and the places of the path parameters.
    ///
    /// `routes` have the method of the request, the most specific one first. Among equally specific ones, the `Accept`
    /// header decides.
    pub(super) fn choose<'s, A: 's>(
        &self,
        routes: impl IntoIterator<Item = &'s Route<A>>,
    ) -> Option<(&'s Route<A>, Captures)> {
        let mut fitting = routes.into_iter().filter_map(|route| Some((route, route.captures(self)?)));
        let first = fitting.next()?;
        let Some(second) = fitting.next() else { return Some(first) };
        let preference = |route: &Route<A>| accept::preference(self.headers, route.operation.produces);
        let most = first.0.specificity();
        let alike = std::iter::once(second).chain(fitting).take_while(|(route, _)| route.specificity() == most);
        let better = |best: (&'s Route<A>, Captures), other: (&'s Route<A>, Captures)| {
            if preference(other.0) > preference(best.0) { other } else { best }
        };
        Some(alike.fold(first, better))
    }
}

/// Sorts routes: the most specific one first, then in the order of the document.
pub(super) fn sort<A>(routes: &mut [Route<A>], operations: &[Operation]) {
    let position = |id: &str| operations.iter().position(|operation| operation.id == id);
    routes.sort_by_key(|route| (Reverse(route.specificity()), position(route.operation.id)));
}

/// Returns the literal texts of a template: templates with the same ones match the same paths.
pub(super) fn literals(template: &str) -> Vec<&str> {
    let template = template.split(['#', '?']).next().unwrap_or_default();
    let after = |part: &'_ str| part.split_once('}').map_or(0, |(name, _)| name.len() + 1);
    template.split('{').map(|part| part.get(after(part)..).unwrap_or_default()).collect()
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
