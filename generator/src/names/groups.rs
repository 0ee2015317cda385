//! What groups of operations and security schemes are called.

use std::collections::BTreeSet;

use proc_macro2::Ident;

use super::claims::Claims;
use super::reserved::{self, NameKind, avoid};
use super::scope::Scope;
use super::{GroupNames, OPTIONAL_FEATURES, ident, words};
use crate::diag::Pointer;
use crate::ir::Direction;

/// Stands for the trait of the operations without a tag until the tags have names. No tag is called like it: their traits end in `Api`.
const OWN_TRAIT: &str = "OwnTrait";

/// The trait of the operations without a tag: `AppwriteApi`, or `AppwriteOperations` if a tag has that name.
fn own_trait(base: &str, groups: &[GroupNames]) -> Ident {
    let base = words::pascal(base, "Api");
    let wanted = ident(&format!("{base}Api"));
    let is_taken = base == "Api" || groups.iter().any(|names| names.api == wanted);
    if is_taken { ident(&format!("{base}Operations")) } else { wanted }
}

impl Claims<'_> {
    /// Names the groups of operations. `base` is that of the crates.
    pub(super) fn groups(&mut self, base: &str) -> Vec<GroupNames> {
        let mut modules = Scope::default();
        for device in reserved::DEVICES {
            modules.claim(&[(*device).to_owned()], &Pointer::default());
        }
        let mut features = Scope::default();
        for taken in OPTIONAL_FEATURES.iter().chain(reserved::COMMON_FEATURES) {
            features.claim(&[(*taken).to_owned()], &Pointer::default());
        }
        let kinds: BTreeSet<_> = self.api.groups.iter().map(|group| (group.direction, &group.tag)).collect();
        let mut groups = Vec::new();
        for group in &self.api.groups {
            let at = group.operations.first().map(|id| self.api.operation(*id).at.clone()).unwrap_or_default();
            let (tag, other) = match (group.direction, &group.segment) {
                (Direction::Call, None) => (group.tag.as_deref().unwrap_or_default(), None),
                (Direction::Call, Some(segment)) => {
                    let segment = if segment.is_empty() { "root" } else { segment };
                    (segment, Some(format!("{}_paths", words::snake(segment, "group"))))
                }
                (Direction::Webhook, _) => ("webhooks", Some("webhook_events".to_owned())),
                (Direction::Callback, _) => ("callbacks", Some("called_back".to_owned())),
            };
            let chosen = group.tag.as_deref().and_then(|tag| self.chosen.tag(tag));
            let tag = chosen.as_deref().unwrap_or(tag);
            let kind = if group.is_untagged() { NameKind::Module } else { NameKind::Group };
            let module = avoid(words::snake(tag, "group"), kind);
            let is_free = |module: &String| !group.is_untagged() || !reserved::BESIDE_PATHS.contains(&module.as_str());
            let candidates: Vec<String> = std::iter::once(module).filter(is_free).chain(other).collect();
            let module = match group.tag {
                Some(_) => self.claim(&mut modules, &candidates, &at, "this tag"),
                // These names are not in the document, so there is nothing to warn about.
                None => modules.claim(&candidates, &at).0,
            };
            if group.is_untagged() {
                groups.push(GroupNames {
                    api: ident(OWN_TRAIT),
                    client: ident("Client"),
                    module: ident(&module),
                    feature: None,
                });
                continue;
            }
            let prefix = words::pascal(&module, "Group");
            let feature = words::kebab(tag);
            let feature = if feature.is_empty() { words::kebab(&module) } else { feature };
            let (feature, _) = features.claim(&[feature.clone(), format!("{feature}-operations")], &at);
            groups.push(GroupNames {
                module: ident(&module),
                api: ident(&format!("{prefix}Api")),
                client: ident(&format!("{prefix}Client")),
                feature: (kinds.len() > 1).then_some(feature),
            });
        }
        let own = own_trait(base, &groups);
        for names in groups.iter_mut().filter(|names| names.api == OWN_TRAIT) {
            names.api = own.clone();
        }
        groups
    }

    /// Names the security schemes.
    pub(super) fn schemes(&mut self) -> Vec<Ident> {
        let mut scope = Scope::default();
        let mut names = Vec::new();
        for taken in [
            "base_url",
            "only_base_url",
            "default_header",
            "secret_header",
            "timeout",
            "total_timeout",
            "connect_timeout",
            "retry",
            "user_agent",
            "max_response_bytes",
            "http_client",
            "transport",
            "build",
            "root_certificate",
            "retry_budget",
            "new",
        ] {
            scope.claim(&[taken.to_owned()], &Pointer::default());
        }
        for scheme in &self.api.schemes {
            let name = avoid(words::snake(&scheme.name, "credential"), NameKind::Field);
            let other = format!("{}_credential", name.trim_end_matches('_'));
            names.push(ident(&scope.claim_family(&[name, other], &["", "_provider", "_grant"], &scheme.at).0));
        }
        names
    }
}
