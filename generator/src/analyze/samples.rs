//! Bodies without an example for which no sample can be made: mocks and contract tests lack them.

use crate::config::Config;
use crate::diag::{Code, Diags};
use crate::ir::conformance::Conformance;
use crate::ir::sample::{request_body, response_body};
use crate::ir::{Api, Content, Direction, Literal, Operation};

/// Warns of each body that a mock would return, or a contract test would send, if there were a value, and of those whose value lacks a
/// format.
pub(super) fn report_missing(api: &Api, config: &Config, diags: &mut Diags) {
    for operation in &api.operations {
        let is_tested = config.crates.contract_tests && operation.direction == Direction::Call;
        if is_tested {
            report_untested(api, operation, diags);
        } else if config.crates.server
            && let Some(content) = mocked(operation).filter(|content| content.media.value().is_some())
        {
            report(api, content, response_body(api, content), "the mock responds with 500", diags);
        }
    }
}

/// Warns of the bodies of an operation that contract tests lack.
fn report_untested(api: &Api, operation: &Operation, diags: &mut Diags) {
    for content in operation.body.iter().filter_map(|body| body.contents.first()) {
        if content.media.ty().is_some() && !content.media.is_streamed() {
            report(api, content, request_body(api, content), "contract tests do not call the operation", diags);
        }
    }
    for content in operation.responses.iter().filter_map(|response| response.contents.first()) {
        if content.media.value().is_some() {
            report(api, content, response_body(api, content), "contract tests and mocks lack the response", diags);
        }
    }
}

/// The body that the mock returns from an operation.
fn mocked(operation: &Operation) -> Option<&Content> {
    operation.successful_responses().first().and_then(|(_, response)| response.contents.first())
}

fn report(api: &Api, content: &Content, value: Option<Literal>, consequence: &str, diags: &mut Diags) {
    let is_exact = |value: &Literal| {
        content.media.ty().is_some_and(|ty| Conformance::exact(api).accepts(ty, &content.checks, value))
    };
    let message = match value {
        None => format!("no value that satisfies this schema is found; {consequence}"),
        Some(value) if !is_exact(&value) => {
            "no sample with the formats of this schema is found; samples violate them".to_owned()
        }
        Some(_) => return,
    };
    diags.warn(Code::NoSample, &content.at, message).help("add an `example` to the media type");
}
