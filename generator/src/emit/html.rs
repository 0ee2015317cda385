//! HTML in descriptions as Markdown. Descriptions are Markdown, in which HTML is allowed, but rustdoc would either show it as it stands
//! or run it.
//!
//! Only tags that mean something in Markdown are converted; anything else between angle brackets, such as `List<User>`, stays text.
//! Code of the Markdown stays as it is. The time is linear in the length of the text.

use std::collections::BTreeSet;

use super::docs::code_spans;

/// The text with its HTML as Markdown.
pub(super) fn to_markdown(text: &str) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let mut out = Converter { closed: closed(text), has_comments: has_comments(text), ..Converter::default() };
    let mut fence: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        let marker = ["```", "~~~"].into_iter().find(|marker| line.trim_start().starts_with(marker));
        match (fence, marker) {
            _ if out.is_raw() || out.is_comment => out.line(line),
            (None, Some(marker)) => {
                fence = Some(marker);
                out.push(line);
            }
            (Some(open), marker) => {
                if marker == Some(open) {
                    fence = None;
                }
                out.push(line);
            }
            _ => out.line(line),
        }
    }
    out.finish()
}

/// Elements whose tags say nothing that Markdown could say.
const DROPPED: [&str; 19] = [
    "abbr", "article", "big", "caption", "center", "colgroup", "figure", "font", "ins", "label", "mark", "nobr",
    "section", "small", "span", "tbody", "tfoot", "thead", "u",
];

/// Elements whose tags may stand alone.
const ALONE: [&str; 11] = ["br", "dd", "dt", "hr", "img", "li", "p", "td", "th", "tr", "colgroup"];

/// Elements that are paragraphs.
const PARAGRAPHS: [&str; 10] = ["blockquote", "br", "dd", "details", "div", "dl", "dt", "p", "summary", "header"];

/// An element that is still open.
struct Open {
    name: String,
    /// The piece that becomes what stands in front of its content.
    piece: usize,
    /// How many paragraphs there were before.
    paragraphs: usize,
    /// The target of a link.
    target: String,
}

/// Elements inside more others are not looked at.
const MAX_OPEN: usize = 16;

#[derive(Default)]
struct Converter {
    /// The elements that the text closes somewhere. Another tag without attributes, such as `<label>`, may be a placeholder.
    closed: BTreeSet<String>,
    /// Whether the comments of the text end.
    has_comments: bool,
    pieces: Vec<String>,
    open: Vec<Open>,
    /// The kinds of the lists that are open; whether they are numbered.
    lists: Vec<bool>,
    /// The cells of the first row and of this one, if there is a table.
    table: Option<Table>,
    paragraphs: usize,
    /// Whether white space is to be left out, because a block has begun.
    begins: bool,
    /// Whether what follows is the content of a comment.
    is_comment: bool,
    /// Whether the next item begins a list that is not inside another list.
    is_first: bool,
}

#[derive(Default)]
struct Table {
    rows: usize,
    cells: usize,
}

/// A tag.
struct Element<'t> {
    name: String,
    closes: bool,
    attributes: &'t str,
}

impl Converter {
    fn push(&mut self, text: &str) {
        self.pieces.push(text.to_owned());
    }

    /// Whether what follows is the content of a block of code.
    fn is_raw(&self) -> bool {
        self.open.iter().any(|open| open.name == "pre")
    }

    fn is_code(&self) -> bool {
        self.open.iter().any(|open| matches!(open.name.as_str(), "pre" | "code"))
    }

    fn line(&mut self, line: &str) {
        let spans = code_spans(line);
        let mut at = 0;
        while let Some(rest) = line.get(at..)
            && !rest.is_empty()
        {
            if self.is_comment {
                let end = rest.find("-->");
                self.is_comment = end.is_none();
                at += end.map_or(rest.len(), |end| end + 3);
            } else if rest.starts_with("<!--") && self.has_comments && !self.is_raw() {
                self.is_comment = true;
                at += 4;
            } else if let Some(length) = spans.get(&at) {
                self.push(rest.get(..*length).unwrap_or_default());
                self.begins = false;
                at += length;
            } else if let Some((element, length)) = element(rest) {
                if !self.element(&element) {
                    self.text(rest.get(..length).unwrap_or_default());
                }
                at += length;
            } else {
                // Up to what may be the next tag or code.
                let next =
                    rest.char_indices().skip(1).find(|(_, c)| matches!(c, '<' | '`')).map_or(rest.len(), |(at, _)| at);
                self.text(rest.get(..next).unwrap_or_default());
                at += next;
            }
        }
    }

    fn text(&mut self, text: &str) {
        let text = if self.begins && !self.is_raw() { text.trim_start() } else { text };
        if text.is_empty() {
            return;
        }
        self.begins = false;
        let text = if self.is_code() { decoded(text) } else { text.to_owned() };
        let text = if self.table.is_some() { text.replace(['\n', '\r'], " ").replace('|', "\\|") } else { text };
        self.pieces.push(text);
    }

    /// Whether what follows is in a table or a list.
    fn is_inside(&self) -> bool {
        self.table.is_some() || !self.lists.is_empty()
    }

    /// Begins a paragraph; in a table or a list, Markdown has none.
    fn paragraph(&mut self) {
        let is_inside = self.is_inside();
        if !(is_inside && self.begins) {
            self.push(if is_inside { " " } else { "\n\n" });
        }
        self.paragraphs += 1;
        self.begins = true;
    }

    /// Converts a tag; false if it stays text.
    fn element(&mut self, element: &Element<'_>) -> bool {
        let name = element.name.as_str();
        if (self.is_raw() && name != "pre")
            || (self.is_code() && !matches!(name, "pre" | "code" | "kbd" | "samp" | "tt"))
        {
            return ["a", "b", "code", "em", "i", "p", "span", "strong"].contains(&name);
        }
        let is_alone = !element.closes && element.attributes.is_empty() && !self.closed.contains(name);
        if is_alone && !ALONE.contains(&name) {
            return false;
        }
        match name {
            "b" | "strong" | "i" | "em" | "code" | "tt" | "kbd" | "samp" | "a" | "pre" => self.inline(element),
            "ul" | "ol" => self.list(name == "ol", element.closes),
            "li" if element.closes => true,
            "li" => self.item(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.paragraph();
                let level = name.get(1..).and_then(|level| level.parse().ok()).unwrap_or(1);
                if !element.closes && !self.is_inside() {
                    self.push(&format!("{} ", "#".repeat(level)));
                }
                true
            }
            "hr" => {
                self.push("\n\n---\n\n");
                true
            }
            "img" => self.image(element),
            "sup" | "sub" => {
                if !element.closes {
                    self.text(if name == "sup" { "^" } else { "_" });
                }
                true
            }
            "del" | "s" | "strike" => {
                self.text("~~");
                true
            }
            "table" => {
                self.table(element.closes);
                true
            }
            "tr" | "td" | "th" => {
                self.cell(name, element.closes);
                true
            }
            name if PARAGRAPHS.contains(&name) => {
                self.paragraph();
                true
            }
            name => DROPPED.contains(&name),
        }
    }

    /// Converts an image: documentation should not load it, so it is a link.
    fn image(&mut self, element: &Element<'_>) -> bool {
        // An address that contains the image itself would fill pages.
        let source =
            attribute(element.attributes, "src").filter(|source| !source.starts_with("data:")).unwrap_or_default();
        let Some(text) = attribute(element.attributes, "alt").filter(|text| !text.is_empty()) else {
            self.text(&code(source).unwrap_or_default());
            return true;
        };
        let piece = self.pieces.len();
        self.text(text);
        let is_inside_link = self.open.iter().any(|open| open.name == "a");
        let target = if is_inside_link { String::new() } else { source.to_owned() };
        let link = Open { name: "a".to_owned(), piece, paragraphs: self.paragraphs, target };
        let content: String = self.pieces.get(piece..).unwrap_or_default().concat();
        if let Some(text) = marked(&link, content.trim(), true) {
            self.pieces.truncate(piece);
            self.pieces.push(text);
        }
        true
    }

    /// Converts the tag of an element that has a mark on both sides.
    fn inline(&mut self, element: &Element<'_>) -> bool {
        let name = match element.name.as_str() {
            "tt" | "kbd" | "samp" => "code",
            "strong" => "b",
            "em" => "i",
            name => name,
        };
        if !element.closes {
            if self.open.len() >= MAX_OPEN {
                return true;
            }
            let target = attribute(element.attributes, "href").unwrap_or_default().to_owned();
            let open = Open { name: name.to_owned(), piece: self.pieces.len(), paragraphs: self.paragraphs, target };
            self.pieces.push(String::new());
            self.open.push(open);
            return true;
        }
        let Some(index) = self.open.iter().rposition(|open| open.name == name) else { return true };
        // What is still open inside ends as well.
        let Some(open) = self.open.drain(index..).next() else { return true };
        let content: String = self.pieces.get(open.piece..).unwrap_or_default().concat();
        let is_one_line = open.paragraphs == self.paragraphs && !content.contains('\n');
        let inner = content.trim();
        if let Some(text) = marked(&open, inner, is_one_line) {
            let before = if content.starts_with(char::is_whitespace) { " " } else { "" };
            let after = if content.ends_with(char::is_whitespace) { " " } else { "" };
            self.pieces.truncate(open.piece);
            self.pieces.push(format!("{before}{text}{after}"));
        }
        true
    }

    fn list(&mut self, is_numbered: bool, closes: bool) -> bool {
        if closes {
            self.lists.pop();
        } else if self.lists.len() < MAX_OPEN {
            self.lists.push(is_numbered);
        }
        if closes && self.lists.is_empty() {
            self.push("\n\n");
        }
        self.is_first = !closes && self.lists.len() == 1;
        self.begins = true;
        true
    }

    fn item(&mut self) -> bool {
        let indent = "  ".repeat(self.lists.len().saturating_sub(1));
        let first = self.open.last().map_or(0, |open| open.piece + 1);
        while self.pieces.len() > first && self.pieces.last().is_some_and(|piece| piece.trim().is_empty()) {
            self.pieces.pop();
        }
        let mark = if self.lists.last().copied().unwrap_or_default() { "1." } else { "-" };
        let blank = if std::mem::take(&mut self.is_first) { "\n\n" } else { "\n" };
        self.push(&format!("{blank}{indent}{mark} "));
        self.begins = true;
        true
    }

    fn table(&mut self, closes: bool) {
        if closes {
            self.end_row();
            self.table = None;
        } else {
            self.table = Some(Table::default());
        }
        self.push("\n\n");
        self.begins = true;
    }

    fn cell(&mut self, name: &str, closes: bool) {
        if name == "tr" {
            self.end_row();
        } else if let Some(table) = self.table.as_mut().filter(|_| !closes) {
            table.cells += 1;
            let start = if table.cells == 1 { "\n| " } else { " | " };
            self.push(start);
        }
        self.begins = true;
    }

    /// Ends the row of a table. The first one is the head.
    fn end_row(&mut self) {
        let Some(table) = self.table.as_mut().filter(|table| table.cells > 0) else { return };
        let head = if table.rows == 0 { format!("\n|{}", "---|".repeat(table.cells)) } else { String::new() };
        table.rows += 1;
        table.cells = 0;
        self.pieces.push(format!(" |{head}"));
    }

    /// The Markdown, with at most one blank line at a time outside code.
    fn finish(self) -> String {
        let text = self.pieces.concat();
        let (mut out, mut blank, mut fence) = (String::with_capacity(text.len()), true, None);
        for line in text.lines() {
            let marker = ["```", "~~~"].into_iter().find(|marker| line.trim_start().starts_with(marker));
            fence = match (fence, marker) {
                (Some(open), Some(marker)) if open == marker => None,
                (open, marker) => open.or(marker),
            };
            let is_blank = line.trim().is_empty() && fence.is_none();
            if !(is_blank && blank) {
                out.push_str(if is_blank { "" } else { line });
                out.push('\n');
            }
            blank = is_blank;
        }
        out.truncate(out.trim_end().len());
        out
    }
}

/// The content of an element as Markdown; `None` if Markdown has no form for it.
fn marked(open: &Open, inner: &str, is_one_line: bool) -> Option<String> {
    match open.name.as_str() {
        "pre" if inner.contains("```") || inner.is_empty() => None,
        "pre" => Some(format!("\n\n```text\n{inner}\n```\n\n")),
        _ if inner.is_empty() || !is_one_line => None,
        "code" => (!inner.contains('`')).then(|| format!("`{inner}`")),
        "b" => Some(format!("**{inner}**")),
        "i" => Some(format!("*{inner}*")),
        _ => {
            let is_web = open.target.starts_with("https://") || open.target.starts_with("http://");
            let is_plain = !open.target.contains(|c: char| "()<>[]`\"".contains(c) || c.is_whitespace());
            if is_web && is_plain && !inner.contains(['[', ']']) {
                return Some(format!("[{inner}]({})", open.target));
            }
            // Links inside the documentation of the API lead nowhere here.
            code(&open.target)
                .filter(|_| open.target != inner && !open.target.starts_with('#'))
                .map(|target| format!("{inner} ({target})"))
        }
    }
}

/// A text as code of Markdown; `None` if it is empty or cannot be.
fn code(text: &str) -> Option<String> {
    (!text.is_empty() && !text.contains(['`', '\n'])).then(|| format!("`{text}`"))
}

/// The names of the elements that a text closes.
fn closed(text: &str) -> BTreeSet<String> {
    let names = text.split("</").skip(1).map(|rest| {
        let name: String = rest.chars().take(MAX_NAME).take_while(char::is_ascii_alphanumeric).collect();
        name.to_ascii_lowercase()
    });
    names.collect()
}

/// Names of elements are not longer.
const MAX_NAME: usize = 10;

/// Whether the last comment of a text ends.
fn has_comments(text: &str) -> bool {
    text.rfind("-->") > text.rfind("<!--")
}

/// The tag that a text begins with, and its length.
fn element(text: &str) -> Option<(Element<'_>, usize)> {
    let inside = text.strip_prefix('<')?;
    let end = inside.find(['<', '>'])?;
    let content = inside.get(..end).filter(|_| inside.get(end..).is_some_and(|rest| rest.starts_with('>')))?;
    let (closes, content) = content.strip_prefix('/').map_or((false, content), |content| (true, content));
    let content = content.trim_end_matches('/');
    let length = content.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(content.len());
    let (name, attributes) = (content.get(..length)?, content.get(length..)?);
    let attributes = attributes.trim();
    let is_tag = length > 0 && (attributes.is_empty() || attributes.contains('='));
    is_tag.then(|| (Element { name: name.to_ascii_lowercase(), closes, attributes }, end + 2))
}

/// The value of an attribute.
fn attribute<'t>(attributes: &'t str, name: &str) -> Option<&'t str> {
    let lower = attributes.to_ascii_lowercase();
    let wanted = format!("{name}=");
    let begins =
        |index: &usize| lower.get(..*index).is_some_and(|before| !before.ends_with(|c: char| !c.is_whitespace()));
    let start = lower.match_indices(&wanted).map(|(index, _)| index).find(begins)? + wanted.len();
    let value = attributes.get(start..)?;
    match value.chars().next()? {
        quote @ ('"' | '\'') => value.get(1..)?.split(quote).next(),
        _ => value.split(char::is_whitespace).next(),
    }
}

/// Text with the entities that code has.
fn decoded(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let known = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    known.iter().fold(text.to_owned(), |text, (entity, c)| text.replace(entity, c))
}

#[cfg(test)]
mod tests {
    use super::to_markdown;

    #[test]
    fn html_becomes_markdown() {
        let rows = [
            ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
            ("one<br/>two<br>three", "one\n\ntwo\n\nthree"),
            ("a <b>bold</b> and <em> slanted </em>word", "a **bold** and  *slanted* word"),
            ("<code>List&lt;User&gt;</code> of <tt>a</tt>", "`List<User>` of `a`"),
            (
                "see <a href=\"https://example.com/a\">the <b>docs</b></a>.",
                "see [the **docs**](https://example.com/a).",
            ),
            ("see <a href='#anchor' target=_blank>here</a>.", "see here."),
            (
                "Kinds:<ul>\n <li>one</li>\n <li>two<ul><li>deep</li></ul></li></ul>Done.",
                "Kinds:\n\n- one\n- two\n  - deep\n\nDone.",
            ),
            ("<ol><li><p>one</p></li><li>two</li></ol>", "1. one\n1. two"),
            (
                "<table><tr><th>a</th><th>b</th></tr><tr><td>1\n2</td><td>x|y</td></tr></table>end",
                "| a | b |\n|---|---|\n| 1 2 | x\\|y |\n\nend",
            ),
            ("<h2>Title</h2>text", "## Title\n\ntext"),
            ("<pre>a &lt; b\n  c</pre>", "```text\na < b\n  c\n```"),
            ("a<!-- hidden -->b", "ab"),
            ("10<sup>-3</sup>, H<sub>2</sub>O, <del>old</del>", "10^-3, H_2O, ~~old~~"),
            ("see <a data-href=\"x\" href=\"/guide\">here</a>", "see here (`/guide`)"),
            ("<img src=\"logo.png\">", "`logo.png`"),
            ("<img alt=\"The logo\" src=\"https://example.com/a.png\">", "[The logo](https://example.com/a.png)"),
            ("<img alt=\"The logo\" src=\"logo.png\">", "The logo (`logo.png`)"),
            ("<img alt=\"The logo\" src=\"data:image/png;base64,AAAA\">", "The logo"),
            ("<a href=\"https://b.example\"><img alt=\"B\" src=\"b.png\"></a>", "[B](https://b.example)"),
        ];
        for (html, markdown) in rows {
            assert_eq!(to_markdown(html), markdown, "{html}");
        }
    }

    #[test]
    fn markdown_and_other_text_stay() {
        for text in [
            "`<b>` and ``<p>``",
            "```html\n<p>\n```",
            "List<User>, <id> and 1 <b and c> 2",
            "a <b",
            "**bold** [link](https://example.com)\n\n- item",
            "one < two > three",
            "<label>:<section> and Basic <header>",
            "a <!-- that has no end",
            "<code>that has no end, and &lt;",
        ] {
            assert_eq!(to_markdown(text), text);
        }
    }

    #[test]
    fn hostile_html_costs_linear_time() {
        for text in
            ["<", "<b>", "<a href=", "<ul>", "<!--", "<table><td>", "</b>", "<pre>", "<b>x</b>", "<code>`", "<li><p>"]
        {
            let long = text.repeat(100_000);
            let start = std::time::Instant::now();
            to_markdown(&long);
            // Quadratic time would be minutes.
            assert!(start.elapsed().as_secs() < 5, "{text}");
        }
    }
}
