//! How the fields of forms are written (OpenAPI 3.0.3 §4.7.15).

use super::super::change::Level;
use super::super::kind::ChangeKind;
use super::super::view::View;
use super::walk::{Spot, Walk};
use super::{media_ranges, presence};
use crate::ir::{Field, FieldEncoding, Form, JsonKind, PartHeader, Scalar, Shape, Style, Ty, essence};

/// Unions in unions deeper than this are not looked into.
const MAX_DEPTH: usize = 4;

/// A field with its symbol.
type Named<'a> = (String, &'a Field);

/// A field in both versions, with how it is encoded.
struct Kept<'a> {
    spot: Spot,
    old: (&'a Field, FieldEncoding),
    new: (&'a Field, FieldEncoding),
}

/// Compares how arrays and objects become fields.
pub(super) fn compare(walk: &mut Walk<'_>, spot: &Spot, old: &Form, new: &Form) {
    for Kept { spot, old, new } in kept(walk, spot, old, new) {
        let (old_kind, new_kind) = (walk.old.api.json_kind(&old.0.ty), walk.new.api.json_kind(&new.0.ty));
        if old_kind != new_kind {
            // The types are another change.
            continue;
        }
        let (before, after) = (written(old_kind, &old.1), written(new_kind, &new.1));
        if before != after {
            let message = format!("it is written as {after}, and was written as {before}");
            walk.report(Level::Major, ChangeKind::EncodingChanged, &spot, &message);
        }
    }
}

/// Compares the headers and the media types of parts.
pub(super) fn compare_parts(walk: &mut Walk<'_>, spot: &Spot, old: &Form, new: &Form) {
    for Kept { spot, old, new } in kept(walk, spot, old, new) {
        headers(walk, &spot, &old.1.headers, &new.1.headers);
        if old.1.media_type.is_none() && new.1.media_type.is_none() {
            // The types are another change.
            continue;
        }
        let before = media_types(&walk.old, &old.0.ty, old.1.media_type.as_deref());
        let after = media_types(&walk.new, &new.0.ty, new.1.media_type.as_deref());
        if let Some(effect) = media_ranges::effect(&before, &after) {
            let message = format!("the part is `{}`, and was `{}`", after.join(", "), before.join(", "));
            walk.effect(effect, ChangeKind::EncodingChanged, &spot, &message);
        }
    }
}

fn headers(walk: &mut Walk<'_>, spot: &Spot, old: &[PartHeader], new: &[PartHeader]) {
    let find = |all: &[PartHeader], header: &PartHeader| {
        all.iter().find(|known| known.wire.eq_ignore_ascii_case(&header.wire)).map(|known| known.required)
    };
    let of_header =
        |header: &PartHeader| Spot { symbol: format!("{} header {}", spot.symbol, header.wire), ..spot.clone() };
    for header in new {
        let spot = of_header(header);
        match find(old, header) {
            Some(was_required) => presence::compare(walk, &spot, &presence::HEADER, was_required, header.required),
            None => {
                let level = spot.flow.added(header.required);
                walk.report(level, ChangeKind::HeaderAdded, &spot, "new header of the part");
            }
        }
    }
    for header in old.iter().filter(|header| find(new, header).is_none()) {
        let level = spot.flow.removed(header.required);
        walk.report(level, ChangeKind::HeaderRemoved, &of_header(header), "the header of the part is gone");
    }
}

/// The fields of both versions.
fn kept<'a>(walk: &Walk<'a>, spot: &Spot, old: &'a Form, new: &'a Form) -> Vec<Kept<'a>> {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    collect(&walk.old, &old.ty, 0, &mut before);
    collect(&walk.new, &new.ty, 0, &mut after);
    let encoding = |form: &Form, field: &Field| form.encodings.get(&field.wire).cloned().unwrap_or_default();
    let pair = |(symbol, field): Named<'a>| {
        let (_, known) = before.iter().find(|(_, known)| known.wire == field.wire)?;
        let spot = Spot { symbol, at: field.at.clone(), flow: spot.flow };
        Some(Kept { spot, old: (known, encoding(old, known)), new: (field, encoding(new, field)) })
    };
    after.into_iter().filter_map(pair).collect()
}

/// The properties of a type, through unions.
fn collect<'a>(view: &View<'a>, ty: &'a Ty, depth: usize, fields: &mut Vec<Named<'a>>) {
    let api = view.api;
    let Ty::Named(id) = api.resolve(ty.not_null()) else { return };
    match &api.types[*id].shape {
        Shape::Struct(shape) => {
            for (field, name) in shape.fields.iter().zip(view.members(*id)) {
                if !fields.iter().any(|(_, known)| known.wire == field.wire) {
                    fields.push((format!("{}::{name}", view.path(*id)), field));
                }
            }
        }
        Shape::Union(union) if depth < MAX_DEPTH => {
            union.variants.iter().for_each(|variant| collect(view, &variant.ty, depth + 1, fields));
        }
        Shape::Newtype(inner) if depth < MAX_DEPTH => collect(view, inner, depth + 1, fields),
        Shape::Union(_) | Shape::Newtype(_) | Shape::Alias(_) | Shape::Enum(_) => {}
    }
}

/// How a field is written. Values without parts are written as they are, and reserved characters mean the same, escaped or not.
fn written(kind: JsonKind, encoding: &FieldEncoding) -> String {
    match (kind, encoding.style, encoding.explode) {
        (JsonKind::Array | JsonKind::Any, None | Some(Style::Form), None | Some(true)) => {
            "one field per item".to_owned()
        }
        (JsonKind::Object, None, None) => "JSON".to_owned(),
        (JsonKind::Array | JsonKind::Any | JsonKind::Object, style, explode) => {
            let style = style.unwrap_or(Style::Form);
            let explode = explode.unwrap_or(matches!(style, Style::Form | Style::DeepObject));
            format!("`style: {style:?}, explode: {explode}`")
        }
        _ => "text".to_owned(),
    }
}

/// The media types that a part may have: as the document says, or those of its type.
fn media_types(view: &View<'_>, ty: &Ty, listed: Option<&str>) -> Vec<String> {
    if let Some(listed) = listed {
        return listed.split(',').map(essence).collect();
    }
    let api = view.api;
    let item = match api.resolve(ty.not_null()) {
        Ty::List(item) => api.resolve(item),
        other => other,
    };
    let media_type = match (item, api.json_kind(item)) {
        (Ty::Scalar(Scalar::File), _) => "*/*",
        (_, JsonKind::Object | JsonKind::Array | JsonKind::Any) => "application/json",
        _ => "text/plain",
    };
    vec![media_type.to_owned()]
}
