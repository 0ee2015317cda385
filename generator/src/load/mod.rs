//! Reads the root document and every file that it refers to.

mod ids;
mod link;
mod overlay;
mod percent;
mod read;
mod references;
mod remote;
mod source;

use std::collections::{BTreeMap, VecDeque};

use crate::config::Config;
use crate::diag::{Code, Diags, FileId, Pointer};
use crate::tree::Tree;
use crate::vocabulary::{self, ValueKind};

use link::{Base, Linker};
use references::Reference;
pub use references::Walked;
pub use remote::RemoteError;
pub use source::Source;

/// A document as it was read, with one tree per file. The root is the first.
#[derive(Debug, Default)]
pub struct Document {
    /// The texts, by [`FileId`].
    pub sources: Vec<Source>,
    /// The content of the texts, by [`FileId`].
    pub trees: Vec<Tree>,
    /// The targets of references to other files, by the file with the reference and the reference without its fragment.
    pub links: BTreeMap<(FileId, String), FileId>,
    /// The schemas that have a URI or an anchor.
    pub ids: ids::Ids,
    /// The places in other files from which parts of the root come.
    pub origins: BTreeMap<Pointer, Pointer>,
}

impl Document {
    /// Returns the tree of the root file.
    pub fn root(&self) -> &Tree {
        self.trees.first().unwrap_or(&Tree::Null)
    }

    /// Replaces all trees with one, parts of which come from other files.
    pub fn replace(&mut self, root: Tree, origins: BTreeMap<Pointer, Pointer>) {
        self.ids = ids::Ids::default();
        self.links.clear();
        self.trees = vec![root];
        self.origins = origins;
        self.references(&Pointer::default(), self.kind());
    }

    /// Returns the value at a pointer.
    pub fn get(&self, at: &Pointer) -> Option<&Tree> {
        self.trees.get(at.file().0 as usize)?.below(at)
    }

    /// Returns the name of a file, without folders and extension.
    pub fn file_stem(&self, file: FileId) -> &str {
        let name = self.sources.get(file.0 as usize).map_or("", |source| source.name.as_str());
        let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
        name.split('.').next().unwrap_or(name)
    }

    /// Returns the name of a definition: its key, or the name of its file if it is a whole file.
    pub fn definition_name(&self, at: &Pointer) -> String {
        const PLACES: [&str; 6] = ["schema", "items", "content", "properties", "allOf", "additionalProperties"];
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

/// Reads `root` and every file that it refers to, directly or through others.
///
/// Each file is walked as what its references expect: a `$ref` in a schema leads to a schema. References in data, such as
/// examples, default values and extensions, are not followed.
///
/// A reference to a file outside the folder of the root is an error, unless the configuration allows it. A reference to a file
/// that cannot be read, or to another host, is a warning.
pub fn load(root: Source, config: &Config, diags: &mut Diags) -> Document {
    let mut linker = Linker::new(&root, config);
    let mut document = Document::default();
    let mut tree = read::read(&root, FileId::default(), diags).unwrap_or_default();
    document.sources.push(root);
    let overlays = overlays(config, &mut document, &mut tree, diags);
    document.trees.push(tree);
    document.trees.extend(overlays);
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
        let Some(source) = self.sources.get(file.0 as usize) else { return };
        let base = Base { path: source.path.clone(), url: source.url.clone() };
        if let Some(target) = linker.link(name, &base, &reference.at.push("$ref"), self, diags) {
            self.links.insert(link, target);
        }
        if let Some(source) = self.sources.get(self.trees.len()) {
            let file = FileId(u32::try_from(self.trees.len()).unwrap_or(u32::MAX));
            let tree = read::read(source, file, diags).unwrap_or_default();
            self.ids.scan(&tree, file);
            self.trees.push(tree);
        }
    }
}

/// Reads the overlays of the configuration, and applies them to the root.
fn overlays(config: &Config, document: &mut Document, root: &mut Tree, diags: &mut Diags) -> Vec<Tree> {
    let mut trees = Vec::new();
    for path in &config.overlays {
        match Source::file(path) {
            Ok(source) => {
                let file = FileId(u32::try_from(document.sources.len()).unwrap_or(u32::MAX));
                let tree = read::read(&source, file, diags).unwrap_or_default();
                document.sources.push(source);
                overlay::apply(root, &tree, file, diags);
                trees.push(tree);
            }
            Err(error) => {
                diags
                    .error(
                        Code::Unreadable,
                        &Pointer::default(),
                        format!("cannot read overlay `{}`: {error}", path.display()),
                    )
                    .help("paths of `crategen.toml` are relative to its folder");
            }
        }
    }
    trees
}
