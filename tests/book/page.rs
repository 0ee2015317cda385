//! A page, as mdBook reads it: its blocks of code, with what they include.

use std::path::{Path, PathBuf};

/// The folder of the pages.
pub fn folder() -> PathBuf {
    e2e::root().join("book/src")
}

/// A page of the book.
pub struct Page {
    /// The name of its file.
    pub name: String,
    lines: Vec<String>,
    /// Its blocks of code, in order.
    pub blocks: Vec<Block>,
}

/// A block of code.
pub struct Block {
    /// The number of its first line.
    pub line: usize,
    /// What stands behind the backticks.
    pub language: String,
    /// Its lines, as they are in the page.
    pub source: Vec<String>,
    /// The file that readers write it into.
    pub file: Option<String>,
    /// Why its commands are not run.
    pub not_run: Option<String>,
}

/// A part of another file: `{{#include FILE:ANCHOR}}`.
pub struct Include {
    pub path: PathBuf,
    pub anchor: Option<String>,
}

impl Page {
    pub fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap();
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        Self { blocks: blocks(&lines), name, lines }
    }

    /// The lines outside blocks of code, with their numbers.
    pub fn prose(&self) -> impl Iterator<Item = (usize, &str)> {
        let within = |line: usize| self.blocks.iter().any(|block| (block.line..=block.end()).contains(&line));
        let numbered = self.lines.iter().enumerate().map(|(index, line)| (index + 1, line.as_str()));
        numbered.filter(move |(line, _)| !within(*line))
    }
}

impl Block {
    /// The number of its last line.
    fn end(&self) -> usize {
        self.line + self.source.len() + 1
    }

    /// What readers see.
    pub fn text(&self) -> String {
        let line = |line: &String| Include::of(line).map_or_else(|| line.clone(), |include| include.text().unwrap());
        self.source.iter().map(|source| line(source) + "\n").collect()
    }

    pub fn includes(&self) -> impl Iterator<Item = Include> {
        self.source.iter().filter_map(|line| Include::of(line))
    }
}

impl Include {
    fn of(line: &str) -> Option<Self> {
        let inside = line.strip_prefix("{{#include ")?.strip_suffix("}}")?;
        let (path, anchor) = inside.split_once(':').map_or((inside, None), |(path, anchor)| (path, Some(anchor)));
        Some(Self { path: folder().join(path), anchor: anchor.map(str::to_owned) })
    }

    /// Returns the part of the file.
    ///
    /// Fails with what is wrong.
    pub fn text(&self) -> Result<String, String> {
        let wrong = |what: &str| format!("{} {what}", self.path.display());
        let text = std::fs::read_to_string(&self.path).map_err(|error| wrong(&error.to_string()))?;
        let Some(anchor) = &self.anchor else {
            // mdBook would show them.
            return if text.contains("ANCHOR") { Err(wrong("has anchors")) } else { Ok(text.trim_end().to_owned()) };
        };
        let is = |line: &str, word: &str| line.trim_end().ends_with(&format!("{word}: {anchor}"));
        let mut lines = text.lines().skip_while(|line| !is(line, "ANCHOR")).skip(1);
        let part: Vec<&str> = lines.by_ref().take_while(|line| !is(line, "ANCHOR_END")).collect();
        let ends = text.lines().filter(|line| is(line, "ANCHOR_END")).count();
        if part.is_empty() || ends != 1 {
            return Err(wrong(&format!("does not have the anchor `{anchor}` with an end, once")));
        }
        Ok(part.join("\n"))
    }
}

fn blocks(lines: &[String]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut rest = lines.iter().enumerate();
    let (mut before, mut not_run) = (String::new(), None);
    while let Some((index, line)) = rest.next() {
        if let Some(language) = line.strip_prefix("```") {
            let source = rest.by_ref().map(|(_, line)| line.clone()).take_while(|line| line != "```").collect();
            let (file, not_run) = (file_named_in(&before), not_run.take());
            blocks.push(Block { line: index + 1, language: language.to_owned(), source, file, not_run });
            before.clear();
        } else if let Some(reason) = line.strip_prefix("<!-- not run: ") {
            not_run = Some(reason.trim_end_matches("-->").trim().to_owned());
        } else if !line.is_empty() {
            before.clone_from(line);
        }
    }
    blocks
}

/// The file that the line before a block names at its end: "Write this into `openapi.yaml`:".
fn file_named_in(line: &str) -> Option<String> {
    let (_, name) = line.strip_suffix("`:")?.rsplit_once('`')?;
    let is_file = name.contains('.') && !name.contains([' ', '(']);
    is_file.then(|| name.to_owned())
}
