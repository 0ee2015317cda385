//! What clients read of the bodies of responses.

#![cfg(feature = "client")]
#![allow(clippy::pedantic, missing_docs, clippy::unwrap_used)]

use std::collections::BTreeMap;

use bytes::Bytes;
use crategen_runtime::client::RawResponse;
use http::{HeaderMap, StatusCode};

/// The value, or the location and the message of the error.
fn decode(body: &'static str) -> Result<BTreeMap<String, i64>, String> {
    let response =
        RawResponse { status: StatusCode::OK, headers: HeaderMap::new(), body: Bytes::from_static(body.as_bytes()) };
    response.decode().map_err(|error| error.to_string())
}

#[test]
fn a_body_is_one_value_and_nothing_else() {
    let one = Ok(BTreeMap::from([("id".to_owned(), 1)]));
    for body in ["{\"id\":1}", " {\"id\":1}\r\n", "{\"id\":1.0}"] {
        assert_eq!(decode(body), one, "{body}");
    }
    for body in ["{\"id\":1} garbage", "{\"id\":1}{\"id\":2}", "{\"id\":1}]"] {
        assert!(decode(body).unwrap_err().contains("trailing characters"), "{body}");
    }
    assert!(decode("{\"id\":1.0} garbage").is_err());
    assert!(decode("{\"id\":true}").unwrap_err().contains("id"));
}
