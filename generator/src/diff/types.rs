//! The types of the models crate.

use std::collections::BTreeMap;

use super::change::{At, Level, Sink, Surface};
use super::docs;
use super::kind::ChangeKind;
use super::members::{self, Arguments, Member, Members, Owner, signature};
use super::view::{Shown, View};
use crate::config::MapType;
use crate::emit::Construction;
use crate::ir::{Enum, Field, Presence, Repr, Rest, Shape, Struct, Tag, Ty, TypeId, Union};

const MODELS: &[Surface] = &[Surface::Models];

pub(super) const FIELDS: Members = Members {
    noun: "field",
    added: ChangeKind::FieldAdded,
    removed: ChangeKind::FieldRemoved,
    changed: ChangeKind::FieldTypeChanged,
    addition: (Level::Major, "struct literals without `..` have to set it"),
};

pub(super) const VARIANTS: Members = Members {
    noun: "variant",
    added: ChangeKind::VariantAdded,
    removed: ChangeKind::VariantRemoved,
    changed: ChangeKind::VariantTypeChanged,
    addition: (Level::Major, "a `match` without `_` has to handle it"),
};

/// Compares the types of two versions by their names.
pub(super) fn compare(sink: &mut Sink, old: &View<'_>, new: &View<'_>) {
    let generated = |view: &View<'_>| -> Vec<(String, TypeId)> {
        let ids = view.api.types.ids().filter(|id| view.is_generated(*id));
        ids.map(|id| (view.path(id), id)).collect()
    };
    let (before, after) = (generated(old), generated(new));
    let known: BTreeMap<&str, TypeId> = before.iter().map(|(name, id)| (name.as_str(), *id)).collect();
    let kept: BTreeMap<&str, TypeId> = after.iter().map(|(name, id)| (name.as_str(), *id)).collect();
    for (name, id) in &after {
        match known.get(name.as_str()) {
            Some(before) => compare_pair(sink, name, (old, *before), (new, *id)),
            None => {
                let message = format!("new {}", shape_name(&new.api.types[*id].shape));
                let at = At::new(&new.api.types[*id].at);
                sink.add((Level::Minor, ChangeKind::TypeAdded), MODELS, name, at, message);
            }
        }
    }
    for (name, id) in before.iter().filter(|(name, _)| !kept.contains_key(name.as_str())) {
        let message = format!("the {} is gone", shape_name(&old.api.types[*id].shape));
        let at = At::old(&old.api.types[*id].at);
        sink.add((Level::Major, ChangeKind::TypeRemoved), MODELS, name, at, message);
    }
}

fn compare_pair(sink: &mut Sink, name: &str, (old, before): (&View<'_>, TypeId), (new, after): (&View<'_>, TypeId)) {
    let (old_def, new_def) = (&old.api.types[before], &new.api.types[after]);
    let at = At::new(&new_def.at);
    docs::compare(sink, MODELS, name, at.clone(), &old_def.docs, &new_def.docs);
    let (old_word, new_word) = (shape_name(&old_def.shape), shape_name(&new_def.shape));
    let owner = Owner { symbol: name, joint: "::", surfaces: MODELS };
    match (&old_def.shape, &new_def.shape) {
        _ if old_word != new_word => {
            let message =
                format!("it is {new_word}, and was {old_word}", new_word = a(new_word), old_word = a(old_word));
            sink.add((Level::Major, ChangeKind::TypeKindChanged), MODELS, name, at, message);
        }
        (Shape::Struct(old_shape), Shape::Struct(new_shape)) => {
            let fields = |view: &View<'_>, id, shape| struct_fields(view, id, shape);
            let rest = non_exhaustive(old, before, &FIELDS);
            members::compare(sink, &owner, &rest, &fields(old, before, old_shape), &fields(new, after, new_shape));
            constructors(
                sink,
                name,
                &at,
                &Constructor::of(old, before, old_shape),
                &Constructor::of(new, after, new_shape),
            );
        }
        (Shape::Enum(old_shape), Shape::Enum(new_shape)) => {
            let kinds = non_exhaustive(old, before, &VARIANTS);
            members::compare(sink, &owner, &kinds, &values(old, before, old_shape), &values(new, after, new_shape));
            traits(sink, name, &at, &enum_traits(old_shape), &enum_traits(new_shape));
        }
        (Shape::Union(old_shape), Shape::Union(new_shape)) => {
            let kinds = non_exhaustive(old, before, &VARIANTS);
            members::compare(sink, &owner, &kinds, &branches(old, before, old_shape), &branches(new, after, new_shape));
        }
        (Shape::Alias(old_ty), Shape::Alias(new_ty)) | (Shape::Newtype(old_ty), Shape::Newtype(new_ty)) => {
            let (before, after) = (old.shown(old_ty), new.shown(new_ty));
            if !before.is_same(&after) {
                let message = format!("it stands for `{}`, and stood for `{}`", after.written, before.written);
                sink.add((Level::Major, ChangeKind::TargetChanged), MODELS, name, at, message);
            }
        }
        _ => {}
    }
}

/// What a shape is in Rust.
fn shape_name(shape: &Shape) -> &'static str {
    match shape {
        Shape::Struct(_) => "struct",
        Shape::Enum(shape) if shape.only().is_some() => "constant",
        Shape::Enum(_) => "enum of values",
        Shape::Union(_) => "enum of types",
        Shape::Alias(_) => "alias",
        Shape::Newtype(_) => "newtype",
    }
}

fn a(word: &str) -> String {
    let article = if word.starts_with(['a', 'e']) { "an" } else { "a" };
    format!("{article} {word}")
}

/// What an added member means: with `#[non_exhaustive]` in the settings, users have been told to expect more.
fn non_exhaustive(view: &View<'_>, id: TypeId, members: &Members) -> Members {
    let attributes = view.config.types.attributes.get(&view.api.types[id].at.to_string());
    let expected = attributes.into_iter().flatten().any(|attribute| attribute.contains("non_exhaustive"));
    let addition = if expected { (Level::Minor, "the type is `#[non_exhaustive]`") } else { members.addition };
    Members { addition, ..*members }
}

fn struct_fields(view: &View<'_>, id: TypeId, shape: &Struct) -> Vec<Member> {
    let names = view.names.of(id);
    let mut fields: Vec<Member> = shape
        .fields
        .iter()
        .zip(&names.members)
        .map(|(field, name)| Member {
            name: name.to_string(),
            ty: view.shown_field(&field.ty, field.presence, field.boxed),
            at: field.at.clone(),
            docs: field.docs.clone(),
        })
        .collect();
    if let Rest::Collect(ty) = &shape.rest {
        let map = match view.config.types.map {
            MapType::BTreeMap => "BTreeMap",
            MapType::HashMap => "HashMap",
            MapType::IndexMap => "IndexMap",
        };
        let ty = view.shown(ty).map(|text| format!("{map}<String, {text}>"));
        let (at, docs) = (view.api.types[id].at.clone(), crate::ir::Docs::default());
        fields.push(Member { name: names.rest.to_string(), ty, at, docs });
    }
    fields
}

fn values(view: &View<'_>, id: TypeId, shape: &Enum) -> Vec<Member> {
    let names = view.names.of(id);
    let member = |name: &proc_macro2::Ident, at: &crate::diag::Pointer, docs, ty: &str| Member {
        name: name.to_string(),
        ty: Shown::of(ty),
        at: at.clone(),
        docs,
    };
    let listed = shape.values.iter().zip(&names.members);
    let mut members: Vec<Member> =
        listed.map(|(value, name)| member(name, &value.at, value.docs.clone(), "")).collect();
    if shape.open {
        let kept = match shape.repr {
            Repr::Text => "String",
            Repr::Int => "i64",
            Repr::Json => "serde_json::Value",
        };
        members.push(member(&names.rest, &view.api.types[id].at, crate::ir::Docs::default(), kept));
    }
    members
}

fn branches(view: &View<'_>, id: TypeId, union: &Union) -> Vec<Member> {
    let names = view.names.of(id);
    let listed = union.variants.iter().zip(&names.members);
    let mut members: Vec<Member> = listed
        .map(|(variant, name)| Member {
            name: name.to_string(),
            ty: view.shown_field(&variant.ty, Presence::Required, variant.boxed),
            at: variant.at.clone(),
            docs: variant.docs.clone(),
        })
        .collect();
    if union.open && union.tag != Tag::Shape {
        let at = view.api.types[id].at.clone();
        let (name, ty) = (names.rest.to_string(), Shown::of("serde_json::Value"));
        members.push(Member { name, ty, at, docs: crate::ir::Docs::default() });
    }
    members
}

/// How a struct is created.
pub(super) struct Constructor {
    construction: Construction,
    /// The arguments of `new`, or the fields of its only argument.
    arguments: Vec<Member>,
    has_default: bool,
}

impl Constructor {
    fn of(view: &View<'_>, id: TypeId, shape: &Struct) -> Self {
        let is_open = matches!(shape.rest, Rest::Collect(_));
        Self::of_fields(view, shape.fields.iter().zip(&view.names.of(id).members), is_open)
    }

    /// The constructor of a struct with these fields; `is_open` says whether it keeps other properties.
    pub fn of_fields<'f>(
        view: &View<'_>,
        fields: impl Iterator<Item = (&'f Field, &'f proc_macro2::Ident)> + Clone,
        is_open: bool,
    ) -> Self {
        let required = |field: &Field| field.presence == Presence::Required;
        let is_asked_for = |field: &Field| required(field) && (field.boxed || !view.is_constant(&field.ty));
        let argument = |(field, name): (&Field, &proc_macro2::Ident)| Member {
            name: name.to_string(),
            ty: view.shown(&field.ty),
            at: field.at.clone(),
            docs: crate::ir::Docs::default(),
        };
        let arguments = fields.clone().filter(|(field, _)| is_asked_for(field)).map(argument).collect();
        let construction = view.construction(fields.clone().map(|(field, _)| field), is_open);
        Self { construction, arguments, has_default: !fields.clone().any(|(field, _)| is_asked_for(field)) }
    }
}

impl Constructor {
    /// The arguments of `new` as in its signature; with names in braces if they are the fields of its only argument.
    fn signature(&self) -> String {
        let signature = signature(&self.arguments);
        match self.construction {
            Construction::ByName => format!("{{{}}}", signature.trim_start_matches('(').trim_end_matches(')')),
            _ => signature,
        }
    }
}

/// Compares how values of a struct are created.
pub(super) fn constructors(sink: &mut Sink, name: &str, at: &At, old: &Constructor, new: &Constructor) {
    let symbol = format!("{name}::new");
    let mut add = |change, message: String| sink.add(change, MODELS, &symbol, at.clone(), message);
    let (before, after) = (old.signature(), new.signature());
    let changed = || format!("it takes `{after}`, and took `{before}`");
    match (old.construction, new.construction) {
        (Construction::Without, Construction::Without) => {}
        (Construction::Without, _) => {
            add((Level::Minor, ChangeKind::NewAdded), format!("new function for the required properties: `{after}`"));
        }
        (_, Construction::Without) => {
            let other = if new.has_default {
                "no property is required any more: use `default`"
            } else {
                "every property is required: use a struct expression"
            };
            add((Level::Major, ChangeKind::NewRemoved), format!("it is gone, because {other}"));
        }
        (Construction::ByPosition, Construction::ByPosition) => {
            match members::compare_arguments(&old.arguments, &new.arguments) {
                Arguments::Same => {}
                Arguments::Reordered => {
                    let message = format!("its arguments changed places: `{after}`, before `{before}`");
                    add((Level::Major, ChangeKind::NewArgumentsReordered), message);
                }
                Arguments::Changed => add((Level::Major, ChangeKind::NewArgumentsChanged), changed()),
            }
        }
        (Construction::ByName, Construction::ByName) => {
            if !members::are_same_by_name(&old.arguments, &new.arguments) {
                add((Level::Major, ChangeKind::NewArgumentsChanged), changed());
            }
        }
        _ => add((Level::Major, ChangeKind::NewArgumentsChanged), changed()),
    }
    let list = |constructor: &Constructor| if constructor.has_default { vec!["Default"] } else { Vec::new() };
    traits(sink, name, at, &list(old), &list(new));
}

fn enum_traits(shape: &Enum) -> Vec<&'static str> {
    if !shape.open || shape.repr == Repr::Int { vec!["Copy"] } else { Vec::new() }
}

fn traits(sink: &mut Sink, name: &str, at: &At, old: &[&str], new: &[&str]) {
    for lost in old.iter().filter(|name| !new.contains(name)) {
        let message = format!("it does not implement `{lost}` any more");
        sink.add((Level::Major, ChangeKind::TraitRemoved), MODELS, name, at.clone(), message);
    }
    for gained in new.iter().filter(|name| !old.contains(name)) {
        let message = format!("it implements `{gained}`");
        sink.add((Level::Minor, ChangeKind::TraitAdded), MODELS, name, at.clone(), message);
    }
}

/// Compares two structs that belong to operations: parameters and headers.
pub(super) fn compare_fields(
    sink: &mut Sink,
    name: &str,
    (old, before): (&View<'_>, &[(Field, proc_macro2::Ident)]),
    (new, after): (&View<'_>, &[(Field, proc_macro2::Ident)]),
    at: &At,
) {
    let fields = |view: &View<'_>, fields: &[(Field, proc_macro2::Ident)]| -> Vec<Member> {
        let member = |(field, name): &(Field, proc_macro2::Ident)| Member {
            name: name.to_string(),
            ty: view.shown_field(&field.ty, field.presence, false),
            at: field.at.clone(),
            docs: field.docs.clone(),
        };
        fields.iter().map(member).collect()
    };
    let owner = Owner { symbol: name, joint: "::", surfaces: MODELS };
    members::compare(sink, &owner, &FIELDS, &fields(old, before), &fields(new, after));
    let constructor = |view: &View<'_>, fields: &[(Field, proc_macro2::Ident)]| {
        Constructor::of_fields(view, fields.iter().map(|(field, name)| (field, name)), false)
    };
    constructors(sink, name, at, &constructor(old, before), &constructor(new, after));
}

/// Compares two enums that belong to operations: successes and bodies.
pub(super) fn compare_variants(sink: &mut Sink, name: &str, old: &[Member], new: &[Member]) {
    let owner = Owner { symbol: name, joint: "::", surfaces: MODELS };
    members::compare(sink, &owner, &VARIANTS, old, new);
}

/// Reports that a type of an operation is new or gone.
pub(super) fn existence(sink: &mut Sink, name: &str, at: At, is_new: bool) {
    if is_new {
        sink.add((Level::Minor, ChangeKind::TypeAdded), MODELS, name, at, "new type");
    } else {
        sink.add((Level::Major, ChangeKind::TypeRemoved), MODELS, name, at, "the type is gone");
    }
}

/// The type of a field, for a parameter or header.
pub(super) fn field(at: &crate::diag::Pointer, docs: &crate::ir::Docs, ty: &Ty, required: bool) -> Field {
    Field {
        at: at.clone(),
        wire: String::new(),
        docs: docs.clone(),
        ty: ty.not_null().clone(),
        presence: if required { Presence::Required } else { Presence::Optional },
        default: None,
        example: None,
        boxed: false,
        secret: false,
        read_only: false,
        write_only: false,
        checks: crate::ir::Checks::default(),
    }
}
