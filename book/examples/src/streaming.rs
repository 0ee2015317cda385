//! Streams.

use std::error::Error;

use crate::streams::client::{Client, Result};
use crate::streams::models::{Change, ChangeKind, Photo, StreamEvent};
use crate::streams::server::axum::body::Body;
use crate::streams::server::{
    AlbumsApi, Api, Context, DownloadFileError, EventBody, ExportPhotosError, LineBody, WatchAlbumError,
};

// ANCHOR: events
/// Waits until a photo is removed from an album, and returns its id.
pub async fn removed(client: &Client, album: &str) -> Result<Option<String>> {
    let mut events = client.albums().watch_album(album).await?;
    while let Some(event) = events.next().await {
        let change = event?.data;
        if change.kind == ChangeKind::Removed {
            return Ok(Some(change.photo_id));
        }
    }
    Ok(None)
}
// ANCHOR_END: events

// ANCHOR: lines
/// Returns the size of all photos of an album together, however many there are.
pub async fn total_size(client: &Client, album: &str) -> Result<i64> {
    let mut photos = client.albums().export_photos(album).await?;
    let mut total = 0;
    while let Some(photo) = photos.next().await {
        total += photo?.size;
    }
    Ok(total)
}
// ANCHOR_END: lines

// ANCHOR: bytes
/// Writes the file of a photo piece by piece.
pub async fn download(client: &Client, photo: &str, mut to: impl std::io::Write) -> Result<(), Box<dyn Error>> {
    let mut file = client.albums().download_file(photo).await?;
    while let Some(chunk) = file.next().await {
        to.write_all(&chunk?)?;
    }
    Ok(())
}
// ANCHOR_END: bytes

/// Has one album, with a photo of each size.
pub struct App {
    sizes: Vec<usize>,
}

impl Api for App {}

fn id(index: usize) -> String {
    format!("photo-{index}")
}

// ANCHOR: server
impl AlbumsApi for App {
    async fn watch_album(&self, _: Context<()>, _: String) -> Result<EventBody<Change>, WatchAlbumError> {
        let (sender, events) = EventBody::channel(16);
        let changes = self.sizes.clone();
        tokio::spawn(async move {
            for (index, size) in changes.into_iter().enumerate() {
                let kind = if size == 0 { ChangeKind::Removed } else { ChangeKind::Added };
                let event = StreamEvent::new(Change { kind, photo_id: id(index) }).with_id(index.to_string());
                if sender.send(event).await.is_err() {
                    break; // the client has disconnected
                }
            }
        });
        Ok(events)
    }

    async fn export_photos(&self, _: Context<()>, _: String) -> Result<LineBody<Photo>, ExportPhotosError> {
        let sizes = self.sizes.clone().into_iter().enumerate();
        Ok(sizes.map(|(index, size)| Photo { id: id(index), size: i64::try_from(size).unwrap_or(i64::MAX) }).collect())
    }

    async fn download_file(&self, _: Context<()>, photo: String) -> Result<Body, DownloadFileError> {
        let size = self.sizes.iter().enumerate().find(|(index, _)| id(*index) == photo);
        let (_, size) = size.ok_or_else(DownloadFileError::not_found)?;
        Ok(Body::from(vec![0_u8; *size]))
    }
}
// ANCHOR_END: server

#[cfg(test)]
mod tests {
    use super::*;
    use crate::streams::client::InProcess;
    use crate::streams::server::Server;

    fn client() -> Client {
        let app = Server::new(App { sizes: vec![500, 0, 70_000] }).into_app();
        Client::builder().transport(InProcess(app)).build().unwrap()
    }

    #[tokio::test]
    async fn events_arrive_in_order() {
        assert_eq!(removed(&client(), "summer").await.unwrap().as_deref(), Some("photo-1"));
    }

    #[tokio::test]
    async fn lines_are_read_one_by_one() {
        assert_eq!(total_size(&client(), "summer").await.unwrap(), 70_500);
    }

    #[tokio::test]
    async fn a_file_is_written_piece_by_piece() {
        let mut file = Vec::new();
        download(&client(), "photo-2", &mut file).await.unwrap();
        assert_eq!(file, vec![0; 70_000]);
        let error = download(&client(), "photo-9", &mut file).await.unwrap_err();
        assert_eq!(error.to_string(), "downloadFile: 404 Not Found: There is no such photo");
    }
}
