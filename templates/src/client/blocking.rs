//! Blocking calls, for code that is not async.

use std::sync::OnceLock;

use tokio::runtime::{Builder, Handle, Runtime};

use super::call::{ApiOperation, Call, Typed};
use super::error::{CallError, RequestError, Result};
use super::raw::RawRequest;
use super::response::RawResponse;

/// Runs a future to completion on a single-threaded runtime, which all blocking calls of the process share.
///
/// Fails inside an async runtime, whose thread would be blocked, and if the thread cannot be started.
fn block_on<T>(work: impl Future<Output = T>) -> std::result::Result<T, RequestError> {
    static RUNTIME: OnceLock<std::io::Result<Runtime>> = OnceLock::new();
    if Handle::try_current().is_ok() {
        return Err(RequestError::new("blocking call inside an async runtime; use `.await` there", None));
    }
    let start = || Builder::new_multi_thread().worker_threads(1).thread_name("api-client").enable_all().build();
    match RUNTIME.get_or_init(start) {
        Ok(runtime) => Ok(runtime.block_on(work)),
        Err(error) => {
            Err(RequestError::new("cannot start the thread of blocking calls", Some(error.to_string().into())))
        }
    }
}

impl<O: ApiOperation> Call<O> {
    /// Blocking form of [`Call::send`].
    ///
    /// Fails as it does, and inside an async runtime.
    pub fn send_blocking(self) -> std::result::Result<O::Output, CallError<O::Error>> {
        block_on(self.send())?
    }

    /// Blocking form of [`Call::send_response`].
    ///
    /// Fails as it does, and inside an async runtime.
    pub fn send_response_blocking(self) -> Typed<O> {
        block_on(self.send_response())?
    }
}

impl RawRequest {
    /// Blocking form of [`RawRequest::send`].
    ///
    /// Fails as it does, and inside an async runtime.
    pub fn send_blocking(self) -> Result<RawResponse> {
        block_on(self.send())?
    }
}
