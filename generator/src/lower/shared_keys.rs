//! Exploded objects that have a property with the name of another parameter: on the wire, nothing tells them apart (OpenAPI 3.0.3
//! §4.7.12.4).

use super::lowering::Lowering;
use crate::diag::Code;
use crate::ir::Param;

/// Reports the properties of exploded objects that have the name of another parameter of the operation. Servers read them as that
/// parameter.
pub(super) fn report(cx: &mut Lowering<'_, '_>, params: &[Param]) {
    for param in params {
        let Some(other) = cx.api.shares_key(param, params) else { continue };
        if cx.first_report(&param.at.push(&other.wire)) {
            let message = format!(
                "`{}` is sent as its properties, and `{}` is a parameter as well; servers read it as the parameter",
                param.wire, other.wire
            );
            cx.diags
                .warn(Code::Duplicate, &param.at, message)
                .related(&other.at, "the other parameter")
                .help("rename one of them, or use `style: deepObject`");
        }
    }
}
