//! The constants of what operations need.

use proc_macro2::Ident;

use super::scope::Scope;
use super::{ident, words};
use crate::ir::{Api, Credential};

/// Each credential that operations need, once: most operations of an API need the same.
pub(super) fn assign(api: &Api) -> Vec<(Credential, Ident)> {
    let mut scope = Scope::default();
    let mut names: Vec<(Credential, Ident)> = Vec::new();
    let alternatives = api.operations.iter().flat_map(|operation| &operation.security);
    for credential in alternatives.flat_map(|alternative| &alternative.credentials) {
        if names.iter().all(|(known, _)| known != credential) {
            let (name, _) = scope.claim(&[name(api, credential)], &api.scheme(credential.scheme).at);
            names.push((credential.clone(), ident(&name)));
        }
    }
    names
}

/// The name of the scheme and what it is needed for, unless that is too long for a name.
fn name(api: &Api, credential: &Credential) -> String {
    let scheme = &api.scheme(credential.scheme).name;
    let all = format!("{scheme} {}", credential.scopes.join(" "));
    words::shouty(if all.len() > 50 { scheme } else { &all }, "CREDENTIAL")
}
