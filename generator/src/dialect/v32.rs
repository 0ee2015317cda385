//! What OpenAPI 3.2 writes in another way than 3.0: a query string that one schema describes as a whole (OpenAPI 3.2.0 §4.12).

use crate::load::{Map, Tree};

/// Whoever refers further than this refers in a circle.
const MAX_REFERENCES: usize = 16;

/// Puts one query parameter a property in place of a parameter `in: querystring` whose content is a form: both are the same on the
/// wire.
pub(super) fn upgrade(root: &mut Tree) {
    let Some(map) = root.as_object() else { return };
    let mut places: Vec<Vec<String>> = Vec::new();
    for section in ["paths", "webhooks"] {
        let items = map.get(section).and_then(Tree::as_object);
        for (path, item) in items.into_iter().flatten() {
            let operations = item.as_object().into_iter().flatten().filter(|(_, value)| value.is_container());
            let operations = operations.map(|(method, _)| vec![section.to_owned(), path.clone(), method.clone()]);
            places.extend(operations.chain([vec![section.to_owned(), path.clone()]]));
        }
    }
    for place in places {
        let found = at(root, &place).and_then(|owner| owner.get("parameters")).and_then(Tree::as_array);
        let Some(parameters) = found.and_then(|parameters| split(root, parameters)) else { continue };
        let owner = place.iter().try_fold(&mut *root, |tree, key| tree.as_object_mut()?.get_mut(key));
        if let Some(owner) = owner.and_then(Tree::as_object_mut) {
            owner.insert("parameters".to_owned(), Tree::Array(parameters));
        }
    }
}

fn at<'t>(root: &'t Tree, place: &[String]) -> Option<&'t Tree> {
    place.iter().try_fold(root, |tree, key| tree.get(key))
}

/// The parameters with those of a query string in place of it, at the end; `None` if there is none.
fn split(root: &Tree, parameters: &[Tree]) -> Option<Vec<Tree>> {
    let (whole, mut others): (Vec<&Tree>, Vec<&Tree>) =
        parameters.iter().partition(|parameter| properties(root, parameter).is_some());
    if whole.is_empty() {
        return None;
    }
    let mut out: Vec<Tree> = others.drain(..).cloned().collect();
    out.extend(whole.into_iter().filter_map(|parameter| properties(root, parameter)).flatten());
    Some(out)
}

/// A query parameter for each property of the form.
fn properties(root: &Tree, parameter: &Tree) -> Option<Vec<Tree>> {
    let parameter = resolve(root, parameter)?;
    if parameter.get("in").and_then(Tree::as_str) != Some("querystring") {
        return None;
    }
    let content = parameter.get("content").and_then(Tree::as_object)?;
    let form = content.iter().find(|(media_type, _)| media_type.starts_with("application/x-www-form-urlencoded"))?.1;
    let schema = resolve(root, form.get("schema")?)?;
    let required: Vec<&str> =
        schema.get("required").and_then(Tree::as_array).into_iter().flatten().filter_map(Tree::as_str).collect();
    let one = |(name, schema): (&String, &Tree)| {
        let entries = [
            ("name", Tree::from(name.as_str())),
            ("in", Tree::from("query")),
            ("required", Tree::Bool(required.contains(&name.as_str()))),
            ("schema", schema.clone()),
        ];
        Tree::Object(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<Map>())
    };
    Some(schema.get("properties").and_then(Tree::as_object)?.iter().map(one).collect())
}

/// Follows references within the document.
fn resolve<'t>(root: &'t Tree, tree: &'t Tree) -> Option<&'t Tree> {
    let mut tree = tree;
    for _ in 0..MAX_REFERENCES {
        let Some(reference) = tree.get("$ref").and_then(Tree::as_str) else { return Some(tree) };
        let pointer = crate::diag::Pointer::parse(crate::diag::FileId::default(), reference.strip_prefix('#')?);
        tree = pointer.tokens().try_fold(root, |tree, token| tree.child(&token))?;
    }
    None
}
