//! Requests to authorization servers.

use std::time::Duration;

use bytes::BytesMut;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method};
use serde_json::{Map, Value};
use url::Url;

use super::client_id::ClientId;
use super::error::TokenError;
use super::token::Token;
use crate::client::Transport;

/// Larger responses are errors, in bytes.
const LIMIT: usize = 1 << 20;

/// Responses that take longer are errors. Tokens are also requested outside of calls, which have limits of their own.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Requests a token.
pub(super) async fn token(
    transport: &dyn Transport,
    url: Url,
    client: &ClientId,
    fields: &[(&str, &str)],
) -> Result<Token, TokenError> {
    let token = Token::read(json(transport, form(url, client, fields)?).await?);
    token.ok_or_else(|| TokenError::new("the response of the authorization server has no `access_token`"))
}

/// Creates the request of a form that identifies a client.
pub(super) fn form(url: Url, client: &ClientId, fields: &[(&str, &str)]) -> Result<reqwest::Request, TokenError> {
    let mut body = url::form_urlencoded::Serializer::new(String::new());
    body.extend_pairs(fields.iter().copied().chain(client.fields()));
    let mut request = reqwest::Request::new(Method::POST, url);
    let headers = request.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    if let Some(text) = client.authorization() {
        let value = HeaderValue::try_from(text);
        let mut value = value.map_err(|error| TokenError::because("invalid credentials of the client", error))?;
        value.set_sensitive(true);
        headers.insert(AUTHORIZATION, value);
    }
    *request.body_mut() = Some(body.finish().into());
    Ok(request)
}

/// Sends a request whose response is a JSON object. Errors are those of RFC 6749 §5.2.
pub(super) async fn json(
    transport: &dyn Transport,
    request: reqwest::Request,
) -> Result<Map<String, Value>, TokenError> {
    let received = tokio::time::timeout(TIMEOUT, receive(transport, request)).await;
    received
        .unwrap_or_else(|_| Err(TokenError::new(format!("no response of the authorization server within {TIMEOUT:?}"))))
}

async fn receive(transport: &dyn Transport, mut request: reqwest::Request) -> Result<Map<String, Value>, TokenError> {
    request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
    let sent = transport.execute(request).await;
    let mut response = sent.map_err(|error| TokenError::because("cannot reach the authorization server", error))?;
    let status = response.status();
    let mut body = BytesMut::new();
    let broken = |error: reqwest::Error| TokenError::because("the response was interrupted", error.without_url());
    while let Some(chunk) = response.chunk().await.map_err(broken)? {
        if body.len() + chunk.len() > LIMIT {
            return Err(TokenError::new("the response of the authorization server is too large"));
        }
        body.extend_from_slice(&chunk);
    }
    let members: Map<String, Value> = serde_json::from_slice(&body).unwrap_or_default();
    let text = |key: &str| members.get(key).and_then(Value::as_str);
    // Some servers respond with 200 even to a request that they refuse.
    if !status.is_success() || text("error").is_some() {
        return Err(TokenError::refused(status.as_u16(), text("error").map(str::to_owned), text("error_description")));
    }
    Ok(members)
}
