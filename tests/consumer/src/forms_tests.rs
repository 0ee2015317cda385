//! Forms: what the server reads is what the client wrote, over a real socket.

use std::sync::{Arc, Mutex};

use super::forms::client::Client;
use super::forms::models::{Card, CreateTokenRequest, FilePart, Photo};
use super::forms::server::{Api, Context, CreateTokenError, FormsApi, PutCardError, Server, UploadPhotoError};

/// What arrived.
#[derive(Clone, Default)]
struct App {
    tokens: Arc<Mutex<Vec<CreateTokenRequest>>>,
    cards: Arc<Mutex<Vec<(String, Card)>>>,
    photos: Arc<Mutex<Vec<Option<Photo>>>>,
}

impl Api for App {}

impl FormsApi for App {
    async fn create_token(&self, _: Context<()>, body: CreateTokenRequest) -> Result<(), CreateTokenError> {
        self.tokens.lock().unwrap().push(body);
        Ok(())
    }

    async fn upload_photo(&self, _: Context<()>, body: Option<Photo>) -> Result<Card, UploadPhotoError> {
        self.photos.lock().unwrap().push(body);
        Ok(Card::new("1"))
    }

    async fn put_card(&self, cx: Context<()>, body: Card) -> Result<(), PutCardError> {
        let media_type = cx.header("content-type").unwrap_or_default().to_owned();
        self.cards.lock().unwrap().push((media_type, body));
        Ok(())
    }
}

async fn serve() -> (App, Client, String) {
    let app = App::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = Server::new(app.clone()).upload_limit(300_000).into_app();
    tokio::spawn(async move { axum::serve(listener, server).await });
    let client = Client::builder().base_url(url.clone()).build().unwrap();
    (app, client, url)
}

fn request() -> CreateTokenRequest {
    CreateTokenRequest::new(5)
        .with_tags(["a,b", "c&d=e", ""])
        .with_expand(["x[0]", "y"])
        .with_card(Card::new("42 + 1").with_months([1, 2]))
        .with_note("https://example.com/?q=a b")
        .with_metadata([("k&", "v=")])
}

#[tokio::test]
async fn fields_arrive_as_they_were_sent() {
    let (app, client, _) = serve().await;
    client.create_token(request()).await.unwrap();
    assert_eq!(*app.tokens.lock().unwrap(), [request()]);
}

#[tokio::test]
async fn fields_are_judged_as_properties_are() {
    let (_, client, _) = serve().await;
    let error = client.create_token(CreateTokenRequest::new(0)).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 422, "the document says so");
    let problem = error.raw().and_then(super::forms::client::RawResponse::problem).unwrap();
    let found: Vec<&str> = problem.errors.iter().flatten().map(|violation| violation.location.as_str()).collect();
    assert_eq!(found, ["#/amount"]);
}

#[tokio::test]
async fn what_others_send_is_read() {
    let (app, _, url) = serve().await;
    let send = async |body: &'static str| {
        let request = reqwest::Client::new().post(format!("{url}/tokens")).body(body);
        request.header("content-type", "application/x-www-form-urlencoded").send().await.unwrap().status().as_u16()
    };
    assert_eq!(send("amount=1&expand[]=a&expand[]=b&card[number]=7&tags=one").await, 204);
    let expected = CreateTokenRequest::new(1).with_expand(["a", "b"]).with_card(Card::new("7")).with_tags(["one"]);
    assert_eq!(*app.tokens.lock().unwrap(), [expected]);
    assert_eq!(send("amount=many").await, 422);
    assert_eq!(send("tags=a").await, 422);
}

#[tokio::test]
async fn media_types_with_one_schema_have_one_handler() {
    let (app, client, url) = serve().await;
    let card = Card::new("7").with_months([3]);
    client.put_card(card.clone()).await.unwrap();
    let request = reqwest::Client::new().put(format!("{url}/cards")).body("number=7&months=3");
    let answer = request.header("content-type", "application/x-www-form-urlencoded").send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 204);
    let refused = reqwest::Client::new().put(format!("{url}/cards")).header("content-type", "text/plain").body("x");
    assert_eq!(refused.send().await.unwrap().status().as_u16(), 415);
    let expected =
        ["application/json", "application/x-www-form-urlencoded"].map(|media| (media.to_owned(), card.clone()));
    assert_eq!(*app.cards.lock().unwrap(), expected);
}

#[tokio::test]
async fn files_arrive_as_they_were_sent() {
    let (app, client, _) = serve().await;
    let large = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(large.path(), vec![7_u8; 200_000]).unwrap();
    let photo = Photo::new(FilePart::from_path(large.path()).with_file_name("a \"big\" one.png"))
        .with_more([
            FilePart::new("one").with_file_name("1"),
            FilePart::new(vec![0, 159, 146, 150]).with_file_name("2"),
        ])
        .with_caption("Straße")
        .with_place(Card::new("9"));
    assert_eq!(client.upload_photo().body(photo.clone()).await.unwrap(), Card::new("1"));
    let photos = app.photos.lock().unwrap();
    let [Some(arrived)] = photos.as_slice() else { panic!("{photos:?}") };
    assert_eq!(arrived.file.content_type.as_deref(), Some("image/png"));
    assert_eq!(arrived.file.file_name.as_deref(), Some("a %22big%22 one.png"));
    assert!(arrived.file.path().is_some_and(|path| path != large.path()), "a large file is on the disk");
    assert_eq!(arrived.file.read().unwrap(), vec![7_u8; 200_000]);
    let more: Vec<_> = arrived.more().iter().map(|file| file.bytes().unwrap().to_vec()).collect();
    assert_eq!(more, [b"one".to_vec(), vec![0, 159, 146, 150]]);
    assert_eq!((&arrived.caption, &arrived.place), (&photo.caption, &photo.place));
}

#[tokio::test]
async fn files_on_the_disk_go_with_their_last_owner() {
    let (app, client, _) = serve().await;
    client.upload_photo().body(Photo::new(vec![1_u8; 100_000])).await.unwrap();
    let path = app.photos.lock().unwrap()[0].as_ref().unwrap().file.path().unwrap().to_owned();
    assert!(path.exists());
    app.photos.lock().unwrap().clear();
    assert!(!path.exists());
}

#[tokio::test]
async fn what_breaks_a_rule_or_a_limit_is_refused() {
    let (app, client, _) = serve().await;
    let refused = async |photo: Photo| client.upload_photo().body(photo).await.unwrap_err().status().unwrap().as_u16();
    assert_eq!(refused(Photo::new("x").with_caption("long ".repeat(20))).await, 400);
    assert_eq!(refused(Photo::new(vec![0_u8; 400_000])).await, 413);
    assert!(app.photos.lock().unwrap().is_empty());
    assert!(client.upload_photo().await.is_ok(), "the body is optional");
}
