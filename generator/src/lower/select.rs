//! Which operations are generated: `[operations]` of `crategen.toml`.

use super::cx::Cx;
use crate::config::OperationFilter;
use crate::diag::{Code, Pointer};
use crate::ir::Operation;
use crate::spec::Node;

/// What a filter looks at.
pub(super) struct Candidate<'c> {
    /// The method, in any case.
    pub method: &'c str,
    /// The path template.
    pub path: &'c str,
    /// The operation.
    pub node: &'c Node<'c>,
}

/// Whether an operation is wanted: an `include` matches it or there is none, and no `exclude` matches it.
pub(super) fn is_wanted(cx: &mut Cx<'_, '_>, candidate: &Candidate<'_>) -> bool {
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

/// Says which filters match no operation of the document.
pub(super) fn report_unused(cx: &mut Cx<'_, '_>) {
    let selection = &cx.config.operations;
    for (exclude, filters) in [(false, &selection.include), (true, &selection.exclude)] {
        for (index, filter) in filters.iter().enumerate().filter(|(index, _)| !cx.filters.contains(&(exclude, *index)))
        {
            let list = if exclude { "exclude" } else { "include" };
            let at = Pointer::default().push("paths");
            let message = format!("filter {} of `{list}` matches no operation: {filter}", index + 1);
            cx.diags.warn(Code::NoTarget, &at, message).help("correct it in `[operations]` of `crategen.toml`");
        }
    }
}

/// Whether a filter matches an operation of the model.
pub(super) fn matches_lowered(filter: &OperationFilter, operation: &Operation) -> bool {
    let text = |wanted: &Option<String>, found: &str| wanted.as_ref().is_none_or(|pattern| glob(pattern, found));
    text(&filter.tag, operation.tag.as_deref().unwrap_or_default())
        && text(&filter.id, &operation.id)
        && filter.method.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(&operation.method.0))
        && text(&filter.path, &operation.path.text)
        && filter.deprecated.is_none_or(|wanted| wanted == operation.docs.deprecated)
}

fn matches(filter: &OperationFilter, candidate: &Candidate<'_>) -> bool {
    let node = candidate.node;
    let text = |wanted: &Option<String>, found: Option<&str>| match (wanted, found) {
        (None, _) => true,
        (Some(pattern), Some(found)) => glob(pattern, found),
        (Some(_), None) => false,
    };
    let tagged =
        |pattern: &String| node.items("tags").any(|tag| tag.tree.as_str().is_some_and(|tag| glob(pattern, tag)));
    let method = candidate.method.to_ascii_uppercase();
    filter.tag.as_ref().is_none_or(tagged)
        && text(&filter.id, node.str("operationId"))
        && filter.method.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(&method))
        && text(&filter.path, Some(candidate.path))
        && filter.deprecated.is_none_or(|wanted| wanted == node.flag("deprecated"))
}

/// Whether a text matches a pattern in which `*` stands for anything but `/`, and `**` for anything.
fn glob(pattern: &str, text: &str) -> bool {
    let Some((literal, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(text) = text.strip_prefix(literal) else { return false };
    let (rest, across) = rest.strip_prefix('*').map_or((rest, false), |rest| (rest, true));
    let mut ends = text.char_indices().map(|(at, c)| (at, Some(c))).chain([(text.len(), None)]);
    ends.by_ref()
        .scan(false, |stopped, (at, c)| {
            if *stopped {
                return None;
            }
            *stopped = c == Some('/') && !across;
            Some(at)
        })
        .any(|at| glob(rest, text.get(at..).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::glob;

    #[test]
    fn stars_match_within_segments_and_across() {
        assert!(
            glob("/users/*", "/users/{id}") && glob("/users/**", "/users/{id}/posts") && glob("list*", "listUsers")
        );
        assert!(glob("*", "") && glob("a*c", "abc") && glob("**/posts", "/users/{id}/posts") && glob("*s", "ss"));
        assert!(!glob("/users/*", "/users/{id}/posts") && !glob("list*", "getUsers") && !glob("a*c", "abd"));
        assert!(!glob("/users", "/users/{id}") && !glob("", "a"));
    }
}
