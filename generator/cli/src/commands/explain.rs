//! `crategen explain`

use std::fmt::Write as _;

use crategen::diag::Code;

use crate::args::ExplainArgs;
use crate::print::print_result;

/// Prints what a diagnostic means, or the list of all codes.
pub fn run_explain(args: &ExplainArgs) {
    print_result(&args.code.map_or_else(list, explain));
}

fn explain(code: Code) -> String {
    format!(
        "{code}: {}\n\n{}\nLevel: warnings of this code are set by `{code} = \"allow\"` (`warn`, `deny`) under `[diagnostics]` in \
         `crategen.toml`,\nor by `--allow {code}` (`--warn`, `--deny`).\n",
        code.summary(),
        code.explanation()
    )
}

/// Returns one line per code.
fn list() -> String {
    let width = Code::ALL.iter().map(|code| code.as_str().len()).max().unwrap_or_default();
    Code::ALL.iter().fold(String::new(), |mut text, code| {
        let _ = writeln!(text, "{:width$}  {}", code.as_str(), code.summary());
        text
    })
}
