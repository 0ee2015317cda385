//! The client: where requests are sent, with which credentials, and how often.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

use super::budget::Budget;
use super::credential::{Credential, Scheme};
use super::raw::RawRequest;
use super::retry::RetryPolicy;
use super::transport::Transport;

/// A client of an API. It is cheap to clone, and `Debug` prints no credential.
#[derive(Clone)]
pub struct Client {
    core: Arc<Core>,
}

/// What all clones of a client share.
pub(super) struct Core {
    pub base_url: Url,
    /// Whether operations with a server of their own are called at the base URL all the same.
    pub only_base_url: bool,
    pub schemes: &'static [Scheme],
    pub credentials: Vec<Option<Credential>>,
    pub headers: HeaderMap,
    pub timeout: Option<Duration>,
    pub total_timeout: Option<Duration>,
    pub retry: RetryPolicy,
    pub budget: Budget,
    pub max_response_bytes: usize,
    pub transport: Arc<dyn Transport>,
}

impl Core {
    /// Returns whether a header of this name carries a credential, whoever sets it.
    pub fn is_secret(&self, name: &HeaderName) -> bool {
        let of_scheme =
            |scheme: &Scheme| scheme.header().is_some_and(|known| name.as_str().eq_ignore_ascii_case(known));
        self.schemes.iter().any(of_scheme) || self.headers.get(name).is_some_and(HeaderValue::is_sensitive)
    }
}

impl Client {
    pub(super) fn from_core(core: Core) -> Self {
        Self { core: Arc::new(core) }
    }

    pub(super) fn core(&self) -> &Core {
        &self.core
    }

    #[cfg(feature = "events")]
    pub(super) fn shared_core(&self) -> Arc<Core> {
        Arc::clone(&self.core)
    }

    /// Returns the URL of the API, without credentials; paths are appended to it.
    pub fn base_url(&self) -> &Url {
        &self.core.base_url
    }

    /// Creates a request that the document does not describe, with the base URL, headers and retries of this client.
    ///
    /// `path` starts with `/` and is appended to the base URL as it is. All configured credentials are sent.
    pub fn request(&self, method: http::Method, path: &str) -> RawRequest {
        RawRequest::new(self.clone(), method, path)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("base_url", &self.core.base_url.as_str()).finish_non_exhaustive()
    }
}
