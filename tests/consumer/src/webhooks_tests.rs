//! What goes the other way: a server tells whoever has asked, and calls back at URLs that it was given.

use std::sync::{Arc, Mutex};

use super::webhooks::client::{CallError, Client, PetCreatedError as Untold};
use super::webhooks::models::{OnFinishedParams, Pet, SubscribeProgressRequest, SubscribeRequest};
use super::webhooks::server::{
    Api, AuthError, CallbacksApi, Context, Credentials, OnFinishedError, PetCreatedError, PingError, RequestInfo,
    Server, SubscribeError, SubscribeProgressError, WebhookEventsApi, WebhooksApi, routers,
};

/// Listens, and keeps what it hears.
#[derive(Clone, Default)]
struct Listener {
    heard: Arc<Mutex<Vec<String>>>,
}

impl Listener {
    fn hear(&self, what: impl Into<String>) {
        self.heard.lock().unwrap().push(what.into());
    }
}

impl Api for Listener {
    type Principal = ();

    async fn authenticate(&self, credentials: Credentials, _: &RequestInfo<'_>) -> Result<(), AuthError> {
        match credentials {
            Credentials::Signature(signature) if signature.ct_eq("signed") => Ok(()),
            _ => Err(AuthError::unauthorized("not signed")),
        }
    }
}

impl WebhookEventsApi for Listener {
    async fn pet_created(&self, _: Context<()>, body: Pet) -> Result<String, PetCreatedError> {
        if body.name == "unwanted" {
            return Err(PetCreatedError::gone());
        }
        self.hear(&body.name);
        Ok(format!("hello {}", body.name))
    }

    async fn ping(&self, cx: Context<()>) -> Result<(), PingError> {
        self.hear(format!("ping {}", cx.header("x-private").unwrap_or("without a secret")));
        Ok(())
    }
}

impl CallbacksApi for Listener {
    async fn subscribe_progress(
        &self,
        _: Context<()>,
        body: SubscribeProgressRequest,
    ) -> Result<(), SubscribeProgressError> {
        self.hear(format!("{} %", body.percent));
        Ok(())
    }

    async fn on_finished(&self, cx: Context<()>, params: OnFinishedParams) -> Result<(), OnFinishedError> {
        self.hear(format!("{} of {}", cx.uri.query().unwrap(), params.url));
        Ok(())
    }
}

/// Calls back whoever subscribes.
struct Provider {
    client: Client,
}

impl Api for Provider {
    type Principal = ();

    async fn authenticate(&self, _: Credentials, _: &RequestInfo<'_>) -> Result<(), AuthError> {
        Ok(())
    }
}

impl WebhooksApi for Provider {
    async fn subscribe(&self, _: Context<()>, body: SubscribeRequest) -> Result<(), SubscribeError> {
        let callbacks = self.client.callbacks();
        callbacks.subscribe_progress(format!("{}/progress", body.url), SubscribeProgressRequest::new(50)).await?;
        callbacks.on_finished(format!("{}/finished?done=1", body.url), "a b").await?;
        Ok(())
    }
}

async fn serve(router: axum::Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

#[tokio::test]
async fn webhooks_arrive_where_they_are_nested() {
    let listener = Listener::default();
    let app = Arc::new(listener.clone());
    let url = serve(axum::Router::new().nest("/hooks", routers::webhook_events(&app))).await;
    let client = Client::builder().key("api-key").signature("signed").secret_header("x-private", "p").build().unwrap();
    let created = format!("{url}/hooks/pet.created");
    let pet = |name: &str| client.webhook_events().pet_created(&created, Pet::new(name));
    assert_eq!(pet("Rex").await.unwrap(), "hello Rex");
    client.webhook_events().ping(format!("{url}/hooks/ping")).await.unwrap();
    assert_eq!(*listener.heard.lock().unwrap(), ["Rex", "ping without a secret"]);

    let gone = pet("unwanted").await.unwrap_err();
    assert!(matches!(gone, CallError::Api { error: Untold::Gone(_), .. }), "{gone:?}");
    let invalid = pet("").await.unwrap_err();
    let problem = invalid.raw().unwrap().problem().unwrap();
    assert_eq!(problem.errors.unwrap()[0].location, "#/name");
    let unsigned = Client::builder().key("api-key").build().unwrap();
    let refused = unsigned.webhook_events().pet_created(&created, Pet::new("Rex")).await.unwrap_err();
    assert_eq!(refused.status().unwrap(), 401);
    let nowhere = unsigned.webhook_events().ping("ftp://example.com").await.unwrap_err();
    assert_eq!(nowhere.to_string(), "the target URL is not http or https");
}

#[tokio::test]
async fn callbacks_go_where_the_call_says() {
    let listener = Listener::default();
    let app = Arc::new(listener.clone());
    let callbacks = routers::callbacks(&app);
    let url = serve(axum::Router::new().nest("/back", callbacks)).await;
    let provider = Provider { client: Client::builder().build().unwrap() };
    let api = serve(Server::new(provider).into_app()).await;
    let client = Client::builder().base_url(format!("{api}/v1")).key("k").build().unwrap();
    // The routes are below the names of the operation and the callback.
    let subscription = SubscribeRequest::new(format!("{url}/back/subscribe"));
    client.webhooks().subscribe(subscription).await.unwrap();
    assert_eq!(*listener.heard.lock().unwrap(), ["50 %", "done=1&url=a%20b of a b"]);
}
