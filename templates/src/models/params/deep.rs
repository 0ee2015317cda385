//! The style `deepObject`: `name[key]=value`, also with several levels.

use super::parts::Parts;
use super::read::plain;

/// Names with more brackets than this are ignored.
const MAX_DEPTH: usize = 32;

/// Reads the value whose parts have names of the form `name[key][key]`. Equal names, and `name[]`, make an array.
pub(super) fn read(name: &str, pairs: &[(String, String)]) -> Option<Parts> {
    let mut root = None;
    for (found, value) in pairs {
        let Some(path) = found.strip_prefix(name).and_then(path) else { continue };
        insert(&mut root, &path, plain(value));
    }
    root
}

/// Splits `[a][b]` into `a` and `b`; `None` for any other text.
fn path(text: &str) -> Option<Vec<&str>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    let keys: Vec<&str> = text.strip_prefix('[')?.strip_suffix(']')?.split("][").collect();
    if keys.len() > MAX_DEPTH { None } else { Some(keys) }
}

fn insert(place: &mut Option<Parts>, path: &[&str], value: String) {
    let [key, deeper @ ..] = path else {
        match place {
            None => *place = Some(Parts::Text(value)),
            Some(Parts::List(items)) => items.push(Parts::Text(value)),
            Some(found) => *found = Parts::List(vec![found.clone(), Parts::Text(value)]),
        }
        return;
    };
    if key.is_empty() {
        let mut item = None;
        insert(&mut item, deeper, value);
        match place {
            Some(Parts::List(items)) => items.extend(item),
            _ => *place = Some(Parts::List(item.into_iter().collect())),
        }
        return;
    }
    if !matches!(place, Some(Parts::Object(_))) {
        *place = Some(Parts::Object(Vec::new()));
    }
    let Some(Parts::Object(entries)) = place else { return };
    if let Some((_, known)) = entries.iter_mut().find(|(known, _)| known == key) {
        let mut inner = Some(std::mem::replace(known, Parts::Null));
        insert(&mut inner, deeper, value);
        *known = inner.unwrap_or(Parts::Null);
    } else if entries.len() < super::form::MAX_NAMES {
        let mut inner = None;
        insert(&mut inner, deeper, value);
        entries.extend(inner.map(|inner| ((*key).to_owned(), inner)));
    }
}
