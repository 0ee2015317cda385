//! Documentation from the document: Markdown that rustdoc accepts without a warning and never takes for code to run.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::html;
use crate::invisible::is_invisible;
use crate::ir::{Docs, SchemeKind, Status};

/// One line of documentation. It contains no line breaks, no control characters, and no characters that change the direction of
/// text, so no text can leave its line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line(String);

impl Line {
    /// The Markdown of the line.
    pub fn markdown(&self) -> &str {
        &self.0
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: AsRef<str>> From<T> for Line {
    fn from(markdown: T) -> Self {
        let visible =
            |c: char| if matches!(c, '\n' | '\r' | '\t') { Some(' ') } else { (!is_invisible(c)).then_some(c) };
        Self(markdown.as_ref().chars().filter_map(visible).collect::<String>().trim_end().to_owned())
    }
}

/// A `#[doc]` attribute, which is printed as `///`.
impl ToTokens for Line {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let text = if self.is_empty() { String::new() } else { format!(" {}", self.0) };
        tokens.extend(quote!(#[doc = #text]));
    }
}

/// The lines as attributes.
pub(super) fn attributes(lines: &[Line]) -> TokenStream {
    quote!(#(#lines)*)
}

/// Summary, description and notes, as paragraphs; `fallback` if there are none.
pub(super) fn lines(docs: &Docs, fallback: &str) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    for text in [docs.summary.as_str(), docs.description.as_str()] {
        let text = clean(text);
        if text.is_empty() || (!out.is_empty() && text == out) {
            continue;
        }
        paragraph(&mut out, text);
    }
    if out.is_empty() {
        paragraph(&mut out, (!fallback.is_empty()).then_some(fallback));
    }
    paragraph(&mut out, &docs.notes);
    out
}

/// A text of the document between backticks, on one line.
pub(super) fn shown(text: &str) -> String {
    let one = |c: char| match c {
        '`' => '\'',
        c if c == '\n' || is_invisible(c) => ' ',
        c => c,
    };
    text.chars().map(one).collect()
}

/// Adds lines after a blank one.
pub(super) fn paragraph(out: &mut Vec<Line>, lines: impl IntoIterator<Item = impl Into<Line>>) {
    let mut lines = lines.into_iter().map(Into::into).peekable();
    if !out.is_empty() && lines.peek().is_some() {
        out.push(Line::default());
    }
    out.extend(lines);
}

/// A text of the document as Markdown without any markup.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::new();
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars().filter(|c| !is_invisible(*c)) {
            if matches!(c, '\\' | '`' | '<' | '>' | '[' | ']' | '&') {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

/// The documentation of an item.
pub(super) fn docs(docs: &Docs, fallback: &str) -> TokenStream {
    attributes(&lines(docs, fallback))
}

/// `#[deprecated]`, if the document says so.
pub(super) fn deprecated(docs: &Docs) -> TokenStream {
    if docs.deprecated { quote!(#[deprecated]) } else { TokenStream::new() }
}

/// Markdown, line by line, with everything escaped that rustdoc would read as something else, and with HTML as Markdown.
pub(super) fn clean(markdown: &str) -> Vec<Line> {
    let markdown = html::to_markdown(markdown);
    let mut out: Vec<String> = Vec::new();
    let mut fence: Option<String> = None;
    for line in markdown.trim().lines() {
        let line: String = line.replace('\t', "    ").chars().filter(|c| !is_invisible(*c)).collect();
        let line = line.trim_end();
        let trimmed = line.trim_start();
        let marker: String = trimmed.chars().take_while(|c| *c == '`' || *c == '~').collect();
        if let Some(open) = &fence {
            let closes = marker.len() >= open.len() && marker.starts_with(open.as_str());
            out.push(if closes { open.clone() } else { line.to_owned() });
            if closes {
                fence = None;
            }
        } else if marker.len() >= 3 && (marker.starts_with("```") || marker.starts_with("~~~")) {
            let open = marker.get(..3).unwrap_or("```").to_owned();
            let rest = trimmed.get(marker.len()..).unwrap_or("");
            if rest.contains(&open) {
                // A fence that opens and closes on one line is inline code.
                out.push(inline(trimmed));
                continue;
            }
            out.push(format!("{open}{}", language(rest)));
            fence = Some(open);
        } else {
            let indent = (line.len() - trimmed.len()).min(3);
            out.push(format!("{}{}", " ".repeat(if out.is_empty() { 0 } else { indent }), inline(trimmed)));
        }
    }
    out.extend(fence);
    out.into_iter().map(Line::from).collect()
}

/// Markdown on one line.
pub(super) fn one_line(markdown: &str) -> Line {
    let lines: Vec<String> = clean(markdown).into_iter().map(|line| line.0).collect();
    lines.join(" ").into()
}

/// Code without a language, or in Rust, would be compiled as a test.
fn language(info: &str) -> &str {
    let word = info.trim().split([' ', ',', '{']).next().unwrap_or("");
    let harmless = !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '#'));
    if harmless && !word.eq_ignore_ascii_case("rust") && !word.eq_ignore_ascii_case("rs") { word } else { "text" }
}

/// Escapes brackets and tags, and makes bare URLs links; code spans and links stay.
fn inline(line: &str) -> String {
    let spans = code_spans(line);
    let last_parenthesis = line.rfind(')').unwrap_or(0);
    let mut out = String::with_capacity(line.len() + 8);
    let mut at = 0;
    while let Some(rest) = line.get(at..)
        && let Some(c) = rest.chars().next()
    {
        if c == '\\'
            && let Some(next) = rest.chars().nth(1).filter(char::is_ascii_punctuation)
        {
            // It is escaped already.
            out.extend(['\\', next]);
            at += 2;
        } else if c == ' ' && out.ends_with(' ') {
            // After the marker of a list, several spaces would begin code.
            at += 1;
        } else if c == '`' {
            let run = run_of_backticks(rest);
            let length = spans.get(&at).copied().unwrap_or(run);
            if length == run {
                out.push_str(&"\\`".repeat(run));
            } else {
                out.push_str(rest.get(..length).unwrap_or(""));
            }
            at += length;
        } else if !out.ends_with(['(', '<', '"', '='])
            && let Some((url, _)) = url(rest)
        {
            out.push_str(&format!("<{url}>"));
            at += url.len();
        } else if c == '['
            && at < last_parenthesis
            && let Some((link, after)) = link(rest)
        {
            out.push_str(&link);
            at = line.len() - after.len();
        } else {
            if matches!(c, '[' | ']' | '<' | '>') && !(c == '>' && out.is_empty()) {
                out.push('\\');
            }
            out.push(c);
            at += c.len_utf8();
        }
    }
    out
}

/// The code spans that can begin in a line: where each begins, and its length. A run of backticks ends at the next run of the same
/// length (CommonMark 0.31.2 §6.1). One pass from the end finds them all, so many runs without an end cost no more than others.
pub(super) fn code_spans(line: &str) -> BTreeMap<usize, usize> {
    let mut spans = BTreeMap::new();
    // The length of a run -> the last place where one of this length begins.
    let mut next: BTreeMap<usize, usize> = BTreeMap::new();
    let mut end = line.len();
    while let Some(before) = line.get(..end)
        && let Some(last) = before.rfind('`')
    {
        let start = before.get(..last).map_or(0, |before| before.trim_end_matches('`').len());
        let run = last + 1 - start;
        if let Some(close) = next.insert(run, start) {
            spans.insert(start, close + run - start);
        }
        end = start;
    }
    spans
}

/// The number of backticks that a text begins with.
fn run_of_backticks(text: &str) -> usize {
    text.len() - text.trim_start_matches('`').len()
}

fn url(text: &str) -> Option<(&str, &str)> {
    if !text.starts_with("http://") && !text.starts_with("https://") {
        return None;
    }
    let end = text
        .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '\'' | ')' | ']' | '|'))
        .unwrap_or(text.len());
    let url = text.get(..end)?.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
    if url.len() <= "https://".len() { None } else { Some((url, text.get(url.len()..)?)) }
}

/// `[text](https://...)` stays a link; links to anything else lead nowhere in rustdoc, so only their text stays.
fn link(text: &str) -> Option<(String, &str)> {
    // A label contains no brackets, so the search ends at the first one.
    let close = text.get(1..)?.find(['[', ']', '\n'])? + 1;
    let label = text.get(1..close)?;
    let after = text.get(close..)?.strip_prefix("](")?;
    let end = after.find(')')?;
    let target = after.get(..end)?.split_whitespace().next().unwrap_or("");
    let rest = after.get(end + 1..)?;
    let label = if url(label).is_some() { label.to_owned() } else { inline(label) };
    if (target.starts_with("http://") || target.starts_with("https://")) && !target.contains(['(', '<', '>']) {
        let label = label.trim_start_matches('<').trim_end_matches('>').to_owned();
        if label.starts_with("http") {
            Some((format!("<{target}>"), rest))
        } else {
            Some((format!("[{label}]({target})"), rest))
        }
    } else {
        Some((label, rest))
    }
}

/// The wire name, if it differs from the field's and rustdoc accepts it.
pub(super) fn alias<'w>(wire: &'w str, name: &proc_macro2::Ident) -> Option<&'w str> {
    let fine = !wire.is_empty() && wire.chars().all(|c| c.is_ascii_graphic() && c != '"' && c != '\'');
    (fine && name != wire).then_some(wire)
}

/// A status, as the list of an operation's failures shows it.
pub(super) fn status(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Class(class) => format!("{class}XX"),
        Status::Default => "any other".to_owned(),
    }
}

/// What a response is if the document does not describe it.
pub(super) fn about_status(status: Status) -> String {
    format!("Status {}.", self::status(status))
}

/// The place of a security scheme's credential in a request.
pub(super) fn place_of(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::ApiKey { place, wire } => format!("{} `{}`", place.as_str(), shown(wire)),
        SchemeKind::Basic => "`Authorization: Basic`".to_owned(),
        SchemeKind::Bearer => "`Authorization: Bearer`".to_owned(),
        SchemeKind::OAuth2 { .. } => "an access token, as `Authorization: Bearer`".to_owned(),
        SchemeKind::MutualTls => "a certificate of the connection".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::inline;

    #[test]
    fn code_spans_end_at_a_run_of_the_same_length() {
        assert_eq!(inline("a `b` c"), "a `b` c");
        assert_eq!(inline("``a ` b`` <c>"), "``a ` b`` \\<c\\>");
        assert_eq!(inline("``a `b`"), "\\`\\`a `b`");
        assert_eq!(inline("`a``"), "\\`a\\`\\`");
        assert_eq!(inline("`[a](b)` [x] [c](https://d.e) [f](g)"), "`[a](b)` \\[x\\] [c](https://d.e) f");
    }

    #[test]
    fn unfinished_markdown_costs_linear_time() {
        for text in ["`", "[", "[a](", "(http://a", "` `` ``` ", "]("] {
            let long = text.repeat(200_000);
            let start = std::time::Instant::now();
            assert!(inline(&long).len() >= long.len());
            // Quadratic time would be minutes.
            assert!(start.elapsed().as_secs() < 5, "{text}");
        }
    }
}
