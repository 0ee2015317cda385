//! Names that are claimed, and what is said of those that are taken.

use std::collections::BTreeMap;

use super::scope::Scope;
use crate::diag::{Code, Diags, Pointer};
use crate::ir::{Api, TypeId};

/// The names that were given out so far.
pub(super) struct Claims<'a> {
    pub api: &'a Api,
    pub diags: &'a mut Diags,
    pub types: BTreeMap<TypeId, String>,
}

impl Claims<'_> {
    pub(super) fn claim(&mut self, scope: &mut Scope, candidates: &[String], at: &Pointer, what: &str) -> String {
        self.claim_family(scope, candidates, &[""], at, what)
    }

    pub(super) fn claim_family(
        &mut self,
        scope: &mut Scope,
        candidates: &[String],
        suffixes: &[&str],
        at: &Pointer,
        what: &str,
    ) -> String {
        let (name, taken) = scope.claim_family(candidates, suffixes, at);
        // What the generated code needs for itself stands nowhere, and nobody has to rename anything.
        if let (Some(first), Some(wanted)) = (taken.filter(|first| *first != Pointer::default()), candidates.first()) {
            self.diags
                .warn(Code::Renamed, at, format!("{what} is called `{name}`, because `{wanted}` is taken"))
                .related(&first, format!("this is called `{wanted}`"))
                .help("rename one of them if you want other names");
        }
        name
    }
}
