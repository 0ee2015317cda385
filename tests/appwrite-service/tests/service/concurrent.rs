//! Many requests at once.

use std::collections::BTreeSet;
use std::sync::Arc;

use appwrite_client::models::{CreateUserRequest, User};
use appwrite_client::{CallError, Client, CreateUserError};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::support::{PASSWORD, Running, all_users, emails, new_user};

type Created = Result<User, CallError<CreateUserError>>;

/// Sends all requests at once, as far as the limit of open files allows: each needs a socket on both sides.
async fn create_all(client: &Client, requests: impl IntoIterator<Item = CreateUserRequest>) -> Vec<Created> {
    let at_once = Arc::new(Semaphore::new(most_connections()));
    let mut calls = JoinSet::new();
    for request in requests {
        let (client, at_once) = (client.clone(), Arc::clone(&at_once));
        calls.spawn(async move {
            let _permit = at_once.acquire_owned().await.unwrap();
            client.users().create_user(request).await
        });
    }
    calls.join_all().await
}

/// Raises the limit of open files, and leaves half of it to other tests.
#[cfg(unix)]
fn most_connections() -> usize {
    use nix::sys::resource::{Resource, getrlimit, setrlimit};
    let (_, hard) = getrlimit(Resource::RLIMIT_NOFILE).unwrap();
    let limit = hard.min(8_192);
    setrlimit(Resource::RLIMIT_NOFILE, limit, hard).unwrap();
    usize::try_from(limit / 4).unwrap().min(1_000)
}

#[cfg(not(unix))]
fn most_connections() -> usize {
    1_000
}

#[tokio::test]
async fn a_thousand_creations_lose_and_double_nobody() {
    let running = Running::start().await;
    let addresses: BTreeSet<String> = (0..1_000).map(|n| format!("user-{n}@example.com")).collect();
    let requests = addresses.iter().map(|email| new_user("unique()", email, PASSWORD));
    let created = create_all(&running.client, requests).await;
    let created: Vec<User> = created.into_iter().map(Result::unwrap).collect();
    let ids: BTreeSet<&str> = created.iter().map(|user| user.id.as_deref().unwrap()).collect();
    assert_eq!(ids.len(), 1_000);
    let stored = all_users(&running.client).await;
    assert_eq!(stored.len(), 1_000);
    assert_eq!(emails(&stored).into_iter().collect::<BTreeSet<_>>(), addresses.iter().map(String::as_str).collect());
    assert_eq!(stored.iter().map(|user| user.id.as_deref().unwrap()).collect::<BTreeSet<_>>(), ids);
}

#[tokio::test]
async fn an_address_is_taken_once() {
    let running = Running::start().await;
    let requests = (0..100).map(|n| new_user(format!("user-{n}"), "jane@example.com", PASSWORD));
    assert_one_wins(&running, create_all(&running.client, requests).await).await;
}

#[tokio::test]
async fn an_id_is_taken_once() {
    let running = Running::start().await;
    let requests = (0..100).map(|n| new_user("jane", format!("user-{n}@example.com"), PASSWORD));
    assert_one_wins(&running, create_all(&running.client, requests).await).await;
}

async fn assert_one_wins(running: &Running, created: Vec<Created>) {
    let is_conflict =
        |result: &Created| matches!(result, Err(CallError::Api { error: CreateUserError::Conflict(_), .. }));
    assert_eq!(created.iter().filter(|result| is_conflict(result)).count(), created.len() - 1);
    let winners: Vec<&User> = created.iter().filter_map(|result| result.as_ref().ok()).collect();
    let stored = all_users(&running.client).await;
    assert_eq!(winners, stored.iter().collect::<Vec<_>>());
}
