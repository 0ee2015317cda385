//! One document out of many files. Later stages know one tree only; where its parts come from is kept for diagnostics.
//!
//! What another file defines becomes a component that is called after the place where it is defined; an object that no component
//! can hold stands where it is referred to.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::diag::{Code, Diags, FileId, Pointer};
use crate::load::{Document, Map, Tree, is_data};

/// Objects are not put into each other deeper than this many levels.
const MAX_DEPTH: usize = 200;
/// So many values are put in place of references; files that refer to each other several times each would soon need more.
const MAX_VALUES: usize = 300_000;

/// The document as one tree: as it was written, but for references to other files.
///
/// A component whose name is taken gets another one, with a warning. A reference stays where what it means would contain itself, or
/// would be too much to repeat; what refers to it is left out then, with a warning.
pub fn bundle(mut document: Document, diags: &mut Diags) -> Document {
    if document.trees.len() < 2 {
        return document;
    }
    let mut bundler = Bundler::new(&document, diags);
    let at = Pointer::root(FileId::default());
    let root = document.root();
    let mut out = bundler.rewrite(root, Place { at: &at, here: at.clone(), keys: Keys::default() });
    while let Some((section, name, from)) = bundler.open.pop_front() {
        let Some(tree) = document.get(&from) else { continue };
        let path = bundler.path(section);
        let here = path.iter().fold(at.clone(), |at, key| at.push(key)).push(&name);
        bundler.origins.insert(here.clone(), from.clone());
        let keys = Keys { parent: section.to_owned(), key: name.clone(), in_schema: section == SCHEMAS };
        let component = bundler.rewrite(tree, Place { at: &from, here, keys });
        insert(&mut out, &path, name, component);
    }
    let origins = bundler.origins;
    document.replace(out);
    diags.set_origins(origins);
    document
}

fn insert(out: &mut Tree, path: &[&str], name: String, component: Tree) {
    let mut tree = out;
    for key in path {
        let Some(map) = tree.as_object_mut() else { return };
        tree = map.entry((*key).to_owned()).or_insert_with(|| Tree::Object(Map::default()));
    }
    if let Some(map) = tree.as_object_mut() {
        map.insert(name, component);
    }
}

const SCHEMAS: &str = "schemas";

/// What a reference means, by where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A component of this section.
    Component(&'static str),
    /// An object that stands where it is referred to.
    Inline,
}

/// The key of a value and the key of what it is in.
#[derive(Clone, Debug, Default)]
struct Keys {
    parent: String,
    key: String,
    /// Everything inside a schema is one.
    in_schema: bool,
}

impl Keys {
    /// Those of an entry.
    fn of(&self, key: &str) -> Self {
        let mut keys = Self { parent: self.key.clone(), key: key.to_owned(), in_schema: self.in_schema };
        keys.in_schema |= keys.kind() == Kind::Component(SCHEMAS);
        keys
    }

    fn kind(&self) -> Kind {
        if self.in_schema {
            return Kind::Component(SCHEMAS);
        }
        match (self.parent.as_str(), self.key.as_str()) {
            ("schemas" | "definitions", _) | (_, "schema" | "itemSchema") => Kind::Component(SCHEMAS),
            ("parameters", _) => Kind::Component("parameters"),
            ("responses", _) => Kind::Component("responses"),
            ("headers", _) => Kind::Component("headers"),
            ("requestBodies", _) | (_, "requestBody") => Kind::Component("requestBodies"),
            _ => Kind::Inline,
        }
    }
}

/// Where the bundler is: in the files, and in the bundle.
struct Place<'p> {
    at: &'p Pointer,
    here: Pointer,
    keys: Keys,
}

struct Bundler<'d> {
    document: &'d Document,
    diags: &'d mut Diags,
    is_swagger: bool,
    /// The names of components, by section.
    taken: BTreeMap<&'static str, BTreeSet<String>>,
    /// What an object of another file is called, by section.
    names: BTreeMap<(&'static str, Pointer), String>,
    /// Components that are named and not written yet.
    open: VecDeque<(&'static str, String, Pointer)>,
    /// Where parts of the bundle come from.
    origins: BTreeMap<Pointer, Pointer>,
    /// What is being put in place of references now, the outermost first.
    inlined: Vec<Pointer>,
    /// References that were reported already.
    reported: BTreeSet<Pointer>,
    /// How many values may still be put in place of references.
    left: usize,
}

impl<'d> Bundler<'d> {
    fn new(document: &'d Document, diags: &'d mut Diags) -> Self {
        let is_swagger = document.root().get("swagger").is_some();
        Self {
            document,
            diags,
            is_swagger,
            taken: BTreeMap::new(),
            names: BTreeMap::new(),
            open: VecDeque::new(),
            origins: BTreeMap::new(),
            inlined: Vec::new(),
            reported: BTreeSet::new(),
            left: MAX_VALUES,
        }
    }

    /// Where the components of a section are.
    fn path(&self, section: &'static str) -> Vec<&'static str> {
        match section {
            SCHEMAS if self.is_swagger => vec!["definitions"],
            section if self.is_swagger => vec![section],
            section => vec!["components", section],
        }
    }

    /// Whether the dialect has components of a section.
    fn has(&self, section: &str) -> bool {
        !self.is_swagger || matches!(section, SCHEMAS | "parameters" | "responses")
    }

    fn rewrite(&mut self, tree: &Tree, place: Place<'_>) -> Tree {
        if !self.inlined.is_empty() {
            self.left = self.left.saturating_sub(1);
        }
        match tree {
            Tree::Object(map) => match map.get("$ref").and_then(Tree::as_str) {
                Some(reference) => self.reference(map, reference, place),
                None => Tree::Object(self.entries(map, &place)),
            },
            Tree::Array(items) => {
                let item = |(index, item): (usize, &Tree)| {
                    let keys = place.keys.of("");
                    let (at, here) = (place.at.index(index), place.here.index(index));
                    self.rewrite(item, Place { at: &at, here, keys })
                };
                Tree::Array(items.iter().enumerate().map(item).collect())
            }
            other => other.clone(),
        }
    }

    fn entries(&mut self, map: &Map, place: &Place<'_>) -> Map {
        let mapping = place.keys.parent == "discriminator" && place.keys.key == "mapping";
        let foreign = place.at.file() != FileId::default();
        let mut out = Map::default();
        for (key, value) in map {
            // References to other files' identifiers are resolved, and here they would be the base of others.
            if foreign
                && place.keys.in_schema
                && matches!(key.as_str(), "$id" | "$anchor" | "$dynamicAnchor" | "$schema")
            {
                continue;
            }
            let value = match value {
                Tree::String(text) if mapping => Tree::String(self.mapped(place.at, text)),
                value if !value.is_container() || is_data(key) => value.clone(),
                value => {
                    let (at, here) = (place.at.push(key), place.here.push(key));
                    self.rewrite(value, Place { at: &at, here, keys: place.keys.of(key) })
                }
            };
            out.insert(key.clone(), value);
        }
        out
    }

    fn reference(&mut self, map: &Map, reference: &str, place: Place<'_>) -> Tree {
        let target = self.document.target(place.at, reference).filter(|target| self.document.get(target).is_some());
        let Some(target) = target else { return Tree::Object(self.entries(map, &place)) };
        if Self::is_map(&place.keys) {
            return self.inline(map, &target, place);
        }
        if target.file() == FileId::default() {
            let mut entries = self.entries(map, &place);
            if place.at.file() != FileId::default() {
                entries.insert("$ref".to_owned(), Tree::String(format!("#{}", target.path())));
            }
            return Tree::Object(entries);
        }
        match place.keys.kind() {
            Kind::Component(section) if self.has(section) => {
                let mut entries = self.entries(map, &place);
                entries.insert("$ref".to_owned(), Tree::String(self.component(section, &target)));
                Tree::Object(entries)
            }
            _ => self.inline(map, &target, place),
        }
    }

    /// Whether `$ref` stands in place of a whole map of schemas rather than of one.
    fn is_map(keys: &Keys) -> bool {
        let maps = ["properties", "patternProperties", "$defs", "definitions"];
        keys.in_schema && maps.contains(&keys.key.as_str()) && !maps.contains(&keys.parent.as_str())
    }

    /// What is referred to, in place of the reference.
    fn inline(&mut self, map: &Map, target: &Pointer, place: Place<'_>) -> Tree {
        let Some(tree) = self.document.get(target).filter(|_| self.may_inline(target, &place)) else {
            return Tree::Object(self.entries(map, &place));
        };
        self.origins.insert(place.here.clone(), target.clone());
        self.inlined.push(target.clone());
        let inlined = self.rewrite(tree, Place { at: target, here: place.here, keys: place.keys });
        self.inlined.pop();
        inlined
    }

    /// Whether a value may stand in place of a reference to it; says so if it may not.
    fn may_inline(&mut self, target: &Pointer, place: &Place<'_>) -> bool {
        let (code, message) = if self.inlined.contains(target) {
            (Code::CircularReference, "this leads back to where it stands; what refers to it is left out".to_owned())
        } else if place.here.tokens().count() > MAX_DEPTH {
            (Code::Limit, format!("nested more than {MAX_DEPTH} levels deep; what refers to it is left out"))
        } else if self.left == 0 {
            (Code::Limit, format!("more than {MAX_VALUES} values of other files; what refers to it is left out"))
        } else {
            return true;
        };
        if self.reported.insert(place.at.clone()) {
            self.diags.warn(code, &place.at.push("$ref"), message).help("make a component of what is referred to");
        }
        false
    }

    /// A value of a discriminator's mapping, if it is a reference.
    fn mapped(&mut self, at: &Pointer, text: &str) -> String {
        match self.document.target(at, text).filter(|target| self.document.get(target).is_some()) {
            Some(target) if target.file() != FileId::default() => self.component(SCHEMAS, &target),
            _ => text.to_owned(),
        }
    }

    /// A reference to what becomes of an object of another file. A part of a component stays a part of it.
    fn component(&mut self, section: &'static str, target: &Pointer) -> String {
        let whole = target.enclosing_component().filter(|_| section == SCHEMAS).unwrap_or_else(|| target.clone());
        let rest = target.path().get(whole.path().len()..).unwrap_or_default().to_owned();
        let known = self.names.get(&(section, whole.clone())).cloned();
        let name = known.unwrap_or_else(|| {
            let wanted = self.document.definition_name(&whole);
            let name = self.unique(section, &wanted);
            if name != wanted {
                let message = format!("this is called `{name}`, because another file has a `{wanted}` as well");
                self.diags.warn(Code::Renamed, &whole, message).help("give one of them another name");
            }
            self.names.insert((section, whole.clone()), name.clone());
            self.open.push_back((section, name.clone(), whole));
            name
        });
        let place = self.path(section).iter().fold(Pointer::default(), |at, key| at.push(key)).push(&name);
        format!("#{}{rest}", place.path())
    }

    fn unique(&mut self, section: &'static str, name: &str) -> String {
        let path = self.path(section);
        let root = self.document.root();
        let taken = self.taken.entry(section).or_insert_with(|| {
            let known = path.iter().try_fold(root, |tree, key| tree.get(key)).and_then(Tree::as_object);
            known.into_iter().flat_map(Map::keys).cloned().collect()
        });
        let mut unique = name.to_owned();
        let mut n = 2;
        while !taken.insert(unique.clone()) {
            unique = format!("{name}{n}");
            n += 1;
        }
        unique
    }
}
