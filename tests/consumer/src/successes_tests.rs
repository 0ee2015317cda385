//! Several successes: each is what its status says, streams among them, with headers and events beside.

use super::successes::client::{Client, InProcess};
use super::successes::models::{
    FollowLogSuccess, Job, ReadFileHeaders, ReadFileParams, ReadFileSuccess, StartJobHeaders, StartJobSuccess,
    StreamEvent, WriteFileSuccess,
};
use super::successes::server::{
    Api, Context, FollowLogError, LineBody, ReadFileError, Server, StartJobError, SuccessesApi, WholeOrEvents,
    WithHeaders, WriteFileError, axum,
};

struct App;

impl Api for App {}

type File = WithHeaders<ReadFileSuccess<axum::body::Body>, ReadFileHeaders>;

impl SuccessesApi for App {
    async fn read_file(&self, _: Context<()>, name: String, params: ReadFileParams) -> Result<File, ReadFileError> {
        let mut headers = ReadFileHeaders { e_tag: Some("v1".to_owned()), ..ReadFileHeaders::default() };
        let body = match (name.as_str(), params.range) {
            ("late", _) => {
                headers.retry_after = Some(5);
                ReadFileSuccess::Accepted(Job::new(1))
            }
            ("empty", _) => ReadFileSuccess::NoContent,
            (_, Some(_)) => {
                headers.content_range = Some("bytes 0-3/8".to_owned());
                ReadFileSuccess::PartialContent("half".into())
            }
            (_, None) => ReadFileSuccess::Ok("all of it".into()),
        };
        Ok(WithHeaders::new(body, headers))
    }

    async fn write_file(
        &self,
        _: Context<()>,
        _: String,
    ) -> Result<WithHeaders<WriteFileSuccess, super::successes::models::WriteFileHeaders>, WriteFileError> {
        Ok(WriteFileSuccess::Created.into())
    }

    async fn start_job(
        &self,
        cx: Context<()>,
    ) -> Result<WithHeaders<WholeOrEvents<StartJobSuccess, Job>, StartJobHeaders>, StartJobError> {
        let headers = StartJobHeaders { x_job: Some(7) };
        let body = if cx.headers["accept"] == "text/event-stream" {
            WholeOrEvents::Events([StreamEvent::new(Job::new(7))].into_iter().collect())
        } else {
            WholeOrEvents::Whole(StartJobSuccess::Accepted)
        };
        Ok(WithHeaders::new(body, headers))
    }

    async fn follow_log(&self, _: Context<()>) -> Result<FollowLogSuccess<LineBody<Job>>, FollowLogError> {
        Ok(FollowLogSuccess::Ok([Job::new(1), Job::new(2)].into_iter().collect()))
    }
}

fn client() -> Client {
    let server = Server::new(App).into_app();
    Client::builder().base_url("http://files.test").transport(InProcess(server)).build().unwrap()
}

#[tokio::test]
async fn a_status_says_whether_a_body_is_a_stream() {
    let client = client();
    let files = client;
    let whole = files.read_file("a").send_response().await.unwrap();
    assert_eq!(whole.typed.e_tag.as_deref(), Some("v1"));
    let ReadFileSuccess::Ok(body) = whole.body else { panic!("{:?}", whole.body) };
    assert_eq!(body.bytes().await.unwrap(), "all of it");
    let part = files.read_file("a").range("bytes=0-3").send_response().await.unwrap();
    assert_eq!((part.status.as_u16(), part.typed.content_range.as_deref()), (206, Some("bytes 0-3/8")));
    let ReadFileSuccess::PartialContent(body) = part.body else { panic!("{:?}", part.body) };
    assert_eq!(body.bytes().await.unwrap(), "half");
    let late = files.read_file("late").send_response().await.unwrap();
    assert_eq!(late.typed.retry_after, Some(5));
    assert!(matches!(late.body, ReadFileSuccess::Accepted(job) if job.id == 1));
    assert!(matches!(files.read_file("empty").await.unwrap(), ReadFileSuccess::NoContent));
    assert_eq!(files.write_file("a").await.unwrap(), WriteFileSuccess::Created);
    let FollowLogSuccess::Ok(mut lines) = files.follow_log().await.unwrap() else { panic!("nothing") };
    assert_eq!(lines.next().await.unwrap().unwrap(), Job::new(1));
    assert_eq!(lines.next().await.unwrap().unwrap(), Job::new(2));
    assert!(lines.next().await.is_none());
}

#[tokio::test]
async fn a_success_may_be_events_beside_others() {
    let client = client();
    let started = client.start_job().send_response().await.unwrap();
    assert_eq!((started.body, started.typed.x_job), (StartJobSuccess::Accepted, Some(7)));
    let mut events = client.start_job().send_events().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, Job::new(7));
}
