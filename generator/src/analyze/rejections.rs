//! Warns where the document describes another body for requests that are refused before their operation runs. Servers respond to these
//! with problem details (RFC 9457).

use crate::diag::{Code, Diags, Pointer};
use crate::ir::{Api, Direction, Media, Operation, Response, Status};

/// More operations are counted, not named.
const NAMED: usize = 5;

/// Warns once if the document describes other bodies, or headers, for such responses.
pub(super) fn report_other_shapes(api: &Api, diags: &mut Diags) {
    let calls = api.operations.iter().filter(|operation| operation.direction == Direction::Call);
    let found: Vec<(&Operation, Vec<(u16, &Pointer)>)> =
        calls.map(|operation| (operation, other_shapes(operation))).filter(|(_, found)| !found.is_empty()).collect();
    let Some((_, first)) = found.first().and_then(|(_, shapes)| shapes.first()) else { return };
    let named = found.iter().take(NAMED).map(|(operation, shapes)| {
        let codes: Vec<String> = shapes.iter().map(|(code, _)| code.to_string()).collect();
        format!("`{}` ({})", operation.id, codes.join(", "))
    });
    let mut named = named.collect::<Vec<_>>().join(", ");
    if found.len() > NAMED {
        named += &format!(" and {} others", found.len() - NAMED);
    }
    let message = format!(
        "the server refuses invalid requests with problem details (RFC 9457), but the document describes other responses: {named}"
    );
    diags
        .warn(Code::Unsupported, first, message)
        .help("override `Api::on_rejection` of the server to send the documented responses");
}

/// The statuses of refused requests for which an operation describes something else, with the place of that response.
fn other_shapes(operation: &Operation) -> Vec<(u16, &Pointer)> {
    let refused = refused_with(operation);
    let other = |code: u16| Some((code, &of_status(operation, code).filter(|response| !is_problem(response))?.at));
    refused.into_iter().filter_map(other).collect()
}

/// The statuses with which servers refuse requests of an operation.
fn refused_with(operation: &Operation) -> Vec<u16> {
    let documents_422 = operation.responses.iter().any(|response| response.status == Status::Code(422));
    let has_arguments = !operation.params.is_empty() || operation.body.is_some();
    let invalid = has_arguments.then_some(if documents_422 { 422 } else { 400 });
    let of_caller = if operation.security.is_empty() { &[][..] } else { &[401, 403] };
    let of_body = if operation.body.is_some() { &[413, 415][..] } else { &[] };
    invalid.into_iter().chain(of_caller.iter().copied()).chain(of_body.iter().copied()).collect()
}

/// The response that the document describes for a status that means failure.
fn of_status(operation: &Operation, code: u16) -> Option<&Response> {
    let statuses = [Status::Code(code), Status::Class(4), Status::Default];
    let found = |status: Status| operation.responses.iter().find(|response| response.status == status);
    statuses.into_iter().find_map(found).filter(|response| !operation.is_success(response.status))
}

/// Whether problem details are what a response describes.
fn is_problem(response: &Response) -> bool {
    let is_problem_json = response
        .contents
        .iter()
        .any(|content| matches!(content.media, Media::Json(_)) && content.essence() == "application/problem+json");
    let has_required_header = response.headers.iter().any(|header| header.required);
    (response.contents.is_empty() || is_problem_json) && !has_required_header
}
