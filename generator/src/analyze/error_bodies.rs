//! Errors whose bodies have no type. Servers send problem details (RFC 9457) in their place.

use crate::diag::{Code, Diags};
use crate::ir::{Api, Direction, Operation};

/// Warns of the errors that the document describes as something else than the server sends.
pub(super) fn report_untyped(api: &Api, diags: &mut Diags) {
    let calls = api.operations.iter().filter(|operation| operation.direction == Direction::Call);
    for response in calls.flat_map(Operation::failures) {
        let Some(content) = response.contents.first().filter(|_| !response.is_choice()) else { continue };
        if response.value().is_none() {
            let media_type = content.at.last();
            let message = format!(
                "the body of this error is not one value of JSON, XML or text; the server sends problem details (RFC 9457) instead of `{media_type}`"
            );
            diags
                .warn(Code::Unsupported, &content.at, message)
                .help("return `Other` with a response of your own to send the documented body");
        }
    }
}
