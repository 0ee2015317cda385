//! Calls to a service in the same process, without a socket.

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::{Buf as _, Bytes};
use http_body::{Body, Frame, SizeHint};
use tower_service::Service;

use super::transport::{BoxError, BoxFuture, Transport};

/// A transport that calls a tower service, such as an `axum::Router`, in the same process. Useful in tests.
#[derive(Clone, Debug)]
pub struct InProcess<S>(pub S);

impl<S, B> Transport for InProcess<S>
where
    S: Service<http::Request<reqwest::Body>, Response = http::Response<B>> + Clone + Send + Sync + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
    B: Body + Send + 'static,
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
            let body = reqwest::Body::wrap(Shared(Mutex::new(Box::pin(body))));
            Ok(http::Response::from_parts(parts, body).into())
        })
    }
}

/// A body that is `Sync`, as reqwest requires. It is read by one thread only.
struct Shared<B>(Mutex<Pin<Box<B>>>);

impl<B: Body> Body for Shared<B> {
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        let body = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        let whole = |frame: Frame<B::Data>| frame.map_data(|mut data| data.copy_to_bytes(data.remaining()));
        body.as_mut().poll_frame(cx).map_ok(whole)
    }

    fn size_hint(&self) -> SizeHint {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).size_hint()
    }
}
