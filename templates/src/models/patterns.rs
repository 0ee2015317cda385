//! Regular expressions of the document, as ECMAScript reads them (JSON Schema Core 2020-12 §6.4).

use std::sync::OnceLock;

use super::validate::Checks;

/// A regular expression, compiled when it is first needed.
#[derive(Debug)]
pub struct Pattern {
    text: &'static str,
    compiled: OnceLock<Option<regress::Regex>>,
}

impl Pattern {
    /// The pattern of a text.
    pub const fn new(text: &'static str) -> Self {
        Self { text, compiled: OnceLock::new() }
    }

    /// Whether it matches somewhere; a text that is no pattern matches everything.
    pub fn matches(&self, text: &str) -> bool {
        let compile = || regress::Regex::with_flags(self.text, "u").or_else(|_| regress::Regex::new(self.text)).ok();
        self.compiled.get_or_init(compile).as_ref().is_none_or(|regex| regex.find(text).is_some())
    }
}

/// `pattern!("^a$")`: compiled once, however often it is reached.
#[macro_export]
macro_rules! pattern {
    ($text:literal) => {{
        static PATTERN: $crate::models::Pattern = $crate::models::Pattern::new($text);
        &PATTERN
    }};
}

impl Checks<'_> {
    /// `pattern`
    pub fn pattern(&mut self, text: &str, pattern: &Pattern) -> &mut Self {
        if !pattern.matches(text) {
            self.violation(format_args!("must match `{}`", pattern.text));
        }
        self
    }

    /// `patternProperties`
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

    /// `additionalProperties` beside `patternProperties`
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
