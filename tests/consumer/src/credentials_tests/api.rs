//! The API that the tests call.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::authorization_server::AuthorizationServer;
use crate::credentials::models::{CreateThingParams, LoginHeaders};
use crate::credentials::server::{
    Api, AuthError, Context, CreateThingError, Credentials, CredentialsApi, GetMeError, ListThingsError, LoginError,
    PutDeviceError, RequestInfo, Server, WithHeaders,
};

/// Knows the tokens of an authorization server.
#[derive(Clone)]
pub struct App {
    pub tokens: AuthorizationServer,
    pub created: Arc<AtomicUsize>,
}

impl App {
    pub fn new(tokens: AuthorizationServer) -> Self {
        Self { tokens, created: Arc::default() }
    }

    pub fn router(self) -> axum::Router {
        Server::new(self).into_app()
    }
}

impl Api for App {
    type Principal = Vec<String>;

    async fn authenticate(&self, credentials: Credentials, _: &RequestInfo<'_>) -> Result<Vec<String>, AuthError> {
        match credentials {
            Credentials::Machine(token) | Credentials::People(token) => {
                self.tokens.scopes(token.expose()).ok_or_else(|| AuthError::unauthorized("this token is not known"))
            }
            Credentials::DeviceAndDeviceKey { device, device_key } => {
                if device.0.is_empty() || !device_key.ct_eq("device-key-secret") {
                    return Err(AuthError::unauthorized("this device is not known"));
                }
                Ok(Vec::new())
            }
        }
    }

    fn has_scope(&self, scopes: &Vec<String>, scope: &str) -> bool {
        scopes.iter().any(|has| has == scope)
    }
}

impl CredentialsApi for App {
    async fn list_things(&self, _: Context<Vec<String>>) -> Result<(), ListThingsError> {
        Ok(())
    }

    async fn create_thing(&self, _: Context<Vec<String>>, _: CreateThingParams) -> Result<(), CreateThingError> {
        self.created.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }

    async fn put_device(&self, _: Context<Vec<String>>) -> Result<(), PutDeviceError> {
        Ok(())
    }

    async fn get_me(&self, _: Context<Vec<String>>) -> Result<(), GetMeError> {
        Ok(())
    }

    async fn login(&self, _: Context<()>) -> Result<WithHeaders<(), LoginHeaders>, LoginError> {
        Ok(WithHeaders::new((), LoginHeaders::new("https://id.example.com/")))
    }
}

/// Serves a router; where it is.
pub async fn serve(router: axum::Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}
