//! From files to trees: the root document and every file that it refers to.

mod ids;
mod link;
mod overlay;
mod read;
mod remote;
mod source;
mod tree;

use std::collections::BTreeMap;

use crate::config::Config;
use crate::diag::{Code, Diags, FileId, Pointer};

use link::{Base, Linker};
pub use remote::RemoteError;
pub use source::Source;
pub use tree::{Map, Number, Tree};

/// A document as it was read: one tree a file, the root first.
#[derive(Debug, Default)]
pub struct Document {
    /// The texts, by [`FileId`].
    pub sources: Vec<Source>,
    /// What the texts say, by [`FileId`].
    pub trees: Vec<Tree>,
    /// Which file a reference to another file means: (referring file, the reference without its fragment).
    pub links: BTreeMap<(FileId, String), FileId>,
    /// Schemas that have a URI or an anchor.
    pub ids: ids::Ids,
    /// Where parts of the root come from that other files define.
    pub origins: BTreeMap<Pointer, Pointer>,
}

impl Document {
    /// The tree of the root file.
    pub fn root(&self) -> &Tree {
        self.trees.first().unwrap_or(&Tree::Null)
    }

    /// Puts one tree in place of all; parts of it come from other files.
    pub fn replace(&mut self, root: Tree, origins: BTreeMap<Pointer, Pointer>) {
        self.ids = ids::Ids::default();
        self.ids.scan(&root, FileId::default());
        self.links.clear();
        self.trees = vec![root];
        self.origins = origins;
    }

    /// What stands at a pointer.
    pub fn get(&self, at: &Pointer) -> Option<&Tree> {
        let mut tree = self.trees.get(at.file().0 as usize)?;
        for token in at.tokens() {
            tree = tree.child(&token)?;
        }
        Some(tree)
    }

    /// The name of a file, without folders and extension.
    pub fn file_stem(&self, file: FileId) -> &str {
        let name = self.sources.get(file.0 as usize).map_or("", |source| source.name.as_str());
        let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
        name.split('.').next().unwrap_or(name)
    }

    /// What a definition is called: its key, or the name of its file if it is a whole file.
    pub fn definition_name(&self, at: &Pointer) -> String {
        const PLACES: [&str; 6] = ["schema", "items", "content", "properties", "allOf", "additionalProperties"];
        let tokens: Vec<String> = at.tokens().collect();
        let telling = tokens
            .iter()
            .rev()
            .find(|token| !PLACES.contains(&token.as_str()) && token.parse::<u32>().is_err() && !token.contains('/'));
        telling.cloned().unwrap_or_else(|| self.file_stem(at.file()).to_owned())
    }

    /// The place that a `$ref` at a place means; `None` if it names a file that was not read.
    pub fn target(&self, at: &Pointer, reference: &str) -> Option<Pointer> {
        if let Some(found) = self.ids.target(at, reference) {
            return Some(found);
        }
        let (name, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let file = if name.is_empty() { at.file() } else { *self.links.get(&(at.file(), name.to_owned()))? };
        let fragment = tree::percent_decode(fragment);
        let is_pointer = fragment.is_empty() || fragment.starts_with('/');
        // An anchor that nobody set is a key that nobody has.
        Some(if is_pointer { Pointer::parse(file, &fragment) } else { Pointer::root(file).push(&fragment) })
    }
}

/// Reads `root` and every file that it refers to, directly or through others.
///
/// A reference to a file outside the folder of the root is an error, unless the configuration allows it; one to a file that
/// cannot be read, or to another host, is a warning.
pub fn load(root: Source, config: &Config, diags: &mut Diags) -> Document {
    let mut linker = Linker::new(&root, config);
    let mut document = Document::default();
    let mut tree = read::read(&root, FileId(0), diags).unwrap_or_default();
    document.sources.push(root);
    let mut overlays = overlays(config, &mut document, &mut tree, diags).into_iter();
    let mut tree = Some(tree);
    let mut next = 0;
    while let Some(source) = document.sources.get(next) {
        let file = FileId(u32::try_from(next).unwrap_or(u32::MAX));
        if next > 0
            && let Some(overlay) = overlays.next()
        {
            document.trees.push(overlay);
            next += 1;
            continue;
        }
        let tree = tree.take().or_else(|| read::read(source, file, diags)).unwrap_or_default();
        let base = Base { path: source.path.clone(), url: source.url.clone() };
        document.ids.scan(&tree, file);
        for (reference, at) in references(&tree, file) {
            let seen = document.links.contains_key(&(file, reference.clone()));
            if seen || document.ids.target(&at.parent(), &reference).is_some() {
                continue;
            }
            if let Some(target) = linker.link(&reference, &base, &at, &mut document, diags) {
                document.links.insert((file, reference), target);
            }
        }
        document.trees.push(tree);
        next += 1;
    }
    document
}

/// Reads the overlays that the user wants, and applies them to the root.
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

/// Whether what stands under a key is data: a `$ref` in it refers to nothing.
pub fn is_data(key: &str) -> bool {
    matches!(key, "example" | "examples" | "default" | "enum" | "const")
}

/// Every `$ref` to another file, without its fragment, with the place where it stands.
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
