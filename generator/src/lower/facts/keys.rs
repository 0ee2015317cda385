//! Lookups that several groups of keywords share.

use super::part::Part;
use crate::spec::Node;
use crate::vocabulary;

/// The schema under a keyword.
pub(super) fn part(node: &Node<'_>, key: &str) -> Option<Part> {
    node.get(key).map(|schema| Part::whole(&schema.at))
}

/// Whether a schema has one of some keywords.
pub(super) fn has(node: &Node<'_>, keywords: &[vocabulary::Field]) -> bool {
    keywords.iter().any(|(key, _)| node.get(key).is_some())
}
