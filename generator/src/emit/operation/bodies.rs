//! Which kinds of bodies a document has.

use super::super::Cx;
use super::{events, is_choice, request, streams, xml_requests, xml_response};
use crate::ir::Media;

/// Which kinds of bodies need support code of their own.
#[derive(Clone, Copy, Debug, Default)]
pub(in super::super) struct Bodies {
    /// Forms with parts.
    pub multipart: bool,
    /// Requests or responses that are sent piece by piece.
    pub streams: bool,
    /// Responses of events or of JSON values one after the other.
    pub events: bool,
    /// Requests or responses of XML.
    pub xml: bool,
}

impl Bodies {
    /// Whether anything is sent or received piece by piece.
    pub fn has_streams(self) -> bool {
        self.streams || self.multipart || self.events
    }

    /// What the operations of a document need.
    pub fn of(cx: &Cx<'_>) -> Self {
        let mut bodies = Self::default();
        for operation in &cx.api.operations {
            let streams = streams(operation);
            bodies.streams |= streams.contains(&&Media::Stream);
            bodies.events |= streams.iter().any(|media| **media != Media::Stream) || events(operation).is_some();
            bodies.xml |= operation.body.as_ref().is_some_and(|body| !xml_requests(body).is_empty());
            bodies.xml |= operation.responses.iter().any(|response| xml_response(response).is_some());
            let Some(body) = &operation.body else { continue };
            bodies.multipart |= body.contents.iter().any(|content| matches!(content.media, Media::Multipart(_)));
            bodies.streams |= !is_choice(body) && request(body).is_some_and(|content| content.media == Media::Stream);
        }
        bodies
    }
}
