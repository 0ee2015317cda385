//! Reports keys that the specification does not define. Objects of OpenAPI have no other keys than those it lists, apart from
//! extensions (OpenAPI 3.0.3 §4.9); schemas may have any.

use super::keys::Occurrences;
use crate::diag::{Code, Diags, Pointer};
use crate::distance::similar;
use crate::tree::Tree;
use crate::vocabulary::ValueKind;

/// Reports each unknown key once for each kind of object, at its first place.
pub(super) fn report(tree: &Tree, kind: ValueKind, at: &Pointer, diags: &mut Diags) {
    let found = Occurrences::find(tree, kind, at, |shape, _, key| {
        // A key in another spelling is reported when it is repaired.
        let is_known = || shape.keys().any(|known| known.eq_ignore_ascii_case(key));
        shape.is_closed() && !key.starts_with("x-") && !is_known()
    });
    for found in found {
        let (name, key) = (found.shape.name, &found.key);
        let message = format!("the {name} has no key `{key}`, which is ignored{}", found.others());
        let help = match similar(key, found.shape.keys()) {
            Some(known) => format!("did you mean `{known}`?"),
            None => "remove the key, or call it `x-...` if it is an extension".to_owned(),
        };
        diags.warn(Code::UnknownKey, &found.first, message).help(help);
    }
}
