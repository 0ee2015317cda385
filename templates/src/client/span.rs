//! Tracing of calls, with the names of OpenTelemetry's conventions for HTTP clients.

use url::Url;

use crate::models::Operation;

/// The span of a call; empty without the feature `tracing`.
pub(super) struct Span {
    #[cfg(feature = "tracing")]
    span: tracing::Span,
}

#[cfg(feature = "tracing")]
impl Span {
    pub fn new(operation: &'static Operation, method: &str, base: &Url) -> Self {
        use tracing::field::Empty;
        let documented = !operation.path.is_empty();
        // The path of an undocumented request is neither a template nor a name, because it can contain anything.
        let name = if documented { format!("{method} {}", operation.path) } else { method.to_owned() };
        let span = tracing::info_span!(
            "call",
            otel.name = name,
            otel.kind = "client",
            operation = operation.id,
            http.request.method = method,
            http.request.resend_count = Empty,
            http.response.status_code = Empty,
            url.template = Empty,
            server.address = base.host_str().unwrap_or_default(),
            server.port = base.port_or_known_default().unwrap_or_default(),
            error.r#type = Empty,
        );
        if documented {
            span.record("url.template", operation.path);
        }
        Self { span }
    }

    pub async fn around<T>(&self, work: impl Future<Output = T>) -> T {
        tracing::Instrument::instrument(work, self.span.clone()).await
    }

    pub fn resent(&self, count: u32) {
        self.span.record("http.request.resend_count", count);
    }

    pub fn responded(&self, status: u16) {
        self.span.record("http.response.status_code", status);
        if status >= 400 {
            self.span.record("error.type", status.to_string());
        }
    }

    pub fn failed(&self, what: &str) {
        self.span.record("error.type", what);
    }
}

#[cfg(not(feature = "tracing"))]
#[allow(clippy::unused_self, clippy::unused_async)]
impl Span {
    pub fn new(_: &'static Operation, _: &str, _: &Url) -> Self {
        Self {}
    }

    pub async fn around<T>(&self, work: impl Future<Output = T>) -> T {
        work.await
    }

    pub fn resent(&self, _: u32) {}

    pub fn responded(&self, _: u16) {}

    pub fn failed(&self, _: &str) {}
}
