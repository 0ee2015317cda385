//! The values of bodies: examples of the document, or else samples.

use super::super::api::Api;
use super::super::bodies::{Content, Media};
use super::super::literal::Literal;
use super::super::ty::Ty;
use super::{Sampler, Use, whole};

/// The value of the body of a request: the first example, as clients send it, or a sample. `None` as for [`super::sample`].
pub fn request_body(api: &Api, content: &Content) -> Option<Literal> {
    let is_form = matches!(content.media, Media::Form(_) | Media::Multipart(_));
    body(api, content, if is_form { Use::Form } else { Use::Request })
}

/// The value of the body of a response: the first example, as servers send it, or a sample; of a stream, one item. `None` as for
/// [`super::sample`].
pub fn response_body(api: &Api, content: &Content) -> Option<Literal> {
    body(api, content, Use::Response)
}

fn body(api: &Api, content: &Content, of: Use) -> Option<Literal> {
    let ty = content.media.ty()?;
    // An example of a stream is the text of all of it.
    let example = content.examples.first().filter(|_| !content.media.is_streamed());
    match example {
        Some(example) => Some(as_sent(api, ty, &example.value, of)),
        None => whole(api, ty, &content.checks, of),
    }
}

/// An example without the properties that are not sent in this direction, and without `null` for properties that are left out instead.
fn as_sent(api: &Api, ty: &Ty, example: &Literal, of: Use) -> Literal {
    Sampler::new(api, of, super::LARGE).sent(ty, example, 0)
}

/// An example without `null` for optional properties whose schema does not allow it: such properties are left out.
pub fn without_nulls(api: &Api, ty: &Ty, example: &Literal) -> Literal {
    as_sent(api, ty, example, Use::Any)
}
