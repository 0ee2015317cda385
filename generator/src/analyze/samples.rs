//! Bodies without an example for which no sample can be made: mocks and contract tests lack them.

use crate::config::Config;
use crate::diag::{Code, Diags};
use crate::ir::sample::{sample, sample_of_response};
use crate::ir::{Api, Content, Direction, Media, Operation};

/// Warns of each body that a mock would return, or a contract test would send, if there were a value.
pub(super) fn report_missing(api: &Api, config: &Config, diags: &mut Diags) {
    for operation in &api.operations {
        if config.crates.server
            && let Some(content) = mocked(operation)
            && let Some(ty) = content.media.value().filter(|_| content.examples.is_empty())
            && sample_of_response(api, ty, &content.checks).is_none()
        {
            report(content, "the mock responds with 500", diags);
        }
        if config.crates.contract_tests && operation.direction == Direction::Call {
            for content in operation.body.iter().filter_map(|body| body.contents.first()) {
                if let Some(ty) = content.media.ty().filter(|_| content.examples.is_empty())
                    && !matches!(content.media, Media::Events(_) | Media::Lines(_))
                    && sample(api, ty, &content.checks).is_none()
                {
                    report(content, "contract tests do not call the operation", diags);
                }
            }
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
