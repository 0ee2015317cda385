//! Parses a text into a tree, with serde_json or serde_yaml.
//!
//! The value types of these libraries either reject duplicate keys or drop them silently. Here the last one is used, with a
//! warning. Keys that are not strings (`200:`, `true:`) are kept as their text.

use std::cell::RefCell;

use saphyr_parser::{Event, Marker, Parser};
use serde::de::DeserializeSeed;

use super::source::Source;
use crate::diag::{Code, Diags, FileId, Pointer};
use crate::tree::{MAX_DEPTH, Notes, Tree, TreeBuilder, apply_merge_keys};

/// Parses a file as JSON if it looks like JSON and is valid JSON, otherwise as YAML.
pub(super) fn read(file: FileId, diags: &mut Diags) -> Option<Tree> {
    let root = Pointer::root(file);
    let source = diags.source(file)?;
    if source.text.contains('\0') {
        diags.error(Code::Syntax, &root, "the text contains a NUL byte").help("save the document as UTF-8 text");
        return None;
    }
    let notes = RefCell::new(Notes::default());
    let seed = TreeBuilder::noting(root.clone(), &notes);
    let outcome = if looks_like_json(source) { read_json(&source.text, seed) } else { read_yaml(&source.text, seed) };
    for at in notes.into_inner().duplicates {
        diags
            .warn(Code::DuplicateKey, &at, format!("duplicate key `{}`; the last one is used", at.last()))
            .help("remove all but one");
    }
    match outcome {
        Ok(tree) => Some(tree),
        Err(failure) => {
            diags
                .error(Code::Syntax, &root, failure.message)
                .position(failure.line.max(1), failure.column.max(1))
                .help("an OpenAPI document is a JSON or YAML object");
            None
        }
    }
}

fn looks_like_json(source: &Source) -> bool {
    let json_name = source.path.as_ref().and_then(|path| path.extension()).is_some_and(|ext| ext == "json");
    json_name || source.text.trim_start().starts_with('{')
}

/// Fails if the brackets of a text are nested too deeply. serde_yaml reads the whole text before it returns the first value, in a
/// time that grows with the product of length and depth, so its own limit comes too late.
fn refuse_depth(text: &str) -> Result<(), Unreadable> {
    // Most texts do not have enough brackets, and need no second parser.
    if text.bytes().filter(|byte| matches!(byte, b'[' | b'{')).nth(MAX_DEPTH).is_none() {
        return Ok(());
    }
    let too_deep = |place: Marker| Unreadable {
        message: format!("not valid YAML: nested more than {MAX_DEPTH} levels deep"),
        line: place.line(),
        column: place.col() + 1,
    };
    let mut depth = 0_usize;
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok(found) => found,
            // The parser looks ahead, and has a limit of its own.
            Err(error) if error.info().contains("recursion limit") => return Err(too_deep(*error.marker())),
            // serde_yaml reports the other errors of the text.
            Err(_) => return Ok(()),
        };
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => depth += 1,
            Event::MappingEnd | Event::SequenceEnd => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(too_deep(span.start));
        }
    }
    Ok(())
}

/// A syntax error and its position.
struct Unreadable {
    message: String,
    line: usize,
    column: usize,
}

fn read_json(text: &str, seed: TreeBuilder<'_>) -> Result<Tree, Unreadable> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let tree = seed.clone().deserialize(&mut deserializer);
    match tree.and_then(|tree| deserializer.end().map(|()| tree)) {
        Ok(tree) => Ok(tree),
        // Valid JSON that is too large or too deep would be refused as YAML, too.
        Err(error) if error.is_data() => Err(invalid_json(&error)),
        // YAML flow mappings look like JSON. If the text is neither, the error of the JSON parser is shown.
        Err(error) => read_yaml(text, seed).map_err(|_| invalid_json(&error)),
    }
}

fn invalid_json(error: &serde_json::Error) -> Unreadable {
    Unreadable { message: format!("not valid JSON: {error}"), line: error.line(), column: error.column() }
}

fn read_yaml(text: &str, seed: TreeBuilder<'_>) -> Result<Tree, Unreadable> {
    refuse_depth(text)?;
    let mut documents = serde_yaml::Deserializer::from_str(text);
    match documents.next() {
        Some(document) => {
            let mut tree = seed.deserialize(document).map_err(|error| Unreadable {
                message: format!("not valid YAML: {error}"),
                line: error.location().map_or(1, |place| place.line()),
                column: error.location().map_or(1, |place| place.column()),
            })?;
            apply_merge_keys(&mut tree);
            Ok(tree)
        }
        None => Err(Unreadable { message: "the document is empty".to_owned(), line: 1, column: 1 }),
    }
}
