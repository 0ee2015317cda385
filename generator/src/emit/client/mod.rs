//! The crate of the client.

mod call_file;
mod client_file;
mod credentials;
mod decode;
mod error;
mod links;
mod method;
mod pagination;
mod read;
mod request_body;
mod servers;

use proc_macro2::TokenStream;
use quote::quote;

use super::capability::{self, Krate};
use super::file::RustFile;
use super::{Cx, Emitter, Files, docs, examples, group, lints, manifest, modules, readme, third_party};
use crate::ir::Group;

pub use credentials::{AuthorizationServer, servers as authorization_servers};

/// The crate of the client.
pub const EMITTER: Emitter = Emitter { name: "client", emit };

fn emit(cx: &Cx<'_>, files: &mut Files<'_>) {
    files.text("Cargo.toml", || manifest::client(cx));
    files.text("README.md", || readme(cx));
    if servers::has_servers(cx) {
        files.rust("src/servers.rs", || servers::file(cx));
    }
    files.rust("src/client.rs", || client_file::file(cx));
    files.rust("src/call.rs", || call_file::file(cx));
    if cx.needs.links {
        files.rust("src/linked.rs", call_file::linked_file);
    }
    if cx.needs.oauth {
        files.rust("src/authorization_servers.rs", || credentials::authorization_servers(cx));
    }
    files.rust("src/lib.rs", || lib(cx));
    for (index, group) in cx.api.groups.iter().enumerate() {
        files.rust(modules::module(cx, index).file(), || group_file(cx, index, group));
    }
    modules::declare(files, &modules::modules(cx), &|_, _| {});
}

fn group_file(cx: &Cx<'_>, index: usize, group: &Group) -> RustFile {
    let mut file = RustFile { docs: vec![group::about(group).into()], ..RustFile::default() };
    method::emit_accessor(cx, &mut file, index, group);
    for op in &group.operations {
        method::emit(cx, &mut file, *op);
        error::emit(cx, &mut file, *op);
    }
    let imports = imports(cx, group, &file);
    file.items.insert(0, super::Item::Tokens(imports));
    file
}

/// What the operations of a group need.
fn imports(cx: &Cx<'_>, group: &Group, file: &RustFile) -> TokenStream {
    let pages = group.operations.iter().any(|op| cx.analysis.pagination(*op).is_some()).then(|| {
        quote!(
            use crategen_runtime::client::pagination::{self, Paginated};
        )
    });
    let links = group.operations.iter().any(|op| !cx.api.operation(*op).links.is_empty()).then(|| {
        quote!(
            use super::super::Linked;
            // Operations that links lead to may be behind features that are off.
            #[allow(unused_imports)]
            use crategen_runtime::client::links::{self, LinkError};
        )
    });
    let heads = file.path_heads();
    let third_party = third_party::imports(cx, Krate::Client, &heads);
    let client = group.is_untagged().then(|| quote!(Client,));
    quote! {
        use super::super::{Call, #client models};
        #links
        use crategen_runtime::api_error;
        use crategen_runtime::client::{self as runtime, ApiOperation, Arguments, RawResponse};
        #pages
        #third_party
    }
}

fn lib(cx: &Cx<'_>) -> RustFile {
    let title = readme::title(cx);
    let mut file = RustFile { docs: vec![format!("Async client of the {title}.").into()], ..RustFile::default() };
    docs::paragraph(&mut file.docs, docs::clean(&cx.api.info.description));
    if let Some(start) = examples::client_start(cx) {
        docs::paragraph(&mut file.docs, start.page());
    }
    file.attributes = lints::LINTS.to_vec();
    let operations = modules::exports(&modules::modules(cx));
    let folders = modules::folders(&modules::modules(cx));
    let models = crate::names::ident(&format!("{}_models", cx.names.base.replace('-', "_")));
    let authorization_servers = cx.needs.oauth.then(|| {
        quote!(
            pub mod authorization_servers;
        )
    });
    let linked = cx.needs.links.then(|| {
        quote!(
            mod linked;
        )
    });
    let linked_type = cx.needs.links.then(|| {
        quote!(
            pub use linked::Linked;
        )
    });
    let servers = servers::has_servers(cx).then(|| {
        quote!(
            pub mod servers;
        )
    });
    let base_url = (!cx.api.servers.is_empty()).then(|| quote!(, DEFAULT_BASE_URL));
    file.tokens(quote! {
        #authorization_servers
        #folders
        mod call;
        mod client;
        #linked
        #servers
    });
    let media_types = cx.needs.media_types.then(|| {
        quote!(
            pub use crategen_runtime::client::WithMediaType;
        )
    });
    let failure_headers = cx.needs.failure_headers.then(|| {
        quote!(
            pub use crategen_runtime::client::WithHeaders;
        )
    });
    let exports = capability::exports(cx, Krate::Client);
    file.tokens(quote! {
        pub use call::Call;
        pub use client::{Client, ClientBuilder #base_url};
        #linked_type
        pub use #models as models;
        #exports
        #media_types
        #failure_headers
        #[cfg(feature = "in-process")]
        pub use crategen_runtime::client::InProcess;
        pub use crategen_runtime::client::{
            ApiError, BoxError, BoxFuture, BuildError, CallError, CredentialProvider, DecodeError, Error, RawRequest, RawResponse,
            RequestError, Response, Result, RetryPolicy, Transport, TransportError,
        };
        pub use crategen_runtime::{http, reqwest};
        #operations
    });
    file.tokens(super::generated_by());
    file
}

fn readme(cx: &Cx<'_>) -> String {
    let title = readme::title(cx);
    let start = examples::client_start(cx).map(|start| format!("\n\n{}", start.readme())).unwrap_or_default();
    let features = examples::features(cx, Krate::Client);
    readme::readme(cx, "client", &format!("Async client of the {title}.{start}{features}"))
}
