//! Settings of a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

use super::budget::Budget;
use super::client::{Client, Core};
use super::credential::{Credential, CredentialProvider, Scheme};
#[cfg(feature = "oauth")]
use super::credentials::{AuthorizationServer, Grant, Unconnected};
use super::retry::RetryPolicy;
use super::transport::{BoxError, Transport};

/// Collects the settings of a [`Client`]; mistakes are reported by [`ClientBuilder::build`].
#[must_use = "a builder does nothing until `build`"]
pub struct ClientBuilder {
    base_url: Option<String>,
    user_agent: String,
    schemes: &'static [Scheme],
    credentials: Vec<Option<Credential>>,
    headers: Vec<(String, String, bool)>,
    timeout: Option<Duration>,
    connect_timeout: Duration,
    retry: RetryPolicy,
    retry_budget: u32,
    max_response_bytes: usize,
    http_client: Option<reqwest::Client>,
    #[cfg(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls"))]
    tls: Tls,
    transport: Option<Arc<dyn Transport>>,
}

/// What connections need beside what the platform trusts.
#[cfg(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls"))]
#[derive(Default)]
struct Tls {
    identity: Option<reqwest::Identity>,
    roots: Vec<reqwest::Certificate>,
}

#[cfg(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls"))]
impl Tls {
    fn apply(self, mut client: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
        if let Some(identity) = self.identity {
            client = client.identity(identity);
        }
        if self.roots.is_empty() { client } else { client.tls_certs_merge(self.roots) }
    }
}

impl ClientBuilder {
    /// The settings of a client of a document: its first server if that is absolute, the product in `User-Agent`, and the
    /// security schemes, to which credentials refer by position.
    pub fn new(base_url: Option<&str>, user_agent: &str, schemes: &'static [Scheme]) -> Self {
        Self {
            base_url: base_url.map(str::to_owned),
            user_agent: user_agent.to_owned(),
            schemes,
            credentials: schemes.iter().map(|_| None).collect(),
            headers: Vec::new(),
            timeout: Some(Duration::from_secs(30)),
            connect_timeout: Duration::from_secs(10),
            retry: RetryPolicy::default(),
            retry_budget: 100,
            max_response_bytes: 64 << 20,
            http_client: None,
            #[cfg(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls"))]
            tls: Tls::default(),
            transport: None,
        }
    }

    fn credential(mut self, scheme: usize, credential: Credential) -> Self {
        if let Some(slot) = self.credentials.get_mut(scheme) {
            *slot = Some(credential);
        }
        self
    }

    /// Where the API is. With or without a trailing slash is the same; a query or a fragment is an error of `build`.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// A header of every request.
    pub fn default_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into(), false));
        self
    }

    /// A header of every request that is never printed.
    pub fn secret_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into(), true));
        self
    }

    /// How long one attempt may take, from the connection to the last byte. 30 s by default; `None`: no limit.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = timeout.into();
        self
    }

    /// How long a connection may take. 10 s by default.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// When failed attempts are repeated.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// How many failed attempts all calls of the client may repeat ahead of its successes; five answers that are no failures
    /// give one back. 100 by default. It keeps clients from multiplying the load of a server that is down.
    pub fn retry_budget(mut self, repetitions: u32) -> Self {
        self.retry_budget = repetitions;
        self
    }

    /// A product that comes before this client's own in `User-Agent`.
    pub fn user_agent(mut self, product: impl Into<String>) -> Self {
        self.user_agent = format!("{} {}", product.into(), self.user_agent);
        self
    }

    /// The largest response body that is kept in memory, in bytes. 64 MiB by default.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.max_response_bytes = bytes;
        self
    }

    /// Trusts servers with certificates of this authority as well, beside those that the platform trusts; with
    /// [`Self::http_client`] or [`Self::transport`] it must be set there.
    #[cfg(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls"))]
    pub fn root_certificate(mut self, certificate: reqwest::Certificate) -> Self {
        self.tls.roots.push(certificate);
        self
    }

    /// Sends through this client (proxies, root certificates, client certificates ...). Give it
    /// `redirect::Policy::none()`: redirects that it follows itself take every header that is not `Authorization` or a cookie to
    /// other hosts.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http_client = Some(client);
        self
    }

    /// Sends through something else (middleware, a recorder, a router in this process ...).
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Makes the client.
    ///
    /// Fails if the base URL is missing or unusable, a header is malformed, or the TLS backend cannot start.
    pub fn build(self) -> Result<Client, BuildError> {
        let base_url = base_url(self.base_url.as_deref())?;
        let mut headers = HeaderMap::new();
        for (name, value, secret) in &self.headers {
            let (name, value) = header(name, value, *secret)?;
            headers.insert(name, value);
        }
        if !headers.contains_key(http::header::USER_AGENT) {
            let (name, value) = header("user-agent", &self.user_agent, false)?;
            headers.insert(name, value);
        }
        let transport: Arc<dyn Transport> = match (self.transport, self.http_client) {
            (Some(transport), _) => transport,
            (None, Some(client)) => Arc::new(client),
            (None, None) => {
                let client = reqwest::Client::builder().connect_timeout(self.connect_timeout);
                #[cfg(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls"))]
                let client = self.tls.apply(client);
                // Redirects are followed by the runtime, which keeps credentials where they belong.
                let client = client.redirect(reqwest::redirect::Policy::none()).build();
                Arc::new(client.map_err(|error| BuildError::new("the HTTP client cannot start", Some(error.into())))?)
            }
        };
        let credentials = self.credentials;
        #[cfg(feature = "oauth")]
        let credentials = {
            let connect = |credential: Credential| credential.connect(&transport, &base_url);
            credentials.into_iter().map(|credential| credential.map(connect)).collect()
        };
        Ok(Client::from_core(Core {
            base_url,
            schemes: self.schemes,
            credentials,
            headers,
            timeout: self.timeout,
            retry: self.retry,
            budget: Budget::new(self.retry_budget),
            max_response_bytes: self.max_response_bytes,
            transport,
        }))
    }
}

impl ClientBuilder {
    /// Sets the credential of a security scheme, by its position.
    pub fn secret(self, scheme: usize, value: impl Into<String>) -> Self {
        self.credential(scheme, Credential::Static(value.into()))
    }

    /// A certificate that the connection carries; with [`Self::http_client`] or [`Self::transport`] it must be set there.
    #[cfg(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls"))]
    pub fn identity(mut self, scheme: usize, identity: reqwest::Identity) -> Self {
        self.tls.identity = Some(identity);
        self.credential(scheme, Credential::Certificate)
    }

    /// Sets the grant that access tokens of a security scheme are obtained with, by the scheme's position; `server` is the
    /// authorization server that the document names.
    #[cfg(feature = "oauth")]
    pub fn grant(self, scheme: usize, grant: Grant, server: AuthorizationServer) -> Self {
        self.credential(scheme, Credential::Unconnected(Arc::new(Unconnected::new(grant, server))))
    }

    /// Sets the provider of the credential of a security scheme, by its position.
    pub fn provider(self, scheme: usize, provider: impl CredentialProvider) -> Self {
        self.credential(scheme, Credential::Provider(Arc::new(provider)))
    }
}

fn base_url(text: Option<&str>) -> Result<Url, BuildError> {
    let text = text.ok_or_else(|| BuildError::new("no base URL: the document names no absolute server", None))?;
    let mut url =
        Url::parse(text).map_err(|error| BuildError::new(format!("base URL `{text}`"), Some(error.into())))?;
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(BuildError::new(format!("base URL `{text}` is not http or https"), None));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(BuildError::new("a base URL has neither query nor fragment", None));
    }
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&path);
    Ok(url)
}

fn header(name: &str, value: &str, secret: bool) -> Result<(HeaderName, HeaderValue), BuildError> {
    let bad = |error: BoxError| BuildError::new(format!("header `{name}`"), Some(error));
    let parsed = HeaderName::try_from(name).map_err(|error| bad(error.into()))?;
    let mut value = HeaderValue::try_from(value).map_err(|error| bad(error.into()))?;
    value.set_sensitive(secret);
    Ok((parsed, value))
}

/// Names what was set, never a credential.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

/// A client could not be made of its settings.
#[derive(Debug)]
pub struct BuildError {
    message: String,
    source: Option<BoxError>,
}

impl BuildError {
    fn new(message: impl Into<String>, source: Option<BoxError>) -> Self {
        Self { message: message.into(), source }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.source {
            Some(source) => write!(f, "{}: {source}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }
}
