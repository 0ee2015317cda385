//! Sending: credentials, attempts, time limits. Not generic, so it is compiled once.

use std::time::Duration;

use bytes::{Bytes, BytesMut};

use super::call::Options;
use super::client::Core;
use super::error::{RequestError, SendError, TransportError};
use super::models::operations::Operation;
use super::payload::Payload;
use super::request::Request;
use super::response::{self, RawResponse};
use super::retry::Attempts;

/// Sends a request and reads the whole answer.
pub(super) async fn buffered(
    core: &Core,
    operation: &'static Operation,
    request: Request,
    options: &Options,
) -> Result<RawResponse, SendError> {
    let answer = Box::pin(send(core, operation, request, options, Some(core.max_response_bytes))).await?;
    Ok(RawResponse { status: answer.head.status(), headers: answer.head.headers().clone(), body: answer.body })
}

/// Sends a request; the body of the answer is not read.
pub(super) async fn raw(
    core: &Core,
    operation: &'static Operation,
    request: Request,
    options: &Options,
) -> Result<reqwest::Response, SendError> {
    Ok(Box::pin(send(core, operation, request, options, None)).await?.head)
}

/// Reads the body of an answer whose head has arrived.
pub(super) async fn read_whole(
    core: &Core,
    operation: &'static Operation,
    mut head: reqwest::Response,
) -> Result<RawResponse, SendError> {
    let body = read_body(&mut head, core.max_response_bytes).await.map_err(|error| error.of(operation))?;
    Ok(RawResponse { status: head.status(), headers: head.headers().clone(), body })
}

/// The head of an answer, and its body if it was asked for.
struct Answer {
    head: reqwest::Response,
    body: Bytes,
}

async fn send(
    core: &Core,
    operation: &'static Operation,
    mut request: Request,
    options: &Options,
    read: Option<usize>,
) -> Result<Answer, SendError> {
    authorize(core, operation, &mut request).await?;
    for (name, value) in &core.headers {
        if !request.headers.contains_key(name) {
            request.headers.insert(name, value.clone());
        }
    }
    for (name, value) in &options.headers {
        request.header(name, value)?;
    }
    let timeout = options.timeout.or(core.timeout);
    let policy = options.retry.as_ref().unwrap_or(&core.retry);
    let repeatable = request.body.as_ref().is_none_or(Payload::is_repeatable);
    let mut attempts = Attempts::new(policy, request.method.as_str(), repeatable);
    loop {
        let attempt = request.clone().finish(&core.base_url)?;
        let pause = match within(timeout, attempt_once(core, attempt, &attempts, read)).await {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(pause)) => pause,
            Err(error) => match attempts.pause_after_error(&error) {
                Some(pause) => pause,
                None => return Err(error.of(operation).into()),
            },
        };
        tokio::time::sleep(pause).await;
        attempts.count();
    }
}

/// One attempt: an answer, or how long to wait before the next attempt.
async fn attempt_once(
    core: &Core,
    request: reqwest::Request,
    attempts: &Attempts<'_>,
    read: Option<usize>,
) -> Result<Result<Answer, Duration>, TransportError> {
    let mut head = core.transport.execute(request).await.map_err(TransportError::new)?;
    if let Some(pause) = attempts.pause_after_status(head.status().as_u16(), response::retry_after(head.headers())) {
        return Ok(Err(pause));
    }
    let body = match read {
        Some(limit) => read_body(&mut head, limit).await?,
        None => Bytes::new(),
    };
    Ok(Ok(Answer { head, body }))
}

async fn within<T>(
    limit: Option<Duration>,
    work: impl Future<Output = Result<T, TransportError>>,
) -> Result<T, TransportError> {
    match limit {
        None => work.await,
        Some(limit) => tokio::time::timeout(limit, work).await.unwrap_or_else(|_| Err(TransportError::timeout(limit))),
    }
}

/// Adds the credentials of the first alternative that is configured completely.
async fn authorize(core: &Core, operation: &Operation, request: &mut Request) -> Result<(), RequestError> {
    let position = |name: &str| core.schemes.iter().position(|scheme| scheme.name == name);
    let configured =
        |name: &str| position(name).and_then(|index| core.credentials.get(index)).is_some_and(Option::is_some);
    let complete = |alternative: &&&[super::models::operations::Requirement]| {
        !alternative.is_empty() && alternative.iter().all(|requirement| configured(requirement.scheme))
    };
    let Some(alternative) = operation.security.iter().find(complete) else { return Ok(()) };
    for requirement in *alternative {
        let Some(index) = position(requirement.scheme) else { continue };
        let (Some(scheme), Some(Some(credential))) = (core.schemes.get(index), core.credentials.get(index)) else {
            continue;
        };
        scheme.apply(request, &credential.value().await?)?;
    }
    Ok(())
}

async fn read_body(response: &mut reqwest::Response, limit: usize) -> Result<Bytes, TransportError> {
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| TransportError::new(error.without_url().into()))? {
        if body.len() + chunk.len() > limit {
            return Err(TransportError::too_large(limit));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}
