//! Examples in the documentation of generated crates: calls with the examples of the document, or else with samples. They are doc tests
//! that compile and are not run.

mod code;
mod features;
mod quick_start;
mod requests;
mod responses;
mod scalars;
mod values;

use proc_macro2::Ident;

pub(super) use features::features;
pub(super) use quick_start::{QuickStart, client as client_start, models as models_start, server as server_start};

use super::{Cx, docs};
use crate::ir::OpId;
use requests::Request;

/// The line that begins code which compiles and is not run.
pub const FENCE: &str = "```no_run";

/// Crates that types in examples can mention, which the models export.
const CRATES: [&str; 6] = ["chrono", "indexmap", "jiff", "serde_json", "time", "uuid"];

/// The example of a method of the client; `accessor` is the method of its group.
pub(super) fn of_method(cx: &Cx<'_>, op: OpId, accessor: Option<&Ident>) -> Vec<docs::Line> {
    let request = requests::request(cx, op, "client", accessor);
    let krate = format!("{}_client", cx.names.base.replace('-', "_"));
    let mut lines = vec!["# Examples".to_owned(), String::new(), FENCE.to_owned()];
    let (given, statements) = statements(cx, op, request);
    lines.extend(uses(cx, &krate, &given, &statements).map(|line| format!("# {line}")));
    let arguments = [format!("client: {krate}::Client")].into_iter().chain(given).collect::<Vec<_>>().join(", ");
    lines.push(format!("# async fn example({arguments}) -> Result<(), Box<dyn std::error::Error>> {{"));
    lines.extend(statements);
    lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    lines.into_iter().map(docs::Line::from).collect()
}

/// The arguments of the example, and its statements.
fn statements(cx: &Cx<'_>, op: OpId, request: Request) -> (Vec<String>, Vec<String>) {
    let given = request.given.iter().map(|(name, ty)| {
        let ty = requests::shown(ty).replace("runtime::", &format!("{}_client::", cx.names.base.replace('-', "_")));
        format!("{name}: {ty}")
    });
    let given = given.collect();
    let mut statements = request.statements;
    statements.extend(responses::used(cx, op, request.call));
    (given, statements)
}

/// The imports that code needs. Only the types of arguments mention crates; texts might seem to.
fn uses<'t>(
    cx: &Cx<'_>,
    krate: &str,
    given: &'t [String],
    statements: &'t [String],
) -> impl Iterator<Item = String> + use<'t> {
    let models = given.iter().chain(statements).any(|line| line.contains("models::"));
    let is_used = |name: &&&str| {
        let path = format!("{name}::");
        let begins = |line: &String| {
            let before = |index: usize| line.get(..index).and_then(|text| text.chars().next_back());
            let is_part = |c: char| c == ':' || c == '_' || c.is_ascii_alphanumeric();
            line.match_indices(&path).any(|(index, _)| !before(index).is_some_and(is_part))
        };
        given.iter().any(begins) && !cx.config.types.dependencies.contains_key(**name)
    };
    let others: Vec<String> =
        CRATES.iter().filter(is_used).map(|name| format!("use {krate}::models::{name};")).collect();
    models.then(|| format!("use {krate}::models;")).into_iter().chain(others)
}
