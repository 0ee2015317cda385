//! Values of response headers, for mocks and tests.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::Cx;
use crate::ir::{Encoding, Header, Literal, sample};

/// Headers that belong to the connection or to the framing of a body (RFC 9110 §7.6.1 and §8.4): a made-up value would break the
/// response.
const OF_CONNECTION: [&str; 6] =
    ["connection", "content-encoding", "keep-alive", "trailer", "transfer-encoding", "upgrade"];

/// The first example of a header, or a value that its schema allows.
pub(in super::super) fn header_value(cx: &Cx<'_>, header: &Header) -> Option<Literal> {
    if let Some(example) = header.examples.first() {
        return Some(example.value.clone());
    }
    let made = if header.encoding == Encoding::Json { sample::sample_of_response } else { sample::sample_of_text };
    if !header.required && OF_CONNECTION.iter().any(|name| header.wire.eq_ignore_ascii_case(name)) {
        return None;
    }
    made(cx.api, header.ty.not_null(), &header.checks)
}

/// A struct of headers. `value` is the expression of one of them, always for those that are required; others are absent without
/// a value.
pub(in super::super) fn headers_literal(
    (name, fields): (&Ident, &[Ident]),
    headers: &[Header],
    value: impl Fn(&Header) -> Option<TokenStream>,
) -> TokenStream {
    let fields = headers.iter().zip(fields).map(|(header, field)| match (value(header), header.required) {
        (Some(value), true) => quote!(#field: #value,),
        (Some(value), false) => quote!(#field: Some(#value),),
        (None, _) => quote!(#field: None,),
    });
    quote!(models::#name { #(#fields)* })
}
