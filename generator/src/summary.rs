//! What became of a document, for tools: `--report`.

use serde::Serialize;
use serde_json::Value;

use crate::diag::{Code, Report};

/// How much of a document was generated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// The operations of the document.
    pub documented: usize,
    /// Those of them that client and server have.
    pub generated: usize,
}

/// What became of a document: what was repaired, renamed, left out or became free-form JSON, each with its place.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// Operations.
    pub operations: Coverage,
    /// Mistakes that were mended.
    pub repaired: Vec<Value>,
    /// Names that differ from those of the document.
    pub renamed: Vec<Value>,
    /// What was left out.
    pub left_out: Vec<Value>,
    /// What is described and became free-form JSON or bytes all the same.
    pub free_form: Vec<Value>,
    /// Everything else that was said.
    pub other: Vec<Value>,
}

impl Summary {
    /// Sorts the diagnostics of a run; each is an object of [`Report::to_json_lines`].
    pub fn new(operations: Coverage, report: &Report) -> Self {
        let mut summary = Self { operations, ..Self::default() };
        for (code, value) in report.to_json() {
            let list = match code {
                Code::Repaired | Code::DuplicateKey | Code::Duplicate | Code::OddSchema => &mut summary.repaired,
                Code::Renamed => &mut summary.renamed,
                Code::LeftOut | Code::InvalidObject | Code::MissingKey | Code::WrongType | Code::Unsupported => {
                    &mut summary.left_out
                }
                Code::FreeForm
                | Code::Limit
                | Code::Unsatisfiable
                | Code::UnresolvedReference
                | Code::CircularReference
                | Code::Unreadable
                | Code::RemoteReference => &mut summary.free_form,
                _ => &mut summary.other,
            };
            list.push(value);
        }
        summary
    }
}
