//! Graceful shutdown.

/// Waits for ctrl-c, or SIGTERM on Unix.
pub async fn shutdown() {
    let interrupt = async {
        // Without a handler, ctrl-c ends the process at once, as intended.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use std::pin::pin;
        use std::task::Poll;
        let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
            return interrupt.await;
        };
        let mut interrupt = pin!(interrupt);
        let mut terminate = pin!(terminate.recv());
        std::future::poll_fn(|cx| {
            if interrupt.as_mut().poll(cx).is_ready() || terminate.as_mut().poll(cx).is_ready() {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        })
        .await;
    }
    #[cfg(not(unix))]
    interrupt.await;
}
