//! Runs the operation of a request.

use std::convert::Infallible;
use std::pin::{Pin, pin};
use std::sync::Arc;

use axum::response::Response;

use super::accept;
use super::context::RequestInfo;
use super::error::{Failure, Rejection, log_internal_error};
use super::head::Head;
use super::incoming::Incoming;
use super::panics::caught_now;
use super::router::{Respond, Settings};
use super::work::{Caught, Served, Work};
use crate::models::params;

/// What all operations of a server share.
pub(super) struct Service<A> {
    pub api: Arc<A>,
    pub settings: Settings,
    pub respond: Respond<A>,
}

impl<A: Send + Sync + 'static> Service<A> {
    /// Runs an operation, unless the head of the request is a reason to refuse it.
    ///
    /// The future of the handler is stored once, in this future: each function that it passed through would copy it. Only this
    /// function is compiled for each operation.
    pub async fn serve<F>(
        self: Arc<Self>,
        handler: impl FnOnce(Arc<A>, Incoming) -> F + Send,
        incoming: Incoming,
    ) -> Result<Response, Infallible>
    where
        F: Future<Output = Served> + Send,
    {
        let (api, head) = (Arc::clone(&self.api), Arc::clone(&incoming.head));
        // The handler is called inside the future as well, because it may panic before it returns its own.
        let work = pin!(Some(async move { handler(api, incoming).await }));
        Ok(self.respond(head, work).await)
    }

    /// Runs the work of an operation, and responds.
    async fn respond(&self, mut head: Arc<Head>, work: Pin<&mut dyn Work>) -> Response {
        let Settings { bounds, limits, .. } = &self.settings;
        let served = match self.refusal(&head) {
            None => bounds.run(limits, work).await,
            Some(rejection) => Caught::new(work).end().and(Err(rejection.into())),
        };
        let mut response = match served {
            Ok(response) => response,
            Err(failure) => self.failed(failure, &head.info()),
        };
        if response.extensions().is_empty()
            && let Some(extensions) = head.take_extensions()
        {
            *response.extensions_mut() = extensions;
        }
        response.extensions_mut().insert(head.operation);
        response
    }

    /// Returns why a request is refused before its operation runs.
    fn refusal(&self, head: &Head) -> Option<Rejection> {
        let limit = self.settings.limits.fields;
        if head.request.uri.query().is_some_and(|query| params::has_more(query, limit)) {
            return Some(Rejection::TooManyParameters(limit));
        }
        let produces = head.operation.produces;
        (!accept::accepts(&head.request.headers, produces)).then_some(Rejection::NotAcceptable { produces })
    }

    /// Responds to the failure of an operation, as the implementation decides.
    fn failed(&self, failure: Failure, info: &RequestInfo<'_>) -> Response {
        let response = caught_now(|| (self.respond)(&self.api, failure, info));
        response.unwrap_or_else(|panicked| log_internal_error(&panicked.into(), info))
    }
}
