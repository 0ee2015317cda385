//! Regular expressions: whether they are valid, and what people should know of them.

use super::super::lowering::Lowering;
use crate::diag::Code;
use crate::spec::Node;

/// Whether a pattern is an ECMAScript regular expression, with the `u` flag if possible (JSON Schema Core 2020-12 §6.4). One that
/// is not is reported, as is one that the runtime cannot compare in linear time.
pub(super) fn is_valid(cx: &mut Lowering<'_, '_>, node: &Node<'_>, key: &str, pattern: &str) -> bool {
    let parsed = regress::Regex::with_flags(pattern, "u").or_else(|_| regress::Regex::new(pattern));
    let at = node.at.push(key);
    if !cx.first_report(&at) {
        return parsed.is_ok();
    }
    match &parsed {
        Err(error) => {
            cx.diags
                .warn(
                    Code::BadPattern,
                    &at,
                    format!("`{pattern}` is not an ECMAScript regular expression: {}", error.text),
                )
                .help("correct the pattern; it is not checked until then");
        }
        Ok(_) if has_foreign_anchors(pattern) => {
            cx.diags
                .warn(
                    Code::Repaired,
                    &at,
                    format!("`{pattern}` has anchors of another language; they are read as `^` and `$`"),
                )
                .help("write `^` and `$` instead of `\\A` and `\\z`, without slashes around the pattern");
        }
        Ok(_) if needs_backtracking(pattern) => {
            cx.diags
                .warn(Code::SlowPattern, &at, format!("`{pattern}` looks around or back, so it may take too long for some texts"))
                .help("texts for which it takes more than a million steps are refused; lookaround and backreferences have that limit");
        }
        Ok(_) => {}
    }
    parsed.is_ok()
}

/// Whether a pattern is written as in Perl or Ruby (`\A...\z`), or as a literal of JavaScript (`/^...$/i`).
fn has_foreign_anchors(pattern: &str) -> bool {
    escapes(pattern).any(|c| matches!(c, 'A' | 'z' | 'Z'))
        || (pattern.starts_with("/^") && pattern.rfind('/') > Some(0))
}

/// Whether a pattern has lookaround or backreferences.
fn needs_backtracking(pattern: &str) -> bool {
    let looks = ["(?=", "(?!", "(?<=", "(?<!"].iter().any(|group| pattern.contains(group));
    looks || escapes(pattern).any(|c| matches!(c, '1'..='9' | 'k' | 'B' | 'b'))
}

/// The characters after backslashes outside of classes.
fn escapes(pattern: &str) -> impl Iterator<Item = char> {
    let mut is_class = false;
    let mut chars = pattern.chars();
    std::iter::from_fn(move || {
        loop {
            match chars.next()? {
                '\\' => {
                    let escaped = chars.next()?;
                    if !is_class {
                        return Some(escaped);
                    }
                }
                '[' => is_class = true,
                ']' => is_class = false,
                _ => {}
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{has_foreign_anchors, needs_backtracking};

    #[test]
    fn patterns_that_need_attention_are_found() {
        for pattern in [r"^(?=.*\d).+$", r"(a)\1", r"(?<!a)b", r"\bfoo"] {
            assert!(needs_backtracking(pattern), "{pattern}");
        }
        for pattern in [r"^[\b\1]$", r"^\\1$", "^(?:a|b)(?<name>c)$", r"^\d+$"] {
            assert!(!needs_backtracking(pattern), "{pattern}");
        }
        for pattern in [r"\A[a-z]+\z", "/^[a-z]+$/i"] {
            assert!(has_foreign_anchors(pattern), "{pattern}");
        }
        for pattern in ["^/a/b$", r"^[\A]$", r"\\A"] {
            assert!(!has_foreign_anchors(pattern), "{pattern}");
        }
    }
}
