//! From words of the document to identifiers. Only this file knows the rules of case.

use heck::{ToKebabCase as _, ToPascalCase as _, ToShoutySnakeCase as _, ToSnakeCase as _};

use crate::invisible::is_invisible;

/// `snake_case`, for fields, methods and modules; `fallback` if no letter or digit is left.
pub(super) fn snake(text: &str, fallback: &str) -> String {
    identifier(&spoken(text).to_snake_case(), fallback)
}

/// `PascalCase`, for types and variants.
pub(super) fn pascal(text: &str, fallback: &str) -> String {
    identifier(&spoken(text).to_pascal_case(), fallback)
}

/// `SHOUTY_CASE`, for constants.
pub(super) fn shouty(text: &str, fallback: &str) -> String {
    identifier(&spoken(text).to_shouty_snake_case(), fallback)
}

/// `kebab-case` of ASCII letters and digits, for crate names.
pub(super) fn kebab(text: &str) -> String {
    let kebab = letters(text).to_kebab_case();
    kebab.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect::<String>().trim_matches('-').to_owned()
}

/// Longer names are cut, because paths can lead to names of hundreds of characters.
const MAX_LENGTH: usize = 100;

/// A cased name of ASCII letters without the words that are too many.
pub(super) fn shortened(name: &str, max: usize) -> &str {
    let Some(start) = name.get(..max).filter(|_| name.len() > max) else { return name };
    let bytes = name.as_bytes();
    let begins_word = |index: usize| match (index.checked_sub(1).and_then(|before| bytes.get(before)), bytes.get(index))
    {
        (Some(before), Some(here)) => {
            matches!(here, b'_' | b'-') || (here.is_ascii_uppercase() && !before.is_ascii_uppercase())
        }
        _ => false,
    };
    // A word of half the length is cut nevertheless.
    let end = (max / 2..=max).rev().find(|index| begins_word(*index)).unwrap_or(max);
    start.get(..end).unwrap_or(start)
}

/// Turns cased words into an identifier, which is not empty and does not start with a digit.
fn identifier(cased: &str, fallback: &str) -> String {
    let whole: String = cased.chars().filter(|c| *c == '_' || c.is_ascii_alphanumeric()).collect();
    let mut text = shortened(&whole, MAX_LENGTH).to_owned();
    if text.trim_matches('_').is_empty() {
        fallback.clone_into(&mut text);
    }
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        let upper = fallback.starts_with(|c: char| c.is_ascii_uppercase());
        text = if upper && fallback.chars().any(|c| c.is_ascii_lowercase()) {
            format!("{fallback}{text}")
        } else {
            format!("{fallback}_{text}")
        };
    }
    text
}

/// Spells out what identifiers cannot contain, and texts without a letter or digit.
fn spoken(text: &str) -> String {
    symbols(text).unwrap_or_else(|| letters(text))
}

/// Spells out leading signs and characters outside ASCII.
fn letters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, c) in text.char_indices() {
        match c {
            '+' if index == 0 => out.push_str("plus "),
            '-' if index == 0 && text.get(1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) => {
                out.push_str("minus ");
            }
            c if c.is_ascii_alphanumeric() => out.push(c),
            '\'' => {}
            c if c.is_ascii() || c.is_whitespace() || is_invisible(c) => out.push(' '),
            c => push_ascii(c, &mut out),
        }
    }
    out
}

/// Adds a character outside ASCII as the letters that people would type instead; by its number if there are none.
fn push_ascii(c: char, out: &mut String) {
    match deunicode::deunicode_char(c) {
        Some(ascii) => {
            for c in ascii.chars().filter(|c| *c != '\'') {
                out.push(if c.is_ascii_alphanumeric() { c } else { ' ' });
            }
        }
        None => out.push_str(&format!(" u{:x} ", u32::from(c))),
    }
}

/// The words of a text that consists of symbols, such as `>=`.
fn symbols(text: &str) -> Option<String> {
    if text.chars().any(|c| c.is_alphanumeric() || c.is_whitespace() || is_invisible(c)) {
        return None;
    }
    let whole = SEQUENCES.iter().find(|(sequence, _)| *sequence == text).map(|(_, words)| (*words).to_owned());
    let word = |c: char| SYMBOLS.iter().find(|(symbol, _)| *symbol == c).map(|(_, word)| *word);
    whole.or_else(|| {
        let words: Vec<&str> = text.chars().map(word).collect::<Option<_>>()?;
        (!words.is_empty()).then(|| words.join(" "))
    })
}

const SEQUENCES: [(&str, &str); 11] = [
    ("<", "less than"),
    ("<=", "less or equal"),
    ("≤", "less or equal"),
    (">", "greater than"),
    (">=", "greater or equal"),
    ("≥", "greater or equal"),
    ("=", "equal"),
    ("==", "equal"),
    ("!=", "not equal"),
    ("≠", "not equal"),
    ("<>", "not equal"),
];

const SYMBOLS: [(char, &str); 32] = [
    ('!', "bang"),
    ('"', "quote"),
    ('#', "hash"),
    ('$', "dollar"),
    ('%', "percent"),
    ('&', "and"),
    ('\'', "apostrophe"),
    ('(', "open"),
    (')', "close"),
    ('*', "star"),
    ('+', "plus"),
    (',', "comma"),
    ('-', "minus"),
    ('.', "dot"),
    ('/', "slash"),
    (':', "colon"),
    (';', "semicolon"),
    ('<', "less"),
    ('=', "equal"),
    ('>', "greater"),
    ('?', "question"),
    ('@', "at"),
    ('[', "open"),
    ('\\', "backslash"),
    (']', "close"),
    ('^', "caret"),
    ('_', "underscore"),
    ('`', "backtick"),
    ('{', "open"),
    ('|', "or"),
    ('}', "close"),
    ('~', "tilde"),
];

#[cfg(test)]
mod tests {
    use super::{pascal, shortened, snake};

    #[test]
    fn names_are_cut_between_words() {
        assert_eq!(shortened("ListUsersOfTheTeam", 12), "ListUsersOf");
        assert_eq!(shortened("list_users_of_the_team", 12), "list_users");
        assert_eq!(shortened("ListUsers", 9), "ListUsers");
        assert_eq!(shortened("abcdefghij", 4), "abcd");
    }

    #[test]
    fn every_text_has_a_name_that_people_can_type() {
        for (text, name) in [
            ("用户", "YongHu"),
            ("Пользователи", "Polzovateli"),
            ("Größe", "Grosse"),
            ("Page«User»", "PageUser"),
            ("A~b/c", "ABC"),
            (">=", "GreaterOrEqual"),
            ("<", "LessThan"),
            ("*", "Star"),
            ("&&", "AndAnd"),
            ("-1", "Minus1"),
            ("🙂", "SlightSmile"),
        ] {
            assert_eq!(pascal(text, "Value"), name, "{text}");
        }
        assert_eq!(
            (snake("_", "value"), snake("", "value"), snake(" ", "value")),
            ("underscore".to_owned(), "value".to_owned(), "value".to_owned())
        );
    }
}
