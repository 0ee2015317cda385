//! Bodies of several media types: the type of the argument says which one is sent, and the server knows which one arrived.

use std::sync::{Arc, Mutex};

use super::request_bodies::client::{Client, InProcess, UploadBody};
use super::request_bodies::models::{
    AddNoteBody, AddNoteRequestForm, AddNoteRequestMultipart, AddNoteRequestMultipartPhotos as Photos, ChangeNoteBody,
    ChangeNoteRequestJsonPatchItem, ChangeNoteRequestJsonPatchItemRequired, FilePart, Note,
};
use super::request_bodies::server::{
    AddNoteError, Api, BodiesApi, ChangeNoteError, Context, PutPictureError, ReplaceNoteError, Server, axum,
};

#[derive(Clone, Default)]
struct App(Arc<Mutex<Vec<String>>>);

impl App {
    fn note(&self, what: String) {
        self.0.lock().unwrap().push(what);
    }
}

impl Api for App {}

impl BodiesApi for App {
    async fn add_note(&self, _: Context<()>, body: AddNoteBody) -> Result<(), AddNoteError> {
        self.note(match body {
            AddNoteBody::Json(note) => format!("json {}", note.title),
            AddNoteBody::Form(form) => format!("form {} {:?}", form.title, form.stars),
            AddNoteBody::Multipart(parts) => {
                let photos = parts.photos.map(|photos| match photos {
                    Photos::File(_) => 1,
                    Photos::List(photos) => photos.len(),
                });
                format!("parts {:?} {:?} {photos:?}", parts.scan.bytes(), parts.page)
            }
            AddNoteBody::Text(text) => format!("text {text}"),
            AddNoteBody::Bytes(media_type, bytes) => format!("{media_type} {bytes:?}"),
        });
        Ok(())
    }

    async fn change_note(
        &self,
        _: Context<()>,
        _: String,
        body: Option<ChangeNoteBody>,
    ) -> Result<(), ChangeNoteError> {
        self.note(match body {
            None => "nothing".to_owned(),
            Some(ChangeNoteBody::MergePatch(note)) => format!("merge {}", note.title),
            Some(ChangeNoteBody::JsonPatch(steps)) => format!("{} steps", steps.len()),
        });
        Ok(())
    }

    async fn replace_note(&self, _: Context<()>, _: String, note: Note) -> Result<(), ReplaceNoteError> {
        self.note(format!("note {}", note.title));
        Ok(())
    }

    async fn put_picture(&self, cx: Context<()>, _: axum::body::Body) -> Result<(), PutPictureError> {
        self.note(cx.headers["content-type"].to_str()?.to_owned());
        Ok(())
    }
}

#[tokio::test]
async fn what_is_sent_is_what_arrives() {
    let app = App::default();
    let server = Server::new(app.clone()).into_app();
    let client = Client::builder().base_url("http://notes.test").transport(InProcess(server)).build().unwrap();
    let notes = client;
    notes.add_note(Note::new("A")).await.unwrap();
    notes.add_note(AddNoteRequestForm::new("BB").with_stars(2)).await.unwrap();
    let parts = AddNoteRequestMultipart::new(&b"scan"[..]);
    notes.add_note(parts.clone()).await.unwrap();
    notes.add_note(parts.clone().with_photos(Photos::File(FilePart::new("1")))).await.unwrap();
    let photos = Photos::List(vec![FilePart::new("1"), FilePart::new("2")]);
    notes.add_note(parts.with_photos(photos)).await.unwrap();
    notes.add_note("plain".to_owned()).await.unwrap();
    notes.add_note(AddNoteBody::Bytes("image/png".to_owned(), "png".into())).await.unwrap();
    notes.change_note("1").await.unwrap();
    notes.change_note("1").body(Note::new("C")).await.unwrap();
    let step = ChangeNoteRequestJsonPatchItem::new(ChangeNoteRequestJsonPatchItemRequired {
        op: "remove".into(),
        path: "/stars".into(),
    });
    notes.change_note("1").body(ChangeNoteBody::JsonPatch(vec![step])).await.unwrap();
    notes.replace_note("1", Note::new("D")).await.unwrap();
    notes.put_picture(UploadBody::from(&b"jpeg"[..]).with_content_type("image/jpeg")).await.unwrap();
    let expected = [
        "json A",
        "form BB Some(2)",
        "parts Some(b\"scan\") None None",
        "parts Some(b\"scan\") None Some(1)",
        "parts Some(b\"scan\") None Some(2)",
        "text plain",
        "image/png b\"png\"",
        "nothing",
        "merge C",
        "1 steps",
        "note D",
        "image/jpeg",
    ];
    assert_eq!(*app.0.lock().unwrap(), expected);
}

#[tokio::test]
async fn every_form_is_held_against_its_own_rules() {
    let server = Server::new(App::default()).into_app();
    let client = Client::builder().base_url("http://notes.test").transport(InProcess(server)).build().unwrap();
    let refused = client.add_note(Note::new("")).await.unwrap_err();
    assert_eq!(refused.status().unwrap(), 400);
    let refused = client.add_note(AddNoteRequestForm::new("B")).await.unwrap_err();
    assert!(refused.to_string().contains("title") || refused.raw().unwrap().text().contains("/title"), "{refused}");
    let refused = client.change_note("1").body(Note::new("")).await.unwrap_err();
    assert_eq!(refused.status().unwrap(), 400);
}

#[tokio::test]
async fn bodies_of_other_media_types_are_refused() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Server::new(App::default()).into_app()).await });
    let send = async |media_type: Option<&str>, body: &'static str| {
        let request = reqwest::Client::new().put(format!("{url}/pictures")).body(body);
        let request =
            media_type.map_or(request.try_clone().unwrap(), |media_type| request.header("content-type", media_type));
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(send(Some("image/png"), "png").await, 204);
    assert_eq!(send(Some("IMAGE/JPEG; q=1"), "jpeg").await, 204);
    assert_eq!(send(Some("text/html"), "<p>").await, 415);
    assert_eq!(send(None, "").await, 400, "the body is required");
}
