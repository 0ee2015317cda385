//! Ranges of media types, and several kinds of bytes: the side that sends a body says what it is (RFC 9110 §8.3), and what is outside
//! of the range is refused.

use super::media_type_ranges::client::{Client, InProcess, UploadBody, WithMediaType};
use super::media_type_ranges::models::{ConvertPictureCreated, ConvertPictureSuccess, Setting};
use super::media_type_ranges::server::{
    Api, Context, ConvertPictureError, GetAnyError, GetNoteError, GetPictureError, PutNoteError, PutPictureError,
    PutSettingError, RangesApi, Server, axum,
};
use axum::body::Body;

struct App;

impl Api for App {}

/// The media type that the test asks for.
fn wanted<P>(cx: &Context<P>) -> String {
    cx.header("x-want").unwrap_or("image/webp").to_owned()
}

impl RangesApi for App {
    async fn get_picture(&self, cx: Context<()>) -> Result<WithMediaType<Body>, GetPictureError> {
        Ok(WithMediaType::new(wanted(&cx), "picture"))
    }

    async fn put_picture(&self, _: Context<()>, _: Body) -> Result<(), PutPictureError> {
        Ok(())
    }

    async fn convert_picture(
        &self,
        cx: Context<()>,
        body: Body,
    ) -> Result<ConvertPictureSuccess<Body>, ConvertPictureError> {
        Ok(match wanted(&cx).as_str() {
            "text/markdown" => ConvertPictureSuccess::Created(ConvertPictureCreated::Text(
                "text/markdown".to_owned(),
                "# note".to_owned(),
            )),
            "audio/ogg" => {
                ConvertPictureSuccess::Created(ConvertPictureCreated::Bytes("audio/ogg".to_owned(), "ogg".into()))
            }
            other => ConvertPictureSuccess::Ok(WithMediaType::new(other, body)),
        })
    }

    async fn get_note(&self, _: Context<()>) -> Result<WithMediaType<String>, GetNoteError> {
        Ok(WithMediaType::new("text/markdown; charset=utf-8", "# note"))
    }

    async fn put_note(&self, _: Context<()>, _: String) -> Result<(), PutNoteError> {
        Ok(())
    }

    async fn get_any(&self, _: Context<()>) -> Result<WithMediaType<Body>, GetAnyError> {
        Ok(WithMediaType::new("model/gltf-binary", "model"))
    }

    async fn put_setting(&self, _: Context<()>, setting: Setting) -> Result<Setting, PutSettingError> {
        Ok(setting)
    }
}

/// Sends a request over a socket; returns the status and the media type of the response.
async fn send(method: &str, path: &str, headers: &[(&str, &str)], body: &'static str) -> (u16, String) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}{path}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Server::new(App).into_app()).await });
    let mut request = reqwest::Client::new().request(method.parse().unwrap(), url).body(body);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = request.send().await.unwrap();
    let media_type = response.headers().get("content-type").map(|value| value.to_str().unwrap().to_owned());
    (response.status().as_u16(), media_type.unwrap_or_default())
}

#[tokio::test]
async fn requests_outside_of_the_range_are_refused() {
    // (method, path, Content-Type, body, expected status)
    let rows = [
        ("PUT", "/picture", "image/png", "png", 204),
        ("PUT", "/picture", "IMAGE/SVG+XML", "<svg/>", 204),
        ("PUT", "/picture", "audio/ogg", "ogg", 415),
        ("PUT", "/picture", "text/html", "<p>", 415),
        ("PUT", "/picture", "application/octet-stream", "png", 415),
        ("POST", "/picture", "image/png", "png", 200),
        ("POST", "/picture", "image/gif", "gif", 415),
        ("PUT", "/note", "text/markdown", "# note", 204),
        ("PUT", "/note", "text/markdown", "", 400),
        ("PUT", "/note", "application/json", "{}", 415),
        ("PUT", "/setting", "application/vnd.setting", r#"{"on":true}"#, 200),
        ("PUT", "/setting", "text/plain", r#"{"on":true}"#, 415),
    ];
    for (method, path, media_type, body, expected) in rows {
        let headers = [("content-type", media_type), ("x-want", "image/png")];
        assert_eq!(send(method, path, &headers, body).await.0, expected, "{method} {path} {media_type}");
    }
}

#[tokio::test]
async fn the_handler_says_which_media_type_it_returns() {
    let get = async |path, accept, want| send("GET", path, &[("accept", accept), ("x-want", want)], "").await;
    assert_eq!(get("/picture", "image/*", "image/png").await, (200, "image/png".to_owned()));
    assert_eq!(get("/picture", "*/*", "image/avif").await, (200, "image/avif".to_owned()));
    assert_eq!(get("/note", "text/*", "").await, (200, "text/markdown; charset=utf-8".to_owned()));
    assert_eq!(get("/any", "model/*", "").await, (200, "model/gltf-binary".to_owned()));
    // Nothing in the range is accepted (RFC 9110 §15.5.7).
    assert_eq!(get("/picture", "text/html", "image/png").await.0, 406);
    assert_eq!(get("/note", "image/*", "").await.0, 406);
    // A media type that the document does not allow is a mistake of the handler, and so is a range.
    for wrong in ["text/html", "image/*", "image"] {
        assert_eq!(get("/picture", "image/*", wrong).await.0, 500, "{wrong}");
    }
}

#[tokio::test]
async fn the_client_learns_the_media_type() {
    let server = Server::new(App).into_app();
    let client = Client::builder().base_url("http://ranges.test").transport(InProcess(server)).build().unwrap();
    let api = client;
    let picture = api.get_picture().header("x-want", "image/png").await.unwrap();
    assert_eq!(picture.media_type, "image/png");
    assert_eq!(picture.body.bytes().await.unwrap(), "picture");
    let note = api.get_note().await.unwrap();
    assert_eq!(note, WithMediaType::new("text/markdown; charset=utf-8", "# note"));
    assert_eq!(api.get_any().await.unwrap().media_type, "model/gltf-binary");
    api.put_picture(UploadBody::from("png").with_content_type("image/png")).await.unwrap();
    // Only the caller knows which media type of the range it is; without one, the request says none.
    api.put_picture("png").await.unwrap();
    api.put_note("# note").await.unwrap();
    assert_eq!(api.put_setting(Setting::new(true)).await.unwrap(), Setting::new(true));
    let convert = async |want: &str| {
        let body = UploadBody::from("body").with_content_type("image/png");
        api.convert_picture(body).header("x-want", want).await.unwrap()
    };
    let ConvertPictureSuccess::Ok(picture) = convert("image/jpeg").await else { panic!() };
    assert_eq!(picture.media_type, "image/jpeg");
    assert_eq!(picture.body.bytes().await.unwrap(), "body");
    let ConvertPictureSuccess::Created(ConvertPictureCreated::Text(media_type, text)) = convert("text/markdown").await
    else {
        panic!()
    };
    assert_eq!((media_type.as_str(), text.as_str()), ("text/markdown", "# note"));
    let ConvertPictureSuccess::Created(ConvertPictureCreated::Bytes(media_type, _)) = convert("audio/ogg").await else {
        panic!()
    };
    assert_eq!(media_type, "audio/ogg");
}
