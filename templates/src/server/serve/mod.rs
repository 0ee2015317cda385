//! Serves requests from a listener, within the limits of connections, until the process is told to stop.

mod activity;
mod connection;
mod signals;
mod timed;

use std::io::{Error, ErrorKind};
use std::pin::Pin;
use std::time::Duration;

use axum::Router;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::limits::Limits;
use signals::Signals;

/// Serves requests until ctrl-c or SIGTERM. Then it accepts no more of them, and finishes those in progress for as long
/// as [`Limits::shutdown_grace`] allows, or until a second signal.
///
/// Fails if the process cannot listen for signals.
pub async fn serve(listener: TcpListener, app: Router, limits: Limits) -> std::io::Result<()> {
    let mut signals = Signals::new()?;
    run::<std::future::Pending<()>>(listener, app, limits, Stop::Signals(&mut signals)).await;
    Ok(())
}

/// Serves requests until `stop` is ready. Then it accepts no more of them, and finishes those in progress for as long as
/// [`Limits::shutdown_grace`] allows. Signals are left to the caller.
pub async fn serve_until(listener: TcpListener, app: Router, limits: Limits, stop: impl Future<Output = ()>) {
    run(listener, app, limits, Stop::Once(Some(Box::pin(stop)))).await;
}

/// What ends a server: the first time gracefully, the second time at once.
enum Stop<'s, F> {
    Signals(&'s mut Signals),
    Once(Option<Pin<Box<F>>>),
}

impl<F: Future<Output = ()>> Stop<'_, F> {
    async fn next(&mut self) {
        match self {
            Self::Signals(signals) => signals.next().await,
            Self::Once(Some(stop)) => {
                stop.await;
                *self = Self::Once(None);
            }
            Self::Once(None) => std::future::pending().await,
        }
    }
}

async fn run<F: Future<Output = ()>>(listener: TcpListener, app: Router, limits: Limits, mut signals: Stop<'_, F>) {
    let (stop, stopped) = watch::channel(false);
    let mut connections = JoinSet::new();
    loop {
        // Without room for it, a caller waits with the system, which limits those that wait.
        let has_room = connections.len() < limits.connections.max(1);
        tokio::select! {
            stream = accept(&listener), if has_room => {
                connections.spawn(connection::serve(stream, app.clone(), limits, stopped.clone()));
            }
            Some(_) = connections.join_next() => {}
            () = signals.next() => break,
        }
    }
    drop(listener);
    stop.send_replace(true);
    tokio::select! {
        () = async { while connections.join_next().await.is_some() {} } => {}
        () = tokio::time::sleep(limits.shutdown_grace) => {
            tracing::warn!(connections = connections.len(), "closing connections that are still open");
        }
        () = signals.next() => {}
    }
    connections.shutdown().await;
}

/// Accepts a connection, as soon as there is one and resources for it.
async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                // Otherwise an event waits until the caller has confirmed the one before (RFC 1122 §4.2.3.4), often for 40 ms.
                if let Err(error) = stream.set_nodelay(true) {
                    tracing::debug!(error = %error, "small writes to a connection may be delayed");
                }
                return stream;
            }
            Err(error) if is_of_caller(&error) => {}
            Err(error) => {
                // The limit of open files, for example: it helps to wait until some are closed.
                tracing::error!(error = %error, "cannot accept a connection");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

fn is_of_caller(error: &Error) -> bool {
    use ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

#[cfg(test)]
mod tests {
    use tokio::net::{TcpListener, TcpStream};

    use super::accept;

    #[tokio::test]
    async fn small_writes_are_not_delayed() -> std::io::Result<()> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let _caller = TcpStream::connect(listener.local_addr()?).await?;
        assert!(accept(&listener).await.nodelay()?);
        Ok(())
    }
}
