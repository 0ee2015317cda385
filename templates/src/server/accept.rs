//! Content negotiation: the `Accept` header (RFC 9110 §12.5.1).

use std::cmp::Reverse;

use http::HeaderMap;
use http::header::ACCEPT;

/// Returns whether the client accepts one of these media types. Without `Accept`, or without a list, everything is
/// accepted.
pub(super) fn accepts(headers: &HeaderMap, produces: &[&str]) -> bool {
    if produces.is_empty() || !headers.contains_key(ACCEPT) {
        return true;
    }
    let ranges = ranges(headers);
    ranges.is_empty() || produces.iter().any(|media_type| quality(&ranges, media_type) > 0.0)
}

/// Returns whether the client prefers one media type to another.
pub(super) fn prefers(headers: &HeaderMap, media_type: &str, other: &str) -> bool {
    let ranges = ranges(headers);
    quality(&ranges, media_type) > quality(&ranges, other)
}

/// Returns the client's preference for one of these media types: the best quality, then the position in `Accept`.
pub(super) fn preference(headers: &HeaderMap, produces: &[&str]) -> (f32, Reverse<usize>) {
    let unnamed = Reverse(usize::MAX);
    let ranges = ranges(headers);
    if produces.is_empty() || ranges.is_empty() {
        return (1.0, unnamed);
    }
    produces.iter().fold((0.0, unnamed), |best, media_type| {
        let essence = essence(media_type);
        let named = ranges.iter().position(|range| essence.split_once('/') == Some((&range.kind, &range.subtype)));
        let preference = (quality(&ranges, media_type), named.map_or(unnamed, Reverse));
        if preference > best { preference } else { best }
    })
}

fn ranges(headers: &HeaderMap) -> Vec<Range> {
    let values = headers.get_all(ACCEPT).into_iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).filter_map(Range::read).collect()
}

struct Range {
    kind: String,
    subtype: String,
    quality: f32,
}

impl Range {
    fn read(text: &str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let (kind, subtype) = parts.next()?.split_once('/')?;
        let quality = parts.find_map(|parameter| parameter.strip_prefix("q=").or_else(|| parameter.strip_prefix("Q=")));
        let quality = quality.map_or(Some(1.0), |quality| quality.trim().parse().ok())?;
        Some(Self { kind: kind.to_ascii_lowercase(), subtype: subtype.to_ascii_lowercase(), quality })
    }

    /// Returns how specific a match is; `None` if there is no match. All kinds of JSON match each other.
    fn specificity(&self, kind: &str, subtype: &str) -> Option<u8> {
        let json = |subtype: &str| subtype == "json" || subtype.ends_with("+json");
        match (self.kind.as_str(), self.subtype.as_str()) {
            (k, s) if k == kind && s == subtype => Some(3),
            (k, s) if k == kind && json(s) && json(subtype) => Some(2),
            (k, "*") if k == kind => Some(1),
            ("*", "*") => Some(0),
            _ => None,
        }
    }
}

/// Returns a media type without parameters, in lower case.
fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Returns the quality of a media type, which the most specific range decides; 0 if none matches.
fn quality(ranges: &[Range], media_type: &str) -> f32 {
    let essence = essence(media_type);
    let Some((kind, subtype)) = essence.split_once('/') else { return 1.0 };
    let closest = ranges.iter().filter_map(|range| Some((range.specificity(kind, subtype)?, range.quality)));
    closest.max_by_key(|(specificity, _)| *specificity).map_or(0.0, |(_, quality)| quality)
}
