//! Every key that the specification defines is accounted for: something generated depends on it in one of the cases, or it is
//! in one of the lists here, with a reason or a diagnostic.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::Source;
use crate::diag::{FileId, Pointer};
use crate::dialect::IGNORED;
use crate::tree::Tree;
use crate::vocabulary::{self, ObjectShape, ValueKind};

/// A key of an object: the name of the object, and the key.
type Key = (&'static str, &'static str);

/// Every key of every object that is part of a document.
fn keys(is_swagger: bool) -> BTreeSet<Key> {
    fn add(kind: ValueKind, seen: &mut BTreeSet<&'static str>, keys: &mut BTreeSet<Key>) {
        if let ValueKind::List(inner)
        | ValueKind::Map(inner)
        | ValueKind::Patterned(inner)
        | ValueKind::Referable(inner) = kind
        {
            return add(*inner, seen, keys);
        }
        let Some(shape) = kind.shape().filter(|shape| seen.insert(shape.name)) else { return };
        for (key, kind) in shape.fields.iter().flat_map(|group| group.iter()) {
            keys.insert((shape.name, key));
            add(*kind, seen, keys);
        }
    }
    let mut keys = BTreeSet::new();
    add(vocabulary::document(is_swagger), &mut BTreeSet::new(), &mut keys);
    keys
}

/// A document of a case.
struct Case {
    spec: PathBuf,
    tree: Tree,
}

/// The cases, and documents that exist for this test alone.
fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests");
    let files = |folder: &str| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(root.join(folder)).into_iter().flatten().flatten();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        paths.sort();
        paths
    };
    let specs = files("cases").into_iter().map(|folder| folder.join("spec.yaml")).chain(files("accounting"));
    let read = |spec: PathBuf| {
        let text = std::fs::read_to_string(&spec).ok()?;
        Some(Case { tree: serde_yaml::from_str(&text).ok()?, spec })
    };
    specs.filter_map(read).collect()
}

impl Case {
    /// Everything that is generated, apart from the copy of the document.
    fn generate(&self, tree: &Tree) -> Option<BTreeMap<PathBuf, String>> {
        let mut source = Source::file(&self.spec).ok()?;
        source.text = tree.json();
        let folder = self.spec.parent()?;
        let settings = std::fs::read_to_string(folder.join("crategen.toml")).unwrap_or_default();
        let mut config = crate::Settings::parse(&settings, folder).ok()?.config;
        config.name = Some("case".to_owned());
        config.runtime = crate::Runtime::Version("0.1".to_owned());
        config.crates.contract_tests = true;
        let mut files = crate::generate(source, &config).ok()?.files;
        files.retain(|path, _| path.file_name().is_none_or(|name| name != "openapi.json"));
        Some(files)
    }

    /// The places of each key.
    fn places(&self) -> BTreeMap<Key, Vec<Pointer>> {
        let is_swagger = self.tree.get("swagger").is_some();
        let mut places: BTreeMap<Key, Vec<Pointer>> = BTreeMap::new();
        self.tree.walk(vocabulary::document(is_swagger), &Pointer::root(FileId::default()), &mut |tree, kind, at| {
            let (Some(shape), Some(map)) = (kind.shape(), tree.as_object()) else { return };
            for key in map.keys() {
                if let Some(known) = known_key(shape, key) {
                    places.entry((shape.name, known)).or_default().push(at.push(key));
                }
            }
        });
        places
    }
}

fn known_key(shape: &'static ObjectShape, key: &str) -> Option<&'static str> {
    shape.keys().find(|known| *known == key)
}

/// The document without the value at a place.
fn without(tree: &Tree, at: &Pointer) -> Tree {
    let mut tree = tree.clone();
    let mut tokens: Vec<String> = at.tokens().collect();
    let Some(key) = tokens.pop() else { return tree };
    let mut place = Some(&mut tree);
    for token in tokens {
        place = place.and_then(|place| match place {
            Tree::Object(map) => map.get_mut(&token),
            Tree::Array(items) => items.get_mut(token.parse::<usize>().ok()?),
            _ => None,
        });
    }
    if let Some(Tree::Object(map)) = place {
        map.shift_remove(&key);
    }
    tree
}

/// How many places of a key are tried in each case.
const MOST_TRIED: usize = 4;

/// The keys on which something generated depends.
fn generated() -> BTreeSet<Key> {
    let mut found = BTreeSet::new();
    for case in cases() {
        let Some(whole) = case.generate(&case.tree) else { continue };
        for (key, places) in case.places() {
            let changes = |at: &Pointer| case.generate(&without(&case.tree, at)).is_none_or(|files| files != whole);
            if !found.contains(&key) && places.iter().take(MOST_TRIED).any(changes) {
                found.insert(key);
            }
        }
    }
    found
}

#[test]
fn every_key_is_accounted_for() {
    let generated = generated();
    let ignored: BTreeSet<Key> = IGNORED.iter().map(|ignored| (ignored.object, ignored.key)).collect();
    let listed: BTreeSet<Key> = DOCUMENTATION.iter().chain(SWAGGER).copied().chain(ignored).collect();
    let missing: Vec<Key> =
        keys(false).into_iter().filter(|key| !generated.contains(key) && !listed.contains(key)).collect();
    assert!(missing.is_empty(), "nothing depends on these keys, and no list has them: {missing:#?}");
    let wrong: Vec<&Key> = listed.intersection(&generated).collect();
    assert!(wrong.is_empty(), "something generated depends on these keys, so no list should have them: {wrong:#?}");
}

/// Keys that are for people or other tools, and that nothing is generated from.
const DOCUMENTATION: &[Key] = &[
    ("Example Object", "description"),
    ("Example Object", "summary"),
    ("External Documentation Object", "description"),
    ("External Documentation Object", "url"),
    ("Info Object", "summary"),
    ("Info Object", "termsOfService"),
    ("License Object", "identifier"),
    ("OpenAPI Object", "externalDocs"),
    ("Operation Object", "externalDocs"),
    ("Response Object", "summary"),
    ("Schema Object", "$comment"),
    ("Schema Object", "externalDocs"),
    // How a token looks is for people (OpenAPI 3.0.3 §4.7.27.1).
    ("Security Scheme Object", "bearerFormat"),
    ("Server Object", "name"),
    ("Tag Object", "externalDocs"),
    // All dialects of JSON Schema are read alike.
    ("OpenAPI Object", "jsonSchemaDialect"),
    ("Schema Object", "$schema"),
    ("Schema Object", "$vocabulary"),
];

/// Keys of Swagger 2.0, which stay where they are when a document is converted.
const SWAGGER: &[Key] = &[
    ("OpenAPI Object", "definitions"),
    ("OpenAPI Object", "parameters"),
    ("OpenAPI Object", "responses"),
    ("OpenAPI Object", "securityDefinitions"),
];
