//! Authentication and authorization.

use super::context::{AuthError, RequestHead};
use super::error::{Failure, Rejection};
use super::incoming::Incoming;
use crate::models::{Operation, Requirement};

/// The challenge of each security scheme in `WWW-Authenticate`, by the name of the scheme (RFC 9110 §11.6.1).
pub type Challenges = [(&'static str, &'static str)];

/// The alternative of the security requirement that a request has credentials for.
#[derive(Debug)]
pub struct Satisfied {
    alternative: &'static [Requirement],
    challenges: &'static Challenges,
}

impl Incoming {
    /// Reads the credentials of the first alternative of the security requirement that the request has credentials for.
    /// `read` reads those of one alternative.
    ///
    /// Fails with 401 if there is none.
    pub fn credentials<C>(
        &self,
        read: fn(&[Requirement], &RequestHead) -> Option<C>,
        challenges: &'static Challenges,
    ) -> Result<(C, Satisfied), Failure> {
        // The alternative `{}` requires nothing, so it comes last, or else it would hide the credentials of the others.
        let find = |anonymous: bool| {
            let mut alternatives = self.head.operation.security.iter().filter(|needed| needed.is_empty() == anonymous);
            alternatives.find_map(|alternative| Some((*alternative, read(alternative, &self.head.request)?)))
        };
        match find(false).or_else(|| find(true)) {
            Some((alternative, credentials)) => Ok((credentials, Satisfied { alternative, challenges })),
            None => {
                Err(Rejection::MissingCredential { challenge: challenge(challenges, self.head.operation, "") }.into())
            }
        }
    }

    /// Returns the principal if it has the scopes that the operation requires.
    ///
    /// Fails with 401 or 403 if `authenticated` is such an error, and with 403 if a scope is missing.
    pub fn authorize<P>(
        &self,
        satisfied: Satisfied,
        authenticated: Result<P, AuthError>,
        has_scope: impl Fn(&P, &str) -> bool,
    ) -> Result<P, Failure> {
        let Satisfied { alternative, challenges } = satisfied;
        let principal = match authenticated {
            Ok(principal) => principal,
            Err(AuthError::Unauthorized(problem)) => {
                let challenge = challenge(challenges, self.head.operation, " error=\"invalid_token\"");
                return Err(Rejection::BadCredential { problem: Box::new(problem), challenge }.into());
            }
            Err(AuthError::Forbidden(problem)) => {
                return Err(Rejection::Forbidden { problem: Box::new(problem) }.into());
            }
            Err(AuthError::Internal(error)) => return Err(Failure::Internal(error)),
        };
        match missing(&|scope| has_scope(&principal, scope), self.head.operation, alternative) {
            None => Ok(principal),
            Some(scopes) => {
                let challenge = insufficient(challenges, alternative, &scopes);
                Err(Rejection::MissingScope { scopes, challenge }.into())
            }
        }
    }
}

/// Returns the scopes that are missing. Of several alternatives with the credentials that were used, one without
/// missing scopes is enough; otherwise the first one counts.
fn missing(
    has_scope: &dyn Fn(&str) -> bool,
    operation: &Operation,
    used: &'static [Requirement],
) -> Option<Vec<&'static str>> {
    let same = |needed: &&&[Requirement]| {
        needed.len() == used.len() && needed.iter().zip(used).all(|(one, other)| one.scheme == other.scheme)
    };
    let mut first = None;
    for needed in operation.security.iter().filter(same) {
        let scopes = needed.iter().flat_map(|requirement| requirement.scopes);
        let missing: Vec<&'static str> = scopes.copied().filter(|scope| !has_scope(scope)).collect();
        if missing.is_empty() {
            return None;
        }
        first.get_or_insert(missing);
    }
    first
}

fn text_of(challenges: &Challenges, scheme: &str) -> Option<&'static str> {
    challenges.iter().find(|(name, _)| *name == scheme).map(|(_, text)| *text)
}

/// Returns `WWW-Authenticate` for 401 (RFC 9110 §11.6.1); `error` is appended to `Bearer` (RFC 6750 §3).
fn challenge(challenges: &Challenges, operation: &Operation, error: &str) -> String {
    let needed = operation.security.iter().flat_map(|alternative| alternative.iter());
    let mut texts: Vec<&str> = needed.filter_map(|requirement| text_of(challenges, requirement.scheme)).collect();
    texts.dedup();
    let with_error = |text: &str| if text == "Bearer" { format!("{text}{error}") } else { text.to_owned() };
    texts.into_iter().map(with_error).collect::<Vec<_>>().join(", ")
}

/// Returns `WWW-Authenticate` for 403 (RFC 6750 §3.1), if a token was used.
fn insufficient(challenges: &Challenges, used: &[Requirement], scopes: &[&str]) -> Option<String> {
    used.iter().any(|requirement| text_of(challenges, requirement.scheme) == Some("Bearer")).then(|| {
        let scopes = scopes.join(" ").replace(['"', '\\'], "");
        format!("Bearer error=\"insufficient_scope\", scope=\"{scopes}\"")
    })
}
