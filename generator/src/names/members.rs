//! What fields and variants are called.

use proc_macro2::Ident;

use super::claims::Claims;
use super::reserved::{NameKind, avoid};
use super::scope::Scope;
use super::{REQUIRED, TypeNames, ident, suffixed, words};
use crate::ir::{Enum, Field, Presence, Rest, Shape, TypeId, Union, Variant};

impl Claims<'_> {
    /// Names the fields or variants of a type.
    pub(super) fn members(&mut self, id: TypeId, types: &mut Scope) -> TypeNames {
        let def = &self.api.types[id];
        let mut scope = Scope::default();
        let mut rest = "extra";
        let ty = self.types.get(&id).cloned().unwrap_or_default();
        let members = match &def.shape {
            Shape::Struct(shape) => {
                if matches!(shape.rest, Rest::Collect(_))
                    && !shape.fields.iter().any(|f| words::snake(&f.wire, "f") == "extra")
                {
                    scope.claim(&["extra".to_owned()], &def.at);
                } else {
                    rest = "additional_properties";
                }
                shape.fields.iter().map(|field| self.field(&mut scope, &ty, field)).collect()
            }
            Shape::Enum(shape) => {
                rest = if shape.values.iter().any(|value| words::pascal(&value.literal.text(), "V") == "Unknown") {
                    "Unlisted"
                } else {
                    "Unknown"
                };
                scope.claim(&[rest.to_owned()], &def.at);
                let mut names = Vec::new();
                for value in &shape.values {
                    let text = value.literal.words();
                    let fallback = if text.is_empty() { "Empty" } else { "Value" };
                    let chosen = self.chosen.variant(&ty, &value.literal.text(), None);
                    let wanted = match (chosen, value.name.as_deref(), descending(shape, &text)) {
                        (Some(name), ..) => name,
                        (None, Some(name), _) => words::pascal(name, fallback),
                        (None, None, Some(ascending)) => words::pascal(&format!("{ascending} descending"), fallback),
                        (None, None, None) => words::pascal(&text, fallback),
                    };
                    // No warning: values that only differ in case or punctuation are common, and the wire value tells them apart.
                    names.push(ident(&scope.claim(&[avoid(wanted, NameKind::Variant)], &value.at).0));
                }
                names
            }
            Shape::Union(union) => {
                rest = "Unknown";
                scope.claim(&[rest.to_owned()], &def.at);
                self.variants(&ty, union, &mut scope)
            }
            Shape::Alias(_) | Shape::Newtype(_) => Vec::new(),
        };
        let name = ident(self.types.get(&id).map_or("Unnamed", String::as_str));
        let required = self.required(id, &name, types);
        TypeNames { name, members, rest: ident(rest), required }
    }

    /// Names the struct of the required properties, where there may be one.
    fn required(&self, id: TypeId, name: &Ident, types: &mut Scope) -> Ident {
        let def = &self.api.types[id];
        let wanted = suffixed(name, REQUIRED);
        let Shape::Struct(shape) = &def.shape else { return wanted };
        if shape.fields.iter().filter(|field| field.presence == Presence::Required).count() < 2 {
            return wanted;
        }
        // It is not in the document, so there is nothing to rename if the name is taken.
        ident(&types.claim(&[wanted.to_string(), format!("{wanted}Properties")], &def.at).0)
    }

    fn variants(&mut self, ty: &str, union: &Union, scope: &mut Scope) -> Vec<Ident> {
        let mut name = |variant: &Variant| {
            let chosen = self.chosen.variant(ty, &variant.hint, Some(&variant.at));
            avoid(chosen.unwrap_or_else(|| words::pascal(&variant.hint, "Variant")), NameKind::Variant)
        };
        union.variants.iter().map(|variant| ident(&scope.claim(&[name(variant)], &variant.at).0)).collect()
    }

    fn field(&mut self, scope: &mut Scope, ty: &str, field: &Field) -> Ident {
        let chosen = self.chosen.property(ty, &field.wire, &field.at);
        let wanted = avoid(chosen.unwrap_or_else(|| words::snake(&field.wire, "value")), NameKind::Field);
        let sigil = match field.wire.chars().next() {
            Some('$') => "dollar_",
            Some('@') => "at_",
            Some('_') => "underscore_",
            Some('#') => "hash_",
            _ => "",
        };
        let mut candidates = vec![wanted.clone()];
        if !sigil.is_empty() {
            candidates.push(format!("{sigil}{wanted}"));
        }
        ident(&self.claim(scope, &candidates, &field.at, "this property"))
    }
}

/// The value that a value such as `-name` stands beside: then it sorts the other way round.
fn descending<'a>(shape: &Enum, text: &'a str) -> Option<&'a str> {
    let ascending = text.strip_prefix('-')?;
    shape.values.iter().any(|value| value.literal.as_str() == Some(ascending)).then_some(ascending)
}
