//! Routes: which requests an operation serves.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::cmp::Reverse;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::ops::Range;
use std::pin::Pin;
use std::sync::Arc;

use axum::response::Response;
use http::{HeaderMap, Uri};

use super::accept;
use super::error::Failure;
use super::incoming::Incoming;
use super::service::Service;
use crate::models::Operation;
use crate::models::params;

/// A boxed future that can move between threads.
pub(super) type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Runs an operation. The future is boxed here, together with the handler's.
type Serve<A> = dyn Fn(Arc<Service<A>>, Incoming) -> BoxFuture<Result<Response, Infallible>> + Send + Sync;

/// Names and values.
type Constants = &'static [(&'static str, &'static str)];

/// Where the values of path parameters are in a path.
pub(super) type Captures = Vec<(&'static str, Range<usize>)>;

/// An operation and its handler.
pub struct Route<A> {
    pub(super) operation: &'static Operation,
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
        Self { operation, query: &[], headers: &[], serve: Arc::new(serve) }
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
        captures(self.operation.path, asked.path, 0).is_some()
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
        captures(self.operation.path, asked.path, asked.start)
    }
}

impl<A> Clone for Route<A> {
    fn clone(&self) -> Self {
        Self { serve: Arc::clone(&self.serve), ..*self }
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

/// Returns where the parameters of a template are in a path, percent-encoded; `None` if the path does not match. `start` is
/// added to their places.
pub(super) fn captures(template: &'static str, path: &str, start: usize) -> Option<Captures> {
    let template = template.split(['#', '?']).next().unwrap_or_default();
    let mut found = Vec::new();
    let (mut templates, mut segments, mut start) = (template.split('/'), path.split('/'), start);
    loop {
        match (templates.next(), segments.next()) {
            (None, None) => return Some(found),
            (Some(template), Some(segment)) => {
                segment_captures(template, segment, start, &mut found)?;
                start += segment.len() + 1;
            }
            _ => return None,
        }
    }
}

/// Matches one segment. Each parameter but the first takes as little as possible, from the end: `{name}.{format}` takes `a.b.json`
/// as `a.b` and `json`.
fn segment_captures(template: &'static str, segment: &str, start: usize, found: &mut Captures) -> Option<()> {
    let Some((literal, template)) = template.split_once('{') else {
        return (template == segment || template == params::unescape(segment)).then_some(());
    };
    // The whole segment is one parameter.
    if let ("", Some(name)) = (literal, template.strip_suffix('}'))
        && !name.contains('}')
    {
        found.push((name, start..start + segment.len()));
        return Some(());
    }
    mixed_captures((literal, template), segment, start, found)
}

/// Matches a segment whose template has a literal, and then `template`, which starts inside the braces of its first parameter.
fn mixed_captures(
    (literal, mut template): (&'static str, &'static str),
    segment: &str,
    start: usize,
    found: &mut Captures,
) -> Option<()> {
    let mut rest = segment.strip_prefix(literal).or_else(|| segment.strip_prefix(&*escaped(literal)))?;
    let start = start + segment.len() - rest.len();
    // The parameters, and the literal after each.
    let mut parts: Vec<(&'static str, &'static str)> = Vec::new();
    while let Some((name, after)) = template.split_once('}') {
        let (literal, next) = after.split_once('{').unwrap_or((after, ""));
        parts.push((name, literal));
        template = next;
    }
    let (_, last) = parts.last()?;
    rest = rest.strip_suffix(last).or_else(|| rest.strip_suffix(&*escaped(last)))?;
    let mut values = Vec::new();
    for (_, literal) in parts.iter().rev().skip(1) {
        // Parameters without a separator between them cannot be told apart.
        if literal.is_empty() {
            return None;
        }
        let (before, value) = rest.rsplit_once(literal).or_else(|| rest.rsplit_once(&*escaped(literal)))?;
        values.push(rest.len() - value.len()..rest.len());
        rest = before;
    }
    values.push(0..rest.len());
    // Only a parameter at the end of a segment may be empty.
    let is_empty = |(index, value): (usize, &Range<usize>)| value.is_empty() && (index > 0 || !last.is_empty());
    if values.iter().enumerate().any(is_empty) {
        return None;
    }
    let names = parts.iter().map(|(name, _)| *name);
    found.extend(names.zip(values.iter().rev().map(|value| start + value.start..start + value.end)));
    Some(())
}

/// Returns a literal of a path as clients send it: characters that a URL cannot contain are percent-encoded (RFC 3986
/// §3.3).
pub(super) fn escaped(literal: &str) -> Cow<'_, str> {
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

#[cfg(test)]
mod tests {
    use super::captures;

    #[test]
    fn the_last_separator_divides_a_segment() {
        let found = |template, path: &str| {
            let captures = captures(template, path, 0)?;
            Some(captures.into_iter().map(|(_, range)| &path[range]).collect::<Vec<_>>().join("|"))
        };
        for (template, path, expected) in [
            ("/at/{lat}.{format}", "/at/18.5.xml", Some("18.5|xml")),
            ("/{a}.{b}.{c}", "/w.x.y.z", Some("w.x|y|z")),
            ("/{name}.json", "/a.json.json", Some("a.json")),
            ("/{base}...{head}", "/main...next", Some("main|next")),
            ("/{a} {b}", "/x%20y", Some("x|y")),
            ("/{a}.{b}", "/.b", None),
            ("/{a}{b}", "/ab", None),
            ("/{id}", "/", Some("")),
        ] {
            assert_eq!(found(template, path).as_deref(), expected, "{template} {path}");
        }
    }
}
