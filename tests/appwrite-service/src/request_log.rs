//! One line per request, without anything that the caller sent.

use std::time::Instant;

use appwrite_models::operations::Operation;
use appwrite_server::axum::extract::Request;
use appwrite_server::axum::middleware::{Next, from_fn};
use appwrite_server::axum::routing::MethodRouter;

/// Logs the requests of an operation with their status and their duration. It is a layer for
/// [`Server::layer_operations`](appwrite_server::Server::layer_operations).
pub fn logged(operation: &'static Operation, route: MethodRouter) -> MethodRouter {
    route.layer(from_fn(move |request: Request, next: Next| async move {
        let start = Instant::now();
        let response = next.run(request).await;
        let (status, duration) = (response.status().as_u16(), start.elapsed());
        tracing::info!(operation = operation.id, status, ?duration, "request");
        response
    }))
}
