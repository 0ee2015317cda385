//! Errors of calls, and of operations.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Mutex, PoisonError};

use crate::albums::client::{self, ApiError, CallError, Client, Result};
use crate::albums::models::{Album, CreateAlbumParams, NewAlbum, TitleTaken};
use crate::albums::server::{self, AlbumsApi, Api, Context};

// ANCHOR: handle
/// Creates an album, or returns the one that has the title.
pub async fn create_or_find(client: &Client, title: &str) -> Result<Album> {
    match client.albums().create_album(NewAlbum::new(title)).await {
        Ok(album) => Ok(album),
        Err(CallError::Api { error: client::CreateAlbumError::Conflict(taken), .. }) => {
            Ok(client.albums().get_album(taken.album_id).await?)
        }
        Err(error) => Err(error.into()),
    }
}
// ANCHOR_END: handle

// ANCHOR: status
/// Returns the title of an album, or `None` if there is no such album.
pub async fn title(client: &Client, id: &str) -> Result<Option<String>> {
    match client.albums().get_album(id).await {
        Ok(album) => Ok(Some(album.title)),
        Err(error) if error.status().is_some_and(|status| status == 404) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
// ANCHOR_END: status

// ANCHOR: violations
/// Lists what the server found wrong with a request.
pub fn violations<E: ApiError>(error: &CallError<E>) -> Vec<String> {
    let found = error.problem().and_then(|problem| problem.errors).unwrap_or_default();
    found.into_iter().map(|violation| format!("{}: {}", violation.location, violation.detail)).collect()
}
// ANCHOR_END: violations

/// Keeps albums in memory, by their ids.
#[derive(Default)]
pub struct App {
    albums: Mutex<BTreeMap<String, Album>>,
}

impl App {
    fn find(&self, matches: impl Fn(&Album) -> bool) -> Option<Album> {
        let albums = self.albums.lock().unwrap_or_else(PoisonError::into_inner);
        albums.values().find(|album| matches(album)).cloned()
    }

    /// Fails if the disk is full, which this example pretends for one title.
    fn insert(&self, title: String) -> io::Result<Album> {
        if title == "A title that fills the disk" {
            return Err(io::Error::other("no space left on the disk in the basement"));
        }
        let album = Album { id: title.to_lowercase(), title };
        self.albums.lock().unwrap_or_else(PoisonError::into_inner).insert(album.id.clone(), album.clone());
        Ok(album)
    }
}

impl Api for App {}

// ANCHOR: server
impl AlbumsApi for App {
    async fn create_album(
        &self,
        _: Context<()>,
        _: CreateAlbumParams,
        body: NewAlbum,
    ) -> Result<Album, server::CreateAlbumError> {
        if let Some(album) = self.find(|album| album.title == body.title) {
            let message = format!("`{}` has this title", album.id);
            return Err(server::CreateAlbumError::conflict(TitleTaken { message, album_id: album.id }));
        }
        Ok(self.insert(body.title)?)
    }

    async fn get_album(&self, _: Context<()>, id: String) -> Result<Album, server::GetAlbumError> {
        self.find(|album| album.id == id).ok_or_else(server::GetAlbumError::not_found)
    }
}
// ANCHOR_END: server

#[cfg(test)]
mod tests {
    use super::*;
    use crate::albums::client::InProcess;
    use crate::albums::server::Server;

    fn client() -> Client {
        let app = Server::new(App::default()).into_app();
        Client::builder().transport(InProcess(app)).build().unwrap()
    }

    #[tokio::test]
    async fn a_title_that_is_taken_leads_to_its_album() {
        let client = client();
        let first = create_or_find(&client, "Summer").await.unwrap();
        assert_eq!(create_or_find(&client, "Summer").await.unwrap(), first);
        let error = client.albums().create_album(NewAlbum::new("Summer")).await.unwrap_err();
        assert_eq!(error.to_string(), "createAlbum: 409 Conflict: `summer` has this title");
    }

    #[tokio::test]
    async fn an_album_that_does_not_exist_is_none() {
        let client = client();
        create_or_find(&client, "Summer").await.unwrap();
        assert_eq!(title(&client, "summer").await.unwrap().as_deref(), Some("Summer"));
        assert_eq!(title(&client, "winter").await.unwrap(), None);
    }

    #[tokio::test]
    async fn the_server_says_what_is_wrong() {
        let error = client().albums().create_album(NewAlbum::new("")).await.unwrap_err();
        assert_eq!(error.status().unwrap(), 400);
        assert_eq!(violations(&error), ["#/title: must have at least 1 character"]);
    }

    #[tokio::test]
    async fn callers_do_not_see_internal_errors() {
        let error = create_or_find(&client(), "A title that fills the disk").await.unwrap_err();
        assert_eq!(error.status().unwrap(), 500);
        assert!(!error.to_string().contains("basement"), "{error}");
    }
}
