//! What servers and their variables are called.

use proc_macro2::Ident;

use super::reserved::{NameKind, avoid};
use super::scope::Scope;
use super::{ident, words};
use crate::diag::Pointer;
use crate::ir::{Api, Server, ServerVariable};

/// The identifiers of a server.
#[derive(Debug)]
pub struct ServerNames {
    /// Its constant, if it has no variables.
    pub constant: Ident,
    /// Its struct, if it has.
    pub ty: Ident,
    /// Its variables, in order.
    pub variables: Vec<VariableNames>,
}

/// The identifiers of a variable of a server.
#[derive(Debug)]
pub struct VariableNames {
    /// Its field.
    pub field: Ident,
    /// The enum of its values and the variants, if the document lists the values.
    pub values: Option<(Ident, Vec<Ident>)>,
}

/// Names every server. There are no warnings, because the document does not name servers.
pub(super) fn assign(api: &Api) -> Vec<ServerNames> {
    let mut types = Scope::default();
    for taken in ["String", "Default", "From", "Clone", "Debug", "PartialEq", "Eq", "Self"] {
        types.claim(&[taken.to_owned()], &Pointer::default());
    }
    let bases: Vec<String> = api
        .servers
        .iter()
        .map(|server| types.claim(&[words::pascal(&wanted(server), "Server")], &server.at).0)
        .collect();
    let names = |(server, base): (&Server, String)| {
        let mut fields = Scope::default();
        let mut variable = |variable: &ServerVariable| {
            let field = avoid(words::snake(&variable.name, "variable"), NameKind::Field);
            let field = ident(&fields.claim(&[field], &server.at).0);
            if variable.values.is_empty() || !variable.values.contains(&variable.default) {
                return VariableNames { field, values: None };
            }
            let own = avoid(words::pascal(&variable.name, "Variable"), NameKind::Type);
            let of_server = format!("{base}{own}");
            let ty = types.claim(&[own, of_server], &server.at).0;
            let mut members = Scope::default();
            let mut member = |value: &String| {
                ident(&members.claim(&[avoid(words::pascal(value, "Empty"), NameKind::Variant)], &server.at).0)
            };
            let values = Some((ident(&ty), variable.values.iter().map(&mut member).collect()));
            VariableNames { field, values }
        };
        let variables = server.variables.iter().map(&mut variable).collect();
        ServerNames { constant: ident(&words::shouty(&base, "SERVER")), ty: ident(&base), variables }
    };
    api.servers.iter().zip(bases).map(names).collect()
}

/// A short description, or the host of the URL as words.
fn wanted(server: &Server) -> String {
    let description = server.description.trim().trim_end_matches('.');
    if !description.is_empty() && description.split_whitespace().count() <= 4 {
        return description.to_owned();
    }
    let host = server.url.split_once("://").map_or(server.url.as_str(), |(_, rest)| rest);
    let host = host.split(['/', ':']).next().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').filter(|label| !label.contains('{')).collect();
    labels.join(" ")
}
