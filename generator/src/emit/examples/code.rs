//! Code of examples, laid out as people write it: on one line if it fits, otherwise part by part.

/// Longer lines are broken.
const WIDTH: usize = 84;

/// A piece of code.
#[derive(Clone, Debug)]
pub(super) enum Code {
    /// Text without line breaks.
    Text(String),
    /// Parts between delimiters: `f(a, b)`, `[a, b]`, `S { a: b }`.
    List { open: String, parts: Vec<Code>, close: &'static str },
    /// A part behind a label: `name: part`.
    Labelled(String, Box<Code>),
    /// Calls of methods, one after the other; `end` follows the last one.
    Chain { start: Box<Code>, calls: Vec<Code>, end: &'static str },
}

impl Code {
    /// Text as it is.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// `function(part, part)`
    pub fn call(function: &str, parts: Vec<Self>) -> Self {
        Self::List { open: format!("{function}("), parts, close: ")" }
    }

    /// A string literal whose value matters, which is not shortened; `None` if it is too long.
    pub fn exact(text: &str) -> Option<Self> {
        (text.chars().count() <= MAX_TEXT).then(|| Self::string(text))
    }

    /// A string literal, which is shortened if it is long.
    pub fn string(text: &str) -> Self {
        Self::Text(proc_macro2::Literal::string(&shortened(text)).to_string())
    }

    /// The code with something behind it that belongs to the line of its end.
    pub fn followed_by(self, end: &'static str) -> Self {
        Self::Chain { start: Box::new(self), calls: Vec::new(), end }
    }

    /// The code on one line.
    pub fn flat(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::List { open, parts, close } => {
                let parts = parts.iter().map(Self::flat).collect::<Vec<_>>().join(", ");
                let space = if open.ends_with(" {") || open == "{" { " " } else { "" };
                format!("{open}{space}{parts}{space}{close}")
            }
            Self::Labelled(label, part) => format!("{label}: {}", part.flat()),
            Self::Chain { start, calls, end } => {
                let calls: String = calls.iter().map(Self::flat).collect();
                format!("{}{calls}{end}", start.flat())
            }
        }
    }

    /// The lines of a statement that begins and ends with these texts.
    pub fn lines(&self, before: &str, after: &str) -> Vec<String> {
        let mut out = Lines { done: Vec::new(), line: before.to_owned() };
        self.write(&mut out, 0, after.len());
        out.line.push_str(after);
        out.done.push(out.line);
        out.done
    }

    /// Writes the code; `after` is the width of what follows on its last line.
    fn write(&self, out: &mut Lines, indent: usize, after: usize) {
        let flat = self.flat();
        if out.line.len() + flat.len() + after <= WIDTH {
            out.line.push_str(&flat);
            return;
        }
        match self {
            Self::Text(text) => out.line.push_str(text),
            Self::Labelled(label, part) => {
                out.line.push_str(&format!("{label}: "));
                part.write(out, indent, after);
            }
            Self::List { open, parts, close } => {
                out.line.push_str(open);
                match parts.as_slice() {
                    [] => {}
                    // A single part that is broken itself stays on the line.
                    [only @ Self::List { .. }] => only.write(out, indent, after + close.len()),
                    parts => {
                        for part in parts {
                            out.begin(indent + 1);
                            part.write(out, indent + 1, 1);
                            out.line.push(',');
                        }
                        out.begin(indent);
                    }
                }
                out.line.push_str(close);
            }
            Self::Chain { start, calls, end } => {
                start.write(out, indent, 0);
                for call in calls {
                    out.begin(indent + 1);
                    call.write(out, indent + 1, 0);
                }
                if end.starts_with('.') {
                    out.begin(indent + 1);
                }
                out.line.push_str(end);
            }
        }
    }
}

/// Lines while they are written.
struct Lines {
    done: Vec<String>,
    line: String,
}

impl Lines {
    fn begin(&mut self, indent: usize) {
        self.done.push(std::mem::replace(&mut self.line, "    ".repeat(indent)));
    }
}

/// Longer texts are cut.
const MAX_TEXT: usize = 60;

/// The beginning of a text, up to the end of a word if there is one near.
fn shortened(text: &str) -> String {
    if text.chars().count() <= MAX_TEXT {
        return text.to_owned();
    }
    let start: String = text.chars().take(MAX_TEXT - 3).collect();
    let start = start.rsplit_once(' ').map_or(start.as_str(), |(words, _)| words);
    format!("{start}...")
}

#[cfg(test)]
mod tests {
    use super::Code;

    fn list(open: &str, parts: &[&str], close: &'static str) -> Code {
        Code::List { open: open.to_owned(), parts: parts.iter().map(|part| Code::text(*part)).collect(), close }
    }

    #[test]
    fn short_code_stays_on_its_line() {
        let code = Code::call("f", vec![list("S {", &["a: 1"], "}"), Code::string("\"\n")]);
        assert_eq!(code.lines("let x = ", ";"), [r#"let x = f(S { a: 1 }, "\"\n");"#]);
    }

    #[test]
    fn long_code_is_broken_from_the_outside() {
        let long = "a_name_that_is_long: a_value_that_is_long_as_well()";
        let code = Code::call("models::User::new", vec![list("models::UserRequired {", &[long, long], "}")]);
        let expected = ["let user = models::User::new(models::UserRequired {", "    LONG,", "    LONG,", "});"];
        assert_eq!(code.lines("let user = ", ";"), expected.map(|line| line.replace("LONG", long)));
        let calls = vec![Code::text(".users()"), Code::call(".get_user_of_this_name", vec![Code::string(long)])];
        let chain = Code::Chain { start: Box::new(Code::text("client")), calls, end: ".await?" };
        let expected = ["let user = client", "    .users()", "    .get_user_of_this_name(\"LONG\")", "    .await?;"];
        assert_eq!(chain.lines("let user = ", ";"), expected.map(|line| line.replace("LONG", long)));
    }
}
