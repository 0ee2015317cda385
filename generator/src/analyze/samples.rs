//! Bodies without an example for which no sample can be made: mocks and contract tests lack them.

use crate::config::Config;
use crate::diag::{Code, Diags};
use crate::ir::sample::{sample, sample_of_response};
use crate::ir::{Api, Content, Direction, Media, Operation};

/// Warns of each body that a mock would return, or a contract test would send, if there were a value.
pub(super) fn report_missing(api: &Api, config: &Config, diags: &mut Diags) {
    for operation in &api.operations {
        let is_tested = config.crates.contract_tests && operation.direction == Direction::Call;
        if config.crates.server
            && !is_tested
            && let Some(content) = mocked(operation)
            && let Some(ty) = content.media.value().filter(|_| content.examples.is_empty())
            && sample_of_response(api, ty, &content.checks).is_none()
        {
            report(content, "the mock responds with 500", diags);
        }
        if is_tested {
            report_untested(api, operation, diags);
        }
    }
}

/// Warns of the bodies of an operation that contract tests lack.
fn report_untested(api: &Api, operation: &Operation, diags: &mut Diags) {
    let has_example = |content: &Content| !content.examples.is_empty();
    let is_streamed = |content: &Content| matches!(content.media, Media::Events(_) | Media::Lines(_));
    for content in operation.body.iter().filter_map(|body| body.contents.first()) {
        if let Some(ty) = content.media.ty().filter(|_| !has_example(content) && !is_streamed(content))
            && sample(api, ty, &content.checks).is_none()
        {
            report(content, "contract tests do not call the operation", diags);
        }
    }
    for content in operation.responses.iter().filter_map(|response| response.contents.first()) {
        if let Some(ty) = content.media.value().filter(|_| !has_example(content))
            && sample_of_response(api, ty, &content.checks).is_none()
        {
            report(content, "contract tests and mocks lack the response", diags);
        }
    }
}

/// The body that the mock returns from an operation.
fn mocked(operation: &Operation) -> Option<&Content> {
    operation.successful_responses().first().and_then(|(_, response)| response.contents.first())
}

fn report(content: &Content, consequence: &str, diags: &mut Diags) {
    let message = format!("no value that satisfies this schema is found; {consequence}");
    diags.warn(Code::NoSample, &content.at, message).help("add an `example` to the media type");
}
