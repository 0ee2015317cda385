//! Whether the groups are a partition of the operations.

use std::collections::BTreeSet;

use super::Violations;
use crate::diag::Pointer;
use crate::ir::api::Api;

pub(super) fn check(api: &Api, violations: &mut Violations) {
    let mut kinds = BTreeSet::new();
    let mut grouped = vec![0_usize; api.operations.len()];
    for group in &api.groups {
        let first = group.operations.first().map(|id| api.operation(*id).at.clone());
        let at = first.unwrap_or_else(Pointer::default);
        let name = format!("{:?} {:?} {:?}", group.direction, group.tag, group.segment);
        violations.require(!group.operations.is_empty(), &at, format_args!("the group {name} is empty"));
        let is_new = kinds.insert((group.direction, &group.tag, &group.segment));
        violations.require(is_new, &at, format_args!("there are two groups {name}"));
        let is_sorted = group.operations.is_sorted();
        violations.require(is_sorted, &at, format_args!("the group {name} is not in the order of the document"));
        for id in &group.operations {
            let operation = api.operation(*id);
            let belongs = operation.direction == group.direction
                && operation.tag == group.tag
                && operation.segment() == group.segment.as_deref();
            violations.require(belongs, &operation.at, format_args!("an operation is in the group {name}"));
            grouped.get_mut(id.index()).into_iter().for_each(|count| *count += 1);
        }
    }
    for (operation, count) in api.operations.iter().zip(grouped) {
        violations.require(count == 1, &operation.at, format_args!("an operation is in {count} groups"));
    }
}
