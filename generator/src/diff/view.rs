//! One version of an API, and how its types are written in Rust.

use crate::config::Config;
use crate::diag::Diags;
use crate::emit::{self, Cx, Needs};
use crate::ir::{Analysis, Api, Field, OpId, Presence, Shape, Ty, TypeId};
use crate::names::Names;

/// A version of an API with its names.
pub(crate) struct Model {
    pub api: Api,
    pub analysis: Analysis,
    pub names: Names,
}

impl Model {
    /// Names a version a second time, because identifiers do not move between threads.
    pub fn again(api: Api, analysis: Analysis, config: &Config) -> Self {
        let names = Names::assign(&api, config, &mut Diags::new());
        Self { api, analysis, names }
    }
}

/// What the comparison sees of a version.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub api: &'a Api,
    pub analysis: &'a Analysis,
    pub names: &'a Names,
    pub config: &'a Config,
    pub needs: &'a Needs,
}

/// A type as it is written, and with its aliases resolved. Within the models, two types are the same if either text is: if the target
/// of an alias changes, that is reported once, at the alias. For the other crates, the resolved text counts.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    pub written: String,
    pub resolved: String,
}

impl Shown {
    /// A text that mentions no alias.
    pub fn of(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { resolved: text.clone(), written: text }
    }

    pub fn is_same(&self, other: &Self) -> bool {
        self.written == other.written || self.resolved == other.resolved
    }

    /// The type without aliases, for crates other than that of the alias.
    pub fn without_aliases(self) -> Self {
        Self::of(self.resolved)
    }

    /// Applies a function to both texts.
    pub fn map(self, apply: impl Fn(&str) -> String) -> Self {
        Self { written: apply(&self.written), resolved: apply(&self.resolved) }
    }
}

/// Aliases in types deeper than this are not resolved.
const MAX_DEPTH: usize = 32;

impl<'a> View<'a> {
    pub fn of(model: &'a Model, needs: &'a Needs, config: &'a Config) -> Self {
        Self { api: &model.api, analysis: &model.analysis, names: &model.names, config, needs }
    }

    /// How a struct with these fields is created.
    pub fn construction<'f>(
        &self,
        fields: impl Iterator<Item = &'f Field> + Clone,
        is_open: bool,
    ) -> emit::Construction {
        let Self { api, analysis, names, config, needs } = *self;
        emit::Construction::of(&Cx { api, analysis, needs, names, config, document: "" }, fields, is_open)
    }

    /// How an argument of a call is written: anything that converts into the type, where other values do.
    pub fn argument(&self, ty: &Ty, shown: Shown) -> Shown {
        let Self { api, analysis, names, config, needs } = *self;
        let converts = emit::accepts_others(&Cx { api, analysis, needs, names, config, document: "" }, ty);
        if converts { shown.map(|text| format!("impl Into<{text}>")) } else { shown }
    }

    /// A type as users of the crates write it.
    pub fn shown(&self, ty: &Ty) -> Shown {
        let Self { api, analysis, names, config, needs } = *self;
        let cx = Cx { api, analysis, needs, names, config, document: "" };
        let written = emit::shown_type(&cx, ty);
        let mut is_alias = false;
        ty.for_each_named(&mut |id| is_alias |= matches!(api.types[id].shape, Shape::Alias(_)));
        let resolved = if is_alias { emit::shown_type(&cx, &resolved(api, ty, MAX_DEPTH)) } else { written.clone() };
        Shown { written, resolved }
    }

    /// The type of a field or a setter.
    pub fn shown_field(&self, ty: &Ty, presence: Presence, boxed: bool) -> Shown {
        let inner = self.shown(ty.not_null()).map(|text| if boxed { format!("Box<{text}>") } else { text.to_owned() });
        match presence {
            Presence::Patch => inner.map(|text| format!("Patch<{text}>")),
            Presence::Optional => inner.map(|text| format!("Option<{text}>")),
            Presence::Required if matches!(ty, Ty::Nullable(_)) => inner.map(|text| format!("Option<{text}>")),
            Presence::Required => inner,
        }
    }

    /// The path of a type.
    pub fn path(&self, id: TypeId) -> String {
        format!("models::{}", self.names.ty(id))
    }

    /// The names of the fields or variants of a type.
    pub fn members(&self, id: TypeId) -> Vec<String> {
        self.names.of(id).members.iter().map(ToString::to_string).collect()
    }

    /// The group of an operation.
    pub fn group(&self, op: OpId) -> Option<usize> {
        self.api.groups.iter().position(|group| group.operations.contains(&op))
    }

    /// Whether a type is part of the models crate.
    pub fn is_generated(&self, id: TypeId) -> bool {
        !self.analysis[id].pruned && !self.api.types[id].origin.is_condition()
    }

    /// Whether a type has only one value, which callers need not pass.
    pub fn is_constant(&self, ty: &Ty) -> bool {
        let Ty::Named(id) = self.api.resolve(ty) else { return false };
        matches!(&self.api.types[*id].shape, Shape::Enum(shape) if shape.only().is_some())
    }
}

fn resolved(api: &Api, ty: &Ty, depth: usize) -> Ty {
    let Some(depth) = depth.checked_sub(1) else { return ty.clone() };
    match api.resolve(ty) {
        Ty::List(item) => Ty::List(Box::new(resolved(api, item, depth))),
        Ty::Map(value) => Ty::Map(Box::new(resolved(api, value, depth))),
        Ty::Nullable(inner) => resolved(api, inner, depth).nullable(),
        Ty::Tuple(items) => Ty::Tuple(items.iter().map(|item| resolved(api, item, depth)).collect()),
        other => other.clone(),
    }
}
