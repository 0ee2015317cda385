//! Whether the analysis belongs to its model.

use super::Violations;
use crate::diag::Pointer;
use crate::ir::analysis::{Analysis, Need};
use crate::ir::api::Api;
use crate::ir::operations::{Operation, ParamPlace};
use crate::ir::pagination::{NextPage, Pagination, Step};
use crate::ir::types::Shape;

pub(super) fn check(api: &Api, analysis: &Analysis, violations: &mut Violations) {
    let root = Pointer::default();
    let (types, operations) = (analysis.types.len(), analysis.pagination.len());
    let message = format!("the analysis has {types} types, but the model has {}", api.types.len());
    violations.require(types == api.types.len(), &root, message);
    let message = format!("the analysis has {operations} operations, but the model has {}", api.operations.len());
    violations.require(operations == api.operations.len(), &root, message);
    for ((_, def), found) in api.types.iter().zip(&analysis.types) {
        let exists = match found.need {
            Need::Always => true,
            Need::Group(index) => index < api.groups.len(),
            Need::Shared(index) => index < analysis.shared.len(),
        };
        violations.require(exists, &def.at, format_args!("{:?} does not exist", found.need));
    }
    for shared in &analysis.shared {
        let groups = &shared.groups;
        let is_ascending = groups.is_sorted_by(|one, other| one < other);
        violations.require(is_ascending, &root, format_args!("the groups {groups:?} are not in ascending order"));
        let exist = groups.iter().all(|index| *index < api.groups.len());
        violations.require(exist, &root, format_args!("some of the groups {groups:?} do not exist"));
    }
    for (operation, pagination) in api.operations.iter().zip(&analysis.pagination) {
        if let Some(pagination) = pagination {
            check_pagination(api, operation, pagination, violations);
        }
    }
}

fn check_pagination(api: &Api, operation: &Operation, pagination: &Pagination, violations: &mut Violations) {
    let (param, path): (Option<usize>, &[Step]) = match &pagination.next {
        NextPage::Link => (None, &[]),
        NextPage::Url(path) => (None, path),
        NextPage::Cursor { param, from } => (Some(*param), from),
        NextPage::LastItem { param, more, .. } => (Some(*param), more),
        NextPage::Offset { param } | NextPage::Page { param } => (Some(*param), &[]),
    };
    if let Some(position) = param {
        let is_fine =
            operation.params.get(position).is_some_and(|param| !param.required && param.place != ParamPlace::Path);
        let message = format!("pagination uses parameter {position}, which is not an optional one");
        violations.require(is_fine, &operation.at, message);
    }
    for step in pagination.items.iter().chain(path) {
        let exists = step.ty.index() < api.types.len()
            && matches!(&api.types[step.ty].shape, Shape::Struct(shape) if step.field < shape.fields.len());
        violations.require(exists, &operation.at, format_args!("pagination uses {step:?}, which does not exist"));
    }
}
