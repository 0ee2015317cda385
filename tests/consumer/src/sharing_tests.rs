//! Two APIs in one program share everything that is not their own: one type implements both servers, and both clients take the
//! same transport and settings.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use crategen_runtime::client::{BoxError, BoxFuture, Error, InProcess, RetryPolicy, Transport};
use crategen_runtime::models::Patch;
use crategen_runtime::models::problem::Problem;
use crategen_runtime::server::{AuthError, Context, RequestInfo, WithHeaders};

use super::appwrite::{self, models::User};
use super::headers;

/// Implements both APIs.
struct App;

impl appwrite::server::Api for App {
    type Principal = ();

    async fn authenticate(&self, _: appwrite::server::Credentials, _: &RequestInfo<'_>) -> Result<(), AuthError> {
        Ok(())
    }
}

impl appwrite::server::AccountApi for App {
    async fn get_account(&self, _: Context<()>) -> Result<User, appwrite::server::GetAccountError> {
        Ok(User::default().with_name("Jane"))
    }
}

impl headers::server::Api for App {}

impl headers::server::ResponseHeadersApi for App {
    async fn list_notes(
        &self,
        _: Context<()>,
    ) -> Result<WithHeaders<Vec<String>, headers::models::ListNotesHeaders>, headers::server::ListNotesError> {
        Ok(WithHeaders::new(vec!["note".to_owned()], headers::models::ListNotesHeaders::new(1)))
    }

    async fn create_note(
        &self,
        _: Context<()>,
    ) -> Result<WithHeaders<(), headers::models::CreateNoteHeaders>, headers::server::CreateNoteError> {
        Err(Problem::of(418).with_detail("no notes today").into())
    }

    async fn get_note(&self, _: Context<()>, _: String) -> Result<String, headers::server::GetNoteError> {
        Err(Problem::of(418).into())
    }

    async fn get_limits(&self, _: Context<()>) -> Result<String, headers::server::GetLimitsError> {
        Err(Problem::of(418).into())
    }
}

/// Counts the requests of all clients that send through it.
#[derive(Clone)]
struct Counting {
    inner: InProcess<Router>,
    requests: Arc<AtomicUsize>,
}

impl Transport for Counting {
    fn execute(&self, request: reqwest::Request) -> BoxFuture<'_, Result<reqwest::Response, BoxError>> {
        self.requests.fetch_add(1, Ordering::Relaxed);
        self.inner.execute(request)
    }
}

/// Both servers, below different paths.
fn servers() -> Router {
    let app = Arc::new(App);
    let accounts: Router = appwrite::server::routers::account(&app);
    let notes: Router = headers::server::Server::from_arc(app).base_path("/notes-api").into_router();
    accounts.merge(notes)
}

#[tokio::test]
async fn one_transport_and_one_error_type_serve_two_clients() {
    let transport = Counting { inner: InProcess(servers()), requests: Arc::default() };
    let retry = RetryPolicy::none();
    let accounts = appwrite::client::Client::builder()
        .base_url("http://test/v1")
        .project_key("p")
        .retry(retry.clone())
        .transport(transport.clone())
        .build()
        .unwrap();
    let notes = headers::client::Client::builder()
        .base_url("http://test/notes-api")
        .retry(retry)
        .transport(transport.clone())
        .build()
        .unwrap();
    let call_both = async || -> Result<(User, Vec<String>), Error> {
        Ok((accounts.account().get_account().await?, notes.list_notes().await?))
    };
    let (user, list) = call_both().await.unwrap();
    assert_eq!((user.name.as_deref(), list), (Some("Jane"), vec!["note".to_owned()]));
    let error: Error = notes.create_note().await.unwrap_err().into();
    assert_eq!(
        error.raw().and_then(|raw| raw.problem()).and_then(|problem| problem.detail).as_deref(),
        Some("no notes today")
    );
    assert_eq!(transport.requests.load(Ordering::Relaxed), 3);
}

#[test]
fn types_of_the_runtime_are_those_of_every_api() {
    let patch: appwrite::models::Patch<u8> = headers::models::Patch::Value(1);
    let _: Patch<u8> = patch;
    let problem: appwrite::models::problem::Problem = headers::models::problem::Problem::of(404);
    assert_eq!(problem, Problem::of(404));
}
