//! The commands of the README work.

#![cfg(unix)]

use std::process::Command;

use serde_json::Value;

use crate::process::Process;

#[test]
fn the_commands_of_the_readme_work() {
    if Command::new("curl").arg("--version").output().is_err() {
        eprintln!("skipped: curl is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let process = Process::start(folder.path(), &[]);
    let readme = include_str!("../../README.md");
    let commands: Vec<&str> = readme.split("```sh\n").skip(1).map(|rest| rest.split_once("```").unwrap().0).collect();
    let responses: Vec<Value> = commands.iter().map(|command| run(command, &process.url)).collect();
    let [created, listed, account] = &responses[..] else { panic!("{responses:?}") };
    assert_eq!(created["email"], "jane@example.com");
    assert_eq!(listed["users"][0], *created);
    assert_eq!(account, created);
    assert!(readme.contains("$ cargo run -p appwrite-service\nlistening on http://127.0.0.1:8080/v1\n"));
}

/// Runs a command with the URL of this test, and returns the JSON that it prints.
fn run(command: &str, url: &str) -> Value {
    let command = command.replace("http://127.0.0.1:8080/v1", url);
    let output = Command::new("sh").args(["-c", &command]).env("NO_PROXY", "127.0.0.1").output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{command}: {text}{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_str(&text).unwrap()
}
