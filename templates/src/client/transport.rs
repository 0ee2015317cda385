//! How requests are sent.

use std::pin::Pin;

/// A boxed error of any kind.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// A boxed future that can move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends requests. Implement it for middleware, recorders or other HTTP clients.
///
/// Implemented for [`reqwest::Client`].
pub trait Transport: Send + Sync + 'static {
    /// Sends one request and waits for the head of the response. Redirects must not be followed.
    fn execute(&self, request: reqwest::Request) -> BoxFuture<'_, Result<reqwest::Response, BoxError>>;
}

impl Transport for reqwest::Client {
    fn execute(&self, request: reqwest::Request) -> BoxFuture<'_, Result<reqwest::Response, BoxError>> {
        let sending = self.execute(request);
        // The URL can contain credentials, so it is removed from errors.
        Box::pin(async move { sending.await.map_err(|error| error.without_url().into()) })
    }
}
