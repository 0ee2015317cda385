//! Strings that match a pattern.

use regex_syntax::hir::{Class, ClassUnicode, Hir, HirKind};

/// Longer strings are not made.
const MAX_LENGTH: usize = 4096;

/// How many parts of a pattern may be visited for one string. Nested repetitions of nothing would take for ever.
const MAX_STEPS: usize = 20_000;

/// Returns strings that are likely to match a regular expression in the syntax of Rust, the shortest first. Whether they do
/// depends on its anchors, which are ignored here.
pub(super) fn candidates(pattern: &str, least: usize) -> Vec<String> {
    let Ok(hir) = regex_syntax::parse(pattern) else { return Vec::new() };
    let attempt = |(more, choice): (usize, usize)| {
        let mut text = Text { out: String::new(), more, choice, left: MAX_STEPS };
        text.add(&hir).map(|()| text.out)
    };
    // More repetitions make longer strings; other branches make others.
    let attempts =
        [0, 1, 2, 5, 11, least / 2, least].into_iter().flat_map(|more| (0..3).map(move |choice| (more, choice)));
    let mut found: Vec<String> = Vec::new();
    for text in attempts.filter_map(attempt) {
        if !found.contains(&text) {
            found.push(text);
        }
    }
    found
}

struct Text {
    out: String,
    /// How many more repetitions than necessary.
    more: usize,
    /// Which branch, and which character of a class.
    choice: usize,
    /// How many more parts may be visited.
    left: usize,
}

impl Text {
    /// Adds a string that matches. `None` if there is none, or if it is too long.
    fn add(&mut self, hir: &Hir) -> Option<()> {
        self.left = self.left.checked_sub(1)?;
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => {}
            HirKind::Literal(literal) => self.out.push_str(std::str::from_utf8(&literal.0).ok()?),
            HirKind::Class(Class::Unicode(class)) => self.out.push(self.character(class)?),
            HirKind::Class(Class::Bytes(_)) => return None,
            HirKind::Repetition(repetition) => {
                let least = usize::try_from(repetition.min).ok()?;
                let most = repetition.max.map_or(usize::MAX, |max| usize::try_from(max).unwrap_or(usize::MAX));
                for _ in 0..(least + self.more).min(most) {
                    self.add(&repetition.sub)?;
                    if self.out.len() > MAX_LENGTH {
                        return None;
                    }
                }
            }
            HirKind::Capture(capture) => self.add(&capture.sub)?,
            HirKind::Concat(parts) => parts.iter().try_for_each(|part| self.add(part))?,
            HirKind::Alternation(parts) => self.add(parts.get(self.choice % parts.len().max(1))?)?,
        }
        Some(())
    }

    /// A character of a class: a plain one, if the class has one.
    fn character(&self, class: &ClassUnicode) -> Option<char> {
        let contains = |c: &char| class.ranges().iter().any(|range| (range.start()..=range.end()).contains(c));
        let plain = ['a', 'A', '1', 'b', 'B', '2', 'c', 'C', '3', '_', '-', '.'];
        let mut plain = plain.into_iter().filter(contains);
        plain.clone().nth(self.choice).or_else(|| plain.next()).or_else(|| Some(class.ranges().first()?.start()))
    }
}

#[cfg(test)]
mod tests {
    use super::candidates;

    #[test]
    fn candidates_match() {
        let first = |pattern: &str, least: usize| {
            let found = candidates(pattern, least).into_iter().find(|text| text.chars().count() >= least);
            found.unwrap_or_default()
        };
        assert_eq!(first(r"^[A-Z]{2}-[0-9]+\z", 0), "AA-1");
        assert_eq!(first("^[a-z]+\\z", 5), "aaaaaa");
        assert_eq!(first("^(cat|dog)\\z", 0), "cat");
        assert_eq!(first("^S_", 0), "S_");
        assert_eq!(first("(?<=a)b", 0), "");
        // No repetition, however often it is nested, takes longer than its text.
        assert!(candidates("(?:(?:(?:a{0}){4000000}){4000000}){4000000}", 0).iter().all(String::is_empty));
    }
}
