//! Reports keys that the specification does not define. Objects of OpenAPI have no other keys than those it lists, apart from
//! extensions (OpenAPI 3.0.3 §4.9); schemas may have any.

use indexmap::IndexMap;

use crate::diag::{Code, Diags, Pointer};
use crate::distance::distance;
use crate::tree::{Map, Tree};
use crate::vocabulary::{ObjectShape, ValueKind};

/// An unknown key in objects of one kind.
struct Found {
    shape: &'static ObjectShape,
    first: Pointer,
    count: usize,
}

/// Reports each unknown key once for each kind of object, at its first place.
pub(super) fn report(tree: &Tree, kind: ValueKind, at: &Pointer, diags: &mut Diags) {
    let mut found: IndexMap<(&str, String), Found> = IndexMap::new();
    tree.walk(kind, at, &mut |tree, kind, at| {
        if let (ValueKind::Object(shape), Some(map)) = (kind, tree.as_object()) {
            for key in unknown(map, shape) {
                let first = || Found { shape, first: at.push(key), count: 0 };
                found.entry((shape.name, key.to_owned())).or_insert_with(first).count += 1;
            }
        }
    });
    for ((name, key), Found { shape, first, count }) in found {
        let others = match count {
            1 => String::new(),
            2 => "; it is also at another place".to_owned(),
            _ => format!("; it is also at {} other places", count - 1),
        };
        let message = format!("the {name} has no key `{key}`, which is ignored{others}");
        let help = match similar(&key, shape) {
            Some(known) => format!("did you mean `{known}`?"),
            None => "remove the key, or call it `x-...` if it is an extension".to_owned(),
        };
        diags.warn(Code::UnknownKey, &first, message).help(help);
    }
}

fn unknown<'m>(map: &'m Map, shape: &'static ObjectShape) -> impl Iterator<Item = &'m str> {
    // A key in another spelling is reported when it is repaired.
    let is_known = |key: &str| shape.keys().any(|known| known.eq_ignore_ascii_case(key));
    map.keys().map(String::as_str).filter(move |key| !key.starts_with("x-") && !is_known(key))
}

/// The key that an unknown one is most similar to, if it is similar enough.
fn similar(key: &str, shape: &ObjectShape) -> Option<&'static str> {
    let limit = key.chars().count() / 3 + 1;
    let distances = shape.keys().map(|known| (distance(known, key), known));
    distances.filter(|(distance, _)| *distance <= limit).min().map(|(_, known)| known)
}
