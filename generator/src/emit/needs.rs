//! What a document needs beyond what every document needs, gathered once.

use super::operation::{chooses_media_type, events, is_choice, request, streams, xml_requests, xml_responses};
use crate::ir::{Analysis, Api, Checks, Content, Media, Operation, Response, Scalar, SchemeKind, Shape, Ty};

/// What a document needs beyond what every document needs.
#[derive(Clone, Copy, Debug, Default)]
#[allow(clippy::struct_excessive_bools)] // a set of facts
pub struct Needs {
    /// Dates, with or without times.
    pub dates: bool,
    /// UUIDs.
    pub uuid: bool,
    /// Bytes in the types of bodies.
    pub bytes: bool,
    /// Regular expressions.
    pub patterns: bool,
    /// Schemas that values are compared with as JSON.
    pub rules: bool,
    /// Forms.
    pub forms: bool,
    /// Forms with parts, or files in types.
    pub multipart: bool,
    /// Requests or responses that are sent piece by piece.
    pub streams: bool,
    /// Responses of events, or of JSON values one after the other.
    pub events: bool,
    /// Requests or responses of XML.
    pub xml: bool,
    /// Responses whose media type the handler chooses.
    pub media_types: bool,
    /// Failures with headers.
    pub failure_headers: bool,
    /// Access tokens by the grants of OAuth 2.
    pub oauth: bool,
    /// Lists that are fetched page by page.
    pub pagination: bool,
    /// Responses that lead to further calls.
    pub links: bool,
}

impl Needs {
    /// Gathers them.
    pub fn of(api: &Api, analysis: &Analysis) -> Self {
        let mut needs = Self {
            oauth: api.schemes.iter().any(|scheme| matches!(scheme.kind, SchemeKind::OAuth2 { .. })),
            rules: analysis.types.iter().any(|ty| ty.has_json_rules || ty.is_ambiguous),
            pagination: analysis.pagination.iter().any(Option::is_some),
            ..Self::default()
        };
        for (_, def) in api.types.iter() {
            def.shape.for_each_ty(&mut |ty| needs.of_ty(ty));
            needs.of_checks(&def.checks);
            needs.of_shape(&def.shape);
        }
        api.operations.iter().for_each(|operation| needs.of_operation(operation));
        needs
    }

    fn of_shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Struct(shape) => {
                shape.fields.iter().for_each(|field| self.of_checks(&field.checks));
                self.of_checks(&shape.rest_checks);
            }
            Shape::Union(union) => union.variants.iter().for_each(|variant| self.of_checks(&variant.checks)),
            Shape::Alias(_) | Shape::Newtype(_) | Shape::Enum(_) => {}
        }
    }

    fn of_operation(&mut self, operation: &Operation) {
        operation.for_each_ty(&mut |ty| self.of_ty(ty));
        operation.params.iter().for_each(|param| self.of_checks(&param.checks));
        self.rules |= operation.params.iter().any(|param| param.checks.are_on_json());
        self.links |= !operation.links.is_empty();
        let raw = |content: &Content| !matches!(content.media, Media::Json(_) | Media::Xml { .. } | Media::Text(_));
        self.bytes |= operation.responses.iter().any(|response| response.contents.iter().any(raw));
        let streams = streams(operation);
        self.streams |= streams.contains(&&Media::Stream);
        self.events |= streams.iter().any(|media| **media != Media::Stream) || events(operation).is_some();
        self.xml |= operation.responses.iter().any(|response| !xml_responses(response).is_empty());
        let chooses = |response: &Response| response.choices().iter().any(|choice| chooses_media_type(choice));
        self.failure_headers |= operation.failures().any(|response| !response.headers.is_empty());
        self.media_types |= operation.responses.iter().any(chooses);
        let Some(body) = &operation.body else { return };
        body.contents.iter().for_each(|content| self.of_checks(&content.checks));
        let compared = |content: &Content| content.checks.are_on_json() || matches!(content.media, Media::Json(_));
        self.rules |= body.contents.iter().any(compared);
        self.xml |= !xml_requests(body).is_empty();
        self.bytes |= is_choice(body) && body.contents.iter().any(raw);
        self.streams |= !is_choice(body) && request(body).is_some_and(|content| content.media == Media::Stream);
        for content in &body.contents {
            self.multipart |= matches!(content.media, Media::Multipart(_));
            self.forms |= matches!(content.media, Media::Form(_) | Media::Multipart(_));
        }
    }

    fn of_checks(&mut self, checks: &Checks) {
        checks.for_each_rule(&mut |rule| self.patterns |= !rule.patterns().is_empty());
    }

    fn of_ty(&mut self, ty: &Ty) {
        match ty {
            Ty::Scalar(Scalar::Date | Scalar::DateTime) => self.dates = true,
            Ty::Scalar(Scalar::Uuid) => self.uuid = true,
            Ty::Scalar(Scalar::File) => self.multipart = true,
            Ty::List(inner) | Ty::Map(inner) | Ty::Nullable(inner) => self.of_ty(inner),
            Ty::Tuple(items) => items.iter().for_each(|ty| self.of_ty(ty)),
            Ty::Any | Ty::Null | Ty::Never | Ty::Scalar(_) | Ty::Named(_) | Ty::Given(_) => {}
        }
    }
}
