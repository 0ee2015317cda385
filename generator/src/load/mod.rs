//! Reads files into trees: the root document, overlays and every file that they refer to.

mod ids;
mod link;
mod lock;
mod overlay;
mod place;
mod read;
mod references;
mod remote;
mod source;

use std::collections::{BTreeMap, VecDeque};

use crate::config::Config;
use crate::diag::{Code, Diags, FileId, Pointer};
use crate::percent;
use crate::tree::Tree;
use crate::vocabulary::{self, ValueKind};

use link::{Base, Linker};
pub(crate) use lock::{Lock, kept_path};
use references::Reference;
pub use references::Walked;
pub use remote::RemoteError;
pub use source::Source;

/// The trees of a document, one per file.
#[derive(Debug, Default)]
pub struct Document {
    /// The content of the files, by [`FileId`].
    pub trees: Vec<Tree>,
    /// (referring file, reference without its fragment) -> the file that is meant.
    pub links: BTreeMap<(FileId, String), FileId>,
    /// The schemas that have a URI or an anchor.
    pub ids: ids::Ids,
    /// The names of the files without folders and extension, by [`FileId`].
    stems: Vec<String>,
}

impl Document {
    /// Returns the tree of the root file.
    pub fn root(&self) -> &Tree {
        self.trees.first().unwrap_or(&Tree::Null)
    }

    /// Returns the tree of the root file, without a copy.
    pub fn into_root(self) -> Tree {
        self.trees.into_iter().next().unwrap_or_default()
    }

    /// Replaces all trees by one.
    pub fn replace(&mut self, root: Tree) {
        self.ids = ids::Ids::default();
        self.links.clear();
        self.trees = vec![root];
        self.references(&Pointer::default(), self.kind());
    }

    /// Adds the tree of the next file.
    fn push(&mut self, name: &str, tree: Tree) {
        let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
        self.stems.push(name.split('.').next().unwrap_or(name).to_owned());
        self.trees.push(tree);
    }

    /// Returns the value at a pointer.
    pub fn get(&self, at: &Pointer) -> Option<&Tree> {
        self.trees.get(at.file().0 as usize)?.below(at)
    }

    /// Returns the name of a file without folders and extension.
    pub fn file_stem(&self, file: FileId) -> &str {
        self.stems.get(file.0 as usize).map_or("", String::as_str)
    }

    /// Returns the name of a definition: its key, or the name of its file if it is a whole file.
    pub fn definition_name(&self, at: &Pointer) -> String {
        const PLACES: [&str; 6] = ["schema", "items", "content", "properties", "allOf", "additionalProperties"];
        if at.is_component() {
            return at.last();
        }
        let tokens: Vec<String> = at.tokens().collect();
        let telling = tokens
            .iter()
            .rev()
            .find(|token| !PLACES.contains(&token.as_str()) && token.parse::<u32>().is_err() && !token.contains('/'));
        telling.cloned().unwrap_or_else(|| self.file_stem(at.file()).to_owned())
    }

    /// Returns the target of a `$ref` at a place, or `None` if it names a file that was not read.
    pub fn target(&self, at: &Pointer, reference: &str) -> Option<Pointer> {
        if let Some(found) = self.ids.target(at, reference) {
            return Some(found);
        }
        let (name, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let file = if name.is_empty() { at.file() } else { *self.links.get(&(at.file(), name.to_owned()))? };
        let fragment = percent::decode(fragment);
        let is_pointer = fragment.is_empty() || fragment.starts_with('/');
        // An unknown anchor becomes a missing key, which is reported when it is looked up.
        Some(if is_pointer { Pointer::parse(file, &fragment) } else { Pointer::root(file).push(&fragment) })
    }
}

/// Reads `root` and every file that it refers to, directly or through other files.
///
/// Each file is walked as what its references expect: a `$ref` in a schema leads to a schema. References in data, such as
/// examples, default values and extensions, are not followed.
///
/// A reference to a file outside the folder of the root is an error, unless the configuration allows it. A reference to a file
/// that cannot be read, or to another host, is a warning.
pub fn load(root: Source, config: &Config, diags: &mut Diags) -> Document {
    let mut linker = Linker::new(&root, config);
    let mut document = Document::default();
    let root = diags.add_source(root);
    read_file(root, &mut document, diags);
    read_overlays(config, &mut document, diags);
    let kind = document.kind();
    let mut walked = Walked::default();
    let mut open = VecDeque::from([(Pointer::default(), kind)]);
    while let Some((at, kind)) = open.pop_front() {
        if !walked.enter(&document, &at, kind) {
            continue;
        }
        for reference in document.references(&at, kind) {
            document.link(&reference, &mut linker, diags);
            open.extend(document.target(&reference.at, &reference.text).map(|target| (target, reference.kind)));
        }
    }
    document
}

impl Document {
    /// What the root is: a document of OpenAPI 3.x or of Swagger 2.0.
    pub fn kind(&self) -> ValueKind {
        vocabulary::document(self.root().get("swagger").is_some())
    }

    /// Every `$ref` below a place; notes the identifiers there.
    fn references(&mut self, at: &Pointer, kind: ValueKind) -> Vec<Reference> {
        let Self { trees, ids, .. } = self;
        let mut found = Vec::new();
        let tree = trees.get(at.file().0 as usize).and_then(|tree| tree.below(at));
        if let Some(tree) = tree {
            tree.walk(kind, at, &mut |tree, kind, at| {
                ids.note(tree, kind, at);
                found.extend(Reference::of(tree, kind, at));
            });
        }
        found
    }

    /// Reads the file that a reference names, unless it was read before.
    fn link(&mut self, reference: &Reference, linker: &mut Linker, diags: &mut Diags) {
        let file = reference.at.file();
        let Some(name) = reference.file() else { return };
        let link = (file, name.to_owned());
        if self.links.contains_key(&link) || self.ids.target(&reference.at, name).is_some() {
            return;
        }
        let Some(source) = diags.source(file) else { return };
        let base = Base { path: source.path.clone(), url: source.url.clone() };
        let Some(target) = linker.link(name, &base, &reference.at.push("$ref"), diags) else { return };
        self.links.insert(link, target);
        if target.0 as usize >= self.trees.len() {
            read_file(target, self, diags);
            if let Some(tree) = self.trees.get(target.0 as usize) {
                self.ids.scan(tree, target);
            }
        }
    }
}

/// Parses a file and adds its tree, which is `null` if the text is invalid.
fn read_file(file: FileId, document: &mut Document, diags: &mut Diags) {
    let tree = read::read(file, diags).unwrap_or_default();
    let name = diags.source(file).map_or("", |source| source.name.as_str());
    document.push(name, tree);
}

/// Reads the overlays of the configuration, and applies them to the root.
fn read_overlays(config: &Config, document: &mut Document, diags: &mut Diags) {
    for (index, path) in config.overlays.iter().enumerate() {
        match Source::file(path) {
            Ok(source) => {
                let file = diags.add_source(source);
                read_file(file, document, diags);
                if let [root, .., overlay] = document.trees.as_mut_slice() {
                    overlay::apply(root, overlay, file, diags);
                }
            }
            Err(error) => {
                diags.add_missing(path.clone());
                let at = config.place(&["overlays", &index.to_string()]);
                let message = format!("cannot read overlay `{}`: {error}", path.display());
                diags
                    .error(Code::Unreadable, &at, message)
                    .help("check the path; paths in `crategen.toml` are relative to its folder");
            }
        }
    }
}
