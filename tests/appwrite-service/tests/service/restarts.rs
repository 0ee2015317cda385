//! What was acknowledged is still there after a restart, and after a crash.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use appwrite_client::RetryPolicy;
use appwrite_client::models::CreateUserRequest;
use tokio::task::JoinSet;

use crate::process::Process;
use crate::support::{PASSWORD, PROJECT, Running, all_users, client, emails};

/// How many callers write while the program is killed.
const CALLERS: usize = 8;

#[tokio::test]
async fn users_survive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("appwrite.db");
    let first = Running::on(&database).await;
    let created = first.client.users().create_user(CreateUserRequest::new("jane", "jane@example.com", PASSWORD)).await;
    let created = created.unwrap();
    first.stop().await;
    let second = Running::on(&database).await;
    assert_eq!(all_users(&second.client).await, [created]);
    assert_eq!(second.client.databases().list_databases().await.unwrap().total, Some(1));
    let login = second.url.replace("http://", "http://jane%40example.com:correct%20horse%20battery%20staple@");
    assert!(client(&login, PROJECT).account().get_account().await.is_ok());
}

#[tokio::test]
async fn a_kill_loses_nothing_that_was_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let acknowledged = Arc::new(Mutex::new(BTreeSet::new()));
    for round in 0..3 {
        let process = Process::start(folder.path(), &[]);
        let before = acknowledged.lock().unwrap().len();
        let mut callers = JoinSet::new();
        for caller in 0..CALLERS {
            let prefix = format!("round-{round}.caller-{caller}");
            callers.spawn(create_until_lost(process.url.clone(), prefix, Arc::clone(&acknowledged)));
        }
        while acknowledged.lock().unwrap().len() < before + 3 * CALLERS {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        process.kill();
        callers.join_all().await;
    }
    let process = Process::start(folder.path(), &[]);
    let stored = all_users(&client(&process.url, PROJECT)).await;
    let stored = emails(&stored);
    let different: BTreeSet<&str> = stored.iter().copied().collect();
    assert_eq!(different.len(), stored.len(), "a user is there twice");
    let acknowledged = acknowledged.lock().unwrap();
    let lost: Vec<&String> = acknowledged.iter().filter(|email| !different.contains(email.as_str())).collect();
    assert!(lost.is_empty(), "{lost:?}");
}

/// Creates users until the connection is lost, and records those that were acknowledged.
async fn create_until_lost(url: String, prefix: String, acknowledged: Arc<Mutex<BTreeSet<String>>>) {
    let client = client(&url, PROJECT);
    for n in 0.. {
        let email = format!("{prefix}.{n}@example.com");
        let request = CreateUserRequest::new("unique()", &email, PASSWORD);
        let created = client.users().create_user(request).retry(RetryPolicy::none()).await;
        if created.is_err() {
            return;
        }
        acknowledged.lock().unwrap().insert(email);
    }
}
