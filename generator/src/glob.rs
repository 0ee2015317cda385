//! Patterns with stars, as filters of operations use them.

/// A part of a pattern.
#[derive(PartialEq)]
enum Token {
    /// This character.
    Literal(char),
    /// `*`: any text without `/`.
    Segment,
    /// `**`: any text.
    Anything,
}

/// Whether a text matches a pattern in which `*` matches anything but `/`, and `**` matches anything.
///
/// All ways to match are tried at once, so the cost is at most the length of the text times that of the pattern.
pub fn matches(pattern: &str, text: &str) -> bool {
    let tokens = parse(pattern);
    // Whether the text so far matches the tokens before each position.
    let mut matched = vec![false; tokens.len() + 1];
    if let Some(start) = matched.first_mut() {
        *start = true;
    }
    skip_stars(&tokens, &mut matched);
    for c in text.chars() {
        let mut next = vec![false; matched.len()];
        for (index, token) in tokens.iter().enumerate().filter(|(index, _)| matched.get(*index) == Some(&true)) {
            let reached = match token {
                Token::Literal(wanted) => (*wanted == c).then_some(index + 1),
                Token::Segment => (c != '/').then_some(index),
                Token::Anything => Some(index),
            };
            if let Some(slot) = reached.and_then(|reached| next.get_mut(reached)) {
                *slot = true;
            }
        }
        skip_stars(&tokens, &mut next);
        matched = next;
    }
    matched.last() == Some(&true)
}

fn parse(pattern: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = pattern.chars().peekable();
    while let Some(c) = rest.next() {
        tokens.push(match c {
            '*' if rest.next_if_eq(&'*').is_some() => Token::Anything,
            '*' => Token::Segment,
            c => Token::Literal(c),
        });
    }
    tokens
}

/// Stars also match nothing.
fn skip_stars(tokens: &[Token], matched: &mut [bool]) {
    for (index, token) in tokens.iter().enumerate() {
        if !matches!(token, Token::Literal(_))
            && matched.get(index) == Some(&true)
            && let Some(next) = matched.get_mut(index + 1)
        {
            *next = true;
        }
    }
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

    #[test]
    fn many_stars_cost_no_more_than_length_times_length() {
        assert!(!matches(&format!("{}b", "**/*a".repeat(200)), &"/a".repeat(2_000)));
    }
}
