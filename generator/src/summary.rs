//! The summary of a run for tools: `--report`.

use serde::Serialize;
use serde_json::Value;

use crate::diag::{Code, Report};
use crate::ir::Api;

/// How many operations of a document were generated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// The number of operations in the document.
    pub documented: usize,
    /// The number of operations that client and server have.
    pub generated: usize,
}

impl Coverage {
    pub(crate) fn of(api: &Api) -> Self {
        Self { documented: api.documented, generated: api.operations.len() }
    }
}

/// The diagnostics of a run by their consequence: what was repaired, renamed, left out, or became free-form JSON.
///
/// Each diagnostic is an object of [`Report::to_json_lines`].
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// How many operations were generated.
    pub operations: Coverage,
    /// Mistakes that were repaired.
    pub repaired: Vec<Value>,
    /// Names that differ from the document.
    pub renamed: Vec<Value>,
    /// Operations and parts of the document that were left out.
    pub left_out: Vec<Value>,
    /// Values that are described by the document but became free-form JSON or bytes.
    pub free_form: Vec<Value>,
    /// All other diagnostics.
    pub other: Vec<Value>,
}

impl Summary {
    /// Groups the diagnostics of a run.
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
