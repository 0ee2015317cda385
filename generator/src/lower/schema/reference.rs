//! Schemas that only refer to another schema.

use super::super::lowering::Lowering;
use super::super::{facts, union};
use super::lower_definition;
use crate::diag::Pointer;
use crate::ir::Ty;
use crate::vocabulary;

/// The type that a schema refers to, if it is nothing but a `$ref`, or an `allOf` of one `$ref`, beside annotations.
pub(super) fn lower_reference(cx: &mut Lowering<'_, '_>, at: &Pointer) -> Option<Ty> {
    let node = cx.spec.node(at)?;
    let map = node.tree.as_object()?;
    let is_annotation = |key: &str| key == "nullable" || vocabulary::restricts_nothing(key);
    let keys: Vec<&str> = map.keys().map(String::as_str).filter(|key| !is_annotation(key)).collect();
    let ty = match keys.as_slice() {
        [key @ ("$ref" | "$dynamicRef")] => {
            let target = facts::follow(cx, &node, node.str(key)?)?;
            if target.at == node.at {
                return None;
            }
            lower_definition(cx, &target)
        }
        ["allOf"] => {
            let mut branches = node.items("allOf");
            let (only, None) = (branches.next()?, branches.next()) else { return None };
            only.tree.get("$ref")?;
            if union::is_heir(cx, at) {
                return None;
            }
            lower_reference(cx, &only.at)?
        }
        _ => return None,
    };
    Some(if node.flag("nullable") { ty.nullable() } else { ty })
}
