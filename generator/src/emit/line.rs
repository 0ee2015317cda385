//! Tokens on one line, spaced as people write them: rows of tables, and types in documentation.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// The tokens on one line.
pub fn line(tokens: &TokenStream) -> String {
    let mut out = String::new();
    write(tokens, &mut out);
    out
}

/// What stands before a token, as far as it decides whether a space goes between them.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    /// Nothing, or punctuation that belongs to the next token: `!`, `.`, a sign, the first half of `=>`.
    Open,
    /// A word, which parentheses after it belong to.
    Word,
    /// Anything else.
    Other,
}

fn write(tokens: &TokenStream, out: &mut String) {
    let mut before = Before::Open;
    for token in tokens.clone() {
        if has_space_before(&token, before) {
            out.push(' ');
        }
        before = match &token {
            TokenTree::Ident(ident) => {
                out.push_str(&ident.to_string());
                Before::Word
            }
            TokenTree::Literal(literal) => {
                out.push_str(&literal.to_string());
                Before::Other
            }
            TokenTree::Punct(punct) => {
                let is_open = punct.spacing() == Spacing::Joint
                    || matches!(punct.as_char(), '.' | '!' | '&' | '#' | '<' | '-')
                    || out.ends_with(['.', ':']);
                out.push(punct.as_char());
                if is_open { Before::Open } else { Before::Other }
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::None => ("", ""),
                };
                out.push_str(open);
                write(&group.stream(), out);
                out.push_str(close);
                Before::Other
            }
        };
    }
}

fn has_space_before(token: &TokenTree, before: Before) -> bool {
    match token {
        TokenTree::Punct(punct) if matches!(punct.as_char(), ',' | ';' | ':' | '.' | '?' | '<' | '>') => false,
        TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => before == Before::Other,
        _ => before != Before::Open,
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::line;

    #[test]
    fn rows_are_spaced_as_people_write_them() {
        let rows = [
            (quote!(id: "$id", required secret), r#"id: "$id", required secret"#),
            (quote!(ids: optional, query("ids").list().joined()), r#"ids: optional, query("ids").list().joined()"#),
            (quote!(Card = ["card", "visa"], own boxed), r#"Card = ["card", "visa"], own boxed"#),
            (quote!(Integer: Number [] ["a"]), r#"Integer: Number [] ["a"]"#),
            (quote!(class 400..=499 => BadRequest raw), "class 400..=499 => BadRequest raw"),
            (quote!(..extra), "..extra"),
            (quote!(!..), "!.."),
            (quote!(!"key"), r#"!"key""#),
            (quote!(!default Other), "!default Other"),
            (quote!(checked User by "kind"), r#"checked User by "kind""#),
            (quote!(Small = -1), "Small = -1"),
            (quote!(chrono::DateTime<chrono::Utc>), "chrono::DateTime<chrono::Utc>"),
            (
                quote!(Option<std::collections::BTreeMap<String, Vec<models::User>>>),
                "Option<std::collections::BTreeMap<String, Vec<models::User>>>",
            ),
        ];
        for (tokens, text) in rows {
            assert_eq!(line(&tokens), text);
        }
    }
}
