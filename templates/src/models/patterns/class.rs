//! Translates character classes: `[a-z\d]`.

use std::fmt::Write as _;

use super::translate::{Input, character, literal, property};

/// Returns the members of the class of an escape (ECMA-262 §22.2.2.9), as they stand between brackets. An upper case letter
/// means all others.
pub(super) fn members(c: char) -> &'static str {
    match c {
        'd' | 'D' => "0-9",
        'w' | 'W' => "0-9A-Za-z_",
        _ => r"\t\n\x0b\x0c\r\x20\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}",
    }
}

/// A member of a class.
enum Member {
    /// A character.
    One(char),
    /// A class of its own, as Rust writes it.
    Class(String),
    /// Half a surrogate pair.
    Nothing,
}

/// Translates the rest of a class, after its opening bracket.
pub(super) fn translate(input: &mut Input<'_>, out: &mut String) {
    let negated = input.next_if_eq(&'^').is_some();
    let mut inside = String::new();
    while let Some(member) = member(input) {
        let start = match member {
            Member::One(start) => start,
            Member::Class(class) => {
                inside.push_str(&class);
                continue;
            }
            Member::Nothing => continue,
        };
        literal(start, &mut inside);
        if let Some(end) = range_end(input) {
            inside.push('-');
            literal(end, &mut inside);
        }
    }
    match (inside.is_empty(), negated) {
        (true, true) => out.push_str("(?s:.)"),
        (true, false) => out.push_str("[a&&b]"),
        (false, true) => {
            let _ = write!(out, "[^{inside}]");
        }
        (false, false) => {
            let _ = write!(out, "[{inside}]");
        }
    }
}

/// Reads the end of a range, `-z`. Before a class or at the end, the hyphen stands for itself.
fn range_end(input: &mut Input<'_>) -> Option<char> {
    let mut ahead = input.clone();
    ahead.next_if_eq(&'-')?;
    let Some(Member::One(end)) = member(&mut ahead) else { return None };
    *input = ahead;
    Some(end)
}

/// Reads a member; `None` at the end of the class.
fn member(input: &mut Input<'_>) -> Option<Member> {
    match input.next()? {
        ']' => None,
        '\\' => Some(escape(input)),
        other => Some(Member::One(other)),
    }
}

fn escape(input: &mut Input<'_>) -> Member {
    match input.next() {
        Some(c @ ('d' | 'w' | 's')) => Member::Class(members(c).to_owned()),
        Some(c @ ('D' | 'W' | 'S')) => Member::Class(format!("[^{}]", members(c))),
        Some(c @ ('p' | 'P')) => {
            let mut class = String::new();
            property(c, input, &mut class);
            Member::Class(class)
        }
        Some('b') => Member::One('\u{8}'),
        Some(other) => character(other, input).map_or(Member::Nothing, Member::One),
        None => Member::One('\\'),
    }
}
