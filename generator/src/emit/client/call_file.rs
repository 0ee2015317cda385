//! `call.rs`: one call of any operation.
//!
//! It is thin: it exists because only a crate's own type can have setters for the parameters of its operations.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::file::RustFile;
use super::super::{Cx, unused_without_tags};

/// `call.rs`
pub(super) fn file(cx: &Cx<'_>) -> RustFile {
    let mut file = RustFile { docs: vec!["Calls of operations.".into()], ..RustFile::default() };
    let pagination = cx.needs.pagination.then(|| {
        quote!(
            use crategen_runtime::client::pagination::{Items, Pages, Paginated};
        )
    });
    file.tokens(quote! {
        use std::fmt;
        use std::time::Duration;

        use crategen_runtime::client::{self as runtime, ApiOperation, BoxFuture, CallError, Response, RetryPolicy, TransportError};
        #pagination
        use crategen_runtime::reqwest;
    });
    file.tokens(quote! {
        /// A request of one operation: set options, then `.await`. It keeps its client, so functions can return it and tasks can take it.
        #[derive(Clone)]
        #[must_use = "a call does nothing until it is awaited"]
        pub struct Call<O> {
            pub(crate) inner: runtime::Call<O>,
        }
    });
    file.tokens(methods(cx));
    file.tokens(blocking());
    if cx.needs.pagination {
        file.tokens(pages());
    }
    if cx.needs.links {
        file.tokens(linked());
    }
    file.tokens(quote! {
        impl<O: ApiOperation> IntoFuture for Call<O> {
            type Output = Result<O::Output, CallError<O::Error>>;
            type IntoFuture = BoxFuture<'static, Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                Box::pin(self.inner.send())
            }
        }
    });
    file.tokens(quote! {
        impl<O: ApiOperation> fmt::Debug for Call<O> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.inner.fmt(f)
            }
        }
    });
    file
}

fn methods(cx: &Cx<'_>) -> TokenStream {
    let unused = unused_without_tags(cx, "all operations are disabled");
    let base_url = cx.api.operations.iter().any(|operation| operation.server.is_some()).then(|| {
        quote! {
            /// Sends this request to another base URL. That of the client, and that of the operation if it has one, are not used.
            pub fn base_url(self, url: impl Into<String>) -> Self {
                Self { inner: self.inner.base_url(url) }
            }
        }
    });
    quote! {
        impl<O: ApiOperation> Call<O> {
            #unused
            pub(crate) fn new(client: &runtime::Client, operation: O) -> Self {
                Self { inner: runtime::Call::new(client, operation) }
            }

            /// Sets a header of this request. Known credentials are not sent to other hosts: `Authorization`, `Cookie`,
            /// `Proxy-Authorization`, and the headers of security schemes.
            pub fn header(self, name: impl Into<String>, value: impl Into<String>) -> Self {
                Self { inner: self.inner.header(name, value) }
            }

            #base_url

            /// Limits one attempt of this call.
            pub fn timeout(self, timeout: Duration) -> Self {
                Self { inner: self.inner.timeout(timeout) }
            }

            /// Limits this call with all its attempts, redirects and pauses.
            pub fn total_timeout(self, timeout: Duration) -> Self {
                Self { inner: self.inner.total_timeout(timeout) }
            }

            /// Sets when failed attempts of this call are repeated.
            pub fn retry(self, policy: RetryPolicy) -> Self {
                Self { inner: self.inner.retry(policy) }
            }

            /// Sends the request, as `.await` does.
            pub async fn send(self) -> Result<O::Output, CallError<O::Error>> {
                self.inner.send().await
            }

            /// Sends the request; returns the response with its status and headers.
            pub async fn send_response(self) -> Result<Response<O::Output, O::Headers>, CallError<O::Error>> {
                self.inner.send_response().await
            }

            /// Sends the request; returns the response as it is, whatever its status, without reading its body.
            pub async fn send_raw(self) -> Result<reqwest::Response, TransportError> {
                self.inner.send_raw().await
            }
        }
    }
}

fn blocking() -> TokenStream {
    quote! {
        #[cfg(feature = "blocking")]
        impl<O: ApiOperation> Call<O> {
            /// As [`Call::send`], without async: waits for the response.
            ///
            /// Fails inside an async runtime as well.
            pub fn send_blocking(self) -> Result<O::Output, CallError<O::Error>> {
                self.inner.send_blocking()
            }

            /// As [`Call::send_response`], without async: waits for the response.
            ///
            /// Fails inside an async runtime as well.
            pub fn send_response_blocking(self) -> Result<Response<O::Output, O::Headers>, CallError<O::Error>> {
                self.inner.send_response_blocking()
            }
        }
    }
}

fn pages() -> TokenStream {
    quote! {
        impl<O: Paginated> Call<O> {
            /// The pages of the list from the one that the arguments lead to, each requested when it is needed.
            pub fn pages(self) -> Pages<O> {
                self.inner.pages()
            }

            /// The items of the list, page after page, each page requested when it is needed.
            pub fn items(self) -> Items<O> {
                self.inner.items()
            }
        }
    }
}

fn linked() -> TokenStream {
    quote! {
        impl<O: ApiOperation + Clone> Call<O> {
            /// Sends the request; returns the response with the calls that it leads to.
            pub async fn send_linked(self) -> Result<super::Linked<O>, CallError<O::Error>> {
                let (client, operation) = (self.inner.client.clone(), self.inner.operation.clone());
                let Response { status, headers, body, .. } = self.inner.send_response().await?;
                Ok(super::Linked { client, operation, body, status, headers })
            }
        }
    }
}

/// `linked.rs`
pub(super) fn linked_file() -> RustFile {
    let mut file = RustFile { docs: vec!["Responses that lead to further calls.".into()], ..RustFile::default() };
    file.tokens(quote! {
        use std::fmt;

        use crategen_runtime::client::{self as runtime, ApiOperation};
        use crategen_runtime::http;
    });
    file.tokens(quote! {
        /// A success, and what it leads to.
        pub struct Linked<O: ApiOperation> {
            #[allow(dead_code, reason = "the operations that links lead to may be disabled")]
            pub(crate) client: runtime::Client,
            #[allow(dead_code, reason = "links need not take arguments from the request")]
            pub(crate) operation: O,
            /// The body of the response.
            pub body: O::Output,
            /// The status.
            pub status: http::StatusCode,
            /// The headers.
            pub headers: http::HeaderMap,
        }
    });
    file.tokens(quote! {
        impl<O: ApiOperation> fmt::Debug for Linked<O> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct("Linked")
                    .field("operation", &O::OPERATION.id)
                    .field("status", &self.status)
                    .finish_non_exhaustive()
            }
        }
    });
    file
}
