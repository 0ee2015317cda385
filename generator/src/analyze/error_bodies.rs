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
                "the server cannot send this error as `{media_type}`; it sends problem details (RFC 9457) instead"
            );
            diags
                .warn(Code::Unsupported, &content.at, message)
                .help("return `Other` with a response of your own to send the documented body");
        }
    }
}
