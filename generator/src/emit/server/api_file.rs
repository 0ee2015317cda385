//! `api.rs`: what an implementation provides beside its operations.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::file::RustFile;
use super::super::{Cx, docs, unused_without_tags};

/// `api.rs`
pub(super) fn file(cx: &Cx<'_>) -> RustFile {
    let docs = vec!["What an implementation provides beside its operations.".into()];
    let mut file = RustFile { docs, ..RustFile::default() };
    let is_secured = cx.api.is_secured();
    let authentication = is_secured.then(|| {
        quote!(
            use super::credentials::{CHALLENGES, Credentials};
            use crategen_runtime::server::{AuthError, Incoming};
        )
    });
    file.tokens(quote! {
        #authentication
        use crategen_runtime::axum::response::Response;
        use crategen_runtime::server::{self as runtime, BoxError, Failure, Rejection, RequestInfo};
    });
    file.tokens(api(is_secured));
    if is_secured {
        file.tokens(authenticate(cx));
    }
    file.tokens(respond());
    file
}

/// The trait `Api`. Without security, every method has a default.
fn api(is_secured: bool) -> TokenStream {
    let about = if is_secured {
        docs::Line::from(
            "Who is calling, and what failures look like. Implement it once, beside the traits of the operations.",
        )
    } else {
        docs::Line::from("What failures look like. Implement it once, beside the traits of the operations.")
    };
    let authentication = is_secured.then(authentication);
    quote! {
        #about
        pub trait Api: Send + Sync + 'static {
            #authentication

            /// Responds to a request that is refused before its operation runs. By default a problem with the rejection's status.
            fn on_rejection(&self, rejection: Rejection, request: &RequestInfo<'_>) -> Response {
                let _ = request;
                rejection.into_response()
            }

            /// Responds when a handler failed through `?`: log the error here. By default `tracing::error!`, and 500 without any
            /// detail.
            fn on_internal_error(&self, error: BoxError, request: &RequestInfo<'_>) -> Response {
                runtime::log_internal_error(&error, request)
            }
        }
    }
}

fn authentication() -> TokenStream {
    quote! {
        /// What authentication returns; passed to every operation that needs a credential.
        type Principal: Send + Sync + 'static;

        /// Called for each operation that needs a credential, once one is there. Without one, the server responds with 401.
        fn authenticate(
            &self,
            credentials: Credentials,
            request: &RequestInfo<'_>,
        ) -> impl Future<Output = Result<Self::Principal, AuthError>> + Send;

        /// Whether a principal has a scope that the document requires of the operation; if one is missing, the server
        /// responds with 403. `false` by default, so that an operation with scopes is not open by mistake.
        fn has_scope(&self, principal: &Self::Principal, scope: &str) -> bool {
            let _ = (principal, scope);
            false
        }
    }
}

fn authenticate(cx: &Cx<'_>) -> TokenStream {
    let unused = unused_without_tags(cx, "the operations that need it are disabled");
    quote! {
        /// Asks the implementation who is calling, and whether they have the scopes that the operation requires.
        #unused
        pub(crate) async fn authenticate<A: Api>(api: &A, request: &mut Incoming) -> Result<A::Principal, Failure> {
            let (credentials, satisfied) = request.credentials(Credentials::read, CHALLENGES)?;
            let principal = api.authenticate(credentials, &request.info()).await;
            request.authorize(satisfied, principal, |principal, scope| api.has_scope(principal, scope))
        }
    }
}

fn respond() -> TokenStream {
    quote! {
        /// Responds to a request that failed.
        pub(crate) fn respond<A: Api>(api: &A, failure: Failure, request: &RequestInfo<'_>) -> Response {
            failure.into_response(
                |rejection| api.on_rejection(rejection, request),
                |error| api.on_internal_error(error, request),
            )
        }
    }
}
