//! Calls to a service in this process, without a socket.

use http_body_util::BodyExt as _;
use tower_service::Service;

use super::transport::{BoxError, BoxFuture, Transport};

/// Any tower service as transport, an `axum::Router` for example: tests without a socket.
#[derive(Clone, Debug)]
pub struct InProcess<S>(pub S);

impl<S, B> Transport for InProcess<S>
where
    S: Service<http::Request<reqwest::Body>, Response = http::Response<B>> + Clone + Send + Sync + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
    B: http_body::Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<BoxError>,
{
    fn execute(&self, request: reqwest::Request) -> BoxFuture<'_, Result<reqwest::Response, BoxError>> {
        let mut service = self.0.clone();
        Box::pin(async move {
            let request = http::Request::<reqwest::Body>::try_from(request)?;
            std::future::poll_fn(|cx| service.poll_ready(cx)).await.map_err(Into::into)?;
            let response = service.call(request).await.map_err(Into::into)?;
            let (parts, body) = response.into_parts();
            let bytes = body.collect().await.map_err(Into::into)?.to_bytes();
            Ok(http::Response::from_parts(parts, bytes).into())
        })
    }
}
