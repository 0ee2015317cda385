//! Files that may be null, and parts of any value.

use std::sync::{Arc, Mutex};

use super::nullable_files::client::{Client, InProcess};
use super::nullable_files::models::{FilePart, Patch, Place, Upload};
use super::nullable_files::server::{Api, Context, FilesThatMayBeNullApi, Server, UploadError};

#[derive(Clone, Default)]
struct App(Arc<Mutex<Vec<Upload>>>);

impl Api for App {}

impl FilesThatMayBeNullApi for App {
    async fn upload(&self, _: Context<()>, body: Upload) -> Result<(), UploadError> {
        self.0.lock().unwrap().push(body);
        Ok(())
    }
}

/// The bytes are not valid UTF-8.
#[tokio::test]
async fn bytes_and_values_arrive() {
    let app = App::default();
    let client = Client::builder()
        .base_url("http://test")
        .transport(InProcess(Server::new(app.clone()).into_app()))
        .build()
        .unwrap();
    let png: &[u8] = b"\x89PNG\r\n\x1a\n";
    let sent = Upload::new(FilePart::new(vec![0, 255]))
        .with_thumb(FilePart::new(png).with_file_name("thumb.png"))
        .with_scan(FilePart::new(png))
        .with_free(serde_json::json!({"a": [1, true, null, "12"]}));
    client.upload(sent).await.unwrap();
    for value in [serde_json::json!(12), serde_json::json!("12"), serde_json::json!(false)] {
        client.upload(Upload::new(FilePart::new("")).with_free(value)).await.unwrap();
    }
    let received = app.0.lock().unwrap();
    let Patch::Value(thumb) = &received[0].thumb else { panic!("the thumb is missing") };
    assert_eq!((thumb.bytes().map(|bytes| bytes.as_ref()), thumb.file_name.as_deref()), (Some(png), Some("thumb.png")));
    let free: Vec<_> = received.iter().filter_map(|upload| upload.free.clone()).collect();
    let expected = [
        serde_json::json!({"a": [1, true, null, "12"]}),
        serde_json::json!(12),
        serde_json::json!("12"),
        serde_json::json!(false),
    ];
    assert_eq!(free, expected);
}

/// A part of JSON can be `null`, which is not the same as no part.
#[tokio::test]
async fn null_in_a_part_of_json_arrives() {
    let app = App::default();
    let server = Server::new(app.clone()).into_app();
    let client = Client::builder().base_url("http://test").transport(InProcess(server)).build().unwrap();
    let places = [Patch::Null, Patch::Absent, Patch::Value(Place::default().with_name("here"))];
    for place in places.clone() {
        let sent = Upload { place, ..Upload::new(FilePart::new("a")) };
        client.upload(sent).await.unwrap();
    }
    let received: Vec<_> = app.0.lock().unwrap().iter().map(|upload| upload.place.clone()).collect();
    assert_eq!(received, places);
}
