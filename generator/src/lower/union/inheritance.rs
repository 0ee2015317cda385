//! Inheritance by discriminator: components that refer by `allOf` to a schema with a discriminator and without branches
//! (OpenAPI 3.0.3 §4.7.25).

use super::super::lowering::Lowering;
use crate::diag::Pointer;
use crate::spec::Node;

/// Finds the components that inherit from a schema with a discriminator.
pub(in super::super) fn find_heirs<'d>(cx: &mut Lowering<'d, '_>, schemas: &[Node<'d>]) {
    for schema in schemas {
        for branch in schema.items("allOf") {
            let Some(reference) = branch.str("$ref") else { continue };
            let Some(base) = cx.spec.find_target(&branch, reference) else { continue };
            if base.get("discriminator").is_some() && base.get("oneOf").is_none() && base.get("anyOf").is_none() {
                cx.inheriting.insert(schema.at.clone());
                cx.heirs.entry(base.at).or_default().push(schema.at.clone());
            }
        }
    }
}

/// Whether a schema inherits from one with a discriminator. Then it is not just another name for that schema.
pub(in super::super) fn is_heir(cx: &Lowering<'_, '_>, at: &Pointer) -> bool {
    cx.inheriting.contains(at)
}
