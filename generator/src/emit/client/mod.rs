//! The crate of the client.

mod credentials;
mod error;
mod links;
mod method;
mod pagination;
mod read;
mod request_body;
mod servers;

use std::path::PathBuf;

pub(super) use credentials::has_grants;
pub(super) use method::{body_name, is_argument};
pub(super) use pagination::has_pagination;

use proc_macro2::TokenStream;
use quote::quote;

use super::file::RustFile;
use super::operation::Bodies;
use super::{Cx, Emitter, Files, docs, manifest};
use crate::ir::{Direction, Group};

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
    "allow(clippy::type_complexity, clippy::unreadable_literal)",
];

fn emit(cx: &Cx<'_>, files: &mut Files<'_, '_>) {
    files.text("Cargo.toml", || manifest::client(cx));
    files.text("README.md", || readme(cx));
    super::support(files, "runtime", crategen_templates::CLIENT);
    let bodies = Bodies::of(cx);
    if bodies.events {
        super::support(files, "events", crategen_templates::CLIENT_EVENTS);
    }
    if bodies.has_streams() {
        super::support(files, "", crategen_templates::CLIENT_STREAMS);
    }
    if bodies.multipart {
        super::support(files, "", crategen_templates::CLIENT_MULTIPART);
    }
    if bodies.xml {
        super::support(files, "", crategen_templates::CLIENT_XML);
    }
    if links::has_links(cx) {
        super::support(files, "", crategen_templates::CLIENT_LINKS);
    }
    if has_pagination(cx) {
        super::support(files, "", crategen_templates::CLIENT_PAGINATION);
    }
    if servers::has_servers(cx) {
        files.rust("src/servers.rs", || servers::file(cx));
    }
    if has_grants(cx) {
        super::support(files, "credentials", crategen_templates::CLIENT_CREDENTIALS);
        files.rust("src/authorization_servers.rs", || credentials::authorization_servers(cx));
    }
    files.rust("src/lib.rs", || lib(cx, bodies));
    for (index, group) in cx.api.groups.iter().enumerate() {
        let module = &cx.names.group(index).module;
        files.rust(PathBuf::from("src").join(format!("{module}.rs")), || group_file(cx, index, group));
    }
}

fn group_file(cx: &Cx<'_>, index: usize, group: &Group) -> RustFile {
    let mut file = RustFile { docs: vec![about(group)], ..RustFile::default() };
    method::emit_accessor(cx, &mut file, index, group);
    for op in &group.operations {
        method::emit(cx, &mut file, *op);
        error::emit(cx, &mut file, *op);
    }
    let imports = imports(&file);
    file.items.insert(0, super::Item::Tokens(imports));
    file
}

/// What the operations of a group need.
fn imports(file: &RustFile) -> TokenStream {
    let identifiers = file.identifiers();
    let decode = identifiers.contains("DecodeError").then(|| quote!(DecodeError,));
    let used = |names: &[&str]| -> Vec<_> {
        names.iter().filter(|name| identifiers.contains(**name)).map(|name| crate::names::ident(name)).collect()
    };
    let (streams, events) = (used(&["ByteStream", "UploadBody"]), used(&["EventStream", "LineStream"]));
    let streams = (!streams.is_empty()).then(|| quote!(use super::streams::{#(#streams),*};));
    let events = (!events.is_empty()).then(|| quote!(use super::events::{#(#events),*};));
    let pages = identifiers.contains("Paginated").then(|| {
        quote!(
            use super::pagination::{self, Paginated};
        )
    });
    let links = identifiers.contains("Linked").then(|| {
        quote!(
            // Operations that links lead to may be behind features that are off.
            #[allow(unused_imports)]
            use super::links::{self, LinkError, Linked};
        )
    });
    quote! {
        #links
        use super::models;
        use super::runtime::{self, ApiOperation, Arguments, Call, Client, #decode RawResponse, api_error};
        #events
        #pages
        #streams
    }
}

/// What the operations of a group have in common.
pub(super) fn about(group: &Group) -> String {
    match (group.direction, &group.tag) {
        (Direction::Webhook, _) => "Webhooks: what the server tells whoever has asked for it.".to_owned(),
        (Direction::Callback, _) => "Callbacks: what the server calls at URLs that were given to it.".to_owned(),
        (Direction::Call, Some(tag)) => format!("Operations of the tag `{}`.", docs::shown(tag)),
        (Direction::Call, None) => "Operations without a tag.".to_owned(),
    }
}

fn lib(cx: &Cx<'_>, bodies: Bodies) -> RustFile {
    let title = manifest::title(cx);
    let mut file = RustFile { docs: vec![format!("Async client of the {title}.")], ..RustFile::default() };
    docs::paragraph(&mut file.docs, docs::clean(&cx.api.info.description));
    file.attributes = LINTS.to_vec();
    let groups = 0..cx.api.groups.len();
    let modules: Vec<_> = groups.clone().map(|index| &cx.names.group(index).module).collect();
    let cfgs: Vec<_> = groups.map(|index| super::cfg(cx, index)).collect();
    let models = crate::names::ident(&format!("{}_models", cx.names.base.replace('-', "_")));
    let multipart = bodies.multipart.then(|| {
        quote!(
            #[allow(dead_code)]
            mod multipart;
        )
    });
    let links = links::has_links(cx).then(|| {
        quote!(
            mod links;
        )
    });
    let link_types = links::has_links(cx).then(|| {
        quote!(
            pub use links::{LinkError, Linked};
        )
    });
    let xml = bodies.xml.then(|| {
        quote!(
            #[allow(dead_code)]
            mod xml;
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
    let credentials = has_grants(cx).then(|| {
        quote!(
            pub mod authorization_servers;
            #[allow(dead_code)]
            pub mod credentials;
        )
    });
    let pages = has_pagination(cx).then(|| {
        quote!(
            pub mod pagination;
        )
    });
    let servers = servers::has_servers(cx).then(|| {
        quote!(
            pub mod servers;
        )
    });
    let page_types = has_pagination(cx).then(|| {
        quote!(
            pub use pagination::Paginated;
        )
    });
    file.tokens(quote! {
        #credentials
        #(#cfgs mod #modules;)*
        // What of the runtime is needed depends on the document.
        #[allow(dead_code, unused_imports)]
        mod runtime;
        #events
        #links
        #multipart
        #pages
        #servers
        #streams
        #xml
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
        #link_types
        #page_types
        #stream_types
        #(#cfgs pub use self::#modules::*;)*
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
    file.tokens(credentials::schemes(cx));
    file.tokens(client(cx));
    file.tokens(credentials::setters(cx));
    file
}

fn client(cx: &Cx<'_>) -> TokenStream {
    let absolute = cx.api.servers.first().is_some_and(|server| server.default_url().contains("://"));
    let base = if absolute { quote!(Some(DEFAULT_BASE_URL)) } else { quote!(None) };
    let agent = format!("{}-client/0.1.0", cx.names.base);
    let accessors = cx.api.groups.iter().enumerate().map(|(index, group)| {
        let names = cx.names.group(index);
        let (module, client) = (&names.module, &names.client);
        let cfg = super::cfg(cx, index);
        let attributes = docs::docs(&group.docs, &about(group));
        quote! {
            #attributes
            #cfg
            pub fn #module(&self) -> #client<'_> {
                #client::new(self)
            }
        }
    });
    let new = absolute.then(|| credentials::constructor(cx)).flatten();
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
