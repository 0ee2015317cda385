//! Translates regular expressions of ECMAScript (ECMA-262 §22.2, with the flag `u`) into those of Rust.
//!
//! What the flag `u` forbids is read as it is without the flag (Annex B.1.2). Anchors of other languages, `\A` and `\z`, and
//! expressions between slashes, `/^a$/i`, mean what their authors mean by them.

use std::fmt::Write as _;
use std::iter::Peekable;
use std::str::Chars;

use super::class;

/// What `.` matches (ECMA-262 §22.2.2.7, `LineTerminator`).
const ANY_IN_LINE: &str = r"[^\n\r\x{2028}\x{2029}]";

/// What `\b` matches. The boundaries of Rust are those of Unicode.
const WORD_BOUNDARY: &str = "(?:(?<=[0-9A-Za-z_])(?![0-9A-Za-z_])|(?<![0-9A-Za-z_])(?=[0-9A-Za-z_]))";

/// What nothing matches.
const NOTHING: &str = "[a&&b]";

pub(super) type Input<'p> = Peekable<Chars<'p>>;

/// Returns the pattern in the syntax of Rust.
pub(super) fn translate(pattern: &str) -> String {
    let (pattern, flags) = without_slashes(pattern);
    let mut input = pattern.chars().peekable();
    let mut out = flags;
    while let Some(c) = input.next() {
        match c {
            '\\' => escape(&mut input, &mut out),
            '[' => class::translate(&mut input, &mut out),
            '.' => out.push_str(ANY_IN_LINE),
            '$' => out.push_str(r"\z"),
            '{' => match repetition(&input) {
                Some(length) => {
                    out.push('{');
                    out.extend(input.by_ref().take(length));
                }
                None => out.push_str(r"\{"),
            },
            ']' | '}' => {
                out.push('\\');
                out.push(c);
            }
            other => out.push(other),
        }
    }
    out
}

/// Removes the slashes of `/pattern/i`; returns the pattern and its flags as Rust writes them.
fn without_slashes(pattern: &str) -> (&str, String) {
    let inner = pattern.strip_prefix('/').and_then(|rest| rest.rsplit_once('/'));
    match inner {
        Some((inner, flags))
            if inner.starts_with('^') && flags.chars().all(|c| "dgimsuvy".contains(c)) && !inner.ends_with('\\') =>
        {
            let kept: String = flags.chars().filter(|c| "ims".contains(*c)).collect();
            (inner, if kept.is_empty() { kept } else { format!("(?{kept})") })
        }
        _ => (pattern, String::new()),
    }
}

/// Returns the length of the rest of a repetition, such as `2,3}`; `None` if the brace stands for itself.
fn repetition(input: &Input<'_>) -> Option<usize> {
    let text: String = input.clone().take_while(|c| *c != '}').take(32).collect();
    let is_number = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let fine = match text.split_once(',') {
        Some((least, most)) => is_number(least) && (most.is_empty() || is_number(most)),
        None => is_number(&text),
    };
    (fine && input.clone().nth(text.len()) == Some('}')).then_some(text.len() + 1)
}

/// Translates what follows a backslash outside a class.
fn escape(input: &mut Input<'_>, out: &mut String) {
    let Some(c) = input.next() else {
        out.push_str(r"\\");
        return;
    };
    match c {
        'd' | 'D' | 'w' | 'W' | 's' | 'S' => {
            let negated = if c.is_ascii_uppercase() { "^" } else { "" };
            let _ = write!(out, "[{negated}{}]", class::members(c));
        }
        'b' => out.push_str(WORD_BOUNDARY),
        'B' => {
            let _ = write!(out, "(?!{WORD_BOUNDARY})");
        }
        'A' => out.push('^'),
        'z' | 'Z' => out.push_str(r"\z"),
        'p' | 'P' => property(c, input, out),
        'k' if input.peek() == Some(&'<') => out.push_str(r"\k"),
        '1'..='9' => {
            let _ = write!(out, r"\{c}");
        }
        other => match character(other, input) {
            Some(found) => literal(found, out),
            None => out.push_str(NOTHING),
        },
    }
}

/// Copies a property of Unicode, such as `\p{Lu}`.
pub(super) fn property(c: char, input: &mut Input<'_>, out: &mut String) {
    if input.peek() == Some(&'{') {
        let _ = write!(out, r"\{c}");
        for c in input.by_ref() {
            out.push(c);
            if c == '}' {
                break;
            }
        }
    } else {
        out.push(c);
    }
}

/// Reads the character that an escape stands for; `None` for half a surrogate pair, which no text contains.
pub(super) fn character(c: char, input: &mut Input<'_>) -> Option<char> {
    match c {
        't' => Some('\t'),
        'n' => Some('\n'),
        'r' => Some('\r'),
        'v' => Some('\u{b}'),
        'f' => Some('\u{c}'),
        '0' => Some('\0'),
        'c' => match input.next_if(char::is_ascii_alphabetic) {
            Some(letter) => char::from_u32(u32::from(letter) % 32),
            None => Some('c'),
        },
        'x' => Some(hex(input, 2).and_then(char::from_u32).unwrap_or('x')),
        'u' => match unit(input) {
            Some(high @ 0xd800..0xdc00) => char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + (low(input)? - 0xdc00)),
            Some(code) => char::from_u32(code),
            None => Some('u'),
        },
        other => Some(other),
    }
}

/// Reads the second half of a surrogate pair.
fn low(input: &mut Input<'_>) -> Option<u32> {
    let mut ahead = input.clone();
    let found = (ahead.next() == Some('\\') && ahead.next() == Some('u')).then(|| unit(&mut ahead))??;
    if !(0xdc00..0xe000).contains(&found) {
        return None;
    }
    *input = ahead;
    Some(found)
}

/// Reads `XXXX` or `{X...}`.
fn unit(input: &mut Input<'_>) -> Option<u32> {
    if input.peek() != Some(&'{') {
        return hex(input, 4);
    }
    let digits: String = input.clone().skip(1).take_while(|c| *c != '}').take(16).collect();
    let found = u32::from_str_radix(&digits, 16).ok()?;
    input.nth(digits.len() + 1);
    Some(found)
}

fn hex(input: &mut Input<'_>, length: usize) -> Option<u32> {
    let digits: String = input.clone().take(length).take_while(char::is_ascii_hexdigit).collect();
    if digits.len() < length {
        return None;
    }
    input.nth(length - 1);
    u32::from_str_radix(&digits, 16).ok()
}

/// Writes a character that stands for itself.
pub(super) fn literal(c: char, out: &mut String) {
    if c.is_ascii_alphanumeric() || !c.is_ascii() {
        out.push(c);
    } else {
        let _ = write!(out, r"\x{{{:x}}}", u32::from(c));
    }
}
