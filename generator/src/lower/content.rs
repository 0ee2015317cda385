//! Bodies by media type (OpenAPI 3.0.3 §4.7.14).

use std::collections::BTreeMap;

use super::facts::{JsonType, Part};
use super::lowering::{Lowering, NameSite};
use super::media_kind::{BodySide, MediaKind, is_json};
use super::{encodings, examples, facts, schema, sequence, text, xml};
use crate::diag::{Code, Pointer};
use crate::ir::{Checks, Content, Form, Media, Role, Scalar, Shape, Ty, essence};
use crate::spec;

/// The bodies of a `content` object, the preferred ones first.
pub(super) fn lower_content(
    cx: &mut Lowering<'_, '_>,
    at: &Pointer,
    content: &spec::MediaSchemas,
    site: &NameSite,
    sent_in: BodySide,
) -> Vec<Content> {
    let mut contents = Vec::new();
    let mut schemas: BTreeMap<String, Pointer> = BTreeMap::new();
    // The types of this body get no suffix.
    let main = content.iter().position(|(media_type, _)| is_json(&essence(media_type))).unwrap_or(0);
    for (index, (media_type, schema)) in content.iter().enumerate() {
        let at = at.push(media_type);
        let schema = schema.clone().map(|schema| first_equal(cx, schema, &mut schemas));
        let mut kind = MediaKind::of(cx, media_type, schema.as_ref(), sent_in);
        if kind == MediaKind::Text && is_json_as_well(cx, content, media_type, schema.as_ref(), site) {
            kind = MediaKind::Json;
        }
        let own = (index != main).then(|| site.with(Role::Variant(kind.word(media_type))));
        let site = own.as_ref().unwrap_or(site);
        let media = lower_media(cx, kind, schema.as_ref(), site, &at);
        report_items(cx, kind, &at);
        let examples = examples::collect(cx, &at);
        // Rules about other values say nothing of a text.
        let has_rules = |schema: &Pointer| !media.is_plain_text() || text::is_described(cx, schema, site);
        let schema = schema.filter(has_rules);
        cx.schemas.extend(schema.map(|schema| (at.clone(), schema)));
        let checks = Checks::default();
        contents.push(Content { at, media_type: media_type.clone(), media, examples, checks });
    }
    let files = contents.iter().any(|content| is_upload(cx, &content.media));
    contents.sort_by_key(|content| match content.media {
        Media::Multipart(_) if files => 0,
        Media::Json(_) if !is_text(&content.media_type) => 1,
        Media::Json(_) => 2,
        Media::Xml { .. } => 3,
        Media::Form(_) => 4,
        Media::Multipart(_) => 5,
        Media::Events(_) | Media::Lines(_) | Media::Text(_) | Media::Bytes | Media::Stream => 6,
    });
    contents
}

/// Whether a media type is text of any kind, although its values may be written as JSON.
pub(super) fn is_text(media_type: &str) -> bool {
    MediaKind::is_text(&essence(media_type))
}

/// Whether text is JSON: if it has the schema of a JSON body beside it, and that describes more than one value.
fn is_json_as_well(
    cx: &mut Lowering<'_, '_>,
    content: &spec::MediaSchemas,
    media_type: &str,
    schema: Option<&Pointer>,
    site: &NameSite,
) -> bool {
    let text = |cx: &Lowering<'_, '_>, at: &Pointer| cx.spec.node(at).map(|node| node.tree.json());
    let Some(schema) = schema.filter(|_| essence(media_type) == "text/plain") else { return false };
    let own = text(cx, schema);
    let mut of_json = content.iter().filter(|(media_type, _)| is_json(&essence(media_type)));
    of_json.any(|(_, other)| other.as_ref().is_some_and(|other| text(cx, other) == own))
        && text::is_composite(cx, schema, site)
}

/// Whether a body is a form with files.
fn is_upload(cx: &Lowering<'_, '_>, media: &Media) -> bool {
    let Media::Multipart(form) = media else { return false };
    let mut found = false;
    let mut look = |ty: &Ty| found |= mentions_file(cx, ty);
    if let Ty::Named(id) = cx.api.resolve(form.ty.not_null()) {
        cx.api.types[*id].shape.for_each_ty(&mut look);
    }
    found
}

pub(super) fn mentions_file(cx: &Lowering<'_, '_>, ty: &Ty) -> bool {
    match cx.api.resolve(ty) {
        Ty::Scalar(Scalar::File) => true,
        Ty::List(inner) | Ty::Nullable(inner) | Ty::Map(inner) => mentions_file(cx, inner),
        _ => false,
    }
}

/// The first known schema that is equal to a schema. Media types with equal schemas share a type.
fn first_equal(cx: &Lowering<'_, '_>, schema: Pointer, known: &mut BTreeMap<String, Pointer>) -> Pointer {
    let text = cx.spec.node(&schema).map(|node| node.tree.json()).unwrap_or_default();
    known.entry(text).or_insert(schema).clone()
}

/// Lowers a body of one kind.
fn lower_media(
    cx: &mut Lowering<'_, '_>,
    kind: MediaKind,
    schema: Option<&Pointer>,
    site: &NameSite,
    at: &Pointer,
) -> Media {
    let ty = |cx: &mut Lowering<'_, '_>| schema.map_or(Ty::Any, |schema| schema::lower_schema(cx, schema, site));
    match kind {
        MediaKind::Events => Media::Events(sequence::lower_event(cx, schema, at, site)),
        MediaKind::Lines => Media::Lines(sequence::lower_item(cx, schema, at, site)),
        MediaKind::Json => Media::Json(ty(cx)),
        MediaKind::Xml => {
            let ty = ty(cx);
            let element = schema.and_then(|schema| xml::lower_root(cx, schema, &ty));
            element.map_or(Media::Text(Ty::Scalar(Scalar::String)), |element| Media::Xml { ty, element })
        }
        MediaKind::Form | MediaKind::Multipart => {
            let ty = ty(cx);
            if !has_fields(cx, &ty, 0) {
                if cx.first_report(at) {
                    cx.diags
                        .warn(Code::FreeForm, at, "the schema of this form has no fields; the body is sent as bytes")
                        .help("describe the fields under `properties` of a schema of type `object`");
                }
                return Media::Bytes;
            }
            let form = Form { ty, encodings: encodings::lower(cx, at) };
            encodings::report_written_as_json(cx, &form, at);
            if kind == MediaKind::Form { Media::Form(form) } else { Media::Multipart(form) }
        }
        MediaKind::Text => Media::Text(text::lower(cx, schema, site, at)),
        MediaKind::Bytes | MediaKind::Stream => {
            report_bytes(cx, schema, at);
            if kind == MediaKind::Bytes { Media::Bytes } else { Media::Stream }
        }
    }
}

/// Reports a body that is sent and received as bytes although its schema describes other values.
fn report_bytes(cx: &mut Lowering<'_, '_>, schema: Option<&Pointer>, at: &Pointer) {
    let Some(schema) = schema else { return };
    let facts = facts::gather(cx, &[Part::whole(schema)]);
    let types = facts.types.clone().unwrap_or_else(|| facts.inferred_type().into_iter().collect());
    let of_values = facts.values.iter().flatten().map(|value| JsonType::of(&value.literal));
    let types: Vec<JsonType> = types.into_iter().chain(of_values).collect();
    let describes = types.iter().any(|ty| !matches!(ty, JsonType::String | JsonType::Null)) || !facts.unions.is_empty();
    if describes && cx.first_report(at) {
        let message = format!("bodies of `{}` are bytes; their schema is not used", at.last());
        cx.diags
            .warn(Code::FreeForm, at, message)
            .help("describe the body as JSON, XML or a form, or encode and decode it yourself");
    }
}

/// Reports an `itemSchema` of a body that is not a sequence of items.
fn report_items(cx: &mut Lowering<'_, '_>, kind: MediaKind, at: &Pointer) {
    let at = at.push("itemSchema");
    let is_read = matches!(kind, MediaKind::Events | MediaKind::Lines);
    if !is_read && cx.spec.node(&at).is_some() && cx.first_report(&at) {
        cx.diags
            .warn(
                Code::FreeForm,
                &at,
                "the items of this body are not read or written one by one; this schema is not used",
            )
            .help("describe the whole body by `schema`");
    }
}

/// Whether the values of a type are objects, so that a form has fields.
fn has_fields(cx: &Lowering<'_, '_>, ty: &Ty, depth: usize) -> bool {
    match cx.api.resolve(ty.not_null()) {
        Ty::Map(_) => true,
        Ty::Named(id) => match &cx.api.types[*id].shape {
            Shape::Struct(_) => true,
            Shape::Union(union) => {
                depth < 4 && union.variants.iter().all(|variant| has_fields(cx, &variant.ty, depth + 1))
            }
            Shape::Newtype(inner) => depth < 4 && has_fields(cx, inner, depth + 1),
            Shape::Alias(_) | Shape::Enum(_) => false,
        },
        _ => false,
    }
}
