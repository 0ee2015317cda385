//! Collects violations.

use std::fmt;

use super::Validate;
use crate::models::problem::Violation;

/// How many violations are listed.
const LAST: usize = 100;

/// A location in a value, and the list that collects its violations.
///
/// There is one method per keyword of JSON Schema, which adds a violation unless the value satisfies it.
#[derive(Debug)]
pub struct Checks<'p> {
    violations: &'p mut Vec<Violation>,
    path: Path<'p>,
}

/// The path from a location to the root.
#[derive(Clone, Copy, Debug)]
enum Path<'p> {
    Root(&'p str),
    Property(&'p Path<'p>, &'p str),
    Index(&'p Path<'p>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root(root) => f.write_str(root),
            Self::Property(parent, name) => write!(f, "{parent}/{}", name.replace('~', "~0").replace('/', "~1")),
            Self::Index(parent, index) => write!(f, "{parent}/{index}"),
        }
    }
}

impl<'p> Checks<'p> {
    /// Collects the violations of a value at `root`: `#` for a body, `?name` for a query parameter.
    pub fn new(root: &'p str, violations: &'p mut Vec<Violation>) -> Self {
        Self { violations, path: Path::Root(root) }
    }

    /// Moves to another root.
    pub fn at<'q>(&'q mut self, root: &'q str) -> Checks<'q> {
        Checks { violations: self.violations, path: Path::Root(root) }
    }

    /// Moves to a property.
    pub fn property<'q>(&'q mut self, name: &'q str) -> Checks<'q> {
        Checks { violations: self.violations, path: Path::Property(&self.path, name) }
    }

    /// Moves to an item.
    pub fn index(&mut self, index: usize) -> Checks<'_> {
        Checks { violations: self.violations, path: Path::Index(&self.path, index) }
    }

    /// Adds a violation at this location, unless there are many already: then the last one says so.
    pub fn violation(&mut self, detail: impl fmt::Display) -> &mut Self {
        match self.violations.len() {
            0..LAST => self.violations.push(Violation::new(self.path, detail)),
            LAST => self.violations.push(Violation::new("#", "more violations than are listed here")),
            _ => {}
        }
        self
    }

    /// Returns whether further violations would not be listed.
    pub(in crate::models) fn is_full(&self) -> bool {
        self.violations.len() > LAST
    }

    /// Returns how many violations there are.
    pub(in crate::models) fn count(&self) -> usize {
        self.violations.len()
    }

    pub(super) fn require(&mut self, fine: bool, detail: fmt::Arguments<'_>) -> &mut Self {
        if fine { self } else { self.violation(detail) }
    }

    /// Checks a value by its own rules.
    pub fn nested<T: Validate + ?Sized>(&mut self, value: &T) -> &mut Self {
        value.check(self);
        self
    }
}
