//! Chooses the credentials that a request carries.

use super::call::Options;
use super::credential::{Credential, Scheme, SchemePlace};
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
    ///
    /// Fails if credentials are configured, but some that an alternative needs together with them are not.
    pub fn of(core: &'c Core, operation: &'static Operation, options: &Options) -> Result<Self, RequestError> {
        let chosen = if *operation == Operation::UNDOCUMENTED {
            configured(core).collect()
        } else if let Some(needed) = alternative(core, operation) {
            of_alternative(core, needed)
        } else {
            incomplete(core, operation, options)?
        };
        Ok(Self { chosen, sent: Vec::new(), renewed: false })
    }

    /// Returns whether no credential is sent.
    pub fn is_empty(&self) -> bool {
        self.chosen.is_empty()
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

/// Returns the credentials of an alternative whose other credentials are headers of the client or of the call; none if nothing
/// is configured that the operation needs.
fn incomplete<'c>(
    core: &'c Core,
    operation: &'static Operation,
    options: &Options,
) -> Result<Vec<(&'c Scheme, &'c Credential)>, RequestError> {
    let missing = |needed: &'static [Requirement]| -> Vec<&'static str> {
        let is_missing = |requirement: &&Requirement| {
            find(core, requirement).is_none() && !is_given(core, options, requirement.scheme)
        };
        needed.iter().filter(is_missing).map(|requirement| requirement.scheme).collect()
    };
    let has_some =
        |needed: &&&'static [Requirement]| needed.iter().any(|requirement| find(core, requirement).is_some());
    let partial = operation.security.iter().filter(has_some).map(|needed| (missing(needed), *needed));
    match partial.min_by_key(|(missing, _)| missing.len()) {
        Some((missing, needed)) if missing.is_empty() => Ok(of_alternative(core, needed)),
        Some((missing, needed)) if !operation.is_public() => {
            let quoted = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            let all: Vec<&str> = needed.iter().map(|requirement| requirement.scheme).collect();
            let (id, missing, all) = (operation.id, quoted(&missing), quoted(&all));
            Err(RequestError::new(format!("`{id}` needs the credentials {all} together; set {missing}"), None))
        }
        _ => Ok(Vec::new()),
    }
}

/// Returns whether the caller sets the header of a scheme.
fn is_given(core: &Core, options: &Options, scheme: &str) -> bool {
    let Some(scheme) = core.schemes.iter().find(|known| known.name == scheme) else { return false };
    let header = match scheme.place {
        SchemePlace::Header(name) => name,
        SchemePlace::Basic | SchemePlace::Bearer => "authorization",
        SchemePlace::Cookie(_) => "cookie",
        SchemePlace::Query(_) | SchemePlace::Connection => return true,
    };
    core.headers.contains_key(header) || options.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case(header))
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
