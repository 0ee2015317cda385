//! What the credentials that operations require are called, and the alternatives that callers present.

use proc_macro2::Ident;

use super::scope::Scope;
use super::{ident, words};
use crate::diag::Pointer;
use crate::ir::{Api, Credential, SchemeId};

/// Names each credential that operations require, once, because most operations of an API require the same.
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

/// The name of the scheme with its scopes, or without them if that is too long.
fn name(api: &Api, credential: &Credential) -> String {
    let scheme = &api.scheme(credential.scheme).name;
    let all = format!("{scheme} {}", credential.scopes.join(" "));
    words::shouty(if all.len() > 50 { scheme } else { &all }, "CREDENTIAL")
}

/// Names each alternative of the security requirements, once, by the schemes that it combines.
pub(super) fn alternatives(api: &Api, schemes: &[Ident]) -> Vec<(Vec<SchemeId>, Ident)> {
    let mut scope = Scope::default();
    let mut names: Vec<(Vec<SchemeId>, Ident)> = Vec::new();
    for alternative in api.security.iter().chain(api.operations.iter().flat_map(|operation| &operation.security)) {
        let needed: Vec<SchemeId> = alternative.credentials.iter().map(|credential| credential.scheme).collect();
        if names.iter().all(|(known, _)| *known != needed) {
            let at = needed.first().map_or_else(Pointer::default, |id| api.scheme(*id).at.clone());
            let (name, _) = scope.claim(&[variant(&needed, schemes)], &at);
            names.push((needed, ident(&name)));
        }
    }
    names
}

fn variant(needed: &[SchemeId], schemes: &[Ident]) -> String {
    let words: Vec<String> = needed.iter().filter_map(|id| schemes.get(id.index())).map(Ident::to_string).collect();
    words::pascal(&words.join("_and_"), "Anonymous")
}
