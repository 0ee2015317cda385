//! Reports entries of `[types]` that have no effect on the document.

use std::collections::BTreeSet;

use crate::config::Config;
use crate::diag::{Code, Diags, FileId, Pointer};
use crate::distance::similar;
use crate::ir::Api;
use crate::load::Document;
use crate::tree::Tree;

/// Reports formats that no schema has, dependencies that no type names, and pointers that lead to no schema.
pub(crate) fn report_unused_types(document: &Document, config: &Config, diags: &mut Diags) {
    let types = &config.types;
    if !types.formats.is_empty() {
        let known = formats(document);
        for format in types.formats.keys().filter(|format| !known.contains(format.as_str())) {
            let help = match similar(format, known.iter().copied()) {
                Some(known) => format!("did you mean `{known}`?"),
                None => "remove the entry".to_owned(),
            };
            let at = config.place(&["types", "formats", format]);
            diags.warn(Code::UnusedSetting, &at, format!("no schema has the format `{format}`")).help(help);
        }
    }
    report_unused_dependencies(config, diags);
    let pointers = types.replace.keys().map(|pointer| ("replace", pointer));
    for (table, pointer) in pointers.chain(types.attributes.keys().map(|pointer| ("attributes", pointer))) {
        if let Some((message, help)) = problem(document, pointer) {
            diags.warn(Code::UnusedSetting, &config.place(&["types", table, pointer]), message).help(help);
        }
    }
}

/// Reports dependencies that no path of `[types]` begins with.
fn report_unused_dependencies(config: &Config, diags: &mut Diags) {
    let types = &config.types;
    let texts = || {
        let types = types.formats.values().chain(types.replace.values()).chain(&types.derive);
        types.chain(config.types.attributes.values().flatten())
    };
    // A dependency with features may be there for them alone.
    for (name, _) in types.dependencies.iter().filter(|(_, value)| !value.contains("features")) {
        let path = format!("{}::", name.replace('-', "_"));
        let names = |text: &str| text.replace(char::is_whitespace, "").contains(&path);
        if !texts().any(|text| names(text)) {
            let at = config.place(&["types", "dependencies", name]);
            diags
                .warn(Code::UnusedSetting, &at, format!("nothing in `[types]` uses `{name}`"))
                .help("remove the entry");
        }
    }
}

/// Returns every `format` in the document, those in examples included: a warning must not be wrong.
fn formats(document: &Document) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let mut open = vec![document.root()];
    while let Some(tree) = open.pop() {
        found.extend(tree.get("format").and_then(Tree::as_str));
        open.extend(tree.children().map(|(_, child)| child).filter(|child| child.is_container()));
    }
    found
}

/// Returns why a pointer does not lead to a schema, and what to do.
fn problem(document: &Document, pointer: &str) -> Option<(String, String)> {
    let Some(path) = pointer.strip_prefix('#').filter(|path| path.starts_with('/')) else {
        let help = "write the place of a schema, such as `#/components/schemas/Money`";
        return Some((format!("`{pointer}` is not a pointer"), help.to_owned()));
    };
    let at = Pointer::parse(FileId::default(), path);
    match document.root().kind_below(document.kind(), at.tokens()) {
        // What the specification does not define may have become a schema, as headers of Swagger do.
        Some(kind) if kind.is_schema() || kind.is_data() => None,
        Some(_) => Some((format!("`{pointer}` is not a schema"), "write the place of a schema".to_owned())),
        None => {
            let siblings = document.get(&at.parent()).and_then(Tree::as_object);
            let last = at.last();
            let names = siblings.into_iter().flatten().map(|(name, _)| name.as_ref());
            let help = match similar(&last, names) {
                Some(name) => format!("did you mean `{}`?", at.parent().push(name)),
                None => "`crategen inspect` lists the places of all types".to_owned(),
            };
            Some((format!("`{pointer}` does not exist in the document"), help))
        }
    }
}

/// Reports attributes of schemas that are no types of their own.
pub(crate) fn report_attributes_without_type(api: &Api, config: &Config, diags: &mut Diags) {
    let types: BTreeSet<String> = api.types.iter().map(|(_, def)| def.at.to_string()).collect();
    for pointer in config.types.attributes.keys().filter(|pointer| !types.contains(*pointer)) {
        let at = config.place(&["types", "attributes", pointer]);
        if config.settings_file.is_some() && diags.has(Code::UnusedSetting, &at) {
            continue;
        }
        let message = format!("no type is generated for `{pointer}`, so it has no attributes");
        diags.warn(Code::UnusedSetting, &at, message).help("`crategen inspect` lists the places of all types");
    }
}
