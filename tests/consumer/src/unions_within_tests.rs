//! Unions that are extended, and rules about what arrived. The verdicts are those of JSON Schema.

use super::unions_within::client::{Client, InProcess};
use super::unions_within::models::{End, Found, Icon};
use super::unions_within::server::{Api, Context, FindError, PutEndError, PutIconError, Server, UnionsWithinApi, axum};
use axum::body::Body;
use tower::ServiceExt as _;

struct App;

impl Api for App {}

impl UnionsWithinApi for App {
    async fn find(&self, _: Context<()>, body: Found) -> Result<Found, FindError> {
        Ok(body)
    }

    async fn put_end(&self, _: Context<()>, _: End) -> Result<(), PutEndError> {
        Ok(())
    }

    async fn put_icon(&self, _: Context<()>, body: Icon) -> Result<Icon, PutIconError> {
        Ok(body)
    }
}

/// Sends JSON. Returns the status and the body of the response.
async fn send(method: &str, path: &str, json: &'static str) -> (u16, String) {
    let request = http::Request::builder().method(method).uri(path).header("content-type", "application/json");
    let response = Server::new(App).into_app().oneshot(request.body(Body::from(json)).unwrap()).await.unwrap();
    let status = response.status().as_u16();
    let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

#[tokio::test]
async fn both_branches_of_an_extended_union_arrive() {
    for json in [r#"{"page":1,"items":["a"]}"#, r#"{"offset":0,"items":[]}"#] {
        let (status, body) = send("POST", "/found", json).await;
        assert_eq!(status, 200, "{body}");
        let same: serde_json::Value = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::from_str::<serde_json::Value>(&body).unwrap(), same);
    }
    // Neither branch, both, and a negative page.
    for json in [r#"{"items":[]}"#, r#"{"page":1,"offset":1,"items":[]}"#, r#"{"page":-1,"items":[]}"#] {
        assert_eq!(send("POST", "/found", json).await.0, 400, "{json}");
    }
}

#[tokio::test]
async fn exactly_one_is_judged_on_what_arrived() {
    let rows = [
        (r#"{"node":"a","at":{"y":1}}"#, 204), // the first branch requires `x`
        (r#"{"node":"a","side":"none"}"#, 204),
        (r#"{"node":"a"}"#, 400),
        (r#"{"node":"a","side":"top","at":{"x":1,"y":1}}"#, 400),
    ];
    for (json, expected) in rows {
        assert_eq!(send("POST", "/ends", json).await.0, expected, "{json}");
    }
}

#[tokio::test]
async fn text_that_is_not_base64_is_kept_or_refused() {
    let uri = r#"{"image":"data:image/png;base64,QQ=="}"#;
    assert_eq!(send("PUT", "/icon", uri).await, (200, uri.to_owned()));
    assert_eq!(send("PUT", "/icon", r#"{"image":"hello world"}"#).await.1, r#"{"image":"hello world"}"#);
    assert_eq!(send("PUT", "/icon", r#"{"bytes":"QQ=="}"#).await.1, r#"{"bytes":"QQ=="}"#);
    for json in [r#"{"bytes":"hello world"}"#, r#"{"bytes":"QR=="}"#, r#"{"bytes":"Q=Q="}"#] {
        assert_eq!(send("PUT", "/icon", json).await.0, 400, "{json}");
    }
    let client = Client::builder().base_url("http://unions.test").transport(InProcess(Server::new(App).into_app()));
    let icon = Icon::default().with_image("not base64");
    assert_eq!(client.build().unwrap().put_icon(icon.clone()).await.unwrap(), icon);
}
