//! Runs the generated client against the generated server: every operation, every documented status and the failures in
//! between, in one process and over a socket.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use appwrite_client::{CallError, Client, CreateUserError as CallCreateUser, InProcess, RetryPolicy};
use appwrite_models::{Bucket, CreateUserRequest, CreateUserRequestRequired, Database, User};
use appwrite_server::models::{ListBucketsResponse, ListDatabasesResponse, ListUsersParams, ListUsersResponse};
use appwrite_server::{
    AccountApi, Api, AuthError, Context, CreateUserError, Credentials, DatabasesApi, GetAccountError, ListBucketsError,
    ListDatabasesError, ListUsersError, RequestInfo, Server, StorageApi, UsersApi, mock::Mock,
};
use axum::response::IntoResponse as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

fn new_user(user_id: &str, email: &str, password: &str) -> CreateUserRequest {
    let (user_id, email, password) = (user_id.to_owned(), email.to_owned(), password.to_owned());
    CreateUserRequest::new(CreateUserRequestRequired { user_id, email, password })
}

/// An implementation whose responses depend on the request.
struct App;

struct Project(String);

impl Api for App {
    type Principal = Project;

    async fn authenticate(&self, credentials: Credentials, _: &RequestInfo<'_>) -> Result<Project, AuthError> {
        let Credentials::ProjectKey(key) = credentials;
        match key.expose() {
            "banned" => Err(AuthError::forbidden("this project is banned")),
            "broken" => Err("the vault is closed")?,
            known if known.starts_with("project-") => Ok(Project(known.to_owned())),
            _ => Err(AuthError::unauthorized("unknown project")),
        }
    }
}

impl AccountApi for App {
    async fn get_account(&self, cx: Context<Project>) -> Result<User, GetAccountError> {
        match cx.header("x-session") {
            Some("expired") => Err(GetAccountError::unauthorized().with_detail("the session is over")),
            Some("crash") => Err("secret details")?,
            _ => Ok(User::default().with_id(cx.principal.0).with_labels(["admin", "ops"])),
        }
    }
}

impl UsersApi for App {
    async fn list_users(
        &self,
        _: Context<Project>,
        params: ListUsersParams,
    ) -> Result<ListUsersResponse, ListUsersError> {
        if params.search.as_deref() == Some("nobody may look") {
            return Err(ListUsersError::unauthorized());
        }
        let users = params.queries().iter().map(|query| User::default().with_name(query));
        let search = params.search.iter().map(|search| User::default().with_email(search));
        let users: Vec<User> = users.chain(search).collect();
        Ok(ListUsersResponse::default().with_total(i64::try_from(users.len())?).with_users(users))
    }

    async fn create_user(&self, _: Context<Project>, body: CreateUserRequest) -> Result<User, CreateUserError> {
        match body.email.as_str() {
            "bad" => Err(CreateUserError::bad_request()),
            "taken" => Err(CreateUserError::conflict()),
            "nobody" => Err(CreateUserError::unauthorized()),
            "teapot" => Err(CreateUserError::Other(Box::new(http::StatusCode::IM_A_TEAPOT.into_response()))),
            _ => Ok(User { id: Some(body.user_id), email: Some(body.email), name: body.name, ..User::default() }),
        }
    }
}

impl DatabasesApi for App {
    async fn list_databases(&self, cx: Context<Project>) -> Result<ListDatabasesResponse, ListDatabasesError> {
        if cx.header("x-fail").is_some() {
            return Err(ListDatabasesError::unauthorized());
        }
        Ok(ListDatabasesResponse::default().with_databases([Database::default().with_name("main")]))
    }
}

impl StorageApi for App {
    async fn list_buckets(&self, cx: Context<Project>) -> Result<ListBucketsResponse, ListBucketsError> {
        if cx.header("x-fail").is_some() {
            return Err(ListBucketsError::unauthorized());
        }
        Ok(ListBucketsResponse::default().with_buckets([Bucket::default().with_maximum_file_size(5_000_000_000)]))
    }
}

fn in_process(key: &str) -> Client {
    let app = Server::new(App).into_app();
    let client = Client::builder().base_url("http://test/v1").transport(InProcess(app)).retry(RetryPolicy::none());
    let client = if key.is_empty() { client } else { client.project_key(key) };
    client.build().expect("the settings are complete")
}

/// Serves the app on a local socket. Returns the URL, without a trailing slash.
async fn on_socket(app: axum::Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    url
}

async fn every_operation(client: Client) {
    let me = client.account().get_account().await.unwrap();
    assert_eq!(me.id.as_deref(), Some("project-1"));
    assert_eq!(me.labels(), ["admin", "ops"]);

    let queries = ["limit(25)", "a&b=c", "", "ü/ %+,"];
    let page = client.users().list_users().queries(queries).search("jane & co").await.unwrap();
    assert_eq!(page.total, Some(5));
    let names: Vec<_> = page.users().iter().filter_map(|user| user.name.as_deref()).collect();
    assert_eq!(names, queries);
    assert_eq!(page.users()[4].email.as_deref(), Some("jane & co"));

    let new = new_user("unique()", "jane@example.com", "correct horse").with_name("Jane");
    let full = client.users().create_user(new).send_response().await.unwrap();
    assert_eq!(full.status, 201);
    assert_eq!(full.headers["content-type"], "application/json");
    assert_eq!(full.body.name.as_deref(), Some("Jane"));

    let databases = client.databases().list_databases().await.unwrap();
    assert_eq!(databases.databases()[0].name.as_deref(), Some("main"));
    let buckets = client.storage().list_buckets().await.unwrap();
    assert_eq!(buckets.buckets()[0].maximum_file_size, Some(5_000_000_000));
}

#[tokio::test]
async fn every_operation_in_process() {
    every_operation(in_process("project-1")).await;
}

#[tokio::test]
async fn every_operation_over_a_socket_with_and_without_a_trailing_slash() {
    let url = on_socket(Server::new(App).into_app()).await;
    for base in [url.clone(), format!("{url}/")] {
        every_operation(Client::builder().base_url(base).project_key("project-1").build().unwrap()).await;
    }
}

#[tokio::test]
async fn every_documented_failure() {
    let client = in_process("project-1");
    let create = async |email: &str| {
        let request = new_user("1", email, "password");
        client.users().create_user(request).await.unwrap_err()
    };
    let bad = create("bad").await;
    assert!(matches!(bad.api(), Some(CallCreateUser::BadRequest(raw)) if raw.status == 400));
    let taken = create("taken").await;
    let Some(CallCreateUser::Conflict(raw)) = taken.api() else { panic!("{taken:?}") };
    let problem = raw.problem().expect("the server sends problem details");
    assert_eq!(problem.detail.as_deref(), Some("User with this email already exists"));
    assert_eq!(problem.status, Some(409));
    assert_eq!(taken.to_string(), "createUser: 409 Conflict: User with this email already exists");
    assert!(matches!(create("nobody").await.api(), Some(CallCreateUser::Unauthorized(_))));
    assert!(matches!(create("teapot").await.api(), Some(CallCreateUser::Unexpected(raw)) if raw.status == 418));

    let expired = client.account().get_account().header("x-session", "expired").await.unwrap_err();
    assert_eq!(expired.to_string(), "getAccount: 401 Unauthorized: the session is over");
    let refused = client.users().list_users().search("nobody may look").await.unwrap_err();
    assert_eq!(refused.status().map(|status| status.as_u16()), Some(401));
    let databases = client.databases().list_databases().header("x-fail", "1").await.unwrap_err();
    assert!(matches!(databases.api(), Some(appwrite_client::ListDatabasesError::Unauthorized(_))));
    let buckets = client.storage().list_buckets().header("x-fail", "1").await.unwrap_err();
    assert!(matches!(buckets.api(), Some(appwrite_client::ListBucketsError::Unauthorized(_))));
}

#[tokio::test]
async fn an_error_by_question_mark_is_500_without_details() {
    let error = in_process("project-1").account().get_account().header("x-session", "crash").await.unwrap_err();
    let raw = error.raw().expect("an answer came");
    assert_eq!(raw.status, 500);
    assert!(!raw.text().contains("secret"), "{}", raw.text());
    let error: appwrite_client::Error = error.into();
    assert_eq!(error.operation().map(|operation| operation.id), Some("getAccount"));
}

#[tokio::test]
async fn credentials_missing_wrong_forbidden_and_broken() {
    let missing = in_process("").account().get_account().await.unwrap_err();
    assert_eq!(missing.status().map(|status| status.as_u16()), Some(401));
    let challenge = &missing.raw().unwrap().headers["www-authenticate"];
    assert!(challenge.to_str().unwrap().contains("X-Appwrite-Project"));
    for (key, status) in [("unknown", 401), ("banned", 403), ("broken", 500)] {
        let error = in_process(key).account().get_account().await.unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status), "{key}");
    }
}

#[tokio::test]
async fn a_provider_is_asked_before_every_request() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let provider = move || {
        let n = counter.fetch_add(1, Ordering::SeqCst);
        async move { if n < 2 { Ok(format!("project-{n}")) } else { Err("the vault is closed".into()) } }
    };
    let app = Server::new(App).into_app();
    let client = Client::builder().transport(InProcess(app)).project_key_provider(provider).build().unwrap();
    for n in 0..2 {
        assert_eq!(client.account().get_account().await.unwrap().id, Some(format!("project-{n}")));
    }
    let error = client.account().get_account().await.unwrap_err();
    assert!(matches!(error, CallError::Request(_)), "{error:?}");
}

#[tokio::test]
async fn malformed_bodies_are_refused_with_their_place() {
    let url = on_socket(Server::new(App).body_limit(1000).into_app()).await;
    let http = reqwest::Client::new();
    let post = async |media: &str, body: String| {
        let request = http.post(format!("{url}/users")).header("x-appwrite-project", "project-1");
        let answer = request.header("content-type", media.to_owned()).body(body).send().await.unwrap();
        let status = answer.status().as_u16();
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
        let problem: serde_json::Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
        (status, problem)
    };
    let (status, problem) = post("application/json", "{\"userId\": \"1\", \"email\": 7}".to_owned()).await;
    assert_eq!(status, 400);
    let errors = serde_json::json!([
        {"location": "#", "detail": "`password` is missing"},
        {"location": "#/email", "detail": "must be a string"},
    ]);
    assert_eq!(problem["errors"], errors);
    let (status, problem) = post("application/json", "{\"userId\":".to_owned()).await;
    assert_eq!((status, problem["status"].as_u64()), (400, Some(400)));
    let (status, _) = post("application/json", format!("{{\"userId\": \"{}\"}}", "x".repeat(2000))).await;
    assert_eq!(status, 413);
    let (status, _) = post("text/plain", "{}".to_owned()).await;
    assert_eq!(status, 415);
}

#[tokio::test]
async fn unknown_paths_and_methods_are_problems() {
    let url = on_socket(Server::new(App).into_app()).await;
    let http = reqwest::Client::new();
    let missing = http.get(format!("{url}/nothing")).send().await.unwrap();
    assert_eq!(missing.status(), 404);
    assert_eq!(missing.headers()["content-type"], "application/problem+json");
    let wrong = http.delete(format!("{url}/users")).send().await.unwrap();
    assert_eq!(wrong.status(), 405);
    let allow: Vec<&str> = wrong.headers()["allow"].to_str().unwrap().split(',').collect();
    assert_eq!(allow, ["GET", "HEAD", "POST"]);
}

#[tokio::test]
async fn media_types_that_nobody_takes_are_refused() {
    let url = on_socket(Server::new(App).into_app()).await;
    let status = async |accept: &'static str| {
        let request = reqwest::Client::new().get(format!("{url}/account")).header("x-appwrite-project", "right");
        request.header("accept", accept).send().await.unwrap().status().as_u16()
    };
    assert_eq!(status("application/xml, text/*").await, 406);
    assert_eq!(status("application/json;q=0, */*").await, 406);
    for accept in ["application/json", "text/html, */*;q=0.1", "application/*", "application/vnd.api+json", "none"] {
        assert_ne!(status(accept).await, 406, "{accept}");
    }
}

/// A server that sends one of these texts per connection, and counts the requests.
async fn scripted(answers: Vec<String>) -> (String, Arc<AtomicUsize>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    let served = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&served);
    tokio::spawn(async move {
        for answer in answers {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut request = [0; 4096];
            let _ = socket.read(&mut request).await;
            counter.fetch_add(1, Ordering::SeqCst);
            let _ = socket.write_all(answer.as_bytes()).await;
            let _ = socket.shutdown().await;
        }
    });
    (url, served)
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n{body}", body.len())
}

#[tokio::test]
async fn a_retry_waits_as_long_as_the_server_asks() {
    let busy = answer("503 Service Unavailable", "retry-after: 1\r\n", "");
    let done = answer("200 OK", "content-type: application/json\r\n", "{\"name\":\"Jane\",\"newKey\":[1]}");
    let (url, served) = scripted(vec![busy, done]).await;
    let client = Client::builder().base_url(url).project_key("project-1").build().unwrap();
    let start = std::time::Instant::now();
    // A key that the document does not declare is not an error.
    assert_eq!(client.account().get_account().await.unwrap().name.as_deref(), Some("Jane"));
    assert!(start.elapsed() >= Duration::from_secs(1));
    assert_eq!(served.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_post_is_not_repeated() {
    let busy = || answer("503 Service Unavailable", "retry-after: 0\r\n", "");
    let (url, served) = scripted(vec![busy(), busy()]).await;
    let client = Client::builder().base_url(url).project_key("project-1").build().unwrap();
    let error = client.users().create_user(new_user("1", "a", "b")).await.unwrap_err();
    assert!(error.is_retryable());
    assert_eq!(served.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_wrong_body_names_its_place_and_keeps_the_answer() {
    let body = "{\"users\":[{\"name\":\"ok\"},{\"emailVerification\":\"yes\"}]}";
    let (url, _) = scripted(vec![answer("200 OK", "content-type: application/json\r\n", body)]).await;
    let client = Client::builder().base_url(url).project_key("project-1").build().unwrap();
    let error = client.users().list_users().await.unwrap_err();
    let CallError::Decode(error) = error else { panic!("{error:?}") };
    assert_eq!(error.path(), "users[1].emailVerification");
    assert_eq!(error.response().unwrap().text(), body);
}

#[tokio::test]
async fn time_limits_and_body_limits_hold() {
    let (url, _) =
        scripted(vec![format!("{}{}", "HTTP/1.1 200 OK\r\ncontent-length: 9999999\r\n\r\n", "x".repeat(5000))]).await;
    let client = Client::builder().base_url(&url).max_response_bytes(1000).retry(RetryPolicy::none()).build().unwrap();
    let error = client.account().get_account().await.unwrap_err();
    assert!(
        matches!(&error, CallError::Transport(error) if error.to_string().contains("larger than 1000 bytes")),
        "{error}"
    );

    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let client = Client::builder().base_url(url).retry(RetryPolicy::none()).build().unwrap();
    let error = client.account().get_account().timeout(Duration::from_millis(50)).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

#[test]
fn nothing_secret_is_printed() {
    let client = Client::builder().project_key("planted-key").secret_header("x-appwrite-key", "planted-header");
    assert!(!format!("{client:?}").contains("planted"));
    assert!(!format!("{:?}", client.build().unwrap()).contains("planted"));
    let request = new_user("1", "jane@example.com", "planted-password");
    let text = format!("{request:?}");
    assert!(text.contains("jane@example.com") && text.contains("[redacted]") && !text.contains("planted"), "{text}");
}

#[test]
fn settings_are_checked_by_build() {
    for url in ["ftp://host", "not a url", "http://host/?q=1", "http://host/#f"] {
        assert!(Client::builder().base_url(url).build().is_err(), "{url}");
    }
    assert!(Client::builder().default_header("bad name", "x").build().is_err());
    assert!(Client::builder().default_header("x-a", "line\nbreak").build().is_err());
}

#[tokio::test]
async fn the_mock_answers_from_the_examples() {
    let client = Client::builder()
        .base_url("http://test/v1")
        .project_key("p")
        .transport(InProcess(Mock::app()))
        .build()
        .unwrap();
    let me = client.account().get_account().await.unwrap();
    assert_eq!(me.name.as_deref(), Some("Jane Developer"));
    assert_eq!(client.users().list_users().await.unwrap().total, Some(1));
    assert_eq!(client.databases().list_databases().await.unwrap().databases()[0].id.as_deref(), Some("main-db"));
    assert_eq!(client.storage().list_buckets().await.unwrap().buckets()[0].id.as_deref(), Some("avatars"));
    // The document has no example of this response, so it is made from the schema.
    let user = client.users().create_user(new_user("1", "a", "b")).await.unwrap();
    assert_eq!(user.labels(), ["sample"]);
}

#[tokio::test]
async fn routers_merge_and_the_document_is_served() {
    let api = Arc::new(App);
    let app: axum::Router = appwrite_server::routers::users(&api)
        .merge(appwrite_server::routers::account(&api))
        .merge(Server::from_arc(api).base_path("/other").docs("/docs").into_router());
    let url = on_socket(app).await;
    let http = reqwest::Client::new();
    let root = url.trim_end_matches("/v1");
    let document = http.get(format!("{root}/other/docs/openapi.json")).send().await.unwrap();
    let document: serde_json::Value = serde_json::from_slice(&document.bytes().await.unwrap()).unwrap();
    assert_eq!(document["info"]["title"], "Appwrite API");
    let client = Client::builder().base_url(url).project_key("project-1").build().unwrap();
    assert!(client.users().list_users().await.is_ok());
    assert!(client.storage().list_buckets().await.is_err(), "the storage router was not merged");
}

#[tokio::test]
async fn calls_that_the_document_does_not_describe() {
    let client = in_process("project-1");
    let raw = client.request(http::Method::GET, "/users").query("search", "a b&c").send().await.unwrap();
    assert_eq!(raw.json::<ListUsersResponse>().unwrap().users()[0].email.as_deref(), Some("a b&c"));
}
