//! Merge keys: `<<: *common` adds the entries of another mapping (YAML 1.1 Merge Key Language-Independent Type).

use super::{Map, Tree};

/// The merge key.
const MERGE: &str = "<<";

/// Replaces every merge key by the entries that it adds. Entries of the mapping itself take precedence, then those of earlier mappings.
pub fn apply_merge_keys(tree: &mut Tree) {
    match tree {
        Tree::Array(items) => items.iter_mut().for_each(apply_merge_keys),
        Tree::Object(map) => {
            map.values_mut().for_each(apply_merge_keys);
            if map.get(MERGE).is_some_and(is_mergeable) {
                *map = merged(std::mem::take(map));
            }
        }
        Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => {}
    }
}

/// Whether a value is a mapping, or a list of mappings. Any other value is that of a key which happens to be called `<<`.
fn is_mergeable(value: &Tree) -> bool {
    let is_mapping = |value: &Tree| value.as_object().is_some();
    is_mapping(value) || value.as_array().is_some_and(|items| items.iter().all(is_mapping))
}

/// The entries of a mapping and those that it merges, in their place.
fn merged(mut map: Map) -> Map {
    let position = map.get_index_of(MERGE).unwrap_or_default();
    let added = match map.shift_remove(MERGE) {
        Some(Tree::Array(items)) => items,
        Some(other) => vec![other],
        None => Vec::new(),
    };
    let mut after = map.split_off(position);
    for entries in added.into_iter().filter_map(into_map) {
        for (key, value) in entries {
            if !after.contains_key(&key) {
                map.entry(key).or_insert(value);
            }
        }
    }
    map.append(&mut after);
    map
}

fn into_map(tree: Tree) -> Option<Map> {
    if let Tree::Object(map) = tree { Some(map) } else { None }
}

#[cfg(test)]
mod tests {
    use super::super::Tree;
    use super::apply_merge_keys;

    #[test]
    fn own_entries_take_precedence_then_earlier_mappings() {
        let read = |text: &str| serde_yaml::from_str::<Tree>(text).unwrap_or_default();
        let mut tree = read("{a: 1, <<: [{a: 2, b: 3}, {b: 4, c: {<<: {d: 5}}}], e: 6, f: {<<: text}}");
        apply_merge_keys(&mut tree);
        assert_eq!(tree, read("{a: 1, b: 3, c: {d: 5}, e: 6, f: {<<: text}}"));
        assert_eq!(tree.json(), r#"{"a":1,"b":3,"c":{"d":5},"e":6,"f":{"<<":"text"}}"#);
    }
}
