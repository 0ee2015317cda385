//! The order of imports.

use syn::{Item, UseTree, Visibility};

/// Orders each run of imports: first the standard library, then other crates, then this crate. Re-exports come after imports.
pub(super) fn sort(items: &mut [Item]) {
    for run in items.chunk_by_mut(|one, next| is_import(one) && is_import(next)) {
        run.sort_by_key(order);
    }
}

fn is_import(item: &Item) -> bool {
    matches!(item, Item::Use(_))
}

/// Whether it is a re-export, and the group of its path.
fn order(item: &Item) -> (bool, u8) {
    let Item::Use(import) = item else { return (false, 0) };
    let group = match &import.tree {
        UseTree::Path(path) if path.ident == "std" => 0,
        UseTree::Path(path) if path.ident == "super" || path.ident == "self" || path.ident == "crate" => 2,
        _ => 1,
    };
    (!matches!(import.vis, Visibility::Inherited), group)
}
