//! Calls from code that is not async.

use std::sync::OnceLock;

use tokio::runtime::{Builder, Handle, Runtime};

use super::call::{ApiOperation, Call, Outcome};
use super::error::{CallError, RequestError, Result};
use super::raw::RawRequest;
use super::response::RawResponse;

/// Drives a future to its end on a runtime of one thread that all blocking calls of the process share.
///
/// Fails inside an async runtime, whose thread would stand still, and if no thread can be started.
fn block_on<T>(work: impl Future<Output = T>) -> std::result::Result<T, RequestError> {
    static RUNTIME: OnceLock<std::io::Result<Runtime>> = OnceLock::new();
    if Handle::try_current().is_ok() {
        return Err(RequestError::new("a blocking call inside an async runtime: use `.await` there", None));
    }
    let start = || Builder::new_multi_thread().worker_threads(1).thread_name("api-client").enable_all().build();
    match RUNTIME.get_or_init(start) {
        Ok(runtime) => Ok(runtime.block_on(work)),
        Err(error) => Err(RequestError::new("no thread for blocking calls", Some(error.to_string().into()))),
    }
}

impl<O: ApiOperation> Call<'_, O> {
    /// As [`Call::send`], without async: waits for the answer.
    ///
    /// Fails also inside an async runtime.
    pub fn send_blocking(self) -> std::result::Result<O::Output, CallError<O::Error>> {
        block_on(self.send())?
    }

    /// As [`Call::send_response`], without async: waits for the answer.
    ///
    /// Fails also inside an async runtime.
    pub fn send_response_blocking(self) -> Outcome<O, O::Output> {
        block_on(self.send_response())?
    }
}

impl RawRequest<'_> {
    /// As [`RawRequest::send`], without async: waits for the answer.
    ///
    /// Fails also inside an async runtime.
    pub fn send_blocking(self) -> Result<RawResponse> {
        block_on(self.send())?
    }
}
