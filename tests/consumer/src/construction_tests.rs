//! Values are created without naming what the generator has made up.

use super::construction::client::{Client, CreateIssue, InProcess};
use super::construction::models::{
    Change, CreateIssueParams, Issue, IssueMetadata, Label, Level, Marked, Mixed, Patch, Route, RouteRequired, Size,
    State,
};
use super::construction::server::{Api, ConstructionApi, Context, CreateIssueError, Server};
use crategen_runtime::uuid;
use serde_json::json;

#[test]
fn setters_take_what_converts() {
    let issue = Issue::new("It is broken")
        .with_labels(["bug"])
        .with_metadata([("order", "1")])
        .with_state("open")
        .with_names([("first", "closed")])
        .with_route(Route::new(RouteRequired { from: "a".into(), to: "b".into() }).with_via(["c"]));
    let expected = json!({
        "title": "It is broken",
        "labels": ["bug"],
        "metadata": {"order": "1"},
        "state": "open",
        "names": {"first": "closed"},
        "route": {"from": "a", "to": "b", "via": ["c"]},
    });
    assert_eq!(serde_json::to_value(&issue).unwrap(), expected);
    let issue =
        Issue::new(7).with_labels([Label::new("bug", 1, true)]).with_metadata(IssueMetadata::Empty(Default::default()));
    let expected = json!({"title": 7, "labels": [{"name": "bug", "order": 1, "shown": true}], "metadata": ""});
    assert_eq!(serde_json::to_value(&issue).unwrap(), expected);
}

#[test]
fn setters_of_what_may_be_null_take_what_converts() {
    let json = |change: Change| serde_json::to_value(change).unwrap();
    let change = Change::default().with_title("It is broken").with_labels(["bug"]).with_state("open");
    assert_eq!(json(change), json!({"title": "It is broken", "labels": ["bug"], "state": "open"}));
    let change = Change::default().with_title(7).with_labels(["bug", "urgent"]).with_state(State::Closed);
    assert_eq!(json(change), json!({"title": 7, "labels": ["bug", "urgent"], "state": "closed"}));
    let change = Change::default().with_title(Patch::Null).with_labels(Patch::Null).with_state(Patch::Null);
    assert_eq!(json(change), json!({"title": null, "labels": null, "state": null}));
    let change = Change::default().with_title(None).with_labels(None).with_state(Some(State::Open));
    assert_eq!(json(change), json!({"state": "open"}));
    assert_eq!(json(Change::default().with_labels(vec![])), json!({"labels": []}));
}

#[test]
fn unions_are_made_of_what_one_variant_holds() {
    let json = |mixed: Mixed| serde_json::to_value(mixed).unwrap();
    assert_eq!(json(vec!["a".to_owned()].into()), json!(["a"]));
    assert_eq!(json(vec![1].into()), json!([1]));
    assert_eq!(json("open".into()), json!("open"));
    assert_eq!(json(State::Closed.into()), json!("closed"));
    assert_eq!(json(true.into()), json!(true));
    assert_eq!(serde_json::to_value(Level::from(3)).unwrap(), json!(3));
    // Everything is required, so the struct names its properties itself.
    let marked = Marked { name: "a".into(), state: "open".into() };
    assert_eq!(serde_json::to_value(&marked).unwrap(), json!({"name": "a", "state": "open"}));
    let size = Size { width: 1.5, unit: "m".into(), exact: true, at: uuid::Uuid::nil() };
    assert_eq!(serde_json::to_value(&size).unwrap()["width"], json!(1.5));
}

/// Returns what it is given.
struct App;

impl Api for App {}

impl ConstructionApi for App {
    async fn create_issue(
        &self,
        _: Context<()>,
        params: CreateIssueParams,
        body: Issue,
    ) -> Result<Issue, CreateIssueError> {
        assert_eq!((params.from.as_str(), params.to.as_str()), ("a", "b"));
        Ok(body)
    }
}

/// A call can be returned from a function, although its client is not.
fn call() -> CreateIssue {
    let client =
        Client::builder().base_url("http://test").transport(InProcess(Server::new(App).into_app())).build().unwrap();
    client.create_issue("a", "b", Issue::new("It is broken"))
}

#[tokio::test]
async fn calls_keep_their_client() {
    let call = call();
    assert!(tokio::spawn(async move { call.await }).await.unwrap().is_ok());
}
