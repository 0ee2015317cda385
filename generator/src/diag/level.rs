//! How severe the diagnostics of a code are.

use std::collections::BTreeMap;

use super::Code;

/// What becomes of the warnings of a code. Errors remain errors, because nothing can be generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// They are not reported.
    Allow,
    /// They are warnings.
    Warn,
    /// They are errors.
    Deny,
}

/// The levels of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    /// The levels of single codes. Codes that are not listed have the level [`Level::Warn`].
    pub codes: BTreeMap<Code, Level>,
    /// Whether all warnings are errors, except those with the level [`Level::Allow`].
    pub strict: bool,
}
