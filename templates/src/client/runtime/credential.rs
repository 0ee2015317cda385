//! Credentials and where they travel.

use std::sync::Arc;

use http::HeaderValue;

use super::error::RequestError;
use super::request::Request;
use super::transport::{BoxError, BoxFuture};

/// A security scheme of the document.
#[derive(Clone, Copy, Debug)]
pub struct Scheme {
    /// Its key in the document.
    pub name: &'static str,
    /// Where its credential travels.
    pub place: SchemePlace,
}

/// Where a credential travels.
#[derive(Clone, Copy, Debug)]
#[allow(dead_code)]
pub enum SchemePlace {
    /// A header of this name.
    Header(&'static str),
    /// A query parameter of this name.
    Query(&'static str),
    /// A cookie of this name.
    Cookie(&'static str),
    /// `Authorization: Basic`; the credential is `user:password`.
    Basic,
    /// `Authorization: Bearer`.
    Bearer,
}

/// Yields a credential before every request, for secrets that change: vaults, rotation, tokens that expire.
pub trait CredentialProvider: Send + Sync + 'static {
    /// The credential to send now.
    fn credential(&self) -> BoxFuture<'_, Result<String, BoxError>>;
}

/// Any function that returns a future of a credential.
impl<F, R> CredentialProvider for F
where
    F: Fn() -> R + Send + Sync + 'static,
    R: Future<Output = Result<String, BoxError>> + Send + 'static,
{
    fn credential(&self) -> BoxFuture<'_, Result<String, BoxError>> {
        Box::pin(self())
    }
}

/// A credential that was set.
#[derive(Clone)]
pub(crate) enum Credential {
    Static(String),
    Provider(Arc<dyn CredentialProvider>),
}

impl Credential {
    pub(super) async fn value(&self) -> Result<String, RequestError> {
        match self {
            Self::Static(value) => Ok(value.clone()),
            Self::Provider(provider) => provider
                .credential()
                .await
                .map_err(|error| RequestError::new("the credential provider failed", Some(error))),
        }
    }
}

impl Scheme {
    /// Adds the credential to a request, marked as sensitive.
    pub(super) fn apply(&self, request: &mut Request, value: &str) -> Result<(), RequestError> {
        match self.place {
            SchemePlace::Header(name) => request.secret_header(name, value),
            SchemePlace::Query(name) => {
                request.query_pair(name, value);
                Ok(())
            }
            SchemePlace::Cookie(name) => {
                request.cookie(name, value);
                Ok(())
            }
            SchemePlace::Basic => {
                let text = super::models::Base64::from(value.as_bytes()).encode();
                request.secret_header("authorization", &format!("Basic {text}"))
            }
            SchemePlace::Bearer => request.secret_header("authorization", &format!("Bearer {value}")),
        }
    }
}

/// A header value that is never printed.
pub(super) fn sensitive(value: &str) -> Result<HeaderValue, http::header::InvalidHeaderValue> {
    let mut value = HeaderValue::try_from(value)?;
    value.set_sensitive(true);
    Ok(value)
}
