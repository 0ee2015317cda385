//! Content negotiation: the `Accept` header (RFC 9110 §12.5.1).

use std::cmp::Reverse;

use http::HeaderMap;
use http::header::ACCEPT;

use crate::models::media_type::MediaType;

/// The media types that a client accepts. Without `Accept`, or without a list, these are all.
#[derive(Clone, Debug)]
pub struct Accept {
    ranges: Vec<(MediaType, f32)>,
}

impl Accept {
    /// Reads the `Accept` headers of a request.
    pub fn of(headers: &HeaderMap) -> Self {
        let values = headers.get_all(ACCEPT).into_iter().filter_map(|value| value.to_str().ok());
        let ranges = values.flat_map(MediaType::parse_list).filter_map(|range| {
            let quality = range.parameter("q").map_or(Some(1.0), |quality| quality.parse().ok())?;
            Some((range, quality))
        });
        Self { ranges: ranges.collect() }
    }

    /// Returns the quality of a media type between 0 and 1, which the most specific range decides; 0 if none matches.
    pub fn quality(&self, media_type: &str) -> f32 {
        if self.ranges.is_empty() {
            return 1.0;
        }
        let quality = |media_type: MediaType| {
            let closest = self.ranges.iter().filter_map(|(range, quality)| Some((range.fit(&media_type)?, *quality)));
            closest.max_by_key(|(fit, _)| *fit).map_or(0.0, |(_, quality)| quality)
        };
        MediaType::parse_list(media_type).map(quality).reduce(f32::max).unwrap_or(1.0)
    }

    /// Returns the media type that the client prefers; of several, the first. It is the first as well if the client accepts none.
    pub fn choose(&self, media_types: &[&'static str]) -> &'static str {
        let first = media_types.first().copied().unwrap_or_default();
        let better = |best: (f32, &'static str), media_type: &&'static str| {
            let quality = self.quality(media_type);
            if quality > best.0 { (quality, *media_type) } else { best }
        };
        media_types.iter().fold((0.0, first), better).1
    }
}

/// Returns whether the client accepts one of these media types.
pub(super) fn accepts(headers: &HeaderMap, produces: &[&str]) -> bool {
    let mut values = headers.get_all(ACCEPT).into_iter();
    match (values.next(), values.next()) {
        _ if produces.is_empty() => true,
        (None, _) => true,
        (Some(only), None) if accepts_plainly(only.as_bytes(), produces) => true,
        _ => {
            let accept = Accept::of(headers);
            produces.iter().any(|media_type| accept.quality(media_type) > 0.0)
        }
    }
}

/// Returns whether a list has one of these media types, or `*/*`, literally. Without parameters, every range has quality 1, so no other
/// range can exclude it.
fn accepts_plainly(list: &[u8], produces: &[&str]) -> bool {
    let is_plain = |range: &[u8]| range == b"*/*" || produces.iter().any(|media_type| range == media_type.as_bytes());
    is_plain(list)
        || (!list.contains(&b';') && list.split(|byte| *byte == b',').any(|range| is_plain(range.trim_ascii())))
}

/// Returns the client's preference for one of these media types: the best quality, then the position in `Accept`.
pub(super) fn preference(headers: &HeaderMap, produces: &[&str]) -> (f32, Reverse<usize>) {
    let unnamed = Reverse(usize::MAX);
    let accept = Accept::of(headers);
    if produces.is_empty() || accept.ranges.is_empty() {
        return (1.0, unnamed);
    }
    produces.iter().fold((0.0, unnamed), |best, media_type| {
        let parsed = MediaType::parse(media_type);
        let is_named =
            |(range, _): &(MediaType, f32)| parsed.as_ref().is_some_and(|known| known.has_same_essence(range));
        let named = accept.ranges.iter().position(is_named);
        let preference = (accept.quality(media_type), named.map_or(unnamed, Reverse));
        if preference > best { preference } else { best }
    })
}

#[cfg(test)]
mod tests {
    use http::header::ACCEPT;
    use http::{HeaderMap, HeaderValue};

    use super::{Accept, accepts, accepts_plainly};

    #[test]
    fn a_list_that_is_compared_literally_means_the_same() {
        let json: &[&str] = &["application/json"];
        let several: &[&str] = &["text/csv; header=present", "application/problem+json", "image/*"];
        for (values, of_json, of_several) in [
            (&["application/json"][..], true, false),
            (&["*/*"], true, true),
            (&["text/html, */*"], true, true),
            (&["text/html,application/json"], true, false),
            (&["text/html , application/problem+json"], false, true),
            (&["image/*"], false, true),
            (&["application/json,,"], true, false),
            (&["text/html", "application/json"], false, false),
            (&["text/csv; header=present"], false, true),
            (&["application/json;q=0"], false, false),
            (&["application/json;q=0, */*"], false, false),
            (&["*/*;q=0.1"], false, false),
            (&["application/*"], false, false),
            (&["APPLICATION/JSON"], false, false),
            (&["text/csv"], false, false),
            (&["text/html"], false, false),
            (&[","], false, false),
            (&[""], false, false),
        ] {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(ACCEPT, HeaderValue::from_static(value));
            }
            for (produces, is_plain) in [(json, of_json), (several, of_several)] {
                let slow = produces.iter().any(|media_type| Accept::of(&headers).quality(media_type) > 0.0);
                if let [only] = values {
                    assert_eq!(accepts_plainly(only.as_bytes(), produces), is_plain, "{values:?} {produces:?}");
                }
                assert_eq!(accepts(&headers, produces), slow, "{values:?} {produces:?}");
            }
        }
    }
}
