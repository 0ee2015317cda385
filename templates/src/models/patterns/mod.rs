//! Regular expressions of the document, in the dialect of ECMAScript (JSON Schema Core 2020-12 §6.4).

mod class;
mod translate;

use std::fmt;
use std::sync::OnceLock;

use super::validate::Checks;

/// How many steps back a match may take before it is given up. Only lookaround and backreferences take such steps.
const MOST_STEPS: usize = 1_000_000;

/// A regular expression, compiled when it is first used.
///
/// Matching takes time that is linear in the length of the text. With lookaround or backreferences, that is impossible, so the
/// number of steps is limited.
pub struct Pattern {
    text: &'static str,
    compiled: OnceLock<Option<fancy_regex::Regex>>,
}

/// The error of a match that takes too many steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManySteps;

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pattern({:?})", self.text)
    }
}

impl Pattern {
    /// Creates a pattern from a regular expression.
    pub const fn new(text: &'static str) -> Self {
        Self { text, compiled: OnceLock::new() }
    }

    /// Returns whether the pattern matches anywhere in `text`. An invalid regular expression matches everything.
    ///
    /// Fails if that takes too many steps.
    pub fn matches(&self, text: &str) -> Result<bool, TooManySteps> {
        matches(self.text, &self.compiled, text)
    }
}

fn compile(pattern: &str) -> Option<fancy_regex::Regex> {
    let translated = translate::translate(pattern);
    fancy_regex::RegexBuilder::new(&translated).backtrack_limit(MOST_STEPS).build().ok()
}

/// A [`Pattern`] whose text is read at run time.
#[derive(Debug)]
pub struct OwnedPattern {
    text: String,
    compiled: OnceLock<Option<fancy_regex::Regex>>,
}

impl OwnedPattern {
    /// Creates a pattern from a regular expression.
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), compiled: OnceLock::new() }
    }

    /// Returns the regular expression.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the regular expression in the syntax of the crate `regex`, which has no lookaround: it may not parse.
    pub fn rust_syntax(&self) -> String {
        translate::translate(&self.text)
    }

    /// Does what [`Pattern::matches`] does.
    pub fn matches(&self, text: &str) -> Result<bool, TooManySteps> {
        matches(&self.text, &self.compiled, text)
    }
}

fn matches(pattern: &str, compiled: &OnceLock<Option<fancy_regex::Regex>>, text: &str) -> Result<bool, TooManySteps> {
    let compiled = compiled.get_or_init(|| compile(pattern)).as_ref();
    compiled.map_or(Ok(true), |regex| regex.is_match(text).map_err(|_| TooManySteps))
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
        match pattern.matches(text) {
            Ok(true) => self,
            Ok(false) => self.violation(format_args!("must match `{}`", pattern.text)),
            Err(TooManySteps) => self.violation(format_args!("takes too long to compare with `{}`", pattern.text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Pattern, TooManySteps};

    /// Pattern, texts that match and texts that do not, by ECMA-262 §22.2 with the flag `u`.
    const TABLE: &[(&str, &[&str], &[&str])] = &[
        ("a", &["a", "cat"], &["", "b"]),
        ("^a$", &["a"], &["a\n", "ba", "a b"]),
        (r"^\d+$", &["042"], &["٣", "", "4a"]),
        (r"^\w$", &["a", "_", "9"], &["é", "-"]),
        (r"^\W$", &["é", "-"], &["a"]),
        (r"^\s$", &[" ", "\u{feff}", "\u{a0}", "\u{2028}"], &["\u{85}", "a"]),
        (r"^\S$", &["a", "\u{85}"], &[" ", "\u{feff}"]),
        (r"^.$", &["a", "é", "\u{85}"], &["\n", "\r", "\u{2028}", ""]),
        (r"\bfoo\b", &["a foo b", "éfoo"], &["foot"]),
        (r"a\Bb", &["ab"], &["a b"]),
        (r"^[^]$", &["\n", "a"], &["", "ab"]),
        ("a[]", &[], &["a", "a[]"]),
        (r"^[\w-]+$", &["a-b"], &["a b"]),
        (r"^[a-z-9]+$", &["a-9"], &["5"]),
        (r"^[[a]+$", &["[a"], &["]"]),
        (r"^[a&&b]+$", &["a&b"], &["c"]),
        (r"^[~~a]+$", &["~a"], &["c"]),
        (r"^[\d\D]$", &["x"], &[""]),
        (r"^[^\W_]$", &["a"], &["_", "-"]),
        (r"^\u0041\x42\u{43}\cJ$", &["ABC\n"], &["abc"]),
        (r"^\ud83d\ude00$", &["😀"], &[]),
        (r"^[\ud83d\ude00]$", &["😀"], &["a"]),
        (r"^\p{Lu}\p{Script=Greek}$", &["Aα"], &["aα", "AA"]),
        (r"^(?<y>\d{4})-\k<y>$", &["2026-2026"], &["2026-2027"]),
        (r"^(a|b)\1$", &["aa"], &["ab"]),
        (r"^(?=.*\d)(?!.*x).{2,}$", &["a1"], &["aa", "x1"]),
        (r"^a{2}$", &["aa"], &["a{2}"]),
        (r"^a{,2}$", &["a{,2}"], &["a"]),
        (r"^\/a\-b$", &["/a-b"], &[]),
        (r"^#[0-9a-f]{6}$", &["#00ff00"], &["00ff00"]),
        (r"^(?:a+?)b$", &["aab"], &["b"]),
        (r"^]}$", &["]}"], &[]),
        (r"\A[a-z]+\z", &["abc"], &["ABC", "a\n"]),
        ("/^[a-z]+$/i", &["abc", "ABC"], &["/abc/i", "1"]),
    ];

    #[test]
    fn patterns_mean_what_ecmascript_says() {
        for (pattern, matching, other) in TABLE {
            let of = |text: &str| Pattern::new(pattern).matches(text);
            assert!(super::compile(pattern).is_some(), "{pattern}: {}", super::translate::translate(pattern));
            for text in *matching {
                assert_eq!(of(text), Ok(true), "{pattern} and {text:?}: {}", super::translate::translate(pattern));
            }
            for text in *other {
                assert_eq!(of(text), Ok(false), "{pattern} and {text:?}: {}", super::translate::translate(pattern));
            }
        }
    }

    #[test]
    fn hostile_texts_take_linear_time_or_are_given_up() {
        let text = format!("{}!", "a".repeat(100_000));
        assert_eq!(Pattern::new("^(a+)+$").matches(&text), Ok(false));
        assert_eq!(Pattern::new(r"^(a|a)*(a|a)*\1?x?$").matches(&text), Err(TooManySteps));
    }
}
