//! Uploads.

use std::path::Path;

use crate::uploads::client::{Client, Result, UploadBody};
use crate::uploads::models::{FilePart, Photo, UploadPhotoRequest};
use crate::uploads::server::axum::body::{Body, to_bytes};
use crate::uploads::server::{Api, Context, PhotosApi, ReplaceFileError, Server, UploadPhotoError, axum};

// ANCHOR: form
/// Uploads a photo from the disk.
pub async fn upload(client: &Client, album: &str, path: &Path) -> Result<Photo> {
    let photo = UploadPhotoRequest::new(FilePart::from_path(path)).with_caption("At the beach");
    Ok(client.photos().upload_photo(album, photo).await?)
}
// ANCHOR_END: form

// ANCHOR: bytes
/// Replaces the file of a photo. It is read while it is sent, so it may be larger than the memory.
pub async fn replace(client: &Client, photo: &str, path: &Path) -> Result<Photo> {
    Ok(client.photos().replace_file(photo, UploadBody::from_path(path)).await?)
}
// ANCHOR_END: bytes

/// Returns what arrived.
pub struct App;

impl Api for App {}

// ANCHOR: server
impl PhotosApi for App {
    async fn upload_photo(
        &self,
        _: Context<()>,
        album: String,
        body: UploadPhotoRequest,
    ) -> Result<Photo, UploadPhotoError> {
        let name = body.file.file_name.clone().unwrap_or_else(|| "unnamed".to_owned());
        let size = i64::try_from(body.file.size()?)?;
        // Small files are in memory (`bytes`), large ones in a temporary file (`path`), which is deleted with the last `FilePart`.
        Ok(Photo { id: format!("{album}/{name}"), size, caption: body.caption })
    }

    async fn replace_file(&self, _: Context<()>, photo: String, body: Body) -> Result<Photo, ReplaceFileError> {
        // This stream has no limit of its own: the handler decides how much it reads.
        let file = to_bytes(body, 1 << 20).await?;
        Ok(Photo::new(photo, i64::try_from(file.len())?))
    }
}
// ANCHOR_END: server

// ANCHOR: limit
/// The API, with small limits.
pub fn app() -> axum::Router {
    Server::new(App).upload_limit(200_000).into_app()
}
// ANCHOR_END: limit

#[cfg(test)]
mod tests {
    use super::*;
    use crate::uploads::client::InProcess;

    fn client() -> Client {
        Client::builder().transport(InProcess(app())).build().unwrap()
    }

    /// A folder with a file of this size, and the file.
    fn photo(size: usize) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cat.jpg");
        std::fs::write(&path, vec![7; size]).unwrap();
        (folder, path)
    }

    #[tokio::test]
    async fn a_form_arrives_with_its_file() {
        let (_folder, path) = photo(100_000);
        let stored = upload(&client(), "summer", &path).await.unwrap();
        assert_eq!(stored, Photo::new("summer/cat.jpg", 100_000).with_caption("At the beach"));
    }

    #[tokio::test]
    async fn files_are_limited() {
        let (_folder, path) = photo(300_000);
        assert_eq!(upload(&client(), "summer", &path).await.unwrap_err().status().unwrap(), 413);
    }

    #[tokio::test]
    async fn bytes_arrive_as_they_were_sent() {
        let (_folder, path) = photo(100_000);
        assert_eq!(replace(&client(), "cat", &path).await.unwrap(), Photo::new("cat", 100_000));
    }
}
