//! Tables: macro calls with one row per line, which no formatter lays out.

use proc_macro2::TokenStream;

/// A call of a declarative macro of the runtime: `object!(User { id: "id", required; });`.
#[derive(Clone, Debug)]
pub struct Table {
    /// The macro.
    pub name: &'static str,
    /// What the table is about, in front of its rows: `checked User`.
    pub head: TokenStream,
    /// The rows, each without the `;` at its end; `None` for a macro that takes no rows.
    pub rows: Option<Vec<TokenStream>>,
}
