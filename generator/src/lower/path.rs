//! Path templates (OpenAPI 3.0.3 §4.8.2).

use crate::ir::{PathPart, PathTemplate};

/// Splits `/users/{id}.json` into its literals and parameters.
pub(super) fn parse(text: &str) -> PathTemplate {
    // A fragment never reaches the server, and a query is not part of the path.
    let sent = text.split('#').next().unwrap_or_default();
    let (path, query) = sent.split_once('?').unwrap_or((sent, ""));
    let mut parts = Vec::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        if !before.is_empty() {
            parts.push(PathPart::Literal(before.to_owned()));
        }
        parts.push(PathPart::Param(name.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(PathPart::Literal(rest.to_owned()));
    }
    let pairs = url::form_urlencoded::parse(query.as_bytes()).into_owned();
    let query = pairs.filter(|(_, value)| !value.contains('{')).collect();
    PathTemplate { text: text.to_owned(), parts, query }
}

impl PathTemplate {
    /// The names of its parameters, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            PathPart::Param(name) => Some(name.as_str()),
            PathPart::Literal(_) => None,
        })
    }
}
