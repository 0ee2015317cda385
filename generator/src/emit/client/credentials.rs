//! Security schemes on the side of the client.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::super::file::{Item, RustFile};
use super::super::{Cx, docs, operation};
use crate::ir::{Flow, Grant, KeyPlace, Scheme, SchemeKind};
use crate::names::{ident, shouty, suffixed};

/// The table of schemes.
pub(super) fn schemes(cx: &Cx<'_>) -> TokenStream {
    let each = cx.api.schemes.iter().map(|scheme| {
        let name = &scheme.name;
        let place = match &scheme.kind {
            SchemeKind::ApiKey { place: KeyPlace::Header, wire } => quote!(Header(#wire)),
            SchemeKind::ApiKey { place: KeyPlace::Query, wire } => quote!(Query(#wire)),
            SchemeKind::ApiKey { place: KeyPlace::Cookie, wire } => quote!(Cookie(#wire)),
            SchemeKind::Basic => quote!(Basic),
            SchemeKind::Bearer | SchemeKind::OAuth2 { .. } => quote!(Bearer),
            SchemeKind::MutualTls => quote!(Connection),
        };
        quote!(runtime::Scheme { name: #name, place: runtime::SchemePlace::#place })
    });
    quote!(static SCHEMES: &[runtime::Scheme] = &[#(#each),*];)
}

/// `Client::new` with one argument a scheme of the document's requirement, if it is a single alternative.
pub(super) fn constructor(cx: &Cx<'_>) -> Option<TokenStream> {
    let credentials = match cx.api.security.as_slice() {
        [] => Vec::new(),
        [only] => only.credentials.clone(),
        _ => return None,
    };
    let several_arguments = |kind: &SchemeKind| matches!(kind, SchemeKind::Basic | SchemeKind::MutualTls);
    if credentials.iter().any(|credential| several_arguments(&cx.api.scheme(credential.scheme).kind)) {
        return None;
    }
    let names: Vec<_> = credentials.iter().map(|credential| cx.names.scheme(credential.scheme.index())).collect();
    let secrets = names.iter().map(|name| quote!(.#name(#name)));
    Some(quote! {
        /// A client of [`DEFAULT_BASE_URL`] with default settings.
        pub fn new(#(#names: impl Into<String>),*) -> std::result::Result<Self, BuildError> {
            Self::builder()#(#secrets)*.build()
        }
    })
}

/// What sets the credential of each scheme.
pub(super) fn setters(cx: &Cx<'_>) -> TokenStream {
    if cx.api.schemes.is_empty() {
        return TokenStream::new();
    }
    let setters = cx.api.schemes.iter().enumerate().map(|(index, scheme)| {
        let name = cx.names.scheme(index);
        match scheme.kind {
            SchemeKind::MutualTls => identity(scheme, name, index),
            SchemeKind::OAuth2 { .. } => {
                let (secret, grant) = (secret(scheme, name, index), grant(scheme, name, index));
                quote!(#secret #grant)
            }
            _ => secret(scheme, name, index),
        }
    });
    quote! {
        impl ClientBuilder {
            #(#setters)*
        }
    }
}

fn secret(scheme: &Scheme, name: &Ident, index: usize) -> TokenStream {
    let provider = suffixed(name, "_provider");
    let position = Literal::usize_unsuffixed(index);
    let lines = about(scheme);
    let other = docs::Line::from(format!("As [`Self::{name}`], fetched before every request."));
    let (args, value) = if scheme.kind == SchemeKind::Basic {
        (
            quote!(user: impl Into<String>, password: impl Into<String>),
            quote!(format!("{}:{}", user.into(), password.into())),
        )
    } else {
        (quote!(credential: impl Into<String>), quote!(credential))
    };
    quote! {
        #lines
        pub fn #name(self, #args) -> Self {
            Self { inner: self.inner.secret(#position, #value) }
        }

        #other
        pub fn #provider(self, provider: impl CredentialProvider) -> Self {
            Self { inner: self.inner.provider(#position, provider) }
        }
    }
}

fn about(scheme: &Scheme) -> TokenStream {
    let place = docs::place_of(&scheme.kind);
    let mut lines =
        vec![format!("The credential of the security scheme `{}` ({place}).", docs::shown(&scheme.name)).into()];
    docs::paragraph(&mut lines, docs::clean(&scheme.docs.description));
    docs::attributes(&lines)
}

/// The setter of a grant, with which the client obtains and renews access tokens.
fn grant(scheme: &Scheme, name: &Ident, index: usize) -> TokenStream {
    let position = Literal::usize_unsuffixed(index);
    let setter = suffixed(name, "_grant");
    let servers = servers(scheme, name);
    // Clients and passwords are given for tokens there; refresh tokens of the other flows are rarer and may name theirs.
    let automatic = |server: &&AuthorizationServer<'_>| {
        server.flows.iter().any(|flow| matches!(flow.grant, Grant::ClientCredentials | Grant::Password))
    };
    let Some(AuthorizationServer { name: server, .. }) = servers.iter().find(automatic).or(servers.first()) else {
        return TokenStream::new();
    };
    let line = docs::Line::from(format!(
        "As [`Self::{name}`], with tokens that are asked for and renewed when they are needed, from \
         [`authorization_servers::{server}`] unless the grant names another one."
    ));
    quote! {
        #line
        pub fn #setter(self, grant: credentials::Grant) -> Self {
            Self { inner: self.inner.grant(#position, grant, authorization_servers::#server) }
        }
    }
}

/// The constant of an authorization server.
pub struct AuthorizationServer<'s> {
    /// Its name.
    pub name: Ident,
    /// The security scheme.
    pub scheme: &'s Scheme,
    /// The flows that obtain tokens there.
    pub flows: Vec<&'s Flow>,
    metadata: Option<&'s str>,
}

impl<'s> AuthorizationServer<'s> {
    /// Its URLs, by the names of the fields.
    pub fn urls(&self) -> [(&'static str, Option<&'s str>); 5] {
        let find = |url: fn(&'s Flow) -> Option<&'s str>| self.flows.iter().copied().find_map(url);
        [
            ("token_url", find(|flow| flow.token_url.as_deref())),
            ("refresh_url", find(|flow| flow.refresh_url.as_deref())),
            ("authorization_url", find(|flow| flow.authorization_url.as_deref())),
            ("device_authorization_url", find(|flow| flow.device_authorization_url.as_deref())),
            ("metadata_url", self.metadata),
        ]
    }
}

/// The authorization servers of a scheme: one, unless its flows have tokens at different places.
pub fn servers<'s>(scheme: &'s Scheme, name: &Ident) -> Vec<AuthorizationServer<'s>> {
    let SchemeKind::OAuth2 { flows, metadata_url } = &scheme.kind else { return Vec::new() };
    let server = |words: &str, flows| {
        let name = ident(&shouty(words, "SERVER"));
        AuthorizationServer { name, scheme, flows, metadata: metadata_url.as_deref() }
    };
    let mut places: Vec<_> = flows.iter().filter_map(|flow| flow.token_url.as_deref()).collect();
    places.sort_unstable();
    places.dedup();
    if places.len() < 2 {
        return vec![server(&name.to_string(), flows.iter().collect())];
    }
    flows.iter().map(|flow| server(&format!("{name}_{}", words(flow.grant)), vec![flow])).collect()
}

fn words(grant: Grant) -> &'static str {
    match grant {
        Grant::Implicit => "implicit",
        Grant::Password => "password",
        Grant::ClientCredentials => "client_credentials",
        Grant::AuthorizationCode => "authorization_code",
        Grant::Device => "device",
    }
}

/// A certificate, where the HTTP client has TLS.
fn identity(scheme: &Scheme, name: &Ident, index: usize) -> TokenStream {
    let position = Literal::usize_unsuffixed(index);
    let lines = about(scheme);
    quote! {
        #lines
        ///
        /// With [`Self::http_client`] or [`Self::transport`] the certificate is to be set there.
        #[cfg(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls"))]
        pub fn #name(self, identity: reqwest::Identity) -> Self {
            Self { inner: self.inner.identity(#position, identity) }
        }
    }
}

/// `authorization_servers.rs`: the authorization servers of the document, as constants.
pub(super) fn authorization_servers(cx: &Cx<'_>) -> RustFile {
    let docs = vec!["The authorization servers that the document names.".into()];
    let mut file = RustFile { docs, ..RustFile::default() };
    for (index, scheme) in cx.api.schemes.iter().enumerate() {
        for server in servers(scheme, cx.names.scheme(index)) {
            file.tokens(authorization_server(&server));
        }
    }
    // A server that the document does not describe has no URL.
    let cow = file.path_heads().contains("Cow").then(|| {
        quote!(
            use std::borrow::Cow;
        )
    });
    let imports = quote! {
        #cow
        use crategen_runtime::client::credentials::AuthorizationServer;
    };
    file.items.insert(0, Item::Tokens(imports));
    file
}

fn authorization_server(server: &AuthorizationServer<'_>) -> TokenStream {
    let AuthorizationServer { name, scheme, flows, .. } = server;
    let mut lines = vec![format!("Of the security scheme `{}`.", docs::shown(&scheme.name)).into()];
    let mut scopes: Vec<docs::Line> = Vec::new();
    for (scope, what) in flows.iter().flat_map(|flow| &flow.scopes) {
        let what = operation::one_line(what);
        let line = docs::one_line(&format!("- `{}`: {what}", docs::shown(scope)));
        if !scopes.contains(&line) {
            scopes.push(line);
        }
    }
    if !scopes.is_empty() {
        docs::paragraph(&mut lines, ["Scopes:"]);
        docs::paragraph(&mut lines, scopes);
    }
    let attributes = docs::attributes(&lines);
    let fields = server.urls().into_iter().map(|(field, url)| {
        let field = ident(field);
        match url {
            Some(url) => quote!(#field: Some(Cow::Borrowed(#url))),
            None => quote!(#field: None),
        }
    });
    quote! {
        #attributes
        pub const #name: AuthorizationServer = AuthorizationServer { #(#fields),* };
    }
}
