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
    let kebab = spoken(text).to_kebab_case();
    kebab.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect::<String>().trim_matches('-').to_owned()
}

/// Longer names are cut, because paths can lead to names of hundreds of characters.
const MAX_LENGTH: usize = 100;

/// Turns cased words into an identifier, which is not empty and does not start with a digit.
fn identifier(cased: &str, fallback: &str) -> String {
    let mut text: String = cased.chars().filter(|c| *c == '_' || c.is_ascii_alphanumeric()).take(MAX_LENGTH).collect();
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

/// Spells out what identifiers cannot contain: leading signs, and characters outside ASCII.
fn spoken(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, c) in text.char_indices() {
        match c {
            '+' if index == 0 => out.push_str("plus "),
            '-' if index == 0 && text.get(1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) => {
                out.push_str("minus ");
            }
            c if c.is_ascii_alphanumeric() => out.push(c),
            '\'' => {}
            c if c.is_ascii() => out.push(' '),
            c => out.push_str(&fold(c)),
        }
    }
    out
}

/// A character outside ASCII: Latin letters without their accents, everything else by its number.
fn fold(c: char) -> String {
    let plain = match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'À'..='Å' | 'Ā' | 'Ă' | 'Ą' => "A",
        'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'Ç' | 'Ć' | 'Č' => "C",
        'è'..='ë' | 'ē' | 'ę' | 'ě' => "e",
        'È'..='Ë' | 'Ē' | 'Ę' | 'Ě' => "E",
        'ì'..='ï' => "i",
        'Ì'..='Ï' => "I",
        'ñ' | 'ń' => "n",
        'Ñ' | 'Ń' => "N",
        'ò'..='ö' | 'ø' => "o",
        'Ò'..='Ö' | 'Ø' => "O",
        'ś' | 'š' => "s",
        'Ś' | 'Š' => "S",
        'ß' => "ss",
        'ù'..='ü' | 'ū' => "u",
        'Ù'..='Ü' | 'Ū' => "U",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'Ź' | 'Ż' | 'Ž' => "Z",
        c if c.is_whitespace() || is_invisible(c) => return " ".to_owned(),
        c => return format!(" u{:x} ", u32::from(c)),
    };
    plain.to_owned()
}
