//! Pagination.

use crate::pagination::client::{Client, Result};
use crate::pagination::models::{Album, ListAlbumsParams, ListAlbumsResponse};
use crate::pagination::server::{AlbumsApi, Api, Context, ListAlbumsError, Problem};

// ANCHOR: items
/// Returns the titles of all albums.
pub async fn titles(client: &Client) -> Result<Vec<String>> {
    let mut albums = client.albums().list_albums().limit(50).items();
    let mut titles = Vec::new();
    while let Some(album) = albums.next().await {
        titles.push(album?.title);
    }
    Ok(titles)
}
// ANCHOR_END: items

// ANCHOR: pages
/// Returns the first page that has an album with this title.
pub async fn page_of(client: &Client, title: &str) -> Result<Option<ListAlbumsResponse>> {
    let mut pages = client.albums().list_albums().pages();
    while let Some(page) = pages.next().await {
        let page = page?.body;
        if page.items.iter().any(|album| album.title == title) {
            return Ok(Some(page));
        }
    }
    Ok(None)
}
// ANCHOR_END: pages

/// Has a number of albums.
pub struct App {
    albums: Vec<Album>,
}

impl Api for App {}

// ANCHOR: server
impl AlbumsApi for App {
    async fn list_albums(
        &self,
        _: Context<()>,
        params: ListAlbumsParams,
    ) -> Result<ListAlbumsResponse, ListAlbumsError> {
        let from: usize = match params.cursor {
            None => 0,
            Some(cursor) => cursor.parse().map_err(|_| Problem::of(400).with_detail("unknown cursor"))?,
        };
        // The document has a default and a maximum, so a limit is there, and it is between 1 and 100.
        let limit = usize::try_from(params.limit.unwrap_or(20))?;
        let items: Vec<Album> = self.albums.iter().skip(from).take(limit).cloned().collect();
        let next = from + items.len();
        let next_cursor = (next < self.albums.len()).then(|| next.to_string());
        Ok(ListAlbumsResponse { items, next_cursor })
    }
}
// ANCHOR_END: server

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pagination::client::InProcess;
    use crate::pagination::server::Server;

    fn client() -> Client {
        let albums = (0..120).map(|id| Album { id: id.to_string(), title: format!("Album {id}") }).collect();
        Client::builder().transport(InProcess(Server::new(App { albums }).into_app())).build().unwrap()
    }

    #[tokio::test]
    async fn every_title_comes_once_in_order() {
        let expected: Vec<String> = (0..120).map(|id| format!("Album {id}")).collect();
        assert_eq!(titles(&client()).await.unwrap(), expected);
    }

    #[tokio::test]
    async fn pages_have_the_default_size() {
        let page = page_of(&client(), "Album 45").await.unwrap().unwrap();
        assert_eq!((page.items.len(), page.next_cursor.as_deref()), (20, Some("60")));
        assert_eq!(page_of(&client(), "Album 120").await.unwrap(), None);
    }

    #[tokio::test]
    async fn a_wrong_cursor_is_refused() {
        let error = client().albums().list_albums().cursor("x").await.unwrap_err();
        assert_eq!(error.status().unwrap(), 400);
    }
}
