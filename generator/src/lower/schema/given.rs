//! Types that the user gives in the configuration.

use super::super::facts::Facts;
use super::super::lowering::Lowering;
use crate::diag::{FileId, Pointer};
use crate::ir::Ty;

/// The type that the configuration gives for the format of a schema.
pub(super) fn for_format(cx: &mut Lowering<'_, '_>, facts: &Facts) -> Option<Ty> {
    let path = cx.config.types.formats.get(facts.format.as_deref()?).cloned()?;
    Some(given(cx, path))
}

/// The type that the configuration gives for the schema at a place.
pub(super) fn for_place(cx: &mut Lowering<'_, '_>, at: &Pointer) -> Option<Ty> {
    let path = cx.config.types.replace.get(&at.to_string()).filter(|_| at.file() == FileId::default())?.clone();
    Some(given(cx, path))
}

/// A given type; each path is kept once.
fn given(cx: &mut Lowering<'_, '_>, path: String) -> Ty {
    let known = cx.api.given.iter().position(|known| *known == path);
    Ty::Given(known.unwrap_or_else(|| {
        cx.api.given.push(path);
        cx.api.given.len() - 1
    }))
}
