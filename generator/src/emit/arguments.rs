//! The arguments of the client's methods.

use proc_macro2::Ident;

use super::{Cx, arg};
use crate::ir::{Param, ParamPlace};

/// Whether a caller must pass a parameter. One that can have only a single value is filled in.
pub(super) fn is_argument(cx: &Cx<'_>, param: &Param) -> bool {
    param.required && (param.place == ParamPlace::Path || arg::constant(cx, param.ty.not_null()).is_none())
}

/// `body`, or `request_body` if a parameter has that name.
pub fn body_name(params: &[Ident]) -> Ident {
    crate::names::ident(if params.iter().any(|name| name == "body") { "request_body" } else { "body" })
}
