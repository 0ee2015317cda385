//! Who is calling, and whether they may.

use super::api::{Api, AuthError};
use super::credentials::{CHALLENGES, Credentials};
use super::error::{Failure, Rejection};
use super::incoming::Incoming;
use super::models::operations::{Operation, Requirement};

impl Incoming {
    /// Asks the implementation who is calling, and whether they have the scopes that the operation requires.
    #[allow(dead_code)] // not needed if no operation needs a credential
    pub(crate) async fn authenticate<A: Api>(&mut self, api: &A) -> Result<A::Principal, Failure> {
        let Some((used, credentials)) = self.credentials() else {
            return Err(Rejection::MissingCredential { challenge: challenge(self.operation, "") }.into());
        };
        let principal = match api.authenticate(credentials, &self.info()).await {
            Ok(principal) => principal,
            Err(AuthError::Unauthorized(problem)) => {
                let challenge = challenge(self.operation, " error=\"invalid_token\"");
                return Err(Rejection::BadCredential { problem: Box::new(problem), challenge }.into());
            }
            Err(AuthError::Forbidden(problem)) => {
                return Err(Rejection::Forbidden { problem: Box::new(problem) }.into());
            }
            Err(AuthError::Internal(error)) => return Err(Failure::Internal(error)),
        };
        match missing(api, &principal, self.operation, used) {
            None => Ok(principal),
            Some(scopes) => {
                let challenge = insufficient(used, &scopes);
                Err(Rejection::MissingScope { scopes, challenge }.into())
            }
        }
    }

    /// The first alternative whose credentials are there.
    fn credentials(&self) -> Option<(&'static [Requirement], Credentials)> {
        // `{}` asks for nothing, so it would hide every credential that is there.
        let find = |anonymous: bool| {
            let mut needed = self.operation.security.iter().filter(|needed| needed.is_empty() == anonymous);
            needed.find_map(|needed| Some((*needed, Credentials::read(needed, &self.parts)?)))
        };
        find(false).or_else(|| find(true))
    }
}

/// The scopes that are missing from the first of the alternatives with the credentials that were used; `None` if one of them
/// misses none.
fn missing<A: Api>(
    api: &A,
    principal: &A::Principal,
    operation: &Operation,
    used: &'static [Requirement],
) -> Option<Vec<&'static str>> {
    let same = |needed: &&&[Requirement]| {
        needed.len() == used.len() && needed.iter().zip(used).all(|(one, other)| one.scheme == other.scheme)
    };
    let mut first = None;
    for needed in operation.security.iter().filter(same) {
        let scopes = needed.iter().flat_map(|requirement| requirement.scopes);
        let missing: Vec<&'static str> = scopes.copied().filter(|scope| !api.has_scope(principal, scope)).collect();
        if missing.is_empty() {
            return None;
        }
        first.get_or_insert(missing);
    }
    first
}

fn text_of(scheme: &str) -> Option<&'static str> {
    CHALLENGES.iter().find(|(name, _)| *name == scheme).map(|(_, text)| *text)
}

/// What `WWW-Authenticate` says with 401 (RFC 9110 §11.6.1); `error` goes behind `Bearer` (RFC 6750 §3).
fn challenge(operation: &Operation, error: &str) -> String {
    let needed = operation.security.iter().flat_map(|alternative| alternative.iter());
    let mut texts: Vec<&str> = needed.filter_map(|requirement| text_of(requirement.scheme)).collect();
    texts.dedup();
    let with_error = |text: &str| if text == "Bearer" { format!("{text}{error}") } else { text.to_owned() };
    texts.into_iter().map(with_error).collect::<Vec<_>>().join(", ")
}

/// What `WWW-Authenticate` says with 403 (RFC 6750 §3.1), if a token was used.
fn insufficient(used: &[Requirement], scopes: &[&str]) -> Option<String> {
    used.iter().any(|requirement| text_of(requirement.scheme) == Some("Bearer")).then(|| {
        let scopes = scopes.join(" ").replace(['"', '\\'], "");
        format!("Bearer error=\"insufficient_scope\", scope=\"{scopes}\"")
    })
}
