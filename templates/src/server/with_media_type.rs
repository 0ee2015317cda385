//! Responses whose media type the handler chooses.

use axum::response::Response;
use http::HeaderValue;
use http::header::CONTENT_TYPE;

use super::error::Failure;
use crate::models::media_type;

/// Sets the media type that the handler has chosen of the documented ones.
///
/// Fails if the document does not allow it.
pub fn with_media_type(
    response: Result<Response, Failure>,
    documented: &[&'static str],
    media_type: &str,
) -> Result<Response, Failure> {
    let mut response = response?;
    let value = HeaderValue::from_str(media_type).ok().filter(|_| !media_type.contains('*'));
    match (value, media_type::one_of(documented, media_type)) {
        (Some(value), Some(_)) => {
            response.headers_mut().insert(CONTENT_TYPE, value);
            Ok(response)
        }
        _ => {
            let message = format!("`{media_type}` is not a media type of this response: {}", documented.join(", "));
            Err(Failure::Internal(message.into()))
        }
    }
}
