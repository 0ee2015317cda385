//! One connection.

use std::convert::Infallible;
use std::pin::pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::Request;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tower_service::Service;

use super::activity::{Activity, Sent};
use super::timed::Timed;
use crate::models::Problem;
use crate::server::limits::Limits;
use crate::server::panics::caught;
use crate::server::respond;
use crate::server::route::BoxFuture;

/// How long a connection that is to be closed can take to say so to its caller.
const FAREWELL: Duration = Duration::from_secs(1);

/// Serves the requests of a connection until its caller closes it, it exceeds a limit, or the server stops.
pub(super) async fn serve(stream: TcpStream, app: Router, limits: Limits, mut stopped: watch::Receiver<bool>) {
    let activity = Activity::new();
    let io = TokioIo::new(Timed::new(stream, activity.clone(), limits.stall_timeout));
    let service = TowerToHyperService::new(Watched { app, activity: activity.clone() });
    let builder = Builder::new(TokioExecutor::new());
    let mut connection = pin!(builder.serve_connection_with_upgrades(io, service));
    let finished = |ended: Result<(), _>| {
        if let Err(error) = ended {
            tracing::debug!(error = %error, "a connection failed");
        }
    };
    let is_expired = tokio::select! {
        ended = connection.as_mut() => return finished(ended),
        () = activity.expired(&limits) => true,
        _ = stopped.wait_for(|stopped| *stopped) => false,
    };
    connection.as_mut().graceful_shutdown();
    // When the server stops, it also decides how long it waits.
    tokio::select! {
        ended = connection.as_mut() => finished(ended),
        () = tokio::time::sleep(FAREWELL), if is_expired => {}
        () = activity.expired(&limits), if !is_expired => {}
    }
}

/// The application, which also reports what it is doing.
#[derive(Clone)]
struct Watched {
    app: Router,
    activity: Activity,
}

impl<B> Service<Request<B>> for Watched
where
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<axum::BoxError>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = BoxFuture<Result<Response, Infallible>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Service::<Request<Body>>::poll_ready(&mut self.app, cx)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let in_progress = self.activity.start();
        let mut app = self.app.clone();
        Box::pin(async move {
            // The call is inside the future as well, because layers may panic there.
            let response = caught(pin!(async move { app.call(request.map(Body::new)).await })).await;
            let response = response.unwrap_or_else(|panicked| {
                tracing::error!(error = %panicked, "internal error");
                Ok(respond::problem(&Problem::of(500)))
            });
            response.map(|response| response.map(|body| Body::new(Sent { body, _request: in_progress })))
        })
    }
}
