//! Serves the API: `cargo run -p appwrite-service`.

use std::io::Write as _;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use appwrite_server::{BASE_PATH, Server};
use appwrite_service::request_log::logged;
use appwrite_service::{Service, Settings};
use clap::Parser;
use tokio::net::TcpListener;
use tracing::Level;

/// How long a request may take. Requests that wait for a processor to hash a password take longest.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// How many requests may run at once.
const MOST_REQUESTS: usize = 1024;

/// The path of the documentation page, below the base path.
const DOCS: &str = "/docs";

/// Serves the Appwrite API of specs/appwrite-openapi.yaml.
#[derive(Parser)]
struct Options {
    /// The file of the database. It is created if it does not exist.
    #[arg(long, env = "APPWRITE_DATABASE", default_value = "appwrite.db", value_name = "PATH")]
    database: PathBuf,
    /// The port on 127.0.0.1; 0 takes any that is free.
    #[arg(long, env = "PORT", default_value_t = 8080)]
    port: u16,
    /// The projects that may call, separated by commas: the values of `X-Appwrite-Project`.
    #[arg(
        long = "project",
        env = "APPWRITE_PROJECTS",
        default_value = "my-project",
        value_name = "KEY",
        value_delimiter = ',',
        hide_env_values = true
    )]
    projects: Vec<String>,
    /// How much is logged, on the standard error: error, warn, info, debug or trace.
    #[arg(long, env = "APPWRITE_LOG", default_value_t = Level::INFO, value_name = "LEVEL")]
    log: Level,
}

#[tokio::main]
async fn main() -> ExitCode {
    let options = Options::parse();
    tracing_subscriber::fmt().with_max_level(options.log).with_writer(std::io::stderr).with_ansi(false).init();
    match serve(options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            tracing::error!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Serves the API until the process is told to stop.
///
/// Fails with a message for the user.
async fn serve(options: Options) -> Result<(), String> {
    let Options { database, port, projects, .. } = options;
    let file = database.display().to_string();
    let settings = Settings { database, projects, password_cost: argon2::Params::default() };
    let service = Service::open(settings).await.map_err(|error| format!("cannot open the database {file}: {error}"))?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
    let listener =
        listener.map_err(|error| format!("cannot listen on port {port}: {error}; `--port` takes another"))?;
    announce(&listener).map_err(|error| format!("cannot write to the standard output: {error}"))?;
    let server = Server::new(service).request_timeout(REQUEST_TIMEOUT).concurrency_limit(MOST_REQUESTS);
    server.docs(DOCS).layer_operations(logged).serve(listener).await.map_err(|error| format!("cannot serve: {error}"))
}

/// Prints where the server listens.
fn announce(listener: &TcpListener) -> std::io::Result<()> {
    writeln!(std::io::stdout(), "listening on http://{}{BASE_PATH}", listener.local_addr()?)
}
