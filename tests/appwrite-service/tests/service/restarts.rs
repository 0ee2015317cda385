//! What was acknowledged is still there after a restart, and after a crash.

use std::collections::BTreeSet;

use appwrite_client::RetryPolicy;
use appwrite_service::Service;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use crate::process::Process;
use crate::support::{PASSWORD, PROJECT, Running, all_users, client, emails, new_user, settings};

/// How often the program is killed.
const ROUNDS: usize = 5;

/// How many callers write while the program is killed.
const CALLERS: usize = 4;

#[tokio::test]
async fn users_survive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("appwrite.db");
    let first = Running::on(&database).await;
    let created = first.client.users().create_user(new_user("jane", "jane@example.com", PASSWORD)).await;
    let created = created.unwrap();
    first.stop().await;
    let second = Running::on(&database).await;
    assert_eq!(all_users(&second.client).await, [created]);
    assert_eq!(second.client.databases().list_databases().await.unwrap().total, Some(1));
    let login = second.url.replace("http://", "http://jane%40example.com:correct%20horse%20battery%20staple@");
    assert!(client(&login, PROJECT).account().get_account().await.is_ok());
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("appwrite.db");
    rusqlite::Connection::open(&database).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let error = Service::open(settings(&database)).await.err().unwrap().to_string();
    assert!(
        error.starts_with("the database has version 99 of the schema") && error.contains("newer program"),
        "{error}"
    );
}

#[tokio::test]
async fn a_kill_loses_nothing_that_was_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = BTreeSet::new();
    for round in 0..ROUNDS {
        let process = Process::start(folder.path(), &[]);
        let (report, mut reports) = mpsc::unbounded_channel();
        let mut callers = JoinSet::new();
        for caller in 0..CALLERS {
            let prefix = format!("round-{round}.caller-{caller}");
            callers.spawn(create_until_lost(process.url.clone(), prefix, report.clone()));
        }
        for _ in 0..=CALLERS {
            acknowledged.insert(reports.recv().await.unwrap());
        }
        // Right after an acknowledgement: what it acknowledges must be on the disk already.
        process.kill();
        callers.join_all().await;
        acknowledged.extend(std::iter::from_fn(|| reports.try_recv().ok()));
    }
    let process = Process::start(folder.path(), &[]);
    let stored = all_users(&client(&process.url, PROJECT)).await;
    let stored = emails(&stored);
    let different: BTreeSet<&str> = stored.iter().copied().collect();
    assert_eq!(different.len(), stored.len(), "a user is there twice");
    let lost: Vec<&String> = acknowledged.iter().filter(|email| !different.contains(email.as_str())).collect();
    assert!(lost.is_empty(), "{lost:?}");
}

/// Creates users until the connection is lost, and reports those that were acknowledged.
async fn create_until_lost(url: String, prefix: String, report: mpsc::UnboundedSender<String>) {
    let client = client(&url, PROJECT);
    for n in 0.. {
        let email = format!("{prefix}.{n}@example.com");
        let request = new_user("unique()", &email, PASSWORD);
        let created = client.users().create_user(request).retry(RetryPolicy::none()).await;
        if created.is_err() {
            return;
        }
        report.send(email).unwrap();
    }
}
