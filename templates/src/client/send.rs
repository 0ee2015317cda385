//! Sends requests: credentials, attempts, redirects and time limits. Nothing here is generic, so it is compiled once.

use std::pin::pin;
use std::time::Duration;

use bytes::{Bytes, BytesMut};

use super::authorize::Authorization;
use super::call::Options;
use super::error::{SendError, TransportError};
use super::handle::Core;
use super::media_type::Head;
use super::redirect::{self, Outgoing};
use super::request::Request;
use super::response::{self, RawResponse};
use super::retry::Attempts;
use super::span::Span;
use crate::models::{Operation, detached};

/// Returns whether the whole response is read, by its head.
pub(super) type IsWhole<'f> = &'f (dyn Fn(&Head<'_>) -> bool + Sync);

/// A response, and its body if it was read.
pub(super) struct Received {
    pub head: reqwest::Response,
    body: Option<Bytes>,
}

impl Received {
    pub fn status(&self) -> u16 {
        self.head.status().as_u16()
    }

    /// Returns the head for deciding how the body is read.
    pub fn head(&self) -> Head<'_> {
        Head { status: self.status(), headers: self.head.headers() }
    }

    pub fn into_raw(mut self) -> RawResponse {
        let headers = std::mem::take(self.head.headers_mut());
        RawResponse { status: self.head.status(), headers, body: self.body.unwrap_or_default() }
    }
}

/// Sends a request and reads the whole response.
pub(super) async fn buffered(
    core: &Core,
    operation: &'static Operation,
    request: &mut Request,
    options: &Options,
) -> Result<RawResponse, SendError> {
    Ok(send(core, operation, request, options, &|_| true).await?.into_raw())
}

/// Sends a request without reading the body of the response.
pub(super) async fn raw(
    core: &Core,
    operation: &'static Operation,
    request: &mut Request,
    options: &Options,
) -> Result<reqwest::Response, SendError> {
    Ok(send(core, operation, request, options, &|_| false).await?.head)
}

/// Sends a request and reads the whole response, or only its head, within the time limits.
pub(super) async fn send(
    core: &Core,
    operation: &'static Operation,
    request: &mut Request,
    options: &Options,
    is_whole: IsWhole<'_>,
) -> Result<Received, SendError> {
    let span = Span::new(operation, request.method.as_str(), request.base(&core.base_url));
    let limit = options.total_timeout.or(core.total_timeout);
    let attempts = Box::pin(attempts(core, operation, request, options, is_whole, &span));
    let too_long = |limit| TransportError::total_timeout(limit).of(operation);
    let sent = span.around(within(limit, attempts, too_long)).await;
    match &sent {
        Ok(received) => span.responded(received.status()),
        Err(error) => span.failed(error.kind()),
    }
    sent
}

async fn attempts(
    core: &Core,
    operation: &'static Operation,
    request: &mut Request,
    options: &Options,
    is_whole: IsWhole<'_>,
    span: &Span,
) -> Result<Received, SendError> {
    request.defaults(&core.headers);
    let timeout = options.timeout.or(core.timeout);
    let policy = options.retry.as_ref().unwrap_or(&core.retry);
    let mut attempts = Attempts::new(policy, &core.budget, request);
    let mut authorization = Authorization::of(core, operation, options)?;
    loop {
        let done = {
            // Pinned, so that it is not moved into what waits for it.
            let attempt = pin!(attempt(core, request, options, &attempts, &mut authorization, is_whole));
            within(timeout, attempt, TransportError::timeout).await
        };
        let pause = match done {
            Ok(Attempt::Received(received)) => return Ok(received),
            Ok(Attempt::Again(pause)) => pause,
            Err(SendError::Transport(error)) => match attempts.after_error(&error) {
                Some(pause) => pause,
                None => return Err(error.of(operation).into()),
            },
            Err(error) => return Err(error),
        };
        tokio::time::sleep(pause).await;
        span.resent(attempts.count());
    }
}

/// The result of an attempt.
enum Attempt {
    Received(Received),
    Again(Duration),
}

/// Makes one attempt. The body of a response that leads to another attempt is not read.
async fn attempt(
    core: &Core,
    request: &Request,
    options: &Options,
    attempts: &Attempts<'_>,
    authorization: &mut Authorization<'_>,
    is_whole: IsWhole<'_>,
) -> Result<Attempt, SendError> {
    let mut head = follow(core, request, options, authorization).await?;
    let status = head.status().as_u16();
    if status == 401 && attempts.is_repeatable() && authorization.renew() {
        return Ok(Attempt::Again(Duration::ZERO));
    }
    if let Some(pause) = attempts.after_status(status, response::retry_after(head.headers())) {
        return Ok(Attempt::Again(pause));
    }
    let is_whole = is_whole(&Head { status, headers: head.headers() });
    let body = if is_whole { Some(read_body(&mut head, core.max_response_bytes).await?) } else { None };
    Ok(Attempt::Received(Received { head, body }))
}

/// Sends the request and follows redirects.
async fn follow(
    core: &Core,
    request: &Request,
    options: &Options,
    authorization: &mut Authorization<'_>,
) -> Result<reqwest::Response, SendError> {
    let own;
    let request = if authorization.is_empty() && options.headers.is_empty() {
        request
    } else {
        own = completed(Box::new(request.clone()), options, authorization).await?;
        &*own
    };
    let head = execute(core, outgoing(core, request)?)?.await?;
    // Sending uses the request up. It is made again only if the response redirects, which few do.
    if request.follow && head.status().is_redirection() {
        return Box::pin(redirected(core, outgoing(core, request)?, head)).await;
    }
    Ok(head)
}

/// The request with its credentials and the headers of the call, which replace all others.
async fn completed(
    mut request: Box<Request>,
    options: &Options,
    authorization: &mut Authorization<'_>,
) -> Result<Box<Request>, SendError> {
    authorization.apply(&mut request).await?;
    for (name, value) in &options.headers {
        request.header(name, value)?;
    }
    Ok(request)
}

/// Follows the redirects of the response to a request.
async fn redirected(core: &Core, sent: Outgoing, head: reqwest::Response) -> Result<reqwest::Response, SendError> {
    let (mut sent, mut head) = (sent, head);
    for _ in 0..redirect::MOST {
        let Some(next) = sent.redirected(head.status().as_u16(), head.headers()) else { break };
        head = execute(core, next.clone())?.await?;
        sent = next;
    }
    Ok(head)
}

fn outgoing(core: &Core, request: &Request) -> Result<Outgoing, SendError> {
    let mut outgoing = request.outgoing(&core.base_url)?;
    outgoing.mark_secrets(|name| core.is_secret(name));
    Ok(outgoing)
}

fn execute(
    core: &Core,
    outgoing: Outgoing,
) -> Result<impl Future<Output = Result<reqwest::Response, SendError>>, SendError> {
    let sending = core.transport.execute(outgoing.into_request()?);
    Ok(async { sending.await.map_err(|error| TransportError::new(error).into()) })
}

async fn within<T>(
    limit: Option<Duration>,
    work: impl Future<Output = Result<T, SendError>>,
    too_long: impl FnOnce(Duration) -> TransportError,
) -> Result<T, SendError> {
    match limit {
        None => work.await,
        Some(limit) => {
            let done = tokio::time::timeout(limit, work).await;
            done.unwrap_or_else(|_| Err(too_long(limit).into()))
        }
    }
}

async fn read_body(response: &mut reqwest::Response, limit: usize) -> Result<Bytes, TransportError> {
    // Most bodies arrive as one piece, which is not copied if it is large.
    let mut whole = Bytes::new();
    let mut pieces = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| TransportError::new(error.without_url().into()))? {
        if whole.len().max(pieces.len()).saturating_add(chunk.len()) > limit {
            return Err(TransportError::too_large(limit));
        }
        if whole.is_empty() && pieces.is_empty() {
            whole = chunk;
        } else {
            pieces.extend_from_slice(&std::mem::take(&mut whole));
            pieces.extend_from_slice(&chunk);
        }
    }
    Ok(if pieces.is_empty() { detached(whole) } else { pieces.freeze() })
}
