//! The crate of the client.

mod error;
mod method;

use std::path::PathBuf;

pub(super) use method::{body_name, is_argument};

use proc_macro2::TokenStream;
use quote::quote;

use super::file::{File, RustFile};
use super::operation::Bodies;
use super::{Cx, Emitter, Files, docs, manifest};
use crate::ir::{KeyPlace, SchemeKind};
use crate::names::suffixed;

/// The crate of the client.
pub const EMITTER: Emitter = Emitter { name: "client", emit };

/// The lints of generated crates: what clippy's pedantic group may not ask of code that follows a document.
pub(super) const LINTS: &[&str] = &[
    "forbid(unsafe_code)",
    "warn(missing_docs)",
    "allow(deprecated)",
    "allow(clippy::doc_markdown, clippy::module_name_repetitions, clippy::struct_excessive_bools)",
    "allow(clippy::must_use_candidate, clippy::missing_errors_doc, clippy::too_many_lines)",
    "allow(clippy::too_many_arguments, clippy::similar_names, clippy::large_enum_variant)",
    "allow(clippy::enum_variant_names, clippy::struct_field_names, clippy::wildcard_imports)",
    "allow(clippy::unreadable_literal)",
];

fn emit(cx: &Cx<'_>) -> Files {
    let mut files = Files::new();
    files.insert("Cargo.toml".into(), File::Text(manifest::client(cx)));
    files.insert("README.md".into(), File::Text(readme(cx)));
    super::support(&mut files, "runtime", crategen_templates::CLIENT);
    let bodies = Bodies::of(cx);
    if bodies.events {
        super::support(&mut files, "events", crategen_templates::CLIENT_EVENTS);
    }
    if bodies.has_streams() {
        super::support(&mut files, "", crategen_templates::CLIENT_STREAMS);
    }
    if bodies.multipart {
        super::support(&mut files, "", crategen_templates::CLIENT_MULTIPART);
    }
    files.insert("src/lib.rs".into(), File::Rust(lib(cx, bodies)));
    for (index, group) in cx.api.groups.iter().enumerate() {
        let module = &cx.names.group(index).module;
        let mut file = RustFile { docs: vec![about(group)], ..RustFile::default() };
        method::emit_accessor(cx, &mut file, index, group);
        for op in &group.operations {
            method::emit(cx, &mut file, *op);
            error::emit(cx, &mut file, *op);
        }
        let imports = imports(&file);
        file.items.insert(0, super::Item::Tokens(imports));
        files.insert(PathBuf::from("src").join(format!("{module}.rs")), File::Rust(file));
    }
    files
}

/// What the operations of a group need.
fn imports(file: &RustFile) -> TokenStream {
    let decode = file.names("DecodeError").then(|| quote!(DecodeError,));
    let used = |names: &[&str]| -> Vec<_> {
        names.iter().filter(|name| file.names(name)).map(|name| crate::names::ident(name)).collect()
    };
    let (streams, events) = (used(&["ByteStream", "UploadBody"]), used(&["EventStream", "LineStream"]));
    let streams = (!streams.is_empty()).then(|| quote!(use super::streams::{#(#streams),*};));
    let events = (!events.is_empty()).then(|| quote!(use super::events::{#(#events),*};));
    quote! {
        use super::models;
        use super::runtime::{self, ApiOperation, Call, Client, #decode RawResponse, Request, RequestError, api_error};
        #events
        #streams
    }
}

/// What the operations of a group have in common.
pub(super) fn about(group: &crate::ir::Group) -> String {
    match &group.tag {
        Some(tag) => format!("Operations of the tag `{}`.", docs::shown(tag)),
        None => "Operations without a tag.".to_owned(),
    }
}

fn lib(cx: &Cx<'_>, bodies: Bodies) -> RustFile {
    let title = manifest::title(cx);
    let mut file = RustFile { docs: vec![format!("Async client of the {title}.")], ..RustFile::default() };
    docs::paragraph(&mut file.docs, docs::clean(&cx.api.info.description));
    file.attributes = LINTS.to_vec();
    let modules: Vec<_> = (0..cx.api.groups.len()).map(|index| &cx.names.group(index).module).collect();
    let models = crate::names::ident(&format!("{}_models", cx.names.base.replace('-', "_")));
    let multipart = bodies.multipart.then(|| {
        quote!(
            #[allow(dead_code)]
            mod multipart;
        )
    });
    let events = bodies.events.then(|| {
        quote!(
            #[allow(dead_code)]
            mod events;
        )
    });
    let event_types = bodies.events.then(|| {
        quote!(
            pub use events::{EventStream, LineStream, StreamError};
        )
    });
    let streams = bodies.has_streams().then(|| {
        quote!(
            #[allow(dead_code)]
            mod streams;
        )
    });
    let stream_types = bodies.streams.then(|| {
        quote!(
            pub use streams::{ByteStream, UploadBody};
        )
    });
    file.tokens(quote! {
        #(mod #modules;)*
        // What of the runtime is needed depends on the document.
        #[allow(dead_code, unused_imports)]
        mod runtime;
        #events
        #multipart
        #streams
    });
    file.tokens(quote! {
        pub use {http, reqwest};
        pub use #models as models;
        #[cfg(feature = "in-process")]
        pub use runtime::InProcess;
        pub use runtime::{
            ApiError, BoxError, BoxFuture, BuildError, Call, CallError, Client, ClientBuilder, CredentialProvider, DecodeError,
            Error, RawRequest, RawResponse, RequestError, Response, Result, RetryPolicy, Transport, TransportError,
        };
        #event_types
        #stream_types
        #(pub use self::#modules::*;)*
    });
    if let Some(server) = cx.api.servers.first() {
        let url = server.default_url();
        let line = docs::clean(&format!("The first server of the document. {}", server.description)).join(" ");
        let line = format!(" {line}");
        file.tokens(quote! {
            #[doc = #line]
            pub const DEFAULT_BASE_URL: &str = #url;
        });
    }
    file.tokens(schemes(cx));
    file.tokens(client(cx));
    file.tokens(builder(cx));
    file
}

fn schemes(cx: &Cx<'_>) -> TokenStream {
    let each = cx.api.schemes.iter().map(|scheme| {
        let name = &scheme.name;
        let place = match &scheme.kind {
            SchemeKind::ApiKey { place: KeyPlace::Header, wire } => quote!(Header(#wire)),
            SchemeKind::ApiKey { place: KeyPlace::Query, wire } => quote!(Query(#wire)),
            SchemeKind::ApiKey { place: KeyPlace::Cookie, wire } => quote!(Cookie(#wire)),
            SchemeKind::Basic => quote!(Basic),
            SchemeKind::Bearer => quote!(Bearer),
        };
        quote!(runtime::Scheme { name: #name, place: runtime::SchemePlace::#place })
    });
    quote!(static SCHEMES: &[runtime::Scheme] = &[#(#each),*];)
}

fn client(cx: &Cx<'_>) -> TokenStream {
    let absolute = cx.api.servers.first().is_some_and(|server| server.default_url().contains("://"));
    let base = if absolute { quote!(Some(DEFAULT_BASE_URL)) } else { quote!(None) };
    let agent = format!("{}-client/0.1.0", cx.names.base);
    let accessors = cx.api.groups.iter().enumerate().map(|(index, group)| {
        let names = cx.names.group(index);
        let (module, client) = (&names.module, &names.client);
        let attributes = docs::docs(&group.docs, &about(group));
        quote! {
            #attributes
            pub fn #module(&self) -> #client<'_> {
                #client::new(self)
            }
        }
    });
    let new = absolute.then(|| constructor(cx)).flatten();
    quote! {
        impl Client {
            #new

            /// Settings of a new client.
            pub fn builder() -> ClientBuilder {
                ClientBuilder::new(#base, #agent, SCHEMES)
            }

            #(#accessors)*
        }
    }
}

/// `Client::new` with one argument a scheme of the document's requirement, if it is a single alternative.
fn constructor(cx: &Cx<'_>) -> Option<TokenStream> {
    let credentials = match cx.api.security.as_slice() {
        [] => Vec::new(),
        [only] => only.credentials.clone(),
        _ => return None,
    };
    if credentials.iter().any(|credential| cx.api.scheme(credential.scheme).kind == SchemeKind::Basic) {
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

fn builder(cx: &Cx<'_>) -> TokenStream {
    let setters = cx.api.schemes.iter().enumerate().map(|(index, scheme)| {
        let name = cx.names.scheme(index);
        let provider = suffixed(name, "_provider");
        let position = proc_macro2::Literal::usize_unsuffixed(index);
        let shown = docs::shown(&scheme.name);
        let place = match &scheme.kind {
            SchemeKind::ApiKey { place, wire } => format!("{} `{wire}`", format!("{place:?}").to_lowercase()),
            SchemeKind::Basic => "`Authorization: Basic`".to_owned(),
            SchemeKind::Bearer => "`Authorization: Bearer`".to_owned(),
        };
        let line = format!(" The credential of the security scheme `{shown}` ({place}).");
        let other = format!(" As [`Self::{name}`], fetched before every request.");
        let (args, value) = if scheme.kind == SchemeKind::Basic {
            (
                quote!(user: impl Into<String>, password: impl Into<String>),
                quote!(format!("{}:{}", user.into(), password.into())),
            )
        } else {
            (quote!(credential: impl Into<String>), quote!(credential))
        };
        quote! {
            #[doc = #line]
            pub fn #name(self, #args) -> Self {
                self.secret(#position, #value)
            }

            #[doc = #other]
            pub fn #provider(self, provider: impl CredentialProvider) -> Self {
                self.provider(#position, provider)
            }
        }
    });
    if cx.api.schemes.is_empty() {
        return TokenStream::new();
    }
    quote! {
        impl ClientBuilder {
            #(#setters)*
        }
    }
}

fn readme(cx: &Cx<'_>) -> String {
    let (base, title) = (&cx.names.base, manifest::title(cx));
    let krate = base.replace('-', "_");
    format!(
        "# {base}-client\n\nAsync client of the {title}.\n\n```rust,ignore\nlet client = {krate}_client::Client::builder()\n    \
         .base_url(\"https://example.com\")\n    .build()?;\n```\n\n\
         Generated by crategen from version {} of the OpenAPI document; changes belong into the document.\n",
        cx.api.info.version
    )
}
