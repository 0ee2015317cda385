//! What groups of operations and security schemes are called.

use proc_macro2::Ident;

use super::claims::Claims;
use super::reserved::{self, NameKind, avoid};
use super::scope::Scope;
use super::{GroupNames, OPTIONAL_FEATURES, ident, words};
use crate::diag::Pointer;
use crate::ir::Direction;

impl Claims<'_> {
    /// Names the groups of operations.
    pub(super) fn groups(&mut self) -> Vec<GroupNames> {
        let mut modules = Scope::default();
        for device in reserved::DEVICES {
            modules.claim(&[(*device).to_owned()], &Pointer::default());
        }
        let mut features = Scope::default();
        for taken in OPTIONAL_FEATURES.iter().chain(reserved::COMMON_FEATURES) {
            features.claim(&[(*taken).to_owned()], &Pointer::default());
        }
        let mut groups = Vec::new();
        for group in &self.api.groups {
            let at = group.operations.first().map(|id| self.api.operation(*id).at.clone()).unwrap_or_default();
            let (tag, other) = match group.direction {
                Direction::Call => (group.tag.as_deref().unwrap_or("default"), None),
                Direction::Webhook => ("webhooks", Some("webhook_events".to_owned())),
                Direction::Callback => ("callbacks", Some("called_back".to_owned())),
            };
            let module = avoid(words::snake(tag, "group"), NameKind::Group);
            let candidates: Vec<String> = std::iter::once(module).chain(other).collect();
            let module = match group.direction {
                Direction::Call => self.claim(&mut modules, &candidates, &at, "this tag"),
                // These names are not in the document, so there is nothing to warn about.
                Direction::Webhook | Direction::Callback => modules.claim(&candidates, &at).0,
            };
            let prefix = words::pascal(&module, "Group");
            let feature = words::kebab(tag);
            let feature = if feature.is_empty() { words::kebab(&module) } else { feature };
            let (feature, _) = features.claim(&[feature.clone(), format!("{feature}-operations")], &at);
            groups.push(GroupNames {
                module: ident(&module),
                api: ident(&format!("{prefix}Api")),
                client: ident(&format!("{prefix}Client")),
                feature: (self.api.groups.len() > 1).then_some(feature),
            });
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
