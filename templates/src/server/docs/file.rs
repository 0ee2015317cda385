//! The files of the page as responses: headers, compression and caching.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::OnceLock;

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
    REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use http::{HeaderMap, HeaderValue, StatusCode};

use super::archive::Member;

/// What the page may do: run its own scripts, apply its own styles, and send requests to its own server. Images may come
/// from the style sheet (`data:`), and images, sounds and films from responses (`blob:`).
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
     media-src blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A file of the page.
pub(super) struct File {
    media_type: &'static str,
    content: Content,
    /// What clients get that cannot read a compressed file, once the first one has asked for it.
    uncompressed: OnceLock<Bytes>,
    /// The hash of its bytes, which is the same in every process of one build.
    hash: u64,
}

enum Content {
    Plain(Bytes),
    /// Bytes that are compressed with deflate, in a file of gzip. They begin behind a header of [`GZIP_HEADER`] and end
    /// before a trailer of eight bytes.
    Compressed(Bytes),
}

/// The header of a file of gzip that was compressed with deflate, without a time and a name (RFC 1952 §2.3).
const GZIP_HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
const GZIP_TRAILER: usize = 8;

impl File {
    /// A text.
    pub(super) fn text(media_type: &'static str, text: impl Into<Bytes>) -> Self {
        Self::new(media_type, Content::Plain(text.into()))
    }

    /// A file of an archive, which stays compressed.
    pub(super) fn of_archive(media_type: &'static str, member: Member<'static>) -> Self {
        let content = if member.is_compressed {
            let (checksum, size) = (member.checksum.to_le_bytes(), member.size.to_le_bytes());
            Content::Compressed([&GZIP_HEADER, member.bytes, &checksum, &size].concat().into())
        } else {
            Content::Plain(Bytes::from_static(member.bytes))
        };
        Self::new(media_type, content)
    }

    fn new(media_type: &'static str, content: Content) -> Self {
        let (Content::Plain(bytes) | Content::Compressed(bytes)) = &content;
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        Self { media_type, hash: hasher.finish(), content, uncompressed: OnceLock::new() }
    }

    /// Responds with the file, or with 304 if the client has it already.
    pub(super) fn response(&self, request: &HeaderMap) -> Response {
        let gzip = matches!(self.content, Content::Compressed(_)) && accepts_gzip(request);
        let tag = format!("\"{:016x}{}\"", self.hash, if gzip { "-gzip" } else { "" });
        let mut response = if is_known(request, &tag) {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            response
        } else {
            Response::new(Body::from(self.bytes(gzip)))
        };
        let headers = response.headers_mut();
        headers.extend(security_headers());
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.media_type));
        // Browsers ask each time whether a file has changed, because its URL stays the same in the next version.
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        headers.extend(HeaderValue::try_from(tag).ok().map(|tag| (ETAG, tag)));
        if matches!(self.content, Content::Compressed(_)) {
            headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        }
        if gzip {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        response
    }

    fn bytes(&self, gzip: bool) -> Bytes {
        match &self.content {
            Content::Compressed(bytes) if !gzip => self.uncompressed.get_or_init(|| uncompressed(bytes)).clone(),
            Content::Compressed(bytes) | Content::Plain(bytes) => bytes.clone(),
        }
    }
}

/// The headers that limit what browsers do with a file. They are also those of redirects.
pub(super) fn security_headers() -> HeaderMap {
    let headers = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
    ];
    headers.into_iter().map(|(name, value)| (name, HeaderValue::from_static(value))).collect()
}

/// Returns the bytes of a file of gzip for the few clients that cannot read it; none if they cannot be uncompressed.
fn uncompressed(file: &[u8]) -> Bytes {
    let end = file.len().saturating_sub(GZIP_TRAILER);
    let deflated = file.get(GZIP_HEADER.len()..end).unwrap_or_default();
    miniz_oxide::inflate::decompress_to_vec(deflated).unwrap_or_default().into()
}

/// Whether a client accepts gzip (RFC 9110 §12.5.3). One that does not say so gets what every client can read.
fn accepts_gzip(request: &HeaderMap) -> bool {
    let lists = request.get_all(ACCEPT_ENCODING).into_iter().filter_map(|value| value.to_str().ok());
    let codings: Vec<(&str, bool)> = lists.flat_map(|list| list.split(',')).map(coding).collect();
    let of = |wanted: &str| codings.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
    of("gzip").or_else(|| of("*")).is_some_and(|(_, is_accepted)| *is_accepted)
}

/// Returns the name of a coding, and whether its weight is more than 0.
fn coding(text: &str) -> (&str, bool) {
    let (name, weight) = text.split_once(';').unwrap_or((text, ""));
    let weight = weight.trim().strip_prefix("q=").map_or(Some(1.0), |weight| weight.parse::<f32>().ok());
    (name.trim(), weight.is_some_and(|weight| weight > 0.0))
}

/// Whether the client has the file with this entity tag (RFC 9110 §13.1.2).
fn is_known(request: &HeaderMap, tag: &str) -> bool {
    let lists = request.get_all(IF_NONE_MATCH).into_iter().filter_map(|value| value.to_str().ok());
    let mut tags = lists.flat_map(|list| list.split(',')).map(str::trim);
    tags.any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}
