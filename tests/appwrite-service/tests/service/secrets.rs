//! No password is stored or logged.

use std::fs;
use std::path::Path;

use appwrite_client::http::Method;
use appwrite_service::users::find_by_email;
use serde_json::json;

use crate::process::{Process, log_of};
use crate::support::{PROJECT, client, new_user};

/// Passwords with a beginning that occurs nowhere else.
const RIGHT: &str = "Zq7-right-password";
const WRONG: &str = "Zq7-wrong-password";
const MALFORMED: &str = "Zq7-malformed-password";

#[cfg(unix)]
#[tokio::test]
async fn passwords_are_neither_stored_nor_logged() {
    let folder = tempfile::tempdir().unwrap();
    let process = Process::start(folder.path(), &["--log", "trace"]);
    let caller = client(&process.url, PROJECT);
    let jane = || new_user("jane", "jane@example.com", RIGHT);
    caller.users().create_user(jane()).await.unwrap();
    assert!(caller.users().create_user(jane()).await.is_err());
    assert!(caller.users().create_user(new_user("-", "", WRONG)).await.is_err());
    let malformed = json!({"userId": 1, "password": MALFORMED, "passwort": MALFORMED});
    let refused = caller.request(Method::POST, "/users").json(&malformed).send().await;
    assert_eq!(refused.unwrap().status, 400);
    for (password, is_right) in [(RIGHT, true), (WRONG, false)] {
        let url = process.url.replace("http://", &format!("http://jane%40example.com:{password}@"));
        assert_eq!(client(&url, PROJECT).account().get_account().await.is_ok(), is_right);
    }
    // Once while the write-ahead log is there, and once after everything was written.
    assert_eq!(without_password(folder.path()), ["appwrite.db", "appwrite.db-shm", "appwrite.db-wal", "log.txt"]);
    process.stop();
    assert_eq!(without_password(folder.path()), ["appwrite.db", "log.txt"]);
    let log = log_of(folder.path());
    assert!(log.contains("operation=\"createUser\" status=409"), "the log is incomplete: {log}");
    assert!(!log.contains(PROJECT), "the log has the key of a project: {log}");
}

/// Returns the names of the files in a folder, none of which has a password.
fn without_password(folder: &Path) -> Vec<String> {
    // As text, and in the base64 of `jane@example.com:Zq7-`.
    let parts: [&[u8]; 2] = [b"Zq7-", b"amFuZUBleGFtcGxlLmNvbTpacTct"];
    let mut names = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let content = fs::read(&path).unwrap();
        for part in parts {
            let found = content.windows(part.len()).any(|window| window == part);
            assert!(!found, "{} has {}", path.display(), String::from_utf8_lossy(part));
        }
        names.push(path.file_name().unwrap().to_string_lossy().into_owned());
    }
    names.sort();
    names
}

#[tokio::test]
async fn hashes_have_the_recommended_cost() {
    let folder = tempfile::tempdir().unwrap();
    let process = Process::start(folder.path(), &[]);
    for id in ["jane", "joe"] {
        let request = new_user(id, format!("{id}@example.com"), RIGHT);
        client(&process.url, PROJECT).users().create_user(request).await.unwrap();
    }
    process.kill();
    let database = rusqlite::Connection::open(folder.path().join("appwrite.db")).unwrap();
    let hash_of = |email: &str| find_by_email(&database, PROJECT, email).unwrap().unwrap().1;
    let (jane, joe) = (hash_of("jane@example.com"), hash_of("joe@example.com"));
    // OWASP Password Storage Cheat Sheet: Argon2id with 19 MiB, two iterations and one degree of parallelism.
    assert!(jane.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{jane}");
    assert_ne!(jane, joe, "equal passwords have different salts");
}
