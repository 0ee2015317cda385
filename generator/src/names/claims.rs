//! Claims of names, and warnings about names that are taken.

use std::collections::BTreeMap;

use super::REQUIRED;
use super::chosen::Chosen;
use super::scope::Scope;
use crate::diag::{Code, Diags, Pointer};
use crate::ir::{Api, TypeId};

/// The names that were assigned so far.
pub(super) struct Claims<'a> {
    pub api: &'a Api,
    pub diags: &'a mut Diags,
    pub chosen: Chosen<'a>,
    pub types: BTreeMap<TypeId, String>,
}

impl Claims<'_> {
    /// Claims a name in a scope; `what` says in a warning what it is for.
    pub(super) fn claim(&mut self, scope: &mut Scope, candidates: &[String], at: &Pointer, what: &str) -> String {
        self.claim_family(scope, candidates, &[""], at, what)
    }

    /// Claims the name of a struct, together with that of the struct of its required properties.
    pub(super) fn claim_struct(
        &mut self,
        scope: &mut Scope,
        candidates: &[String],
        at: &Pointer,
        what: &str,
    ) -> String {
        self.claim_family(scope, candidates, &["", REQUIRED], at, what)
    }

    /// Claims a name together with each of some suffixes.
    pub(super) fn claim_family(
        &mut self,
        scope: &mut Scope,
        candidates: &[String],
        suffixes: &[&str],
        at: &Pointer,
        what: &str,
    ) -> String {
        let (name, taken) = scope.claim_family(candidates, suffixes, at);
        self.warn_if_renamed(&name, taken, candidates, at, what);
        name
    }

    /// Claims one of several names that are equally good; warns only if none of them is free.
    pub(super) fn claim_one_of(
        &mut self,
        scope: &mut Scope,
        candidates: &[String],
        at: &Pointer,
        what: &str,
    ) -> String {
        let (name, taken) = scope.claim(candidates, at);
        if !candidates.contains(&name) {
            self.warn_if_renamed(&name, taken, candidates, at, what);
        }
        name
    }

    fn warn_if_renamed(&mut self, name: &str, taken: Option<Pointer>, candidates: &[String], at: &Pointer, what: &str) {
        // Names that generated code reserves have no place in the document, so there is nothing to rename.
        if let (Some(first), Some(wanted)) = (taken.filter(|first| *first != Pointer::default()), candidates.first()) {
            self.diags
                .warn(Code::Renamed, at, format!("{what} is called `{name}`, because `{wanted}` is taken"))
                .related(&first, format!("this is called `{wanted}`"))
                .help("rename one of them if you want other names");
        }
    }
}
