//! The examples of the README compile: each inside a function with what its text takes for granted, against the crates of
//! `readme/openapi.yaml`. The program for build scripts is run by `build_script.rs`.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::path::Path;

use crategen::{Config, Settings, Source};

/// What the examples of clients take for granted.
const CLIENT: &str = r"
use petstore_client::{self, models::*, *, credentials::Grant};
use petstore_client as appwrite_client;

fn show<T>(_: T) {}
async fn save<T>(_: T) -> Result<()> { Ok(()) }
async fn send<T>(_: T) -> Result<()> { Ok(()) }
";

/// What the examples of servers take for granted.
const SERVER: &str = r"
use std::time::Duration;
use petstore_server::{models::*, *, axum::body::Body};

struct App;
struct Project;

impl App {
    async fn email_taken(&self, _: &str) -> std::io::Result<bool> { Ok(false) }
    async fn insert(&self, _: CreateUserRequest) -> std::io::Result<User> { Ok(User::default()) }
    fn picture(&self, _: &str) -> Body { Body::empty() }
}

impl Api for App {
    type Principal = Project;

    async fn authenticate(&self, _: Credentials, _: &RequestInfo<'_>) -> Result<Project, AuthError> { Ok(Project) }
}

impl FilesApi for App {}
impl NotesApi for App {}
impl PetsApi for App {}
impl PhotosApi for App {}
impl ReposApi for App {}
impl ReportsApi for App {}
impl TicksApi for App {}

fn audit() -> axum::Extension<()> { axum::Extension(()) }
";

/// How an example is used.
enum Use {
    /// As statements of a client; further arguments of the function are given.
    Client(&'static str),
    /// As statements of a server that implements the trait of the users.
    Server,
    /// As items and statements of a server that does not.
    Implementation,
    /// As a method of an implementation.
    Method,
}

/// How the example that begins with a text is used.
const USES: [(&str, Use); 11] = [
    ("let client = appwrite_client::", Use::Client("")),
    ("impl UsersApi for App", Use::Implementation),
    ("let photo = Photo::new(", Use::Client("client: Client")),
    ("client.notes().add_note(", Use::Client("client: Client")),
    ("match client.reports().get_report()", Use::Client("client: Client")),
    ("async fn get_picture(", Use::Method),
    ("let mut users = client.users()", Use::Client("client: Client, user: CreateUserRequest")),
    ("let grant = Grant::", Use::Client("")),
    ("let app = Server::new(App)\n", Use::Server),
    ("let app = Server::new(App).docs(", Use::Server),
    ("match order.validate()", Use::Client("order: Note")),
];

/// The examples of the README, apart from those of build scripts.
fn examples() -> Vec<String> {
    let readme = std::fs::read_to_string(e2e::root().join("README.md")).unwrap();
    let blocks = readme.split("\n```rust").skip(1).map(|block| block.split_once('\n').unwrap().1);
    let blocks = blocks.map(|block| block.split_once("\n```").unwrap().0);
    let own = blocks.filter(|block| !block.starts_with("// build.rs") && !block.starts_with("// src/main.rs"));
    // One block has a part for each side.
    own.flat_map(|block| match block.split_once("\n\nasync fn ") {
        Some((first, second)) => vec![first.to_owned(), format!("async fn {second}")],
        None => vec![block.to_owned()],
    })
    .collect()
}

/// A module with an example.
fn module(index: usize, example: &str) -> String {
    let found = USES.iter().find(|(start, _)| example.starts_with(start));
    let Some((_, of)) = found else { panic!("say in tests/readme.rs how this example is used:\n{example}") };
    let body = match of {
        Use::Client(arguments) => {
            format!("{CLIENT}\nasync fn example({arguments}) -> Result<()> {{\n{example}\nOk(())\n}}\n")
        }
        Use::Server => format!("{SERVER}\nimpl UsersApi for App {{}}\n\nfn example() {{\n{example}\n}}\n"),
        Use::Implementation => format!("{SERVER}\nfn example() {{\n{example}\n}}\n"),
        Use::Method => format!("{SERVER}\nimpl App {{\n{example}\n}}\n"),
    };
    format!("mod example{index} {{\n{body}}}\n")
}

fn write_package(folder: &Path) {
    let spec = e2e::root().join("tests/readme/openapi.yaml");
    let settings = Settings::parse("", spec.parent().unwrap()).unwrap().config;
    let (name, out) = (Some("petstore".to_owned()), folder.to_path_buf());
    let config = Config { name, out, runtime: e2e::runtime(), ..settings };
    let output = crategen::generate(Source::file(&spec).unwrap(), &config);
    crategen::write(&output.unwrap_or_else(|report| panic!("{}", report.to_text())), folder).unwrap();
    let manifest = "[package]\nname = \"readme\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
                    petstore-client = { path = \"petstore-client\" }\n\
                    petstore-server = { path = \"petstore-server\", features = [\"docs\", \"stubs\"] }\n\n\
                    [workspace]\nmembers = [\"petstore-*\"]\n";
    std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    std::fs::copy(e2e::root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let modules: String = examples().iter().enumerate().map(|(index, example)| module(index, example)).collect();
    std::fs::create_dir_all(folder.join("src")).unwrap();
    std::fs::write(folder.join("src/lib.rs"), format!("#![allow(unused)]\n\n{modules}")).unwrap();
}

#[test]
fn every_example_of_the_readme_has_a_use() {
    let examples = examples();
    assert_eq!(examples.len(), USES.len());
    for (index, example) in examples.iter().enumerate() {
        module(index, example);
    }
}

#[test]
fn the_examples_of_the_readme_compile() {
    if std::env::var_os("CRATEGEN_COMPILE").is_none() {
        println!("skipped: set CRATEGEN_COMPILE=1 to compile the examples of the README");
        return;
    }
    let folder = e2e::root().join("target/readme");
    let _ = std::fs::remove_dir_all(&folder);
    write_package(&folder);
    let output = e2e::cargo(&folder).args(["check", "--quiet"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The command that serves the mock prints the place of its documentation, which the README names.
#[test]
fn the_mock_serves_its_documentation_where_the_readme_says() {
    if std::env::var_os("CRATEGEN_COMPILE").is_none() {
        println!("skipped: set CRATEGEN_COMPILE=1 to run the mock");
        return;
    }
    let readme = std::fs::read_to_string(e2e::root().join("README.md")).unwrap();
    let command = "run -p appwrite-server --features docs,mock,serve --example mock";
    let page = "http://127.0.0.1:8080/v1/docs";
    assert!(readme.contains(&format!("`cargo {command}`")) && readme.contains(&format!("<{page}>")));
    let mut mock = e2e::cargo(&e2e::root());
    let mut mock = mock.args(command.split(' ')).stdout(std::process::Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    let printed = std::io::BufRead::read_line(&mut std::io::BufReader::new(mock.stdout.take().unwrap()), &mut line);
    let text = async { reqwest::get(page).await?.error_for_status()?.text().await };
    let text = tokio::runtime::Runtime::new().unwrap().block_on(text);
    mock.kill().unwrap();
    mock.wait().unwrap();
    assert!(printed.is_ok() && line.trim_end() == format!("listening on {page}"), "{line}");
    assert!(text.is_ok_and(|text| text.contains("<title>")), "{page}");
}
