//! Chooses the credentials that a request carries.

use super::credential::{Credential, Scheme};
use super::error::RequestError;
use super::handle::Core;
use super::request::Request;
use crate::models::{Operation, Requirement};

/// The credentials of one call, and the values that were sent last.
pub(super) struct Authorization<'c> {
    chosen: Vec<(&'c Scheme, &'c Credential)>,
    sent: Vec<String>,
    renewed: bool,
}

impl<'c> Authorization<'c> {
    /// Chooses the credentials of the first alternative that is configured completely, or all of them for a request
    /// that the document does not describe.
    pub fn of(core: &'c Core, operation: &'static Operation) -> Self {
        let chosen = if *operation == Operation::UNDOCUMENTED {
            configured(core).collect()
        } else {
            alternative(core, operation).map(|needed| of_alternative(core, needed)).unwrap_or_default()
        };
        Self { chosen, sent: Vec::new(), renewed: false }
    }

    /// Adds the credentials to a request.
    pub async fn apply(&mut self, request: &mut Request) -> Result<(), RequestError> {
        self.sent.clear();
        for (scheme, credential) in &self.chosen {
            let value = credential.value().await?;
            scheme.apply(request, &value)?;
            self.sent.push(value);
        }
        Ok(())
    }

    /// Returns whether another attempt after a 401 would send other credentials. True at most once per call.
    pub fn renew(&mut self) -> bool {
        if self.renewed {
            return false;
        }
        let sent = self.chosen.iter().zip(&self.sent);
        self.renewed = sent.filter(|((_, credential), value)| credential.rejected(value)).count() > 0;
        self.renewed
    }
}

fn configured(core: &Core) -> impl Iterator<Item = (&Scheme, &Credential)> {
    let pairs = core.schemes.iter().zip(&core.credentials);
    pairs.filter_map(|(scheme, credential)| Some((scheme, credential.as_ref()?)))
}

fn find<'c>(core: &'c Core, requirement: &Requirement) -> Option<(&'c Scheme, &'c Credential)> {
    configured(core).find(|(scheme, _)| scheme.name == requirement.scheme)
}

fn of_alternative<'c>(core: &'c Core, needed: &[Requirement]) -> Vec<(&'c Scheme, &'c Credential)> {
    needed.iter().filter_map(|requirement| find(core, requirement)).collect()
}

/// Returns the first alternative that is configured completely, or else one in which only client certificates are
/// missing: those can be configured in the HTTP client.
fn alternative(core: &Core, operation: &'static Operation) -> Option<&'static [Requirement]> {
    let is_certificate = |requirement: &Requirement| {
        core.schemes.iter().any(|scheme| scheme.name == requirement.scheme && scheme.is_certificate())
    };
    let has = |requirement: &Requirement| find(core, requirement).is_some();
    let complete = |needed: &&&'static [Requirement]| !needed.is_empty() && needed.iter().all(has);
    let complete_except_certificates = |needed: &&&'static [Requirement]| {
        needed.iter().any(has) && needed.iter().all(|requirement| has(requirement) || is_certificate(requirement))
    };
    let mut alternatives = operation.security.iter();
    let found = alternatives.find(complete).or_else(|| operation.security.iter().find(complete_except_certificates));
    found.copied()
}
