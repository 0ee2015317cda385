//! Which types a file mentions, so that it imports what it needs and nothing else.

use std::collections::BTreeSet;

use super::super::{Cx, operation};
use crate::ir::{OpId, ParamPlace, Presence, Rest, Scalar, Shape, Ty, TypeId};

/// What a file mentions.
#[derive(Debug, Default)]
pub(super) struct Uses {
    /// Named types.
    pub types: BTreeSet<TypeId>,
    /// Base64 strings.
    pub base64: bool,
    /// Files.
    pub file: bool,
    /// Dates.
    pub date: bool,
    /// Dates with times.
    pub date_time: bool,
    /// `Never`, the type without values.
    pub never: bool,
    /// Properties that distinguish absent from `null`.
    pub patch: bool,
    /// Rules that decide between the variants of a union.
    pub rules: bool,
}

impl Uses {
    /// What the declaration of a type mentions.
    pub fn of_type(&mut self, cx: &Cx<'_>, id: TypeId) {
        match &cx.api.types[id].shape {
            Shape::Struct(shape) => {
                for field in &shape.fields {
                    self.patch |= field.presence == Presence::Patch;
                    self.ty(cx, &field.ty);
                }
                if let Rest::Collect(ty) = &shape.rest {
                    self.ty(cx, ty);
                }
            }
            Shape::Union(union) => {
                self.rules |= cx.analysis[id].is_ambiguous;
                for variant in &union.variants {
                    self.ty(cx, &variant.ty);
                }
            }
            Shape::Alias(ty) | Shape::Newtype(ty) => self.ty(cx, ty),
            Shape::Enum(_) => {}
        }
    }

    /// What the parameters and successes of an operation mention.
    pub fn of_operation(&mut self, cx: &Cx<'_>, op: OpId) {
        let api = cx.api.operation(op);
        for param in api.params.iter().filter(|param| param.place != ParamPlace::Path) {
            self.ty(cx, &param.ty);
        }
        for header in api.headers.iter().chain(api.failures().flat_map(|response| &response.headers)) {
            self.ty(cx, &header.ty);
        }
        for content in api.body.iter().filter(|body| operation::is_choice(body)).flat_map(|body| &body.contents) {
            content.media.ty().into_iter().for_each(|ty| self.ty(cx, ty));
        }
        let successes = operation::successes(api);
        let whole = successes.iter().map(|(_, _, response)| *response).filter(|_| successes.len() > 1);
        for response in whole.chain(api.responses.iter().filter(|response| response.is_choice())) {
            let contents = response.choices().into_iter().filter_map(|choice| operation::representative(&choice));
            let whole = contents.filter(|content| !content.media.is_streamed());
            whole.filter_map(|content| content.media.ty()).for_each(|ty| self.ty(cx, ty));
        }
    }

    fn ty(&mut self, cx: &Cx<'_>, ty: &Ty) {
        ty.for_each(&mut |ty| {
            self.one(ty);
            // Arguments take any iterator in place of a list or a map, and name its items.
            if let Ty::Named(_) = ty
                && let Ty::List(item) | Ty::Map(item) = cx.api.resolve(ty)
            {
                item.for_each(&mut |ty| self.one(ty));
            }
        });
    }

    /// What a type mentions, apart from its parts.
    fn one(&mut self, ty: &Ty) {
        match ty {
            Ty::Scalar(scalar) => {
                self.base64 |= *scalar == Scalar::Base64;
                self.file |= *scalar == Scalar::File;
                self.date |= *scalar == Scalar::Date;
                self.date_time |= *scalar == Scalar::DateTime;
            }
            Ty::Never => self.never = true,
            Ty::Named(id) => {
                self.types.insert(*id);
            }
            Ty::List(_) | Ty::Map(_) | Ty::Nullable(_) | Ty::Tuple(_) | Ty::Any | Ty::Null | Ty::Given(_) => {}
        }
    }
}
