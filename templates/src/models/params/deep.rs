//! The style `deepObject`: `name[key]=value`, also with several levels.

use std::collections::BTreeMap;

use super::Pair;
use super::parts::Parts;
use super::read::plain;

/// Names with more brackets than this are ignored.
const MAX_DEPTH: usize = 32;

/// Reads the value whose parts have names of the form `name[key][key]`. Equal names, and `name[]`, make an array.
pub(super) fn read(name: &str, pairs: &[Pair<'_>]) -> Option<Parts> {
    let mut root = None;
    for (found, value) in pairs {
        let Some(path) = found.strip_prefix(name).and_then(path) else { continue };
        insert(&mut root, &path, plain(value));
    }
    root.map(Node::into_parts)
}

/// Splits `[a][b]` into `a` and `b`; `None` for any other text.
fn path(text: &str) -> Option<Vec<&str>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    let keys: Vec<&str> = text.strip_prefix('[')?.strip_suffix(']')?.split("][").collect();
    if keys.len() > MAX_DEPTH { None } else { Some(keys) }
}

/// A value that is being read.
enum Node {
    Text(String),
    List(Vec<Node>),
    Object(Keys),
}

/// The keys of an object in the order in which they were first seen. Finding one takes logarithmic time.
#[derive(Default)]
struct Keys {
    list: Vec<(String, Option<Node>)>,
    positions: BTreeMap<String, usize>,
}

impl Keys {
    fn place(&mut self, key: &str) -> Option<&mut Option<Node>> {
        if !self.positions.contains_key(key) {
            self.positions.insert(key.to_owned(), self.list.len());
            self.list.push((key.to_owned(), None));
        }
        let position = self.positions.get(key)?;
        self.list.get_mut(*position).map(|(_, node)| node)
    }
}

impl Node {
    fn into_parts(self) -> Parts {
        match self {
            Self::Text(text) => Parts::Text(text),
            Self::List(items) => Parts::List(items.into_iter().map(Self::into_parts).collect()),
            Self::Object(keys) => {
                let entry = |(key, node): (String, Option<Self>)| Some((key, node?.into_parts()));
                Parts::Object(keys.list.into_iter().filter_map(entry).collect())
            }
        }
    }
}

fn insert(place: &mut Option<Node>, path: &[&str], value: String) {
    let [key, deeper @ ..] = path else {
        *place = Some(match place.take() {
            None => Node::Text(value),
            Some(Node::List(mut items)) => {
                items.push(Node::Text(value));
                Node::List(items)
            }
            Some(found) => Node::List(vec![found, Node::Text(value)]),
        });
        return;
    };
    if key.is_empty() {
        let mut item = None;
        insert(&mut item, deeper, value);
        match place {
            Some(Node::List(items)) => items.extend(item),
            _ => *place = Some(Node::List(item.into_iter().collect())),
        }
        return;
    }
    if !matches!(place, Some(Node::Object(_))) {
        *place = Some(Node::Object(Keys::default()));
    }
    if let Some(Node::Object(keys)) = place
        && let Some(place) = keys.place(key)
    {
        insert(place, deeper, value);
    }
}
