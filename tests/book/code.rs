//! Where the code of the pages comes from.

use std::collections::BTreeSet;

use crate::page::{Block, Page};

/// The languages that blocks may have.
const LANGUAGES: [&str; 5] = ["console", "rust", "rust,ignore", "toml", "yaml"];

/// What is wrong with the code of a page.
pub fn mistakes(page: &Page) -> Vec<String> {
    let at = |block: &Block, what: String| format!("{}:{}: {what}", page.name, block.line);
    page.blocks.iter().filter_map(|block| mistake(page, block).map(|what| at(block, what))).collect()
}

fn mistake(page: &Page, block: &Block) -> Option<String> {
    if !LANGUAGES.contains(&block.language.as_str()) {
        return Some(format!("the language `{}` is not one of {LANGUAGES:?}", block.language));
    }
    if let Some(wrong) = block.includes().find_map(|include| include.text().err()) {
        return Some(wrong);
    }
    let is_included = block.includes().count() == block.source.iter().filter(|line| !line.is_empty()).count();
    match block.language.as_str() {
        "rust" if !is_included => Some("Rust that no compiler sees: include it from `book/examples`".to_owned()),
        // The code of other tools.
        "rust,ignore" if !page.name.starts_with("from-") => {
            Some("only pages about migration show other tools".to_owned())
        }
        "yaml" => serde_yaml::from_str::<serde_yaml::Value>(&block.text()).err().map(|error| error.to_string()),
        "toml" => wrong_toml(&block.text()),
        _ => None,
    }
}

/// Whether TOML is malformed, or names another version than the one that is about to be released.
fn wrong_toml(text: &str) -> Option<String> {
    let table: toml::Table = match toml::from_str(text) {
        Ok(table) => table,
        Err(error) => return Some(error.to_string()),
    };
    let version = env!("CARGO_PKG_VERSION");
    let own = ["dependencies", "build-dependencies"].iter().filter_map(|key| table.get(*key)?.as_table());
    let own = own.flatten().filter(|(name, _)| name.starts_with("crategen"));
    let mut named = own.filter_map(|(_, value)| value.as_str().or_else(|| value.get("version")?.as_str()));
    named.find(|named| !version.starts_with(&format!("{named}."))).map(|named| format!("{named} is not {version}"))
}

/// Anchors that no page includes.
pub fn unused_anchors(pages: &[Page]) -> Vec<String> {
    let includes = pages.iter().flat_map(|page| &page.blocks).flat_map(Block::includes);
    let used: BTreeSet<_> =
        includes.filter_map(|include| Some((include.path.canonicalize().ok()?, include.anchor?))).collect();
    let files = e2e::files(&e2e::root().join("book/examples"), &["rs", "yaml"]);
    let mut unused = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        for (_, anchor) in text.lines().filter_map(|line| line.split_once(" ANCHOR: ")) {
            if !used.contains(&(path.canonicalize().unwrap(), anchor.to_owned())) {
                unused.push(format!("{}: no page includes `{anchor}`", path.display()));
            }
        }
    }
    unused
}
