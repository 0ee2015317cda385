//! Which operations are generated: `[operations]` of `crategen.toml`.

use super::lowering::Lowering;
use crate::config::OperationFilter;
use crate::diag::Code;
use crate::glob;
use crate::spec::Node;

/// An operation, as filters see it.
pub(super) struct Candidate<'c> {
    /// The method, in any case.
    pub method: &'c str,
    /// The path template.
    pub path: &'c str,
    /// The operation.
    pub node: &'c Node<'c>,
}

/// Whether an operation is wanted: an `include` matches it or there is none, and no `exclude` matches it.
pub(super) fn is_wanted(cx: &mut Lowering<'_, '_>, candidate: &Candidate<'_>) -> bool {
    let selection = &cx.config.operations;
    let mut matched = |exclude: bool, filters: &[OperationFilter]| {
        let hits = filters.iter().enumerate().filter(|(_, filter)| matches(filter, candidate));
        let hits: Vec<(bool, usize)> = hits.map(|(index, _)| (exclude, index)).collect();
        let any = !hits.is_empty();
        cx.filters.extend(hits);
        any
    };
    let included = matched(false, &selection.include) || selection.include.is_empty();
    let excluded = matched(true, &selection.exclude);
    included && !excluded
}

/// Reports the filters that match no operation of the document.
pub(super) fn report_unused(cx: &mut Lowering<'_, '_>) {
    let selection = &cx.config.operations;
    for (exclude, filters) in [(false, &selection.include), (true, &selection.exclude)] {
        for (index, filter) in filters.iter().enumerate().filter(|(index, _)| !cx.filters.contains(&(exclude, *index)))
        {
            let list = if exclude { "exclude" } else { "include" };
            let at = cx.config.place(&["operations", list, &index.to_string()]);
            let message = format!("filter {} of `{list}` matches no operation: {filter}", index + 1);
            cx.diags.warn(Code::UnusedSetting, &at, message).help("correct it in `[operations]` of `crategen.toml`");
        }
    }
}

/// Whether a filter matches an operation.
fn matches(filter: &OperationFilter, candidate: &Candidate<'_>) -> bool {
    let node = candidate.node;
    let text = |wanted: &Option<String>, found: Option<&str>| match (wanted, found) {
        (None, _) => true,
        (Some(pattern), Some(found)) => glob::matches(pattern, found),
        (Some(_), None) => false,
    };
    let tagged = |pattern: &String| {
        node.items("tags").any(|tag| tag.tree.as_str().is_some_and(|tag| glob::matches(pattern, tag)))
    };
    let method = candidate.method.to_ascii_uppercase();
    filter.tag.as_ref().is_none_or(tagged)
        && text(&filter.id, node.str("operationId"))
        && filter.method.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(&method))
        && text(&filter.path, Some(candidate.path))
        && filter.deprecated.is_none_or(|wanted| wanted == node.flag("deprecated"))
}
