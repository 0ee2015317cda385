//! Media types and ranges of them (RFC 9110 §8.3.1, §12.5.1).

use std::cmp::Ordering;

/// A media type, or a range such as `image/*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaType {
    kind: String,
    subtype: String,
    parameters: Vec<(String, String)>,
}

/// How well two media types fit: how specific the match is, then how many parameters are equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fit {
    specificity: u8,
    parameters: usize,
}

impl MediaType {
    /// Reads a media type; `None` if the text is not one.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = split(text, ';').map(str::trim);
        let (kind, subtype) = parts.next()?.split_once('/')?;
        let parameters = parts.filter_map(|part| part.split_once('=')).map(|(name, value)| {
            let value = value.trim();
            let unquoted = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            (name.trim().to_ascii_lowercase(), unquoted.unwrap_or(value).replace('\\', ""))
        });
        let parameters = parameters.collect();
        Some(Self { kind: kind.to_ascii_lowercase(), subtype: subtype.to_ascii_lowercase(), parameters })
    }

    /// Reads a list of media types with the text of each, such as that of `Accept`.
    pub fn parse_list(text: &str) -> impl Iterator<Item = Self> {
        split(text, ',').filter_map(Self::parse)
    }

    /// Returns a parameter, by its name in lower case.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Returns whether both have the same type and subtype.
    pub fn has_same_essence(&self, other: &Self) -> bool {
        (&self.kind, &self.subtype) == (&other.kind, &other.subtype)
    }

    /// Returns how well two media types or ranges fit each other; `None` if they do not.
    ///
    /// All kinds of JSON fit each other, and so do all kinds of XML (RFC 6839 §3.1, RFC 7303 §4.2). A parameter that only one of
    /// them has does not matter.
    pub fn fit(&self, other: &Self) -> Option<Fit> {
        let parameters = self.equal_parameters(other)?;
        let same_kind = self.kind == other.kind;
        let is_any = |media_type: &Self| media_type.kind == "*";
        let is_range = |media_type: &Self| media_type.subtype == "*";
        let specificity = match () {
            () if self.has_same_essence(other) => 3,
            () if same_kind && self.is_format("json") && other.is_format("json") => 2,
            () if self.is_format("xml") && other.is_format("xml") => 2,
            () if same_kind && (is_range(self) || is_range(other)) => 1,
            () if is_any(self) || is_any(other) => 0,
            () => return None,
        };
        Some(Fit { specificity, parameters })
    }

    /// Returns whether the subtype or its suffix names a format (RFC 6838 §4.2.8).
    pub fn is_format(&self, format: &str) -> bool {
        self.subtype == format || self.subtype.rsplit_once('+').is_some_and(|(_, suffix)| suffix == format)
    }

    /// Returns how many parameters both have with the same value; `None` if they have one with different values. Encodings,
    /// boundaries and weights distinguish no media types.
    fn equal_parameters(&self, other: &Self) -> Option<usize> {
        let matters = |name: &str| !["charset", "boundary", "q"].contains(&name);
        let mut count = 0;
        for (name, value) in self.parameters.iter().filter(|(name, _)| matters(name)) {
            match other.parameter(name) {
                Some(found) if found.eq_ignore_ascii_case(value) => count += 1,
                Some(_) => return None,
                None => {}
            }
        }
        Some(count)
    }
}

/// Returns the documented media type or range that a media type fits best; of several, the first. Some documents list several in one
/// text, separated by commas.
pub fn one_of(documented: &[&'static str], given: &str) -> Option<&'static str> {
    let given = MediaType::parse(given)?;
    let fit = |text: &str| MediaType::parse_list(text).filter_map(|known| given.fit(&known)).max();
    let fits = documented.iter().filter_map(|text| Some((fit(text)?, *text)));
    // `max_by` would return the last.
    let best = fits.reduce(|best, next| if next.0.cmp(&best.0) == Ordering::Greater { next } else { best });
    best.map(|(_, text)| text)
}

/// Splits at a character outside of quoted strings (RFC 9110 §5.6.4).
fn split(text: &str, by: char) -> impl Iterator<Item = &str> {
    let (mut quoted, mut escaped) = (false, false);
    text.split(move |c| {
        let ends = c == by && !quoted;
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ => {}
        }
        ends
    })
}

#[cfg(test)]
mod tests {
    use super::{MediaType, one_of};

    #[test]
    fn the_best_fit_is_found() {
        // (documented, given, expected), from RFC 9110 §8.3.1 and §12.5.1.
        let rows: [(&[&'static str], &str, Option<&str>); 17] = [
            (&["application/json", "text/csv"], "text/csv; charset=utf-8", Some("text/csv")),
            (&["application/json", "text/csv"], "TEXT/CSV", Some("text/csv")),
            (&["application/json", "text/csv"], "text/html", None),
            (&["application/json;v=1", "application/json;v=2"], "application/json; V=2", Some("application/json;v=2")),
            (
                &["application/json;v=1", "application/json;v=2"],
                "application/json;v=\"2\"",
                Some("application/json;v=2"),
            ),
            (&["application/json;v=1", "application/json;v=2"], "application/json", Some("application/json;v=1")),
            (&["application/json;v=1", "application/json;v=2"], "application/json;v=3", None),
            (
                &["application/json; charset=utf-8", "application/json;v=2"],
                "application/json",
                Some("application/json; charset=utf-8"),
            ),
            (&["application/a+json", "application/b+json"], "application/b+json", Some("application/b+json")),
            (&["application/a+json", "text/csv"], "application/json", Some("application/a+json")),
            (&["application/xml", "application/json"], "text/xml", Some("application/xml")),
            (&["*/*", "image/*", "image/png"], "image/png", Some("image/png")),
            (&["*/*", "image/*", "image/png"], "image/gif", Some("image/*")),
            (&["*/*", "image/*", "image/png"], "audio/ogg", Some("*/*")),
            (&["audio/*", "video/*"], "image/png", None),
            (&["text/plain"], "", None),
            (&["application/json", "text/csv, text/x-csv"], "text/x-csv", Some("text/csv, text/x-csv")),
        ];
        for (documented, given, expected) in rows {
            assert_eq!(one_of(documented, given), expected, "{given} of {documented:?}");
        }
    }

    #[test]
    fn quoted_strings_are_not_split() {
        let parsed: Vec<MediaType> = MediaType::parse_list("a/b;x=\"1,2;3\\\"\";q=0.5, c/d").collect();
        assert_eq!(parsed.len(), 2);
        assert_eq!(parsed.first().and_then(|first| first.parameter("x")), Some("1,2;3\""));
        assert_eq!(parsed.first().and_then(|first| first.parameter("q")), Some("0.5"));
    }
}
