//! The cargo features of generated items: which tags they are for.

use proc_macro2::TokenStream;
use quote::quote;

use super::cx::Cx;
use crate::ir::Shared;

/// What stands before an item that belongs to a group of operations.
pub(super) fn cfg(cx: &Cx<'_>, group: usize) -> Option<TokenStream> {
    let feature = cx.names.group(group).feature.as_ref()?;
    Some(quote!(#[cfg(feature = #feature)]))
}

/// What stands before an item that several groups have in common.
pub(super) fn cfg_of_shared(cx: &Cx<'_>, shared: &Shared) -> Option<TokenStream> {
    if !has_tags(cx) {
        return None;
    }
    let groups: Option<Vec<&String>> =
        shared.groups.iter().map(|group| cx.names.group(*group).feature.as_ref()).collect();
    let unused = shared.unused.then_some(crate::names::UNUSED_FEATURE);
    let features: Vec<&str> = groups?.into_iter().map(String::as_str).chain(unused).collect();
    match features.as_slice() {
        [only] => Some(quote!(#[cfg(feature = #only)])),
        _ => Some(quote!(#[cfg(any(#(feature = #features),*))])),
    }
}

/// Whether tags are features.
pub(super) fn has_tags(cx: &Cx<'_>) -> bool {
    (0..cx.api.groups.len()).any(|group| cx.names.group(group).feature.is_some())
}

/// Allows an item to be unused for a reason that only applies if tags are disabled.
pub(super) fn unused_without_tags(cx: &Cx<'_>, reason: &str) -> Option<TokenStream> {
    (has_tags(cx) || cx.api.operations.is_empty()).then(|| quote!(#[allow(dead_code, reason = #reason)]))
}
