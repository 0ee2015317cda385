//! Files that import each other in a circle can only be understood together, so such circles stay small.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit_mut::{self, VisitMut};

/// The largest number of files that may import each other, directly or through others.
const MAX_FILES: usize = 8;

/// The imports of a crate.
struct Imports {
    /// The files, by their module path.
    files: BTreeMap<Vec<String>, String>,
    /// The names that each file imports, and their paths.
    names: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// The files that each file imports. An import of a name that is re-exported is one of the file that defines it.
    edges: BTreeMap<String, BTreeSet<String>>,
}

impl Imports {
    fn read(folder: &str) -> Self {
        let root = e2e::root().join(folder);
        let paths = e2e::files(&root, &["rs"]);
        let name = |path: &std::path::Path| path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
        let is_code = |name: &String| name != "main.rs" && !name.ends_with("_tests.rs");
        let names: Vec<String> = paths.iter().map(|path| name(path)).filter(is_code).collect();
        let files = names.iter().map(|name| (module(name), name.clone())).collect();
        let mut imports = Self { files, names: BTreeMap::new(), edges: BTreeMap::new() };
        let mut mentioned = BTreeMap::new();
        for name in names {
            let mut file = syn::parse_file(&std::fs::read_to_string(root.join(&name)).unwrap()).unwrap();
            let mut paths = Paths::default();
            paths.visit_file_mut(&mut file);
            imports.names.insert(name.clone(), paths.imported);
            mentioned.insert(name, paths.found);
        }
        for (name, paths) in mentioned {
            let inside = module(&name);
            let found = paths.iter().filter_map(|path| imports.target(&inside, path, 0));
            let found = found.filter(|target| *target != name).collect();
            imports.edges.insert(name, found);
        }
        imports
    }

    /// The file that a path inside a module leads to; `None` if it leads out of the crate.
    fn target(&self, inside: &[String], path: &[String], depth: usize) -> Option<String> {
        let mut module = inside.to_vec();
        let mut rest = path.iter().peekable();
        match path.first()?.as_str() {
            "crate" => module.clear(),
            "super" => {}
            "self" => drop(rest.next()),
            // A child module, by its name alone.
            child if self.files.contains_key(&[inside, &[child.to_owned()]].concat()) => {}
            _ => return None,
        }
        while let Some(segment) = rest.next_if(|segment| segment.as_str() != "self") {
            match segment.as_str() {
                "crate" => {}
                "super" => drop(module.pop()),
                name => {
                    module.push(name.to_owned());
                    if self.files.contains_key(&module) {
                        continue;
                    }
                    module.pop();
                    let reexported = self.names.get(self.files.get(&module)?).and_then(|names| names.get(name));
                    let reexported =
                        reexported.filter(|path| depth < 8 && path.last().is_some_and(|last| last != "self"));
                    if let Some(found) = reexported.and_then(|path| self.target(&module, path, depth + 1)) {
                        return Some(found);
                    }
                    break;
                }
            }
        }
        self.files.get(&module).cloned()
    }

    /// The files that a file imports, directly or through others.
    fn reachable<'a>(&'a self, from: &'a str) -> BTreeSet<&'a str> {
        let mut found = BTreeSet::new();
        let mut open = vec![from];
        while let Some(file) = open.pop() {
            let imported = self.edges.get(file).into_iter().flatten().map(String::as_str);
            open.extend(imported.filter(|file| found.insert(*file)));
        }
        found
    }

    /// The sets of files that import each other, the largest first.
    fn circles(&self) -> Vec<BTreeSet<&str>> {
        let reachable: BTreeMap<&str, BTreeSet<&str>> =
            self.edges.keys().map(|file| (file.as_str(), self.reachable(file))).collect();
        let circle = |file: &&str| -> BTreeSet<&str> {
            reachable[file].iter().copied().filter(|other| reachable[other].contains(file)).collect()
        };
        let circles: BTreeSet<BTreeSet<&str>> = reachable.keys().map(circle).filter(|c| !c.is_empty()).collect();
        let mut circles: Vec<BTreeSet<&str>> = circles.into_iter().collect();
        circles.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
        circles
    }
}

/// `emit/client/mod.rs` is the module `emit::client`.
fn module(file: &str) -> Vec<String> {
    let stem = file.strip_suffix(".rs").unwrap_or(file);
    let mut module: Vec<String> = stem.split('/').map(str::to_owned).collect();
    if matches!(module.last().map(String::as_str), Some("mod" | "lib")) {
        module.pop();
    }
    module
}

/// The paths that a file mentions, imports included. Macro calls are not looked into: most of them are code to be generated.
#[derive(Default)]
struct Paths {
    found: BTreeSet<Vec<String>>,
    imported: BTreeMap<String, Vec<String>>,
}

impl Paths {
    fn add_name(&mut self, name: &syn::Ident, path: Vec<String>) {
        self.imported.insert(name.to_string(), path.clone());
        self.found.insert(path);
    }

    fn add_use(&mut self, tree: &syn::UseTree, before: &[String]) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.add_use(&path.tree, &with(&path.ident)),
            syn::UseTree::Group(group) => group.items.iter().for_each(|item| self.add_use(item, before)),
            syn::UseTree::Name(name) => self.add_name(&name.ident, with(&name.ident)),
            syn::UseTree::Rename(name) => self.add_name(&name.rename, with(&name.ident)),
            syn::UseTree::Glob(_) => drop(self.found.insert(before.to_vec())),
        }
    }
}

impl VisitMut for Paths {
    fn visit_item_use_mut(&mut self, item: &mut syn::ItemUse) {
        self.add_use(&item.tree, &[]);
    }

    /// `pub(in crate::client)` says who may use an item, not what the file uses.
    fn visit_visibility_mut(&mut self, _: &mut syn::Visibility) {}

    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        if path.segments.len() > 1 {
            self.found.insert(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        }
        visit_mut::visit_path_mut(self, path);
    }

    fn visit_item_mod_mut(&mut self, item: &mut syn::ItemMod) {
        let is_test = item.attrs.iter().any(|attribute| attribute.path().is_ident("cfg"));
        if !is_test {
            visit_mut::visit_item_mod_mut(self, item);
        }
    }
}

#[test]
fn import_cycles_are_small() {
    let mut wrong = Vec::new();
    for folder in ["generator/src", "templates/src"] {
        let imports = Imports::read(folder);
        assert!(imports.edges.values().flatten().count() > 20, "{folder}: hardly any imports were found");
        for circle in imports.circles().into_iter().filter(|circle| circle.len() > MAX_FILES) {
            {
                let edges = |file: &&&str| {
                    let within = imports.edges[**file].iter().filter(|target| circle.contains(target.as_str()));
                    format!("{file} -> {}", within.cloned().collect::<Vec<_>>().join(", "))
                };
                let edges: Vec<String> = circle.iter().map(|file| edges(&file)).collect();
                wrong.push(format!("{} files of {folder} import each other:\n  {}", circle.len(), edges.join("\n  ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
