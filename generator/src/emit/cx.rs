//! What emitters know.

use super::needs::Needs;
use crate::config::Config;
use crate::ir::{Analysis, Api};
use crate::names::Names;

/// Everything that an emitter may look at.
#[derive(Clone, Copy)]
pub struct Cx<'a> {
    /// What to emit.
    pub api: &'a Api,
    /// What was found out about it.
    pub analysis: &'a Analysis,
    /// What it needs beyond what every document needs.
    pub needs: &'a Needs,
    /// What to call it.
    pub names: &'a Names,
    /// What the user chose.
    pub config: &'a Config,
    /// The document as JSON, for crates that carry it.
    pub document: &'a str,
}
