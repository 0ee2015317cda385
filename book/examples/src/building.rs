//! build.rs: what a program does with the generated modules.

// ANCHOR: use
use crate::albums::client::{Client, Result};
use crate::albums::models::NewAlbum;

/// Creates an album and returns its id.
pub async fn create(client: &Client, title: &str) -> Result<String> {
    let album = client.albums().create_album(NewAlbum::new(title)).await?;
    Ok(album.id)
}
// ANCHOR_END: use

#[cfg(test)]
mod tests {
    use crate::albums::client::{Client, InProcess};
    use crate::albums::server::mock::Mock;

    #[tokio::test]
    async fn an_album_is_created() {
        let client = Client::builder().transport(InProcess(Mock::app())).build().unwrap();
        // The document has an example for `getAlbum` only; other operations of the mock respond with samples.
        let id = super::create(&client, "Winter").await.unwrap();
        assert!(!id.is_empty());
    }
}
