//! Webhooks.

use std::sync::{Arc, Mutex, PoisonError};

use crate::webhooks::client::{self, BuildError, CallError, Client, ClientBuilder, Result};
use crate::webhooks::models::Photo;
use crate::webhooks::server::{
    Api, AuthError, Context, Credentials, PhotoAddedError, RequestInfo, WebhooksApi, axum, routers,
};

// ANCHOR: send
/// Tells a subscriber about a photo. Returns whether the subscriber wants to hear of more.
pub async fn notify(client: &Client, subscriber: &str, photo: Photo) -> Result<bool> {
    match client.webhooks().photo_added(subscriber, photo).await {
        Ok(()) => Ok(true),
        Err(CallError::Api { error: client::PhotoAddedError::Gone(_), .. }) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
// ANCHOR_END: send

// ANCHOR: signature
/// Creates a client whose webhooks are signed.
pub fn sender(builder: ClientBuilder) -> Result<Client, BuildError> {
    builder.signature("shared secret").build()
}
// ANCHOR_END: signature

// ANCHOR: listen
/// Listens, and keeps the ids of the photos.
#[derive(Default)]
pub struct Listener {
    photos: Mutex<Vec<String>>,
}

impl Api for Listener {
    type Principal = ();

    async fn authenticate(&self, credentials: Credentials, _: &RequestInfo<'_>) -> Result<(), AuthError> {
        match credentials {
            Credentials::Signature(signature) if signature.ct_eq("shared secret") => Ok(()),
            _ => Err(AuthError::unauthorized("wrong signature")),
        }
    }
}

impl WebhooksApi for Listener {
    async fn photo_added(&self, _: Context<()>, photo: Photo) -> Result<(), PhotoAddedError> {
        if photo.album != "summer" {
            return Err(PhotoAddedError::gone());
        }
        self.photos.lock().unwrap_or_else(PoisonError::into_inner).push(photo.id);
        Ok(())
    }
}

/// A part of the subscriber's program: the webhook is `POST /hooks/photoAdded`.
pub fn app(listener: &Arc<Listener>) -> axum::Router {
    axum::Router::new().nest("/hooks", routers::webhooks(listener))
}
// ANCHOR_END: listen

#[cfg(test)]
mod tests {
    use super::*;
    use crate::webhooks::client::InProcess;

    const SUBSCRIBER: &str = "https://subscriber.example.com/hooks/photoAdded";

    fn photo(id: &str, album: &str) -> Photo {
        Photo { id: id.to_owned(), album: album.to_owned() }
    }

    #[tokio::test]
    async fn a_subscriber_hears_of_photos() {
        let listener = Arc::new(Listener::default());
        let builder = || Client::builder().transport(InProcess(app(&listener)));
        let client = sender(builder()).unwrap();
        assert!(notify(&client, SUBSCRIBER, photo("1", "summer")).await.unwrap());
        assert!(!notify(&client, SUBSCRIBER, photo("2", "winter")).await.unwrap());
        let stranger = builder().signature("guessed").build().unwrap();
        let error = notify(&stranger, SUBSCRIBER, photo("3", "summer")).await.unwrap_err();
        assert_eq!(error.status().unwrap(), 401);
        assert_eq!(*listener.photos.lock().unwrap(), ["1"]);
    }
}
