//! A service in this process, with cheap hashes.

use std::path::{Path, PathBuf};
use std::time::Duration;

use appwrite_client::models::{CreateUserRequest, CreateUserRequestRequired, User};
use appwrite_client::{ApiError, CallError, Client};
use appwrite_server::Server;
use appwrite_service::{Service, Settings};
use serde_json::Value;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub const PROJECT: &str = "my-project";
pub const OTHER_PROJECT: &str = "other-project";
pub const PASSWORD: &str = "correct horse battery staple";

/// A service that listens on a port of its own.
pub struct Running {
    pub client: Client,
    pub url: String,
    server: JoinHandle<()>,
    _folder: Option<TempDir>,
}

impl Running {
    /// Starts a service on a database of its own.
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let running = Self::on(&folder.path().join("appwrite.db")).await;
        Self { _folder: Some(folder), ..running }
    }

    /// Starts a service on a database.
    pub async fn on(database: &Path) -> Self {
        let service = Service::open(settings(database)).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/v1", listener.local_addr().unwrap());
        let server = tokio::spawn(async move { Server::new(service).serve(listener).await.unwrap() });
        Self { client: client(&url, PROJECT), url, server, _folder: None }
    }

    pub async fn stop(self) {
        self.server.abort();
        assert!(self.server.await.unwrap_err().is_cancelled());
    }
}

/// The least that Argon2 can cost.
pub fn settings(database: &Path) -> Settings {
    Settings {
        database: PathBuf::from(database),
        projects: vec![PROJECT.to_owned(), OTHER_PROJECT.to_owned()],
        password_cost: argon2::Params::new(8, 1, 1, None).unwrap(),
    }
}

/// A client that waits longer than a busy machine needs.
pub fn client(url: &str, project: &str) -> Client {
    let wait = Duration::from_secs(120);
    let builder = Client::builder().base_url(url).project_key(project);
    builder.timeout(wait).connect_timeout(wait).build().unwrap()
}

/// Every user of the project, page by page.
pub async fn all_users(client: &Client) -> Vec<User> {
    let mut all: Vec<User> = Vec::new();
    loop {
        let mut queries = vec!["limit(100)".to_owned()];
        queries.extend(all.last().map(|last| format!("cursorAfter({:?})", last.id.as_deref().unwrap())));
        let page = client.users().list_users().queries(queries).await.unwrap();
        if page.users().is_empty() {
            assert_eq!(page.total, Some(i64::try_from(all.len()).unwrap()));
            return all;
        }
        all.extend(page.users.unwrap());
    }
}

/// A request for a new user with what each must have.
pub fn new_user(
    user_id: impl Into<String>,
    email: impl Into<String>,
    password: impl Into<String>,
) -> CreateUserRequest {
    let (user_id, email, password) = (user_id.into(), email.into(), password.into());
    CreateUserRequest::new(CreateUserRequestRequired { user_id, email, password })
}

pub fn emails(users: &[User]) -> Vec<&str> {
    users.iter().map(|user| user.email.as_deref().unwrap()).collect()
}

/// The problem with which the service refused a call, as JSON.
pub fn refusal<T, E: ApiError>(result: Result<T, CallError<E>>) -> (u16, Value) {
    let Err(error) = result else { panic!("the call was not refused") };
    let response = error.raw().unwrap_or_else(|| panic!("{error}"));
    (response.status.as_u16(), response.json().unwrap())
}
