//! Headers that the document describes are values of their types, on both sides.

use super::headers::client::{self, Client, InProcess};
use super::headers::models::problem::Problem;
use super::headers::models::{
    CreateNoteHeaders, GetNoteConflictHeaders, GetNoteServerErrorHeaders, GetNoteTooManyRequestsHeaders,
    ListNotesHeaders, Slow,
};
use super::headers::server::{
    Api, Context, CreateNoteError, GetLimitsError, GetNoteError, ListNotesError, ResponseHeadersApi, Server,
    WithHeaders, axum,
};

struct App;

impl Api for App {}

impl ResponseHeadersApi for App {
    async fn list_notes(&self, _: Context<()>) -> Result<WithHeaders<Vec<String>, ListNotesHeaders>, ListNotesError> {
        Ok(WithHeaders::new(vec!["note".to_owned()], headers()))
    }

    async fn create_note(&self, _: Context<()>) -> Result<WithHeaders<(), CreateNoteHeaders>, CreateNoteError> {
        Ok(().into())
    }

    async fn get_limits(&self, _: Context<()>) -> Result<String, GetLimitsError> {
        Ok(String::new())
    }

    async fn get_note(&self, _: Context<()>, id: String) -> Result<String, GetNoteError> {
        let problem = Problem::of(0).with_detail("why");
        Err(match id.as_str() {
            "slow" => GetNoteError::TooManyRequests(WithHeaders::new(
                Slow::new("busy").with_detail("Come back later."),
                GetNoteTooManyRequestsHeaders::new(7),
            )),
            "conflict" => GetNoteError::Conflict(WithHeaders::new(problem, GetNoteConflictHeaders::new("\"v1\""))),
            _ => GetNoteError::ServerError(
                axum::http::StatusCode::BAD_GATEWAY,
                WithHeaders::new(problem, GetNoteServerErrorHeaders::default().with_x_trace("t")),
            ),
        })
    }
}

fn headers() -> ListNotesHeaders {
    ListNotesHeaders::new(7)
        .with_x_tags(["a", "b,c"])
        .with_x_counts([("a", 1)])
        .with_set_cookie(["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2"])
}

#[tokio::test]
async fn headers_arrive_as_they_were_set() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Server::new(App).into_app()).await });
    let client = Client::builder().base_url(url).build().unwrap();
    let response = client.list_notes().send_response().await.unwrap();
    assert_eq!((response.body, response.typed), (vec!["note".to_owned()], headers()));
    assert_eq!(response.headers["x-total-count"], "7");
    assert_eq!(response.headers["x-counts"], r#"{"a":1}"#);
    let cookies: Vec<_> = response.headers.get_all("set-cookie").iter().collect();
    assert_eq!(cookies, ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2"], "one header per cookie (RFC 6265 §3)");
    let response = client.create_note().send_response().await.unwrap();
    assert_eq!((response.status.as_u16(), response.typed), (201, CreateNoteHeaders::default()));
}

#[tokio::test]
async fn a_required_header_that_is_missing_is_an_error_for_those_who_ask_for_headers() {
    let without = axum::Router::new().route("/notes", axum::routing::get(async || axum::Json(["note"])));
    let client = Client::builder().base_url("http://notes.test").transport(InProcess(without)).build().unwrap();
    assert_eq!(client.list_notes().await.unwrap(), ["note"], "the body does not depend on it");
    let error = client.list_notes().send_response().await.unwrap_err();
    assert!(error.to_string().contains("header:X-Total-Count"), "{error}");
}

#[tokio::test]
async fn headers_of_failures_arrive() {
    let server = Server::new(App).into_app();
    let builder = Client::builder().base_url("http://notes.test").retry(client::RetryPolicy::none());
    let client = builder.transport(InProcess(server)).build().unwrap();
    let failure = async |id: &str| match client.get_note(id).await.unwrap_err() {
        client::CallError::Api { error, .. } => error,
        other => panic!("{other}"),
    };
    let slow = failure("slow").await;
    assert_eq!(slow.to_string(), "429 Too Many Requests: Come back later.");
    let client::GetNoteError::TooManyRequests(slow) = slow else { panic!("another failure") };
    assert_eq!((slow.body.why.as_str(), slow.headers.retry_after), ("busy", 7));
    let client::GetNoteError::Conflict(conflict) = failure("conflict").await else { panic!("another failure") };
    assert_eq!((conflict.headers.e_tag.as_str(), conflict.body.message().as_deref()), ("\"v1\"", Some("why")));
    let client::GetNoteError::ServerError(status, broken) = failure("else").await else { panic!("another failure") };
    assert_eq!((status.as_u16(), broken.headers.x_trace.as_deref()), (502, Some("t")));
}

#[tokio::test]
async fn a_failure_without_its_required_header_is_kept_whole() {
    let slow = async || (axum::http::StatusCode::TOO_MANY_REQUESTS, axum::Json(Slow::new("busy")));
    let without = axum::Router::new().route("/notes/{id}", axum::routing::get(slow));
    let builder = Client::builder().base_url("http://notes.test").retry(client::RetryPolicy::none());
    let client = builder.transport(InProcess(without)).build().unwrap();
    let error = client.get_note("a").await.unwrap_err();
    assert_eq!(error.raw().unwrap().text(), r#"{"why":"busy"}"#);
}
