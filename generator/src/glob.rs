//! Patterns with stars, as filters of operations use them.

/// Whether a text matches a pattern in which `*` matches anything but `/`, and `**` matches anything.
pub fn matches(pattern: &str, text: &str) -> bool {
    let Some((literal, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(text) = text.strip_prefix(literal) else { return false };
    let (rest, across) = rest.strip_prefix('*').map_or((rest, false), |rest| (rest, true));
    let mut ends = text.char_indices().map(|(at, c)| (at, Some(c))).chain([(text.len(), None)]);
    ends.by_ref()
        .scan(false, |stopped, (at, c)| {
            if *stopped {
                return None;
            }
            *stopped = c == Some('/') && !across;
            Some(at)
        })
        .any(|at| matches(rest, text.get(at..).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn stars_match_within_segments_and_across() {
        assert!(matches("/users/*", "/users/{id}"));
        assert!(matches("/users/**", "/users/{id}/posts"));
        assert!(matches("list*", "listUsers"));
        assert!(matches("*", "") && matches("a*c", "abc") && matches("*s", "ss"));
        assert!(matches("**/posts", "/users/{id}/posts"));
        assert!(!matches("/users/*", "/users/{id}/posts"));
        assert!(!matches("list*", "getUsers") && !matches("a*c", "abd"));
        assert!(!matches("/users", "/users/{id}") && !matches("", "a"));
    }
}
