//! Credentials, and where requests carry them.

use std::sync::Arc;

use http::HeaderValue;
#[cfg(feature = "oauth")]
use url::Url;

use super::error::RequestError;
use super::request::Request;
#[cfg(feature = "oauth")]
use super::transport::Transport;
use super::transport::{BoxError, BoxFuture};

/// A security scheme of a document (OpenAPI 3.0.3 §4.7.27).
#[derive(Clone, Copy, Debug)]
pub struct Scheme {
    /// The name of the scheme in the document.
    pub name: &'static str,
    /// Where requests carry the credential.
    pub place: SchemePlace,
}

/// Where requests carry a credential.
#[derive(Clone, Copy, Debug)]
pub enum SchemePlace {
    /// In a header with this name.
    Header(&'static str),
    /// In a query parameter with this name.
    Query(&'static str),
    /// In a cookie with this name.
    Cookie(&'static str),
    /// In `Authorization: Basic`; the credential is `user:password` (RFC 7617).
    Basic,
    /// In `Authorization: Bearer` (RFC 6750).
    Bearer,
    /// In the connection, as a client certificate.
    Connection,
}

/// Provides the credential of every attempt, for secrets that change: vaults, rotation, tokens that expire.
///
/// Implemented for functions that return a future.
pub trait CredentialProvider: Send + Sync + 'static {
    /// Returns the credential to send now.
    ///
    /// An error fails the call.
    fn credential(&self) -> BoxFuture<'_, Result<String, BoxError>>;

    /// Reports that the server responded with 401 to `credential`. Returns whether the next credential will be another
    /// one, so that the call is tried once more.
    fn rejected(&self, credential: &str) -> bool {
        let _ = credential;
        false
    }
}

/// A function that returns a future of a credential.
impl<F, R> CredentialProvider for F
where
    F: Fn() -> R + Send + Sync + 'static,
    R: Future<Output = Result<String, BoxError>> + Send + 'static,
{
    fn credential(&self) -> BoxFuture<'_, Result<String, BoxError>> {
        Box::pin(self())
    }
}

/// A configured credential.
#[derive(Clone)]
pub enum Credential {
    Static(String),
    Provider(Arc<dyn CredentialProvider>),
    /// A client certificate, which belongs to the connection.
    #[cfg(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls"))]
    Certificate,
    /// A provider that needs the transport of the client.
    #[cfg(feature = "oauth")]
    Unconnected(Arc<dyn Connect>),
}

/// A provider that sends requests of its own, in the same way as the client.
#[cfg(feature = "oauth")]
pub trait Connect: Send + Sync + 'static {
    /// Creates the provider.
    fn connect(&self, transport: &Arc<dyn Transport>, base_url: &Url) -> Arc<dyn CredentialProvider>;
}

impl Credential {
    pub(super) async fn value(&self) -> Result<String, RequestError> {
        match self {
            Self::Static(value) => Ok(value.clone()),
            #[cfg(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls"))]
            Self::Certificate => Ok(String::new()),
            #[cfg(feature = "oauth")]
            Self::Unconnected(_) => Ok(String::new()),
            Self::Provider(provider) => provider
                .credential()
                .await
                .map_err(|error| RequestError::new("the credential provider failed", Some(error))),
        }
    }

    /// Connects a provider to the transport of the client.
    #[cfg(feature = "oauth")]
    pub(super) fn connect(self, transport: &Arc<dyn Transport>, base_url: &Url) -> Self {
        match self {
            Self::Unconnected(source) => Self::Provider(source.connect(transport, base_url)),
            other => other,
        }
    }

    /// Reports a 401; returns whether the next credential will be another one.
    pub(super) fn rejected(&self, credential: &str) -> bool {
        if let Self::Provider(provider) = self { provider.rejected(credential) } else { false }
    }
}

impl Scheme {
    pub(super) fn is_certificate(&self) -> bool {
        matches!(self.place, SchemePlace::Connection)
    }

    /// Returns the name of the header that carries the credential, if one does.
    pub(super) fn header(&self) -> Option<&'static str> {
        if let SchemePlace::Header(name) = self.place { Some(name) } else { None }
    }

    /// Adds the credential to a request, marked as sensitive.
    pub(super) fn apply(&self, request: &mut Request, value: &str) -> Result<(), RequestError> {
        match self.place {
            SchemePlace::Header(name) => request.secret_header(name, value),
            SchemePlace::Query(name) => {
                request.secret_query(name, value);
                Ok(())
            }
            SchemePlace::Cookie(name) => {
                request.secret_cookie(name, value);
                Ok(())
            }
            SchemePlace::Basic => {
                let text = crate::models::Base64::from(value.as_bytes()).encode();
                request.secret_header("authorization", &format!("Basic {text}"))
            }
            SchemePlace::Connection => Ok(()),
            SchemePlace::Bearer => request.secret_header("authorization", &format!("Bearer {value}")),
        }
    }
}

/// Returns a header value that is never printed.
pub(super) fn sensitive(value: &str) -> Result<HeaderValue, http::header::InvalidHeaderValue> {
    let mut value = HeaderValue::try_from(value)?;
    value.set_sensitive(true);
    Ok(value)
}
