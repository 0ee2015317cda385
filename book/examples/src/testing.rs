//! Tests with the mock, and in process.

// ANCHOR: headline
use crate::albums::client::{BuildError, Client, InProcess, Result};

/// Returns a line about an album.
async fn headline(client: &Client, id: &str) -> String {
    match client.albums().get_album(id).await {
        Ok(album) => format!("{} ({})", album.title, album.id),
        Err(error) => format!("no album: {error}"),
    }
}
// ANCHOR_END: headline

// ANCHOR: in_process
use crate::albums::server::{AllApis, Server};

/// Creates a client that calls an implementation without a socket.
fn client_of(api: impl AllApis) -> Result<Client, BuildError> {
    Client::builder().transport(InProcess(Server::new(api).into_app())).build()
}
// ANCHOR_END: in_process

// ANCHOR: whole
use crate::albums::models::NewAlbum;
use crate::errors::App;

#[tokio::test]
async fn what_is_created_can_be_read() {
    let client = client_of(App::default()).unwrap();
    client.albums().create_album(NewAlbum::new("Winter")).await.unwrap();
    assert_eq!(headline(&client, "winter").await, "Winter (winter)");
}
// ANCHOR_END: whole

// ANCHOR: mock
use crate::albums::server::mock::Mock;

#[tokio::test]
async fn a_headline_has_title_and_id() {
    let client = client_of(Mock).unwrap();
    // The example of the document.
    assert_eq!(headline(&client, "any").await, "Summer (summer)");
}
// ANCHOR_END: mock

// ANCHOR: stub
use crate::albums::models::Album;
use crate::albums::server::{AlbumsApi, Api, Context, GetAlbumError, Problem};

/// A server whose database is down. With the feature `stubs`, its other operations respond with 501.
struct Broken;

impl Api for Broken {}

impl AlbumsApi for Broken {
    async fn get_album(&self, _: Context<()>, _: String) -> Result<Album, GetAlbumError> {
        Err(Problem::of(500).with_detail("the database is down").into())
    }
}

#[tokio::test]
async fn a_headline_tells_why_there_is_no_album() {
    let client = client_of(Broken).unwrap();
    let expected = "no album: getAlbum: 500 Internal Server Error: the database is down";
    assert_eq!(headline(&client, "summer").await, expected);
}
// ANCHOR_END: stub
