//! An authorization server that is as small as the tests allow.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Json;
use axum::extract::Form;
use axum::response::IntoResponse as _;
use axum::routing::{get, post};
use serde_json::json;

type Fields = BTreeMap<String, String>;

/// Gives tokens for `client` with the secret `client-secret`.
#[derive(Clone, Default)]
pub struct AuthorizationServer {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    /// Access tokens with their scopes.
    tokens: BTreeMap<String, Vec<String>>,
    /// What was asked, in order.
    asked: Vec<Fields>,
    lifetime: Option<u64>,
    rotates: bool,
    slow: Duration,
    pending: usize,
}

impl AuthorizationServer {
    pub fn lifetime(self, seconds: u64) -> Self {
        self.state.lock().unwrap().lifetime = Some(seconds);
        self
    }

    /// Gives a refresh token with every access token.
    pub fn rotating(self) -> Self {
        self.state.lock().unwrap().rotates = true;
        self
    }

    pub fn slow(self, pause: Duration) -> Self {
        self.state.lock().unwrap().slow = pause;
        self
    }

    pub fn pending(self, times: usize) -> Self {
        self.state.lock().unwrap().pending = times;
        self
    }

    /// Makes a token known.
    pub fn with_token(self, token: &str, scopes: &str) -> Self {
        let scopes = scopes.split_whitespace().map(str::to_owned).collect();
        self.state.lock().unwrap().tokens.insert(token.to_owned(), scopes);
        self
    }

    pub fn scopes(&self, token: &str) -> Option<Vec<String>> {
        self.state.lock().unwrap().tokens.get(token).cloned()
    }

    pub fn revoke_all(&self) {
        self.state.lock().unwrap().tokens.clear();
    }

    pub fn asked(&self) -> Vec<Fields> {
        self.state.lock().unwrap().asked.clone()
    }

    /// What kinds of grants were asked for, in order.
    pub fn grants(&self) -> Vec<String> {
        self.asked().iter().map(|fields| fields.get("grant_type").cloned().unwrap_or_default()).collect()
    }

    /// Below the base path of the API, with the metadata.
    pub fn router(&self) -> axum::Router {
        let token = |server: Self| {
            post(async move |headers: http::HeaderMap, Form(fields): Form<Fields>| server.token(&headers, fields).await)
        };
        let metadata = async |headers: http::HeaderMap| {
            let host = headers["host"].to_str().unwrap();
            Json(json!({"issuer": "x", "token_endpoint": format!("http://{host}/v1/oauth/token")}))
        };
        let server = self.clone();
        axum::Router::new()
            .route("/v1/oauth/token", token(self.clone()))
            .route("/oauth/refresh", token(self.clone()))
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/device", post(async move |Form(fields): Form<Fields>| server.device(fields)))
    }

    async fn token(&self, headers: &http::HeaderMap, fields: Fields) -> axum::response::Response {
        let pause = self.state.lock().unwrap().slow;
        tokio::time::sleep(pause).await;
        let mut state = self.state.lock().unwrap();
        state.asked.push(fields.clone());
        let refuse = |code: &str| (http::StatusCode::BAD_REQUEST, Json(json!({"error": code}))).into_response();
        let basic = headers.get("authorization").and_then(|value| value.to_str().ok());
        // `client:client-secret` and `client:client%2Dsecret`, base64-encoded.
        let known = ["Basic Y2xpZW50OmNsaWVudC1zZWNyZXQ=", "Basic Y2xpZW50OmNsaWVudCUyRHNlY3JldA=="];
        let public = fields.get("client_id").is_some_and(|id| id == "public");
        if !basic.is_some_and(|basic| known.contains(&basic)) && !public {
            return refuse("invalid_client");
        }
        match fields.get("grant_type").map(String::as_str) {
            Some("refresh_token") if fields["refresh_token"].starts_with("refresh-secret") => {}
            Some("refresh_token") => return refuse("invalid_grant"),
            Some("urn:ietf:params:oauth:grant-type:device_code") if state.pending > 0 => {
                state.pending -= 1;
                return refuse("authorization_pending");
            }
            Some("password") if fields["password"] != "user-secret" => return refuse("invalid_grant"),
            _ => {}
        }
        let number = state.asked.len();
        let token = format!("token-secret-{number}");
        let scope = fields.get("scope").cloned().unwrap_or_else(|| "read write".to_owned());
        state.tokens.insert(token.clone(), scope.split_whitespace().map(str::to_owned).collect());
        let mut answer = json!({"access_token": token, "token_type": "Bearer", "scope": scope});
        if let Some(lifetime) = state.lifetime {
            answer["expires_in"] = lifetime.into();
        }
        if state.rotates {
            answer["refresh_token"] = format!("refresh-secret-{number}").into();
        }
        Json(answer).into_response()
    }

    fn device(&self, fields: Fields) -> Json<serde_json::Value> {
        self.state.lock().unwrap().asked.push(fields);
        Json(json!({"device_code": "device-secret", "user_code": "AB-CD", "interval": 0, "expires_in": 60,
                    "verification_uri": "https://id.example.com/device"}))
    }
}
