//! Characters that nobody sees, or that change the order in which others are shown.

/// Returns whether a character is invisible: a control character, or one that changes the direction of text (Unicode TR 36 §3.1).
/// Line feeds are not.
pub fn is_invisible(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(
            c,
            '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
        )
}
