//! Reads files into trees: the root document, overlays and every file that they refer to.

mod ids;
mod link;
mod lock;
mod overlay;
mod read;
mod remote;
mod source;
mod tree;

use std::collections::BTreeMap;

use crate::config::Config;
use crate::diag::{Code, Diags, FileId, Pointer};

use link::Linker;
pub(crate) use lock::{Lock, kept_path};
pub use remote::RemoteError;
pub use source::Source;
pub use tree::{Map, Number, Tree};

/// The trees of a document, one per file.
#[derive(Debug, Default)]
pub struct Document {
    /// The content of the files, by [`FileId`].
    pub trees: Vec<Tree>,
    /// (referring file, reference without its fragment) -> the file that is meant.
    pub links: BTreeMap<(FileId, String), FileId>,
    /// Schemas that have a URI or an anchor.
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
        self.ids.scan(&root, FileId::default());
        self.links.clear();
        self.trees = vec![root];
    }

    /// Adds the tree of the next file.
    fn push(&mut self, name: &str, tree: Tree) {
        let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
        self.stems.push(name.split('.').next().unwrap_or(name).to_owned());
        self.trees.push(tree);
    }

    /// Returns the value at a pointer.
    pub fn get(&self, at: &Pointer) -> Option<&Tree> {
        let mut tree = self.trees.get(at.file().0 as usize)?;
        for token in at.tokens() {
            tree = tree.child(&token)?;
        }
        Some(tree)
    }

    /// Returns the name of a file without folders and extension.
    pub fn file_stem(&self, file: FileId) -> &str {
        self.stems.get(file.0 as usize).map_or("", String::as_str)
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

    /// Resolves a `$ref` that stands at `at`; `None` if it refers to a file that was not read.
    pub fn target(&self, at: &Pointer, reference: &str) -> Option<Pointer> {
        if let Some(found) = self.ids.target(at, reference) {
            return Some(found);
        }
        let (name, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let file = if name.is_empty() { at.file() } else { *self.links.get(&(at.file(), name.to_owned()))? };
        let fragment = tree::percent_decode(fragment);
        let is_pointer = fragment.is_empty() || fragment.starts_with('/');
        // An unknown anchor becomes a missing key, which is reported when it is looked up.
        Some(if is_pointer { Pointer::parse(file, &fragment) } else { Pointer::root(file).push(&fragment) })
    }
}

/// Reads `root` and every file that it refers to, directly or through other files.
///
/// A reference to a file outside the folder of the root is an error, unless the configuration allows it. A reference to a file
/// that cannot be read, or to another host without permission, is a warning.
pub fn load(root: Source, config: &Config, diags: &mut Diags) -> Document {
    let mut linker = Linker::new(&root, config);
    let mut document = Document::default();
    let root = diags.add_source(root);
    read_file(root, &mut document, diags);
    read_overlays(config, &mut document, diags);
    linker.follow_references(root, &mut document, diags);
    // Files that are found while references are followed come last; overlays have no references.
    loop {
        let file = FileId(u32::try_from(document.trees.len()).unwrap_or(u32::MAX));
        if diags.source(file).is_none() {
            return document;
        }
        read_file(file, &mut document, diags);
        linker.follow_references(file, &mut document, diags);
    }
}

/// Parses a file and adds its tree, which is `null` if the text is invalid.
fn read_file(file: FileId, document: &mut Document, diags: &mut Diags) {
    let tree = read::read(file, diags).unwrap_or_default();
    let name = diags.source(file).map_or("", |source| source.name.as_str());
    document.push(name, tree);
}

/// Reads the configured overlays and applies them to the root.
fn read_overlays(config: &Config, document: &mut Document, diags: &mut Diags) {
    for path in &config.overlays {
        match Source::file(path) {
            Ok(source) => {
                let file = diags.add_source(source);
                read_file(file, document, diags);
                if let [root, .., overlay] = document.trees.as_mut_slice() {
                    overlay::apply(root, overlay, file, diags);
                }
            }
            Err(error) => {
                let message = format!("cannot read overlay `{}`: {error}", path.display());
                diags
                    .error(Code::Unreadable, &Pointer::default(), message)
                    .help("check the path; paths in `crategen.toml` are relative to its folder");
            }
        }
    }
}

/// Returns whether the value of a key is data, in which `$ref` is an ordinary key.
pub fn is_data(key: &str) -> bool {
    matches!(key, "example" | "examples" | "default" | "enum" | "const")
}

/// Collects the `$ref`s to other files, without their fragments, and where they stand.
fn references(tree: &Tree, file: FileId) -> Vec<(String, Pointer)> {
    let mut found = Vec::new();
    collect_references(tree, &Pointer::root(file), &mut found);
    found
}

fn collect_references(tree: &Tree, at: &Pointer, found: &mut Vec<(String, Pointer)>) {
    match tree {
        Tree::Object(map) => {
            if let Some(Tree::String(reference)) = map.get("$ref") {
                let name = reference.split('#').next().unwrap_or_default();
                if !name.is_empty() {
                    found.push((name.to_owned(), at.push("$ref")));
                }
            }
            for (key, value) in map {
                if value.is_container() && !is_data(key) {
                    collect_references(value, &at.push(key), found);
                }
            }
        }
        Tree::Array(items) => {
            for (index, item) in items.iter().enumerate().filter(|(_, item)| item.is_container()) {
                collect_references(item, &at.index(index), found);
            }
        }
        _ => {}
    }
}
