//! Regular expressions of the document, in the dialect of ECMAScript (JSON Schema Core 2020-12 §6.4).

use std::sync::OnceLock;

use super::validate::Checks;

/// A regular expression, compiled when it is first used.
#[derive(Debug)]
pub struct Pattern {
    text: &'static str,
    compiled: OnceLock<Option<regress::Regex>>,
}

impl Pattern {
    /// Creates a pattern from a regular expression.
    pub const fn new(text: &'static str) -> Self {
        Self { text, compiled: OnceLock::new() }
    }

    /// Returns whether the pattern matches anywhere in `text`. An invalid regular expression matches everything.
    pub fn matches(&self, text: &str) -> bool {
        let compile = || regress::Regex::with_flags(self.text, "u").or_else(|_| regress::Regex::new(self.text)).ok();
        self.compiled.get_or_init(compile).as_ref().is_none_or(|regex| regex.find(text).is_some())
    }
}

/// Returns a [`Pattern`](crate::models::Pattern) that is compiled once: `pattern!("^a$")`.
#[macro_export]
macro_rules! pattern {
    ($text:literal) => {{
        static PATTERN: $crate::models::Pattern = $crate::models::Pattern::new($text);
        &PATTERN
    }};
}

impl Checks<'_> {
    /// Checks `pattern`.
    pub fn pattern(&mut self, text: &str, pattern: &Pattern) -> &mut Self {
        if !pattern.matches(text) {
            self.violation(format_args!("must match `{}`", pattern.text));
        }
        self
    }

    /// Checks `patternProperties`.
    pub fn pattern_properties(
        &mut self,
        object: &serde_json::Value,
        pattern: &Pattern,
        judge: fn(&serde_json::Value, &mut Checks<'_>),
    ) -> &mut Self {
        for (key, value) in object.as_object().into_iter().flatten() {
            if pattern.matches(key) {
                judge(value, &mut self.property(key));
            }
        }
        self
    }

    /// Checks `additionalProperties` next to `patternProperties`.
    pub fn additional_properties(
        &mut self,
        object: &serde_json::Value,
        known: &[&str],
        patterns: &[&Pattern],
        judge: fn(&serde_json::Value, &mut Checks<'_>),
    ) -> &mut Self {
        for (key, value) in object.as_object().into_iter().flatten() {
            let matches = || patterns.iter().any(|pattern| pattern.matches(key));
            if !known.contains(&key.as_str()) && !matches() {
                judge(value, &mut self.property(key));
            }
        }
        self
    }
}
