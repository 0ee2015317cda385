//! Each of the five operations.

use appwrite_client::models::CreateUserRequest;
use appwrite_client::{CallError, CreateUserError, GetAccountError};
use serde_json::json;

use crate::support::{OTHER_PROJECT, PASSWORD, Running, client, emails, new_user, refusal};

fn jane() -> CreateUserRequest {
    new_user("jane", "Jane@Example.com", PASSWORD).with_name("Jane Doe")
}

#[tokio::test]
async fn create_user_returns_the_stored_user() {
    let running = Running::start().await;
    let created = running.client.users().create_user(jane()).send_response().await.unwrap();
    assert_eq!(created.status, 201);
    let user = created.body;
    assert_eq!(user.id.as_deref(), Some("jane"));
    assert_eq!(user.email.as_deref(), Some("jane@example.com"));
    assert_eq!(user.name.as_deref(), Some("Jane Doe"));
    assert_eq!((user.status, user.email_verification), (Some(true), Some(false)));
    assert!(user.created_at.is_some());
    let listed = running.client.users().list_users().await.unwrap();
    assert_eq!((listed.total, listed.users()), (Some(1), &[user][..]));
}

#[tokio::test]
async fn create_user_chooses_unique_ids() {
    let running = Running::start().await;
    let mut ids = Vec::new();
    for email in ["a@example.com", "b@example.com"] {
        let request = new_user("unique()", email, PASSWORD);
        ids.push(running.client.users().create_user(request).await.unwrap().id.unwrap());
    }
    assert_ne!(ids.first(), ids.last());
    assert!(ids.iter().all(|id| id.len() == 20 && id.chars().all(|c| c.is_ascii_hexdigit())), "{ids:?}");
}

#[tokio::test]
async fn create_user_refuses_a_known_address_or_id() {
    let running = Running::start().await;
    let users = running.client.users();
    users.create_user(jane()).await.unwrap();
    let same_email = users.create_user(new_user("unique()", "JANE@example.com", PASSWORD)).await;
    let Err(CallError::Api { error: CreateUserError::Conflict(_), .. }) = &same_email else { panic!("{same_email:?}") };
    let problem = json!({"title": "Conflict", "status": 409, "detail": "User with this email already exists"});
    assert_eq!(refusal(same_email), (409, problem));
    let same_id = users.create_user(new_user("jane", "other@example.com", PASSWORD)).await;
    let problem = json!({"title": "Conflict", "status": 409, "detail": "User with this id already exists"});
    assert_eq!(refusal(same_id), (409, problem));
    assert_eq!(users.list_users().await.unwrap().total, Some(1));
}

#[tokio::test]
async fn create_user_lists_everything_that_is_wrong() {
    let running = Running::start().await;
    let request = new_user("-", "nobody", "1234567");
    let refused = running.client.users().create_user(request).await;
    assert!(matches!(&refused, Err(CallError::Api { error: CreateUserError::BadRequest(_), .. })), "{refused:?}");
    let (_, problem) = refusal(refused);
    let locations: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|error| &error["location"]).collect();
    assert_eq!(locations, ["#/userId", "#/email", "#/password"]);
    assert_eq!(running.client.users().list_users().await.unwrap().total, Some(0));
}

#[tokio::test]
async fn get_account_verifies_the_password() {
    let running = Running::start().await;
    let created = running.client.users().create_user(jane()).await.unwrap();
    // The user name and the password of a URL are sent as HTTP basic authentication.
    let as_user = |user: &str, password: &str| {
        let login = format!("http://{}:{}@", user.replace('@', "%40"), password.replace(' ', "%20"));
        client(&running.url.replace("http://", &login), "my-project")
    };
    assert_eq!(as_user("jane@example.com", PASSWORD).account().get_account().await.unwrap(), created);
    assert_eq!(as_user("JANE@example.com", PASSWORD).account().get_account().await.unwrap(), created);
    for (user, password) in
        [("jane@example.com", "wrong"), ("nobody@example.com", PASSWORD), ("nobody@example.com", "")]
    {
        let refused = as_user(user, password).account().get_account().await;
        assert!(matches!(&refused, Err(CallError::Api { error: GetAccountError::Unauthorized(_), .. })), "{refused:?}");
        assert_eq!(refusal(refused).1["detail"], "unknown e-mail address or wrong password");
    }
    for authorization in ["", "Basic", "Basic !", "Bearer amFuZTpwYXNz"] {
        let refused = running.client.account().get_account().header("authorization", authorization).await;
        let (status, problem) = refusal(refused);
        assert_eq!(status, 401);
        assert!(problem["detail"].as_str().unwrap().contains("HTTP basic authentication"), "{problem}");
    }
}

#[tokio::test]
async fn databases_and_buckets_are_listed() {
    let running = Running::start().await;
    let databases = running.client.databases().list_databases().await.unwrap();
    assert_eq!(databases.total, Some(1));
    let names: Vec<_> = databases.databases().iter().map(|one| (one.id.as_deref(), one.name.as_deref())).collect();
    assert_eq!(names, [(Some("main-db"), Some("Main Database"))]);
    let buckets = running.client.storage().list_buckets().await.unwrap();
    assert_eq!(buckets.total, Some(1));
    let names: Vec<_> = buckets.buckets().iter().map(|one| (one.id.as_deref(), one.name.as_deref())).collect();
    assert_eq!(names, [(Some("avatars"), Some("User Avatars"))]);
}

#[tokio::test]
async fn unknown_projects_are_refused() {
    let running = Running::start().await;
    let stranger = client(&running.url, "my-projec");
    let unknown = json!({"title": "Unauthorized", "status": 401, "detail": "unknown project"});
    assert_eq!(refusal(stranger.account().get_account().await), (401, unknown.clone()));
    assert_eq!(refusal(stranger.users().list_users().await), (401, unknown.clone()));
    assert_eq!(refusal(stranger.users().create_user(jane()).await), (401, unknown.clone()));
    assert_eq!(refusal(stranger.databases().list_databases().await), (401, unknown.clone()));
    assert_eq!(refusal(stranger.storage().list_buckets().await), (401, unknown));
    assert_eq!(running.client.users().list_users().await.unwrap().total, Some(0));
}

#[tokio::test]
async fn projects_do_not_see_each_other() {
    let running = Running::start().await;
    let other = client(&running.url, OTHER_PROJECT);
    running.client.users().create_user(jane()).await.unwrap();
    assert_eq!(other.users().list_users().await.unwrap().total, Some(0));
    other.users().create_user(jane()).await.unwrap();
    let page = other.users().list_users().await.unwrap();
    assert_eq!(emails(page.users()), ["jane@example.com"]);
    assert_eq!(running.client.users().list_users().await.unwrap().total, Some(1));
}
