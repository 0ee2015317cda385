//! Whether operations are well formed.

use std::collections::BTreeSet;

use super::Violations;
use crate::ir::api::Api;
use crate::ir::links::{Link, LinkValue};
use crate::ir::operations::{Direction, Operation, ParamPlace, PathPart, is_token};
use crate::ir::responses::Status;

pub(super) fn check(api: &Api, violations: &mut Violations) {
    let mut ids = BTreeSet::new();
    for operation in &api.operations {
        let (at, id) = (&operation.at, &operation.id);
        violations.require(ids.insert(id), at, format_args!("two operations are called `{id}`"));
        let method = &operation.method.0;
        violations.require(is_token(method), at, format_args!("the method `{method}` is not a token"));
        let may_have_tag = operation.direction == Direction::Call || operation.tag.is_none();
        violations.require(may_have_tag, at, "an operation that clients do not call has a tag");
        check_params(operation, violations);
        check_path_params(operation, violations);
        check_responses(operation, violations);
        operation.links.iter().for_each(|link| check_link(api, operation, link, violations));
    }
}

fn check_params(operation: &Operation, violations: &mut Violations) {
    let mut known = BTreeSet::new();
    for param in &operation.params {
        let is_new = known.insert((param.place, &param.wire));
        let message = format!("two parameters in {:?} are called `{}`", param.place, param.wire);
        violations.require(is_new, &operation.at, message);
    }
}

fn check_path_params(operation: &Operation, violations: &mut Violations) {
    let mut wanted: Vec<&str> = Vec::new();
    for part in &operation.path.parts {
        if let PathPart::Param(name) = part
            && !wanted.contains(&name.as_str())
        {
            wanted.push(name);
        }
    }
    let in_path = operation.params.iter().take_while(|param| param.place == ParamPlace::Path);
    let found: Vec<&str> = in_path.map(|param| param.wire.as_str()).collect();
    let all = operation.path_params().count();
    let message = format!("the path has the parameters {wanted:?}, but the operation begins with {found:?}");
    violations.require(found == wanted && all == found.len(), &operation.at, message);
    for param in operation.path_params() {
        let message = format!("the path parameter `{}` is not required", param.wire);
        violations.require(param.required, &operation.at, message);
    }
}

fn check_responses(operation: &Operation, violations: &mut Violations) {
    let at = &operation.at;
    let mut statuses = BTreeSet::new();
    for response in &operation.responses {
        let status = response.status;
        violations.require(statuses.insert(status), at, format_args!("two responses have the status {status:?}"));
        let is_valid = match status {
            Status::Code(code) => (100..=599).contains(&code),
            Status::Class(class) => (1..=5).contains(&class),
            Status::Default => true,
        };
        violations.require(is_valid, at, format_args!("{status:?} is not an HTTP status"));
    }
    let mut listed = BTreeSet::new();
    for header in &operation.headers {
        let is_new = listed.insert(header.wire.to_ascii_lowercase());
        violations.require(is_new, at, format_args!("the response header `{}` is listed twice", header.wire));
    }
    for header in operation.successful_responses().into_iter().flat_map(|(_, response)| &response.headers) {
        let is_listed = listed.contains(&header.wire.to_ascii_lowercase());
        violations.require(is_listed, at, format_args!("the response header `{}` is not listed", header.wire));
    }
}

fn check_link(api: &Api, operation: &Operation, link: &Link, violations: &mut Violations) {
    let target = api.operation(link.target);
    let name = &link.name;
    let message = format!("the link `{name}` leads to an operation that clients do not call");
    violations.require(target.is_call(), &link.at, message);
    for (position, _) in &link.arguments {
        let message = format!("the link `{name}` gives parameter {position}, which `{}` does not have", target.id);
        violations.require(*position < target.params.len(), &link.at, message);
    }
    for value in link.arguments.iter().map(|(_, value)| value).chain(&link.body) {
        if let LinkValue::Parameter(position) = value {
            let message = format!("the link `{name}` uses parameter {position}, which its operation does not have");
            violations.require(*position < operation.params.len(), &link.at, message);
        }
    }
}
