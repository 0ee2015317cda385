//! Routes: which requests an operation serves.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::cmp::Reverse;
use std::fmt::Write as _;
use std::pin::Pin;
use std::sync::Arc;

use axum::response::Response;
use http::HeaderMap;

use super::accept;
use super::error::Failure;
use super::incoming::Incoming;
use crate::models::Operation;
use crate::models::params;

/// A boxed future that can move between threads.
pub(super) type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A function that serves an operation.
type Handler<A> = fn(Arc<A>, Incoming) -> BoxFuture<Result<Response, Failure>>;

/// Names and values.
type Constants = &'static [(&'static str, &'static str)];

/// The values of path parameters, percent-encoded.
type Captures = Vec<(&'static str, String)>;

/// An operation and its handler.
pub struct Route<A> {
    pub(super) operation: &'static Operation,
    /// Names and values that the query of a request must contain.
    query: Constants,
    /// Names and values that the headers of a request must contain.
    headers: Constants,
    pub(super) handler: Handler<A>,
}

impl<A> Route<A> {
    /// Creates a route of all requests with the method and path of an operation.
    pub fn new(operation: &'static Operation, handler: Handler<A>) -> Self {
        Self { operation, query: &[], headers: &[], handler }
    }

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
        captures(self.operation.path, asked.path).is_some()
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
        captures(self.operation.path, asked.path)
    }
}

impl<A> Clone for Route<A> {
    fn clone(&self) -> Self {
        Self { ..*self }
    }
}

/// The head of a request.
pub(super) struct Asked<'r> {
    path: &'r str,
    query: &'r str,
    headers: &'r HeaderMap,
    /// The decoded query, which only some routes need.
    pairs: OnceCell<Vec<(String, String)>>,
}

impl<'r> Asked<'r> {
    /// `path` is relative to the base path; `query` is empty if there is none.
    pub(super) fn new(path: &'r str, query: &'r str, headers: &'r HeaderMap) -> Self {
        Self { path, query, headers, pairs: OnceCell::new() }
    }

    fn pairs(&self) -> &[(String, String)] {
        self.pairs.get_or_init(|| params::pairs(self.query).collect())
    }

    /// Chooses the route of the request; returns its index and the path parameters.
    ///
    /// `routes` have the method of the request, the most specific one first. Among equally specific ones, the `Accept`
    /// header decides.
    pub(super) fn choose<'s, A: 's>(&self, routes: impl Iterator<Item = &'s Route<A>>) -> Option<(usize, Captures)> {
        let preference = |route: &Route<A>| accept::preference(self.headers, route.operation.produces);
        let fitting = |(index, route): (usize, &'s Route<A>)| Some((index, route, route.captures(self)?));
        let mut fitting = routes.enumerate().filter_map(fitting);
        let first = fitting.next()?;
        let most = first.1.specificity();
        let alike = fitting.take_while(|(_, route, _)| route.specificity() == most);
        let better = |best: (usize, &'s Route<A>, Captures), other: (usize, &'s Route<A>, Captures)| {
            if preference(other.1) > preference(best.1) { other } else { best }
        };
        let (index, _, captures) = alike.fold(first, better);
        Some((index, captures))
    }
}

/// Sorts routes: the most specific one first, then in the order of the document.
pub(super) fn sort<A>(routes: &mut [Route<A>], operations: &[Operation]) {
    let position = |id: &str| operations.iter().position(|operation| operation.id == id);
    routes.sort_by_key(|route| (Reverse(route.specificity()), position(route.operation.id)));
}

/// Returns the values of the parameters of a template in a path, percent-encoded; `None` if the path does not match.
pub(super) fn captures(template: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
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

/// Matches one segment. Each parameter but the first takes as little as possible, from the end: `{name}.{format}` takes `a.b.json`
/// as `a.b` and `json`.
fn segment_captures(template: &'static str, segment: &str, found: &mut Vec<(&'static str, String)>) -> Option<()> {
    let Some((literal, mut template)) = template.split_once('{') else {
        return (template == segment || template == params::unescape(segment)).then_some(());
    };
    let mut rest = segment.strip_prefix(literal).or_else(|| segment.strip_prefix(&*escaped(literal)))?;
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
        values.push(value);
        rest = before;
    }
    values.push(rest);
    // Only a parameter at the end of a segment may be empty.
    let is_empty = |(index, value): (usize, &&str)| value.is_empty() && (index > 0 || !last.is_empty());
    if values.iter().enumerate().any(is_empty) {
        return None;
    }
    found.extend(parts.iter().zip(values.iter().rev()).map(|((name, _), value)| (*name, (*value).to_owned())));
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
        let found = |template, path| {
            let captures = captures(template, path)?;
            Some(captures.into_iter().map(|(_, value)| value).collect::<Vec<_>>().join("|"))
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
