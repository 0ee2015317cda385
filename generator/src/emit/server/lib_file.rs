//! `lib.rs`: the server of an implementation.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::super::capability::{self, Krate};
use super::super::examples::{self, QuickStart};
use super::super::file::RustFile;
use super::super::modules::{self, Module};
use super::super::{Cx, docs, group, lints, readme};
use super::traits;
use crate::ir::{Direction, Group};

/// `lib.rs`
pub(super) fn file(cx: &Cx<'_>) -> RustFile {
    let title = readme::title(cx);
    let mut file =
        RustFile { docs: vec![format!("Server side of the {title} on axum 0.8.").into()], ..RustFile::default() };
    docs::paragraph(&mut file.docs, docs::clean(&cx.api.info.description));
    if let Some(start) = start(cx) {
        docs::paragraph(&mut file.docs, start.page());
    }
    file.attributes = lints::LINTS.to_vec();
    let modules = modules::modules(cx);
    let (folders, operations) = (modules::folders(&modules), exports(cx, &modules));
    let credentials = cx.api.is_secured().then(|| {
        quote!(
            mod credentials;
        )
    });
    let credentials_type = cx.api.is_secured().then(|| {
        quote!(
            pub use credentials::Credentials;
        )
    });
    let models = crate::names::ident(&format!("{}_models", cx.names.base.replace('-', "_")));
    file.tokens(quote! {
        mod api;
        #folders
        #credentials
        #[cfg(feature = "mock")]
        pub mod mock;
    });
    let media_types = cx.needs.media_types.then(|| {
        quote!(
            pub use crategen_runtime::server::WithMediaType;
        )
    });
    let exports = capability::exports(cx, Krate::Server);
    // A document that describes its own `Problem` means that one. That of the runtime is `models::problem::Problem`.
    let describes_problem = cx.api.types.ids().any(|id| *cx.names.ty(id) == "Problem");
    let problem = (!describes_problem).then(|| {
        quote!(
            pub use crategen_runtime::models::Problem;
        )
    });
    file.tokens(quote! {
        use std::sync::Arc;

        pub use api::Api;
        #credentials_type
        pub use crategen_runtime::axum;
        #problem
        pub use crategen_runtime::models::Violation;
        #exports
        #media_types
        pub use crategen_runtime::server::{
            ApiKey, AuthError, Basic, BoxError, ClientCertificate, Context, Limits, Rejection, RequestHead, RequestInfo,
            WithHeaders,
        };
        use crategen_runtime::server as runtime;
        pub use #models as models;
        #operations
    });
    file.tokens(super::super::generated_by());
    file.tokens(constants(cx));
    file.tokens(all_trait(cx));
    let name = all_name(cx);
    file.tokens(quote! {
        /// Serves an implementation of the API.
        #[derive(Debug)]
        pub struct Server<A> {
            api: Arc<A>,
            settings: runtime::Settings,
            #[cfg(feature = "docs")]
            docs: Option<String>,
        }
    });
    file.tokens(server_impl(cx, &name));
    file.tokens(served());
    file.tokens(docs_routes());
    file.tokens(routers(cx));
    file
}

/// The first program of an implementation.
pub(super) fn start(cx: &Cx<'_>) -> Option<QuickStart> {
    examples::server_start(cx, &all_name(cx), &traits::by_trait(cx))
}

fn constants(cx: &Cx<'_>) -> TokenStream {
    let base = cx.api.base_path();
    quote! {
        /// The path of the document's first server. All operations are below it.
        pub const BASE_PATH: &str = #base;

        /// The OpenAPI document, as JSON.
        #[cfg(feature = "docs")]
        pub const OPENAPI_JSON: &str = include_str!("openapi.json");
    }
}

/// Makes the traits, the errors and the handlers part of the crate's root. Modules of disabled tags have stand-ins.
fn exports(cx: &Cx<'_>, modules: &[Module<'_>]) -> TokenStream {
    let own = cx.api.untagged_groups().next().map(|(index, _)| {
        let api = &cx.names.group(index).api;
        quote!(pub use by_path::#api;)
    });
    let paths = modules.iter().map(Module::path);
    quote!(#own #(pub use self::#paths::*;)*)
}

/// The traits of the calls, each once.
fn apis<'a>(cx: &Cx<'a>) -> Vec<&'a proc_macro2::Ident> {
    let mut known = BTreeSet::new();
    cx.api.call_groups().map(|index| &cx.names.group(index).api).filter(|api| known.insert(*api)).collect()
}

/// The trait of all operations: `AppwriteApi`, or `AllApis` if a tag or the operations without a tag have that name. If no operation
/// has a tag, it is their trait.
fn all_name(cx: &Cx<'_>) -> proc_macro2::Ident {
    match apis(cx).as_slice() {
        [only] if cx.api.untagged_groups().next().is_some() => return (*only).clone(),
        _ => {}
    }
    let name = format!("{}Api", crate::names::pascal(&cx.names.base));
    let taken = (0..cx.api.groups.len()).any(|index| cx.names.group(index).api == name) || name == "ApiApi";
    crate::names::ident(if taken { "AllApis" } else { &name })
}

fn all_trait(cx: &Cx<'_>) -> TokenStream {
    let name = all_name(cx);
    let apis = apis(cx);
    if apis.contains(&&name) {
        return TokenStream::new();
    }
    let bounds = if apis.is_empty() { quote!(Api) } else { quote!(#(#apis)+*) };
    quote! {
        /// Every operation of the API. A type that implements the trait of each tag implements it.
        pub trait #name: #bounds {}

        impl<T: #bounds> #name for T {}
    }
}

fn server_impl(cx: &Cx<'_>, name: &proc_macro2::Ident) -> TokenStream {
    let modules: Vec<_> = cx.api.call_groups().map(|index| modules::module(cx, index).path()).collect();
    let mutable = (!modules.is_empty()).then(|| quote!(mut));
    let upload_limit = cx.needs.multipart.then(|| {
        quote! {
            /// Sets the size limit of forms with files, in bytes. Their text fields are limited by [`Self::body_limit`].
            /// Default: 64 MiB.
            #[must_use]
            pub fn upload_limit(mut self, bytes: u64) -> Self {
                self.settings.limits.upload = bytes;
                self
            }
        }
    });
    quote! {
        impl<A: #name> Server<A> {
            /// Creates a server of an implementation.
            pub fn new(api: A) -> Self {
                Self::from_arc(Arc::new(api))
            }

            /// Creates a server of an implementation that is shared.
            pub fn from_arc(api: Arc<A>) -> Self {
                Self {
                    api,
                    settings: runtime::Settings::new(BASE_PATH),
                    #[cfg(feature = "docs")]
                    docs: None,
                }
            }

            /// Sets the path that all operations are below; `""` means none. Default: [`BASE_PATH`].
            #[must_use]
            pub fn base_path(mut self, path: impl Into<String>) -> Self {
                self.settings.set_base_path(path);
                self
            }

            /// Sets the size limit of request bodies, in bytes. A larger body is refused with 413. Default: 2 MiB.
            #[must_use]
            pub fn body_limit(mut self, bytes: usize) -> Self {
                self.settings.limits.body = bytes;
                self
            }

            #upload_limit

            /// Sets how long an operation may take until its response begins. After that, the server responds with 503.
            /// Default: no limit.
            #[must_use]
            pub fn request_timeout(mut self, deadline: std::time::Duration) -> Self {
                self.settings.limits.request_timeout = Some(deadline);
                self
            }

            /// Sets how many operations may run at once, each until its response begins. Further requests get 503 immediately.
            /// Default: no limit.
            #[must_use]
            pub fn concurrency_limit(mut self, most: usize) -> Self {
                self.settings.limits.concurrency = Some(most);
                self
            }

            /// Changes the limits of requests, connections and the shutdown: `|limits| limits.parts = 10`.
            #[must_use]
            pub fn limits(mut self, change: impl FnOnce(&mut Limits)) -> Self {
                change(&mut self.settings.limits);
                self
            }

            /// Adds layers to single operations:
            /// `|operation, route| if operation.id == "..." { route.layer(...) } else { route }`.
            #[must_use]
            pub fn layer_operations(
                mut self,
                layer: impl Fn(&'static models::operations::Operation, axum::routing::MethodRouter) -> axum::routing::MethodRouter
                    + Send
                    + Sync
                    + 'static,
            ) -> Self {
                self.settings.add_layer(layer);
                self
            }

            /// Serves a page about the API at a path below the base path, such as `"/docs"`. It shows every operation and
            /// lets people try it on this server, and contacts no other host. The OpenAPI document is below it:
            /// `/docs/openapi.json`. Operations that have one of these paths keep it.
            #[cfg(feature = "docs")]
            #[must_use]
            pub fn docs(mut self, path: impl Into<String>) -> Self {
                self.docs = Some(path.into());
                self
            }

            /// Returns a router without fallbacks, which can be merged with others, nested and layered.
            pub fn into_router<S: Clone + Send + Sync + 'static>(self) -> axum::Router<S> {
                let #mutable routes = Vec::new();
                #(routes.extend(#modules::routes::<A>());)*
                let router = served(routes).into_router(&self.api, &self.settings);
                #[cfg(feature = "docs")]
                let router = match &self.docs {
                    Some(path) => router.merge(docs_routes(&self.settings, path)),
                    None => router,
                };
                router
            }

            /// Returns the router with fallbacks that respond with 404 and 405 as problem details.
            pub fn into_app(self) -> axum::Router {
                let limits = self.settings.limits;
                runtime::with_fallbacks(self.into_router(), limits)
            }

            /// Serves requests from a listener until ctrl-c or SIGTERM. Then it finishes the requests in progress, for as long as
            /// [`Limits::shutdown_grace`] allows, or until a second signal.
            #[cfg(feature = "serve")]
            pub async fn serve(self, listener: crategen_runtime::tokio::net::TcpListener) -> std::io::Result<()> {
                let limits = self.settings.limits;
                runtime::serve(listener, self.into_app(), limits).await
            }

            /// Serves requests from a listener until `stop` is ready, for example in tests. Then it finishes the requests in
            /// progress, for as long as [`Limits::shutdown_grace`] allows.
            #[cfg(feature = "serve")]
            pub async fn serve_until(self, listener: crategen_runtime::tokio::net::TcpListener, stop: impl Future<Output = ()>) {
                let limits = self.settings.limits;
                runtime::serve_until(listener, self.into_app(), limits, stop).await;
            }
        }
    }
}

fn served() -> TokenStream {
    quote! {
        /// Operations, with what the implementation makes of failures.
        fn served<A: Api>(all: Vec<runtime::Route<A>>) -> runtime::Routes<A> {
            runtime::Routes { routes: all, operations: models::operations::ALL, respond: api::respond }
        }
    }
}

fn docs_routes() -> TokenStream {
    quote! {
        #[cfg(feature = "docs")]
        fn docs_routes<S: Clone + Send + Sync + 'static>(settings: &runtime::Settings, path: &str) -> axum::Router<S> {
            runtime::docs_routes(settings, path, OPENAPI_JSON, models::operations::ALL)
        }
    }
}

fn routers(cx: &Cx<'_>) -> TokenStream {
    let each = (0..cx.api.groups.len()).map(|index| {
        let names = cx.names.group(index);
        let (module, api, path) = (&names.module, &names.api, modules::module(cx, index).path());
        let (line, base) = match cx.api.groups.get(index) {
            Some(group) if group.is_untagged() => (
                docs::Line::from(format!("The operations without a tag below `/{}`.", group::segment(group))),
                quote!(super::BASE_PATH),
            ),
            None | Some(Group { direction: Direction::Call, .. }) => {
                (docs::Line::from(format!("The operations of [`{api}`](super::{api}).")), quote!(super::BASE_PATH))
            }
            _ => (
                docs::Line::from(format!(
                    "The operations of [`{api}`](super::{api}), each below its name. Nest the router at a path of your choice."
                )),
                quote!(""),
            ),
        };
        quote! {
            #line
            pub fn #module<A: super::#api, S: Clone + Send + Sync + 'static>(api: &Arc<A>) -> axum::Router<S> {
                let routes = super::#path::routes::<A>();
                super::served(routes).into_router(api, &runtime::Settings::new(#base))
            }
        }
    });
    if cx.api.groups.is_empty() {
        return TokenStream::new();
    }
    quote! {
        /// One router per group of operations, for groups that are implemented by different types.
        pub mod routers {
            use std::sync::Arc;

            use crategen_runtime::axum;
            use crategen_runtime::server as runtime;

            #(#each)*
        }
    }
}
