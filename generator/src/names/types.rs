//! What types are called: components after their keys, inline types after their owner and their role there.

use super::claims::Claims;
use super::reserved::{NameKind, avoid};
use super::scope::Scope;
use super::{OperationNames, words};
use crate::diag::Pointer;
use crate::ir::{Component, Origin, Owner, Role, Shape, TypeDef, TypeId};

/// Longer names of inline types are cut.
const MAX_LENGTH: usize = 120;

/// Constants are not called after values of more letters and digits.
const MAX_VALUE: usize = 30;

impl Claims<'_> {
    /// Names the components.
    pub(super) fn components(&mut self, scope: &mut Scope) {
        for (id, def) in self.api.types.iter() {
            let Origin::Component(key) = &def.origin else { continue };
            let chosen = self.chosen.of_type(key, Some(&def.at));
            let wanted = avoid(chosen.unwrap_or_else(|| words::pascal(key, "Type")), NameKind::Type);
            let name = self.claim(scope, &[wanted], &def.at, "this schema");
            self.types.insert(id, name);
        }
    }

    /// Names the inline types.
    pub(super) fn inline(&mut self, scope: &mut Scope, operations: &[OperationNames]) {
        let mut open: Vec<TypeId> = Vec::new();
        for (id, def) in self.api.types.iter() {
            if matches!(def.origin, Origin::Inline { .. }) {
                open.push(id);
            }
        }
        // A type can come before its owner, if a reference led to it first. It waits until the owner has a name.
        while !open.is_empty() {
            let before = open.len();
            let mut waiting = Vec::new();
            for id in std::mem::take(&mut open) {
                if !self.inline_type(id, scope, operations, false) {
                    waiting.push(id);
                }
            }
            if waiting.len() == before {
                for id in std::mem::take(&mut waiting) {
                    self.inline_type(id, scope, operations, true);
                }
            }
            open = waiting;
        }
    }

    /// The name of an inline type, unless it is taken. `at` is its place if a name there is its own.
    fn wanted(&mut self, name: &str, at: Option<&Pointer>) -> String {
        let short = words::shortened(name, MAX_LENGTH).to_owned();
        let chosen = self.chosen.of_type(&short, at);
        avoid(chosen.unwrap_or(short), NameKind::Type)
    }

    /// Names an inline type; `false` if its owner has no name yet, unless the name is forced.
    fn inline_type(&mut self, id: TypeId, scope: &mut Scope, operations: &[OperationNames], force: bool) -> bool {
        let def = &self.api.types[id];
        let Origin::Inline { owner, roles } = &def.origin else { return true };
        let mut owners: Vec<String> = match owner {
            Owner::Type(owner) => self.types.get(owner).cloned().into_iter().collect(),
            Owner::Operation(owner) => {
                operations.get(owner.index()).map(|names| names.prefix.to_string()).into_iter().collect()
            }
            Owner::Component(id) => component_names(self.api.component(*id)),
        };
        if owners.is_empty() && force {
            owners.push("Inline".to_owned());
        }
        if owners.is_empty() {
            return false;
        }
        let parts: String = roles.iter().map(role_words).collect();
        let of_owners = owners.iter().map(|owner| format!("{owner}{parts}"));
        let candidates: Vec<String> = constant_name(def).into_iter().chain(of_owners).collect();
        // A name in the schema of a property is that of the property.
        let at = Some(&def.at).filter(|_| !matches!(roles.last(), Some(Role::Property(_))));
        let wanted: Vec<String> = candidates.iter().map(|name| self.wanted(name, at)).collect();
        // Schemas of rules are no Rust types, so people do not see their names.
        let name = if def.origin.is_condition() {
            scope.claim(&wanted, &def.at).0
        } else {
            self.claim_one_of(scope, &wanted, &def.at, "this inline schema")
        };
        self.types.insert(id, name);
        true
    }
}

/// The name of a constant: its value and its property, such as `ListObject`. Places that have the same constant share its type.
fn constant_name(def: &TypeDef) -> Option<String> {
    let (Shape::Enum(shape), Origin::Inline { roles, .. }) = (&def.shape, &def.origin) else { return None };
    let (Some(value), Some(Role::Property(property))) = (shape.only(), roles.last()) else { return None };
    let text = value.literal.as_str().filter(|text| text.starts_with(|c: char| c.is_ascii_alphabetic()))?;
    let length = text.chars().filter(|c| c.is_alphanumeric()).count();
    (length <= MAX_VALUE).then(|| format!("{}{}", words::pascal(text, "Value"), words::pascal(property, "Value")))
}

/// The names of a component other than a schema: its key, or else its key and its kind.
fn component_names(component: &Component) -> Vec<String> {
    let (key, word) = (words::pascal(&component.key, "Type"), component.kind.as_str());
    let with_kind = format!("{key}{word}");
    if key.ends_with(word) { vec![key] } else { vec![key, with_kind] }
}

/// A role as part of a name.
fn role_words(role: &Role) -> String {
    let pascal = |text: &str| words::pascal(text, "Value");
    match role {
        Role::Property(name) | Role::Header(name) | Role::Parameter(name) | Role::Variant(name) => pascal(name),
        Role::Item => "Item".to_owned(),
        Role::Entry => "Value".to_owned(),
        Role::Request => "Request".to_owned(),
        Role::Response(None) => "Response".to_owned(),
        Role::Response(Some(status)) => format!("{}Response", pascal(status).trim_start_matches("Value")),
        Role::Position(index) => format!("Item{}", index + 1),
        Role::Condition(word) => pascal(word),
        Role::Error(status) => format!("{}Error", pascal(status).trim_start_matches("Value")),
    }
}
