//! The lines and columns of pointers outside diagnostics, such as those of a comparison.

use std::collections::BTreeMap;

use super::locate::{self, Position};
use super::{Diags, FileId, Pointer, Report, origin};

/// The locations in the bundled document that came from other files.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origins(BTreeMap<Pointer, Pointer>);

/// A location as people look it up.
#[derive(Clone, Debug)]
pub(crate) struct Located {
    /// The name of the file.
    pub file: String,
    /// Line and column, from 1, if they are known.
    pub position: Option<(usize, usize)>,
    /// The pointer in the file.
    pub pointer: Pointer,
}

impl Diags {
    /// Returns which parts of the document came from other files.
    pub(crate) fn origins(&self) -> Origins {
        Origins(self.origins.clone())
    }
}

impl Report {
    /// Looks up pointers into the bundled document, in their order.
    pub(crate) fn locate(&self, origins: &Origins, pointers: &[Pointer]) -> Vec<Located> {
        let pointers: Vec<Pointer> = pointers.iter().map(|at| origin(at, &origins.0)).collect();
        let mut wanted: BTreeMap<FileId, Vec<&Pointer>> = BTreeMap::new();
        for at in &pointers {
            wanted.entry(at.file()).or_default().push(at);
        }
        let source = |file: FileId| self.sources().get(file.0 as usize);
        let positions = |(file, pointers): (FileId, Vec<&Pointer>)| {
            Some((file, locate::positions(file, &source(file)?.text, pointers.into_iter())))
        };
        let positions: BTreeMap<FileId, BTreeMap<String, Position>> =
            wanted.into_iter().filter_map(positions).collect();
        let located = |pointer: Pointer| {
            let position = positions.get(&pointer.file()).and_then(|found| locate::nearest(found, &pointer));
            Located {
                file: source(pointer.file()).map(|source| source.name.clone()).unwrap_or_default(),
                position: position.map(|position| (position.line, position.column)),
                pointer,
            }
        };
        pointers.into_iter().map(located).collect()
    }
}
