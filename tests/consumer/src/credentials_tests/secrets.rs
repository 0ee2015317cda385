//! Nothing secret in `Debug`, errors, logs or spans: secrets are planted, calls succeed and fail, and everything that is said
//! is searched.

use std::fmt::Write as _;
use std::io::Write;
use std::sync::{Arc, Mutex};

use tracing_subscriber::fmt::format::FmtSpan;

use super::api::{App, serve};
use super::authorization_server::AuthorizationServer;
use crate::credentials::client::credentials::{ClientId, Grant};
use crate::credentials::client::{Client, RetryPolicy};
use crate::security;

/// Keeps what is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_secret_is_said_anywhere() {
    let log = Log::default();
    let (writer, here) = (log.clone(), std::thread::current().id());
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(FmtSpan::FULL)
        .with_writer(move || if std::thread::current().id() == here { writer.clone() } else { Log::default() })
        .finish();
    // Everything runs on this thread. Set for all threads: whether a span is wanted is remembered for all of them.
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let mut said = String::new();
    access_tokens(&mut said).await;
    keys(&mut said).await;
    said.push_str(std::str::from_utf8(&log.0.lock().unwrap()).unwrap());
    assert!(said.contains("GET /things") && said.contains("http.response.status_code=401"), "{said}");
    for line in said.lines() {
        // What is planted ends in `-secret` or begins so.
        assert!(!line.contains("-secret") && !line.contains("secret-"), "{line}");
    }
    // As header and parameter values they are encoded.
    for encoded in ["c2VjcmV0", "client%2D", "NlY3JldA"] {
        assert!(!said.contains(encoded), "{encoded}");
    }
}

fn say(said: &mut String, what: impl std::fmt::Debug) {
    writeln!(said, "{what:?}\n{what:#?}").unwrap();
}

fn say_error(said: &mut String, error: impl std::error::Error) {
    say(said, &error);
    let mut cause: Option<&dyn std::error::Error> = Some(&error);
    while let Some(error) = cause {
        writeln!(said, "{error}").unwrap();
        cause = error.source();
    }
}

async fn access_tokens(said: &mut String) {
    let tokens = AuthorizationServer::default().rotating().with_token("token-secret-0", "read");
    let url = serve(App::new(tokens.clone()).router().merge(tokens.router())).await;
    let client = ClientId::confidential("client", "client-secret");
    let grants = [
        Grant::client_credentials("client", "client-secret"),
        Grant::client_credentials("client", "wrong-secret"),
        Grant::refresh_token(client.clone(), "refresh-secret"),
        Grant::refresh_token(client.clone().secret_in_body(), "ended-secret"),
        Grant::password(client, "jane", "user-secret"),
    ];
    for grant in grants {
        say(said, &grant);
        let builder = Client::builder().base_url(format!("{url}/v1")).machine_grant(grant.on_token(|_| {}));
        say(said, &builder);
        call(said, builder.build().unwrap()).await;
    }
    for token in ["token-secret-0", "token-secret-stolen", "token-secret-\n"] {
        call(said, Client::builder().base_url(format!("{url}/v1")).machine(token).build().unwrap()).await;
    }
    let unreachable = Client::builder().base_url("http://127.0.0.1:1/v1").retry(RetryPolicy::none());
    call(said, unreachable.device_key("device-key-secret").machine("token-secret").build().unwrap()).await;
}

async fn call(said: &mut String, client: Client) {
    say(said, &client);
    let calls = (client.list_things(), client.create_thing());
    say(said, &calls);
    let raw = client.request(http::Method::GET, "/things").header("x-other", "plain");
    say(said, &raw);
    match raw.send().await {
        Ok(answer) => say(said, answer),
        Err(error) => say_error(said, error),
    }
    for result in [calls.0.await.map_err(|error| say_error(said, error)), Ok(())] {
        say(said, result);
    }
    if let Err(error) = calls.1.await {
        say_error(said, error);
    }
}

async fn keys(said: &mut String) {
    let answer = async || http::StatusCode::UNAUTHORIZED;
    let url = serve(axum::Router::new().fallback(answer)).await;
    for base in [url.as_str(), "http://127.0.0.1:1"] {
        let builder =
            || security::client::Client::builder().base_url(base).retry(security::client::RetryPolicy::none());
        let clients = [
            builder().app("app-secret").key("key-secret").secret_header("x-other", "header-secret"),
            builder().token("token-secret"),
            builder().login("jane", "password-secret"),
        ];
        for client in clients.map(|builder| builder.build().unwrap()) {
            say(said, &client);
            say_error(said, client.closed().await.unwrap_err());
            if let Err(error) = client.maybe().await {
                say_error(said, error);
            }
        }
    }
}
