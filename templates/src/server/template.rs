//! Templates of paths: which paths match, and where their parameters are.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use crate::models::params;

/// The name of a path parameter, and where its percent-encoded value is in a path.
type Capture = (&'static str, Range<usize>);

/// Where the path parameters of a request are. Most paths have one, which needs no allocation.
#[derive(Default)]
pub(super) struct Captures {
    first: Option<Capture>,
    others: Vec<Capture>,
}

impl Captures {
    fn push(&mut self, capture: Capture) {
        if self.first.is_none() {
            self.first = Some(capture);
        } else {
            self.others.push(capture);
        }
    }

    /// Returns all of them, in the order of the template.
    pub fn iter(&self) -> impl Iterator<Item = &Capture> {
        self.first.iter().chain(&self.others)
    }
}

/// A path template, split into segments.
pub(super) struct Template(Vec<Segment>);

enum Segment {
    Literal(&'static str),
    /// A parameter and nothing else.
    Whole(&'static str),
    /// A literal, and what follows the first brace.
    Mixed(&'static str, &'static str),
}

impl Template {
    /// Divides a template of the document.
    pub fn new(template: &'static str) -> Self {
        let template = template.split(['#', '?']).next().unwrap_or_default();
        let segment = |segment: &'static str| match segment.split_once('{') {
            None => Segment::Literal(segment),
            Some((literal, rest)) => match rest.strip_suffix('}') {
                Some(name) if literal.is_empty() && !name.contains('}') => Segment::Whole(name),
                _ => Segment::Mixed(literal, rest),
            },
        };
        Self(template.split('/').map(segment).collect())
    }

    /// Returns where the parameters are in a path; `None` if the path does not match. `start` is added to their places.
    pub fn captures(&self, path: &str, mut start: usize) -> Option<Captures> {
        let mut found = Captures::default();
        let mut rest = Some(path);
        for template in &self.0 {
            let (segment, more) = first_segment(rest?);
            match *template {
                Segment::Literal(literal) => {
                    (literal == segment || literal == params::unescape(segment)).then_some(())?;
                }
                Segment::Whole(name) => found.push((name, start..start + segment.len())),
                Segment::Mixed(literal, rest) => mixed(literal, rest, segment, start, &mut found)?,
            }
            start += segment.len() + 1;
            rest = more;
        }
        rest.is_none().then_some(found)
    }
}

/// Returns what is before the first slash, and what is after it. Segments are so short that a plain loop is the fastest.
fn first_segment(path: &str) -> (&str, Option<&str>) {
    let slash = path.bytes().position(|byte| byte == b'/');
    match slash.and_then(|slash| path.split_at_checked(slash)) {
        Some((segment, rest)) => (segment, rest.get(1..)),
        None => (path, None),
    }
}

/// Matches a segment whose template has a literal, and then `template`, which starts inside the braces of its first parameter.
///
/// Each parameter but the first takes as little as possible, from the end: `{name}.{format}` takes `a.b.json` as `a.b` and
/// `json`.
fn mixed(
    literal: &'static str,
    mut template: &'static str,
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
    for ((name, _), value) in parts.iter().zip(values.iter().rev()) {
        found.push((name, start + value.start..start + value.end));
    }
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

#[cfg(test)]
mod tests {
    use super::Template;

    /// Returns the values of the parameters of a path below a base path.
    fn found(template: &'static str, base: &str, path: &str) -> Option<String> {
        let captures = Template::new(template).captures(path, base.len())?;
        let all = format!("{base}{path}");
        let values = captures.iter().map(|(_, range)| all.get(range.clone()).unwrap_or_default());
        Some(values.collect::<Vec<_>>().join("|"))
    }

    #[test]
    fn the_last_separator_divides_a_segment() {
        for (template, path, expected) in [
            ("/at/{lat}.{format}", "/at/18.5.xml", Some("18.5|xml")),
            ("/{a}.{b}.{c}", "/w.x.y.z", Some("w.x|y|z")),
            ("/{name}.json", "/a.json.json", Some("a.json")),
            ("/{base}...{head}", "/main...next", Some("main|next")),
            ("/{a} {b}", "/x%20y", Some("x|y")),
            ("/{a}.{b}", "/.b", None),
            ("/{a}{b}", "/ab", None),
            ("/{id}", "/", Some("")),
            ("/{", "/x", None),
            ("/{a", "/x", None),
            ("/{}", "/x", Some("x")),
            ("/{a}}", "/x", None),
        ] {
            assert_eq!(found(template, "", path).as_deref(), expected, "{template} {path}");
        }
    }

    #[test]
    fn values_are_after_the_base_path() {
        for (template, path, expected) in [
            ("/users/{id}", "/users/7", "7"),
            ("/{owner}/{repo}/files/{name}", "/ada/engine/files/a%2Fb", "ada|engine|a%2Fb"),
            ("/v{major}.{minor}/{id}", "/v1.2/7", "1|2|7"),
        ] {
            assert_eq!(found(template, "/api/v3", path).as_deref(), Some(expected), "{template} {path}");
        }
    }
}
