//! Combines the files of a document into one tree, so that later stages do not know about files.
//!
//! A schema, parameter, response and so on of another file becomes a component, named after the place of its definition. Any
//! other object replaces the reference to it. Where each part comes from is kept for diagnostics.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::diag::{Code, Diags, FileId, Pointer};
use crate::load::{Document, Walked};
use crate::tree::{Map, Tree};
use crate::vocabulary::ValueKind;

/// References are not replaced deeper than this many levels.
const MAX_DEPTH: usize = 200;
/// The number of values that may replace references. Files that refer to each other several times each would soon need more.
const MAX_VALUES: usize = 300_000;

/// Combines the files of a document. Only references to other files change.
///
/// A component whose name is taken gets another one, with a warning. A reference stays as it is, with a warning, if its target
/// would contain itself, or if the targets would become too large; what refers to it is left out later.
pub fn bundle(mut document: Document, diags: &mut Diags) -> Document {
    if document.trees.len() < 2 {
        return document;
    }
    let kind = document.kind();
    let root = Pointer::root(FileId::default());
    let mut bundler = Bundler::new(&document, diags);
    bundler.walked.enter(&document, &root, kind);
    let mut out = bundler.rewrite(document.root(), BundlePlace { at: &root, here: root.clone(), kind });
    let mut parts = BTreeMap::new();
    while let Some(open) = bundler.open.pop_front() {
        let Some(tree) = document.get(&open.from) else { continue };
        if open.from != open.to {
            bundler.origins.insert(open.to.clone(), open.from.clone());
        }
        let place = BundlePlace { at: &open.from, here: open.to.clone(), kind: open.kind };
        let part = bundler.rewrite(tree, place);
        if open.from == open.to {
            parts.insert(open.to, part);
        } else {
            insert(&mut out, &open.to, part);
        }
    }
    // In the order of their pointers, so that a part inside another one is put into it.
    for (at, part) in parts {
        if let Some(place) = out.below_mut(&at) {
            *place = part;
        }
    }
    let origins = bundler.origins;
    document.replace(out);
    diags.set_origins(origins);
    document
}

/// Adds a component; creates the sections around it.
fn insert(out: &mut Tree, at: &Pointer, component: Tree) {
    let mut tree = out;
    for key in at.parent().tokens() {
        let Some(map) = tree.as_object_mut() else { return };
        tree = map.entry(key).or_insert_with(|| Tree::Object(Map::default()));
    }
    if let Some(map) = tree.as_object_mut() {
        map.insert(at.last(), component);
    }
}

/// The keys of the mapping that contains components of one kind.
type Section = &'static [&'static str];

/// A value, and where it goes in the bundle.
struct BundlePlace<'p> {
    at: &'p Pointer,
    here: Pointer,
    kind: ValueKind,
}

/// A part of the bundle that is still to be written: a component, or a part of the root that only references lead to, such as
/// a schema in an extension.
struct Open {
    from: Pointer,
    to: Pointer,
    kind: ValueKind,
}

struct Bundler<'d> {
    document: &'d Document,
    diags: &'d mut Diags,
    /// Where schemas go.
    schemas: Section,
    /// The names of components, by section.
    taken: BTreeMap<Section, BTreeSet<String>>,
    /// The next number to try for a name that is taken.
    numbers: BTreeMap<(Section, String), usize>,
    /// The names of objects of other files, by section.
    names: BTreeMap<(Section, Pointer), String>,
    open: VecDeque<Open>,
    /// What was rewritten in the root.
    walked: Walked,
    /// Where parts of the bundle come from.
    origins: BTreeMap<Pointer, Pointer>,
    /// The targets that are replacing references now, the outermost first.
    inlined: Vec<Pointer>,
    /// References that were reported already.
    reported: BTreeSet<Pointer>,
    /// How many more values may replace references.
    left: usize,
}

impl<'d> Bundler<'d> {
    fn new(document: &'d Document, diags: &'d mut Diags) -> Self {
        let is_swagger = document.root().get("swagger").is_some();
        Self {
            document,
            diags,
            schemas: if is_swagger { &["definitions"] } else { &["components", "schemas"] },
            taken: BTreeMap::new(),
            numbers: BTreeMap::new(),
            names: BTreeMap::new(),
            open: VecDeque::new(),
            walked: Walked::default(),
            origins: BTreeMap::new(),
            inlined: Vec::new(),
            reported: BTreeSet::new(),
            left: MAX_VALUES,
        }
    }

    /// The section for objects of a kind; `None` if they have to replace the references to them.
    fn section(&self, kind: ValueKind) -> Option<Section> {
        if kind.is_schema() { Some(self.schemas) } else { kind.shape()?.section }
    }

    fn rewrite(&mut self, tree: &Tree, place: BundlePlace<'_>) -> Tree {
        if !self.inlined.is_empty() {
            self.left = self.left.saturating_sub(1);
        }
        match (tree, place.kind) {
            (tree, kind) if kind.is_data() => tree.clone(),
            (Tree::String(text), ValueKind::SchemaName) => Tree::String(self.mapped(place.at, text)),
            (Tree::Object(map), _) => match map.get("$ref").and_then(Tree::as_str) {
                Some(reference) => self.reference(map, reference, place),
                None => Tree::Object(self.entries(map, &place)),
            },
            (Tree::Array(items), kind) => {
                let item = |(index, item): (usize, &Tree)| {
                    let (at, here) = (place.at.index(index), place.here.index(index));
                    self.rewrite(item, BundlePlace { at: &at, here, kind: kind.item() })
                };
                Tree::Array(items.iter().enumerate().map(item).collect())
            }
            (other, _) => other.clone(),
        }
    }

    fn entries(&mut self, map: &Map, place: &BundlePlace<'_>) -> Map {
        let foreign = place.at.file() != FileId::default();
        let mut out = Map::default();
        for (key, value) in map {
            // References to identifiers are resolved already. In the bundle, an `$id` would change what other references mean.
            let is_identifier = matches!(key.as_str(), "$id" | "$anchor" | "$dynamicAnchor" | "$schema");
            if foreign && is_identifier && place.kind.is_schema() {
                continue;
            }
            let kind = place.kind.entry(key);
            let value = if value.is_container() || matches!(kind, ValueKind::SchemaName) {
                let (at, here) = (place.at.push(key), place.here.push(key));
                self.rewrite(value, BundlePlace { at: &at, here, kind })
            } else {
                value.clone()
            };
            out.insert(key.clone(), value);
        }
        out
    }

    fn reference(&mut self, map: &Map, reference: &str, place: BundlePlace<'_>) -> Tree {
        let target = self.document.target(place.at, reference).filter(|target| self.document.get(target).is_some());
        let Some(target) = target else { return Tree::Object(self.entries(map, &place)) };
        // A reference to a whole map of schemas has no meaning for later stages.
        if matches!(place.kind, ValueKind::Map(ValueKind::Schema)) {
            return self.inline(map, &target, place);
        }
        let text = if target.file() == FileId::default() {
            self.reach(&target, place.kind);
            (place.at.file() != FileId::default()).then(|| format!("#{}", target.path()))
        } else if let Some(section) = self.section(place.kind) {
            Some(self.component(section, &target, place.kind))
        } else {
            return self.inline(map, &target, place);
        };
        let mut entries = self.entries(map, &place);
        entries.extend(text.map(|text| ("$ref".to_owned(), Tree::String(text))));
        Tree::Object(entries)
    }

    /// Plans to rewrite a value of the root to which the walk from the root does not lead.
    fn reach(&mut self, target: &Pointer, kind: ValueKind) {
        if self.walked.enter(self.document, target, kind) {
            self.open.push_back(Open { from: target.clone(), to: target.clone(), kind });
        }
    }

    /// Replaces a reference with its target.
    fn inline(&mut self, map: &Map, target: &Pointer, place: BundlePlace<'_>) -> Tree {
        let Some(tree) = self.document.get(target).filter(|_| self.may_inline(target, &place)) else {
            return Tree::Object(self.entries(map, &place));
        };
        let beside = if place.kind.is_path_item() { self.entries(map, &place) } else { Map::default() };
        self.origins.insert(place.here.clone(), target.clone());
        self.inlined.push(target.clone());
        let inlined = self.rewrite(tree, BundlePlace { at: target, here: place.here.clone(), kind: place.kind });
        self.inlined.pop();
        self.add_beside(inlined, beside, &place, target)
    }

    /// Adds what stands beside the reference of a path item (OpenAPI 3.0.3 §4.7.9.1) to what replaces the reference.
    fn add_beside(&mut self, inlined: Tree, beside: Map, place: &BundlePlace<'_>, target: &Pointer) -> Tree {
        let Tree::Object(mut map) = inlined else { return inlined };
        for (key, value) in beside.into_iter().filter(|(key, _)| key != "$ref") {
            let at = place.at.push(&key);
            self.origins.insert(place.here.push(&key), at.clone());
            let is_text = matches!(key.as_str(), "summary" | "description") || key.starts_with("x-");
            if map.insert(key.clone(), value).is_some() && !is_text && self.reported.insert(at.clone()) {
                let message = format!("`{key}` is also in the path item that `$ref` refers to; the one here is used");
                self.diags
                    .warn(Code::Duplicate, &at, message)
                    .related(&target.push(&key), "the other one")
                    .help("remove one of them");
            }
        }
        Tree::Object(map)
    }

    /// Whether a target may replace a reference to it. If not, that is reported.
    fn may_inline(&mut self, target: &Pointer, place: &BundlePlace<'_>) -> bool {
        let (code, message) = if self.inlined.contains(target) {
            (Code::CircularReference, "this reference leads back to itself; what refers to it is left out".to_owned())
        } else if place.here.tokens().count() > MAX_DEPTH {
            (Code::Limit, format!("nested more than {MAX_DEPTH} levels deep; what refers to it is left out"))
        } else if self.left == 0 {
            (Code::Limit, format!("more than {MAX_VALUES} values of other files; what refers to it is left out"))
        } else {
            return true;
        };
        if self.reported.insert(place.at.clone()) {
            self.diags.warn(code, &place.at.push("$ref"), message).help("move the target into `components`");
        }
        false
    }

    /// A value of a discriminator's mapping: a reference, or a name, which stays as it is.
    fn mapped(&mut self, at: &Pointer, text: &str) -> String {
        match self.document.target(at, text).filter(|target| self.document.get(target).is_some()) {
            Some(target) if target.file() != FileId::default() => {
                self.component(self.schemas, &target, ValueKind::Schema)
            }
            Some(target) if at.file() != FileId::default() => format!("#{}", target.path()),
            _ => text.to_owned(),
        }
    }

    /// A reference to the component that an object of another file becomes. A part of a component schema stays a part of it.
    fn component(&mut self, section: Section, target: &Pointer, kind: ValueKind) -> String {
        let whole = target.enclosing_component().filter(|whole| self.is_part(target, whole, kind));
        let whole = whole.unwrap_or_else(|| target.clone());
        let rest = target.path().get(whole.path().len()..).unwrap_or_default().to_owned();
        let name = match self.names.get(&(section, whole.clone())) {
            Some(name) => name.clone(),
            None => self.name(section, &whole),
        };
        let to = section.iter().fold(Pointer::default(), |at, key| at.push(key)).push(&name);
        let reference = format!("#{}{rest}", to.path());
        if self.names.insert((section, whole.clone()), name).is_none() {
            self.open.push_back(Open { from: whole, to, kind });
        }
        reference
    }

    /// Whether a walk through a schema finds a part of it to be of this kind.
    fn is_part(&self, target: &Pointer, whole: &Pointer, kind: ValueKind) -> bool {
        let path = target.tokens().skip(whole.tokens().count());
        let found = self.document.get(whole).and_then(|tree| tree.kind_below(ValueKind::Schema, path));
        kind.is_schema() && found.is_some_and(|found| found.means(kind))
    }

    /// Chooses the name of a new component.
    fn name(&mut self, section: Section, from: &Pointer) -> String {
        let wanted = self.document.definition_name(from);
        let name = self.unique(section, &wanted);
        if name != wanted {
            let message = format!("this is renamed to `{name}`, because another file has a `{wanted}` as well");
            self.diags.warn(Code::Renamed, from, message).help("give one of them another name");
        }
        name
    }

    fn unique(&mut self, section: Section, name: &str) -> String {
        let root = self.document.root();
        let taken = self.taken.entry(section).or_insert_with(|| {
            let known = section.iter().try_fold(root, |tree, key| tree.get(key)).and_then(Tree::as_object);
            known.into_iter().flat_map(Map::keys).cloned().collect()
        });
        let mut unique = name.to_owned();
        let next = self.numbers.entry((section, name.to_owned())).or_insert(2);
        while !taken.insert(unique.clone()) {
            unique = format!("{name}{next}");
            *next += 1;
        }
        unique
    }
}
