//! `client.rs`: the client of a document and its builder.
//!
//! Both are thin: they exist because only a crate's own types can have methods for its operations and security schemes.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::capability::Krate;
use super::super::file::{Item, RustFile};
use super::super::{Cx, docs, third_party};
use super::credentials;
use crate::ir::Server;

/// `client.rs`
pub(super) fn file(cx: &Cx<'_>) -> RustFile {
    let mut file = RustFile { docs: vec!["The client and its settings.".into()], ..RustFile::default() };
    let visibility = cx.api.untagged_groups().next().map(|_| quote!(pub(crate)));
    file.tokens(default_base_url(cx));
    file.tokens(credentials::schemes(cx));
    file.tokens(quote! {
        /// A client of the API. Cheap to clone; `Debug` prints no credential.
        #[derive(Clone)]
        pub struct Client {
            #visibility inner: runtime::Client,
        }
    });
    file.tokens(client(cx));
    file.tokens(quote! {
        impl fmt::Debug for Client {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.inner.fmt(f)
            }
        }
    });
    file.tokens(quote! {
        /// Collects the settings of a [`Client`]; [`ClientBuilder::build`] reports mistakes.
        #[must_use = "a builder does nothing until `build`"]
        pub struct ClientBuilder {
            inner: runtime::ClientBuilder,
        }
    });
    file.tokens(builder(cx));
    file.tokens(credentials::setters(cx));
    file.tokens(quote! {
        impl fmt::Debug for ClientBuilder {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.inner.fmt(f)
            }
        }
    });
    file.items.insert(0, Item::Tokens(imports(cx, &file)));
    file
}

fn imports(cx: &Cx<'_>, file: &RustFile) -> TokenStream {
    let identifiers = file.identifiers();
    let heads = file.path_heads();
    let third_party = third_party::imports(cx, Krate::Client, &heads);
    let provider = identifiers.contains("CredentialProvider").then(|| quote!(CredentialProvider,));
    let oauth = cx.needs.oauth.then(|| {
        quote!(
            use crategen_runtime::client::credentials;
            use super::authorization_servers;
        )
    });
    let groups = cx.api.accessor_groups().map(|(index, _)| {
        let names = cx.names.group(index);
        let (client, cfg) = (&names.client, super::super::cfg(cx, index));
        quote!(#cfg use super::#client;)
    });
    quote! {
        use std::fmt;
        use std::time::Duration;

        #third_party
        use crategen_runtime::client::{self as runtime, BuildError, #provider RawRequest, RetryPolicy, Transport};
        #oauth
        #(#groups)*
    }
}

fn default_base_url(cx: &Cx<'_>) -> TokenStream {
    let Some(server) = cx.api.servers.first() else { return TokenStream::new() };
    let url = server.default_url();
    let line = docs::one_line(&format!("The first server of the document. {}", server.description));
    quote! {
        #line
        pub const DEFAULT_BASE_URL: &str = #url;
    }
}

fn client(cx: &Cx<'_>) -> TokenStream {
    let absolute = cx.api.servers.first().is_some_and(Server::is_absolute);
    let base = if absolute { quote!(Some(DEFAULT_BASE_URL)) } else { quote!(None) };
    let product = format!("{}-client/", cx.names.base);
    let agent = match cx.config.package.version() {
        Some(version) => {
            let agent = format!("{product}{version}");
            quote!(#agent)
        }
        None => quote!(concat!(#product, env!("CARGO_PKG_VERSION"))),
    };
    let accessors = cx.api.accessor_groups().map(|(index, group)| {
        let names = cx.names.group(index);
        let (module, client) = (&names.module, &names.client);
        let cfg = super::super::cfg(cx, index);
        let attributes = docs::docs(&group.docs, &super::super::group::about(group));
        quote! {
            #attributes
            #cfg
            pub fn #module(&self) -> #client<'_> {
                #client { client: &self.inner }
            }
        }
    });
    let new = absolute.then(|| credentials::constructor(cx)).flatten();
    quote! {
        impl Client {
            #new

            /// Returns the settings of a new client.
            pub fn builder() -> ClientBuilder {
                ClientBuilder { inner: runtime::ClientBuilder::new(#base, #agent, SCHEMES) }
            }

            /// Returns the base URL; paths are appended to it.
            pub fn base_url(&self) -> &url::Url {
                self.inner.base_url()
            }

            /// Starts a call that the document does not describe, with this client's base URL, headers and retries.
            ///
            /// `path` starts with `/` and is appended to the base URL as it is. Every configured credential is sent.
            pub fn request(&self, method: http::Method, path: &str) -> RawRequest {
                self.inner.request(method, path)
            }

            #(#accessors)*
        }
    }
}

/// The settings that every client has.
fn builder(cx: &Cx<'_>) -> TokenStream {
    let only_base_url = cx.api.operations.iter().any(|operation| operation.server.is_some()).then(|| {
        quote! {
            /// Sends all calls to the base URL, also those of operations for which the document names another server. For tests, and
            /// for proxies in front of all servers.
            pub fn only_base_url(self) -> Self {
                Self { inner: self.inner.only_base_url() }
            }
        }
    });
    quote! {
        impl ClientBuilder {
            /// Sets the base URL. A trailing slash makes no difference; a query or a fragment is an error of [`Self::build`]. A user
            /// name and password in it are sent as `Authorization: Basic`, and are never printed.
            pub fn base_url(self, url: impl Into<String>) -> Self {
                Self { inner: self.inner.base_url(url) }
            }

            #only_base_url

            /// Adds a header to every request.
            pub fn default_header(self, name: impl Into<String>, value: impl Into<String>) -> Self {
                Self { inner: self.inner.default_header(name, value) }
            }

            /// Adds a header to every request that is never printed.
            pub fn secret_header(self, name: impl Into<String>, value: impl Into<String>) -> Self {
                Self { inner: self.inner.secret_header(name, value) }
            }

            /// Limits one attempt, from the connection to the last byte. Default: 30 s; `None` means no limit.
            pub fn timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
                Self { inner: self.inner.timeout(timeout) }
            }

            /// Limits a call with all its attempts, redirects and pauses. Default: no limit of its own; by default, three attempts
            /// take at most two and a half minutes.
            pub fn total_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
                Self { inner: self.inner.total_timeout(timeout) }
            }

            /// Limits connecting. Default: 10 s.
            pub fn connect_timeout(self, timeout: Duration) -> Self {
                Self { inner: self.inner.connect_timeout(timeout) }
            }

            /// Sets when failed attempts are repeated.
            pub fn retry(self, policy: RetryPolicy) -> Self {
                Self { inner: self.inner.retry(policy) }
            }

            /// Sets the retry tokens that all calls of the client share. Each retry takes one; five successful calls return one.
            /// Default: 100.
            pub fn retry_budget(self, tokens: u32) -> Self {
                Self { inner: self.inner.retry_budget(tokens) }
            }

            /// Adds a product before this client's own in `User-Agent`.
            pub fn user_agent(self, product: impl Into<String>) -> Self {
                Self { inner: self.inner.user_agent(product) }
            }

            /// Limits response bodies that are kept in memory, in bytes. Default: 64 MiB.
            pub fn max_response_bytes(self, bytes: usize) -> Self {
                Self { inner: self.inner.max_response_bytes(bytes) }
            }

            /// Trusts a certificate authority beside those that the platform trusts. With [`Self::http_client`] or
            /// [`Self::transport`], set it there.
            #[cfg(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls"))]
            pub fn root_certificate(self, certificate: reqwest::Certificate) -> Self {
                Self { inner: self.inner.root_certificate(certificate) }
            }

            /// Sends through this HTTP client (proxies, certificates ...). Give it `redirect::Policy::none()`: redirects that
            /// it follows itself take every header that is not `Authorization` or a cookie to other hosts.
            pub fn http_client(self, client: reqwest::Client) -> Self {
                Self { inner: self.inner.http_client(client) }
            }

            /// Sends through something else (middleware, a recorder, a router in this process ...).
            pub fn transport(self, transport: impl Transport) -> Self {
                Self { inner: self.inner.transport(transport) }
            }

            /// Builds the client.
            ///
            /// Fails if the base URL is missing or unusable, a header is malformed, or the TLS backend cannot start.
            pub fn build(self) -> std::result::Result<Client, BuildError> {
                Ok(Client { inner: self.inner.build()? })
            }
        }
    }
}
