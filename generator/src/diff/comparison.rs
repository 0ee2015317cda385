//! The result of a comparison.

use serde::Serialize;

use super::change::{Change, ChangePlace, Found, Level, Surface, Version};
use crate::diag::{Located, Origins, Report};

/// Why two versions cannot be compared: one of them has errors.
#[derive(Clone, Debug)]
pub struct DiffError {
    /// Which one.
    pub version: Version,
    /// The errors.
    pub report: Report,
}

/// The differences between two versions of an API.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// The changes, the highest levels first.
    pub changes: Vec<Change>,
}

impl Comparison {
    /// Looks up the places of changes.
    pub(crate) fn locate(found: Vec<Found>, old: (&Report, &Origins), new: (&Report, &Origins)) -> Self {
        let places = |version: Version, (report, origins): (&Report, &Origins)| {
            let of_version = found.iter().filter(|found| found.at.version == version);
            let pointers: Vec<_> = of_version.map(|found| found.at.pointer.clone()).collect();
            report.locate(origins, &pointers).into_iter()
        };
        let (mut of_old, mut of_new) = (places(Version::Old, old), places(Version::New, new));
        let mut changes = Vec::new();
        for found in found {
            let located = if found.at.version == Version::Old { of_old.next() } else { of_new.next() };
            changes.extend(located.map(|located| change(found, located)));
        }
        changes.dedup();
        Self { changes }
    }

    /// Keeps only what concerns these surfaces.
    pub fn retain(&mut self, surfaces: &[Surface]) {
        for change in &mut self.changes {
            change.surfaces.retain(|surface| surfaces.contains(surface));
        }
        self.changes.retain(|change| !change.surfaces.is_empty());
    }

    /// Returns the highest level of the changes that concern a surface; `None` if there are none.
    pub fn level(&self, surface: Surface) -> Option<Level> {
        let concern = self.changes.iter().filter(|change| change.surfaces.contains(&surface));
        concern.map(|change| change.level).max()
    }

    /// Returns the highest level of all changes; `None` if there are none.
    pub fn highest(&self) -> Option<Level> {
        self.changes.iter().map(|change| change.level).max()
    }
}

fn change(found: Found, located: Located) -> Change {
    let Found { level, kind, surfaces, symbol, message, at } = found;
    let place = ChangePlace {
        version: at.version,
        file: located.file,
        line: located.position.map(|(line, _)| line),
        column: located.position.map(|(_, column)| column),
        pointer: located.pointer.to_string(),
    };
    Change { level, kind, surfaces, symbol, message, place }
}
