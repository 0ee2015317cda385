//! Removes from operation ids what their place says already: the tag or the controller at the beginning (`issues/create`,
//! `Users_list`, `PostsController_findAll`), and the path and the method at the end (`read_item_items__item_id__get`).

use std::collections::BTreeMap;

use super::reserved::KEYWORDS;
use super::words;
use crate::ir::{Api, Direction, Operation};

/// The short forms of an operation id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ShortId {
    /// For the method, which stands in the group of its tag.
    pub method: String,
    /// For types, which stand beside those of all operations.
    pub types: String,
}

/// Shortens the ids of all operations, in their order. What is not unique afterwards keeps more of its id. Names that are `chosen` stay
/// as they are, and without `shortens` all ids do.
pub(super) fn shorten(api: &Api, chosen: &[Option<String>], shortens: bool) -> Vec<ShortId> {
    let ids =
        api.operations.iter().map(|operation| ShortId { method: operation.id.clone(), types: operation.id.clone() });
    let ids = if shortens { shortened(api) } else { ids.collect() };
    let names = ids.into_iter().zip(chosen);
    let name = |(id, chosen): (ShortId, &Option<String>)| match chosen {
        Some(name) => ShortId { method: name.clone(), types: name.clone() },
        None => id,
    };
    names.map(name).collect()
}

fn shortened(api: &Api) -> Vec<ShortId> {
    let ids: Vec<String> = api.operations.iter().map(|operation| operation.id.clone()).collect();
    let types = api.operations.iter().map(|operation| without_controller(without_route(operation)));
    let types = unique(api, types.collect(), &ids, |_| (Direction::Call, None));
    let is_prefix = shared_prefixes(api);
    let methods = api.operations.iter().zip(&types).map(|(operation, short)| {
        let place =
            OperationPlace { tag: operation.tag.as_deref(), is_prefix: is_prefix.contains_key(&key(operation)) };
        place.without(without_route(operation)).map_or_else(|| short.clone(), str::to_owned)
    });
    let methods = unique(api, methods.collect(), &types, key);
    let methods = unique(api, methods, &ids, key);
    methods.into_iter().zip(types).map(|(method, types)| ShortId { method, types }).collect()
}

/// What an operation stands in.
type Key<'a> = (Direction, Option<&'a str>);

fn key(operation: &Operation) -> Key<'_> {
    (operation.direction, operation.tag.as_deref())
}

/// Replaces the names that several operations of one place have by longer ones.
fn unique<'a>(
    api: &'a Api,
    short: Vec<String>,
    long: &[String],
    place: impl Fn(&'a Operation) -> Key<'a>,
) -> Vec<String> {
    let name = |text: &str| words::snake(text, "");
    let mut counts: BTreeMap<(Key<'a>, String), usize> = BTreeMap::new();
    for ((operation, short), long) in api.operations.iter().zip(&short).zip(long) {
        *counts.entry((place(operation), name(short))).or_default() += 1;
        if name(short) != name(long) {
            *counts.entry((place(operation), name(long))).or_default() += 1;
        }
    }
    let names = api.operations.iter().zip(short).zip(long);
    let chosen = names.map(|((operation, short), long)| {
        let count = counts.get(&(place(operation), name(&short)));
        if count.is_none_or(|count| *count == 1) { short } else { long.clone() }
    });
    chosen.collect()
}

/// The id without the path and the method that FastAPI appends: every character that is no letter, digit or `_` is `_`.
fn without_route(operation: &Operation) -> &str {
    let path: String =
        operation.path.text.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '_' }).collect();
    let route = format!("{path}_{}", operation.method.0.to_ascii_lowercase());
    let name = operation.id.strip_suffix(&route).unwrap_or(&operation.id);
    if name.is_empty() { &operation.id } else { name }
}

/// `PostsController_findAll` as `Posts_findAll`.
fn without_controller(id: &str) -> String {
    match split(id).next() {
        Some((head, rest)) => match head.strip_suffix(CONTROLLER).filter(|name| !name.is_empty()) {
            Some(name) => format!("{name}_{rest}"),
            None => id.to_owned(),
        },
        None => id.to_owned(),
    }
}

const CONTROLLER: &str = "Controller";

/// The places at which a separator divides an id, each with what is before and after it.
fn split(id: &str) -> impl Iterator<Item = (&str, &str)> {
    let is_separator = |c: char| matches!(c, '/' | '_' | '.' | '-' | '#' | ':' | ' ');
    id.match_indices(is_separator).filter_map(move |(index, _)| {
        let (head, rest) = (id.get(..index)?, id.get(index..)?.trim_start_matches(is_separator));
        (!head.is_empty() && !rest.is_empty()).then_some((head, rest))
    })
}

/// Where the method of an operation stands.
struct OperationPlace<'a> {
    tag: Option<&'a str>,
    /// Whether the ids of all operations of the tag begin with it, so that it is meant as a prefix even without a separator.
    is_prefix: bool,
}

impl OperationPlace<'_> {
    /// The rest of an id that begins with its place, if that is a name by itself.
    fn without<'b>(&self, id: &'b str) -> Option<&'b str> {
        let is_place = |(head, _): &(&str, &str)| {
            head.ends_with(CONTROLLER) || self.tag.is_some_and(|tag| singular(head) == singular(tag))
        };
        let by_separator = split(id).filter(is_place).last().map(|(_, rest)| rest);
        let rest = by_separator.or_else(|| self.tag.filter(|_| self.is_prefix).and_then(|tag| after_words(id, tag)))?;
        let name = words::snake(rest, "");
        let is_name = rest.starts_with(|c: char| c.is_ascii_alphabetic()) && !KEYWORDS.contains(&name.as_str());
        is_name.then_some(rest)
    }
}

/// The groups of at least two operations whose ids all begin with the words of their tag.
fn shared_prefixes(api: &Api) -> BTreeMap<Key<'_>, usize> {
    let mut groups: BTreeMap<Key<'_>, (usize, usize)> = BTreeMap::new();
    for operation in &api.operations {
        let (all, with) = groups.entry(key(operation)).or_default();
        *all += 1;
        let tag = operation.tag.as_deref();
        *with += usize::from(tag.is_some_and(|tag| after_words(without_route(operation), tag).is_some()));
    }
    let shared = groups.into_iter().filter(|(_, (all, with))| *all > 1 && all == with);
    shared.map(|(key, (all, _))| (key, all)).collect()
}

/// What follows the words of a tag in an id such as `usersList`.
fn after_words<'b>(id: &'b str, tag: &str) -> Option<&'b str> {
    let wanted = singular(tag);
    let ends = id.char_indices().filter(|(index, c)| *index > 0 && (c.is_uppercase() || !c.is_alphanumeric()));
    let mut found = ends.filter_map(|(index, _)| Some((id.get(..index)?, id.get(index..)?)));
    let rest = found.rfind(|(head, _)| singular(head) == wanted).map(|(_, rest)| rest)?;
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    (!rest.is_empty()).then_some(rest)
}

/// A name in lower case without separators and without the ending of the plural, for comparison.
fn singular(name: &str) -> String {
    let plain: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    match plain.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => plain.strip_suffix('s').unwrap_or(&plain).to_owned(),
    }
}
