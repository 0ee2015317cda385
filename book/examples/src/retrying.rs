//! Retries.

use std::time::Duration;

use crate::albums::client::{BuildError, Client, ClientBuilder, Result, RetryPolicy};
use crate::albums::models::{Album, NewAlbum};

// ANCHOR: policy
/// Creates a client for a server that is often busy.
pub fn patient(builder: ClientBuilder) -> Result<Client, BuildError> {
    let policy =
        RetryPolicy::default().retries(4).pause(Duration::from_millis(100)).longest_pause(Duration::from_secs(5));
    builder.retry(policy).retry_budget(20).total_timeout(Duration::from_secs(30)).build()
}
// ANCHOR_END: policy

// ANCHOR: key
/// Creates an album once, even if this program crashes and does it again.
pub async fn import(client: &Client, line: &str, title: &str) -> Result<Album> {
    let call = client.albums().create_album(NewAlbum::new(title)).idempotency_key(format!("import-{line}"));
    Ok(call.timeout(Duration::from_secs(5)).await?)
}
// ANCHOR_END: key

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::albums::client::InProcess;
    use crate::albums::models::CreateAlbumParams;
    use crate::albums::server::{AlbumsApi, Api, Context, CreateAlbumError, GetAlbumError, Problem, Server};

    /// Is busy twice. Keeps the keys of all requests.
    #[derive(Clone, Default)]
    struct Busy(Arc<Mutex<Vec<Option<String>>>>);

    impl Busy {
        fn keys(&self) -> Vec<Option<String>> {
            self.0.lock().unwrap().clone()
        }

        /// A client builder for a server that begins anew.
        fn builder(&self) -> ClientBuilder {
            Client::builder().transport(InProcess(Server::new(self.clone()).into_app()))
        }
    }

    impl Api for Busy {}

    impl AlbumsApi for Busy {
        async fn create_album(
            &self,
            _: Context<()>,
            params: CreateAlbumParams,
            body: NewAlbum,
        ) -> Result<Album, CreateAlbumError> {
            self.0.lock().unwrap().push(params.idempotency_key);
            if self.keys().len() <= 2 {
                return Err(Problem::of(503).into());
            }
            Ok(Album { id: "1".to_owned(), title: body.title })
        }

        async fn get_album(&self, _: Context<()>, _: String) -> Result<Album, GetAlbumError> {
            Err(GetAlbumError::not_found())
        }
    }

    #[tokio::test]
    async fn a_busy_server_is_asked_again_with_the_same_key() {
        let busy = Busy::default();
        let client = patient(busy.builder()).unwrap();
        assert_eq!(import(&client, "7", "Summer").await.unwrap().title, "Summer");
        assert_eq!(busy.keys(), vec![Some("import-7".to_owned()); 3]);
    }

    #[tokio::test]
    async fn a_key_is_made_for_every_call() {
        let busy = Busy::default();
        let client = patient(busy.builder()).unwrap();
        for title in ["Summer", "Winter"] {
            client.albums().create_album(NewAlbum::new(title)).await.unwrap();
        }
        let keys = busy.keys();
        assert_eq!(keys.len(), 4);
        assert!(keys[0].is_some() && keys[0] == keys[2] && keys[2] != keys[3], "{keys:?}");
    }

    #[tokio::test]
    async fn retries_can_be_turned_off() {
        let busy = Busy::default();
        let client = busy.builder().retry(RetryPolicy::none()).build().unwrap();
        let error = client.albums().create_album(NewAlbum::new("Summer")).await.unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), busy.keys().len()), (503, 1));
        assert!(error.is_retryable());
    }
}
