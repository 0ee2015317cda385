//! The head of a request, which everything that serves the request shares.

use std::sync::Arc;

use super::context::{RequestHead, RequestInfo};
use super::limits::Limits;
use super::template::Captures;
use crate::models::Operation;

/// The head of a request that has been routed to an operation.
///
/// Handlers keep it in their context, and failures are reported with it afterwards. So it is shared, because copies of
/// headers and extensions would cost more than everything else that is done with them.
pub(super) struct Head {
    pub operation: &'static Operation,
    pub request: RequestHead,
    /// Where the path parameters are.
    pub captures: Captures,
    pub limits: Limits,
}

impl Head {
    /// Returns what is reported about the request.
    pub fn info(&self) -> RequestInfo<'_> {
        RequestInfo::new(self.operation, &self.request.method, &self.request.uri, &self.request.headers)
    }

    /// Returns the percent-encoded value of a path parameter.
    pub fn capture(&self, name: &str) -> Option<&str> {
        let (_, range) = self.captures.iter().find(|(known, _)| *known == name)?;
        self.request.uri.path().get(range.clone())
    }

    /// Takes the empty map of the request's extensions, so that the response need not allocate one. Returns `None` if a
    /// handler still has the head.
    pub fn take_extensions(self: &mut Arc<Self>) -> Option<http::Extensions> {
        let mut extensions = std::mem::take(&mut Arc::get_mut(self)?.request.extensions);
        // What layers added to the request is not for the response.
        extensions.clear();
        Some(extensions)
    }
}
