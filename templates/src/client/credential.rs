//! Credentials and where they travel.

use std::sync::Arc;

use http::HeaderValue;
#[cfg(feature = "oauth")]
use url::Url;

use super::error::RequestError;
use super::request::Request;
#[cfg(feature = "oauth")]
use super::transport::Transport;
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
    /// No header: a certificate of the connection.
    Connection,
}

/// Yields a credential before every request, for secrets that change: vaults, rotation, tokens that expire.
pub trait CredentialProvider: Send + Sync + 'static {
    /// The credential to send now.
    fn credential(&self) -> BoxFuture<'_, Result<String, BoxError>>;

    /// The server answered 401 to a credential: whether there will be another one, so that the call is tried once more.
    fn rejected(&self, credential: &str) -> bool {
        let _ = credential;
        false
    }
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
pub enum Credential {
    Static(String),
    Provider(Arc<dyn CredentialProvider>),
    /// Of the connection.
    #[cfg(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls"))]
    Certificate,
    /// A provider that waits for what the client is built with.
    #[cfg(feature = "oauth")]
    Unconnected(Arc<dyn Connect>),
}

/// A provider that asks a server for credentials, in the way that the client sends its requests.
#[cfg(feature = "oauth")]
pub trait Connect: Send + Sync + 'static {
    /// The provider itself.
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

    /// Gives a provider what the client is built with.
    #[cfg(feature = "oauth")]
    pub(super) fn connect(self, transport: &Arc<dyn Transport>, base_url: &Url) -> Self {
        match self {
            Self::Unconnected(source) => Self::Provider(source.connect(transport, base_url)),
            other => other,
        }
    }

    /// After a 401: whether there will be another one.
    pub(super) fn rejected(&self, credential: &str) -> bool {
        if let Self::Provider(provider) = self { provider.rejected(credential) } else { false }
    }
}

impl Scheme {
    pub(super) fn is_certificate(&self) -> bool {
        matches!(self.place, SchemePlace::Connection)
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

/// A header value that is never printed.
pub(super) fn sensitive(value: &str) -> Result<HeaderValue, http::header::InvalidHeaderValue> {
    let mut value = HeaderValue::try_from(value)?;
    value.set_sensitive(true);
    Ok(value)
}
