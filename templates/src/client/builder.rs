//! Settings of clients.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

use super::budget::Budget;
use super::credential::{Credential, CredentialProvider, Scheme};
#[cfg(feature = "oauth")]
use super::credentials::{AuthorizationServer, Grant, Unconnected};
use super::error::BuildError;
use super::handle::{Client, Core};
use super::retry::RetryPolicy;
use super::transport::{BoxError, Transport};
use super::user_info;

/// The settings of a [`Client`]. Mistakes are reported by [`ClientBuilder::build`].
#[must_use = "a builder does nothing until `build`"]
pub struct ClientBuilder {
    base_url: Option<String>,
    only_base_url: bool,
    user_agent: String,
    schemes: &'static [Scheme],
    credentials: Vec<Option<Credential>>,
    headers: Vec<(String, String, bool)>,
    timeout: Option<Duration>,
    total_timeout: Option<Duration>,
    connect_timeout: Duration,
    retry: RetryPolicy,
    retry_budget: u32,
    max_response_bytes: usize,
    http_client: Option<reqwest::Client>,
    #[cfg(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls"))]
    tls: Tls,
    transport: Option<Arc<dyn Transport>>,
}

/// Settings of TLS connections.
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
    /// Creates the settings of a client. `base_url` is the document's first server if that is absolute, `user_agent` is
    /// the product in `User-Agent`, and `schemes` are the security schemes, which credentials refer to by index.
    pub fn new(base_url: Option<&str>, user_agent: &str, schemes: &'static [Scheme]) -> Self {
        Self {
            base_url: base_url.map(str::to_owned),
            only_base_url: false,
            user_agent: user_agent.to_owned(),
            schemes,
            credentials: schemes.iter().map(|_| None).collect(),
            headers: Vec::new(),
            timeout: Some(Duration::from_secs(30)),
            total_timeout: None,
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

    /// Sets the URL of the API. A trailing slash makes no difference; a query or a fragment is an error of
    /// [`Self::build`]. A user name and password in it are sent as `Authorization: Basic`, and are never printed.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Sends all calls to the base URL, also those of operations for which the document names another server. For tests,
    /// and for proxies in front of all servers.
    pub fn only_base_url(mut self) -> Self {
        self.only_base_url = true;
        self
    }

    /// Adds a header to every request.
    pub fn default_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into(), false));
        self
    }

    /// Adds a header to every request; its value is never printed, and it is not sent to other hosts.
    pub fn secret_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into(), true));
        self
    }

    /// Sets how long one attempt can take, from connecting to the last byte. Default: 30 s. `None` means no limit.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = timeout.into();
        self
    }

    /// Sets how long a call can take, with all attempts, redirects and pauses, until the last byte of its response, or until
    /// the first one if the response is a stream. Default: no limit of its own, because the number of attempts, their time
    /// and their pauses are limited: by default, three attempts take at most two and a half minutes.
    pub fn total_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.total_timeout = timeout.into();
        self
    }

    /// Sets how long connecting can take. Default: 10 s.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets when failed attempts are retried.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets the number of retry tokens shared by all calls of the client. Each retry takes one; five successful calls
    /// return one. Default: 100. The limit keeps clients from multiplying the load of a server that is down.
    pub fn retry_budget(mut self, tokens: u32) -> Self {
        self.retry_budget = tokens;
        self
    }

    /// Adds a product before the client's own in `User-Agent`.
    pub fn user_agent(mut self, product: impl Into<String>) -> Self {
        self.user_agent = format!("{} {}", product.into(), self.user_agent);
        self
    }

    /// Sets the largest response body that is kept in memory, in bytes. Default: 64 MiB.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.max_response_bytes = bytes;
        self
    }

    /// Trusts the servers of a certificate authority, in addition to those that the platform trusts.
    ///
    /// Has no effect with [`Self::http_client`] or [`Self::transport`], which have settings of their own.
    #[cfg(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls"))]
    pub fn root_certificate(mut self, certificate: reqwest::Certificate) -> Self {
        self.tls.roots.push(certificate);
        self
    }

    /// Sends requests with this HTTP client, for example to use a proxy.
    ///
    /// Give it `redirect::Policy::none()`. Redirects that it follows itself would send API keys in headers to other
    /// hosts.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http_client = Some(client);
        self
    }

    /// Sends requests with this transport, for example middleware, a recorder or a router in the same process.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Creates the client.
    ///
    /// Fails if the base URL is missing or invalid, a header is invalid, or TLS cannot be initialized.
    pub fn build(self) -> Result<Client, BuildError> {
        let mut base_url = base_url(self.base_url.as_deref())?;
        let mut headers = HeaderMap::new();
        if let Some(credential) = user_info::take(&mut base_url) {
            let (name, value) = header("authorization", &credential, true)?;
            headers.insert(name, value);
        }
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
                // Redirects are followed by this crate, which does not send credentials to other hosts.
                let client = client.redirect(reqwest::redirect::Policy::none()).build();
                Arc::new(client.map_err(|error| BuildError::new("cannot create the HTTP client", Some(error.into())))?)
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
            only_base_url: self.only_base_url,
            schemes: self.schemes,
            credentials,
            headers,
            timeout: self.timeout,
            total_timeout: self.total_timeout,
            retry: self.retry,
            budget: Budget::new(self.retry_budget),
            max_response_bytes: self.max_response_bytes,
            transport,
        }))
    }

    /// Sets the credential of a security scheme, by the scheme's index.
    pub fn secret(self, scheme: usize, value: impl Into<String>) -> Self {
        self.credential(scheme, Credential::Static(value.into()))
    }

    /// Sets the client certificate of connections, for the security scheme with this index.
    ///
    /// Has no effect with [`Self::http_client`] or [`Self::transport`], which have settings of their own.
    #[cfg(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls"))]
    pub fn identity(mut self, scheme: usize, identity: reqwest::Identity) -> Self {
        self.tls.identity = Some(identity);
        self.credential(scheme, Credential::Certificate)
    }

    /// Sets the grant that obtains access tokens for a security scheme, by the scheme's index. `server` is the
    /// authorization server that the document names.
    #[cfg(feature = "oauth")]
    pub fn grant(self, scheme: usize, grant: Grant, server: AuthorizationServer) -> Self {
        self.credential(scheme, Credential::Unconnected(Arc::new(Unconnected::new(grant, server))))
    }

    /// Sets the provider of the credential of a security scheme, by the scheme's index.
    pub fn provider(self, scheme: usize, provider: impl CredentialProvider) -> Self {
        self.credential(scheme, Credential::Provider(Arc::new(provider)))
    }
}

fn base_url(text: Option<&str>) -> Result<Url, BuildError> {
    let missing = "no base URL: the document has no absolute server URL; set one with `base_url`";
    let text = text.ok_or_else(|| BuildError::new(missing, None))?;
    let shown = user_info::hidden(text);
    let mut url =
        Url::parse(text).map_err(|error| BuildError::new(format!("invalid base URL `{shown}`"), Some(error.into())))?;
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(BuildError::new(format!("the base URL `{shown}` is not http or https"), None));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(BuildError::new("the base URL must not have a query or a fragment", None));
    }
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&path);
    Ok(url)
}

fn header(name: &str, value: &str, secret: bool) -> Result<(HeaderName, HeaderValue), BuildError> {
    let bad = |error: BoxError| BuildError::new(format!("invalid header `{name}`"), Some(error));
    let parsed = HeaderName::try_from(name).map_err(|error| bad(error.into()))?;
    let mut value = HeaderValue::try_from(value).map_err(|error| bad(error.into()))?;
    value.set_sensitive(secret);
    Ok((parsed, value))
}

/// Prints no credential.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("base_url", &self.base_url.as_deref().map(user_info::hidden))
            .finish_non_exhaustive()
    }
}
