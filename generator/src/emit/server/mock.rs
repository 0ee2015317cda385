//! An implementation that returns the examples of the document.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::capability::Krate;
use super::super::file::{Item, RustFile};
use super::super::operation::Side;
use super::super::{Cx, operation, third_party};
use super::traits;
use crate::ir::{Content, Header, Literal as Value, Media, OpId, Operation, Response, sample};
use crate::names::suffixed;

/// `mock.rs`
pub(super) fn file(cx: &Cx<'_>) -> RustFile {
    let mut file = RustFile {
        docs: vec!["An implementation of every operation that returns the examples of the document.".into()],
        ..RustFile::default()
    };
    let has_examples = cx
        .api
        .operations
        .iter()
        .any(|operation| content(operation).is_some() || !examples_of(cx, operation).is_empty());
    let examples = has_examples.then(|| {
        quote!(
            use crategen_runtime::server::Examples;
        )
    });
    if has_examples {
        file.tokens(quote! {
            /// What [`Mock`] returns, by the id of the operation.
            pub static EXAMPLES: Examples = Examples::new(include_str!("mock.json"));
        });
    }
    file.tokens(quote! {
        /// Returns the examples of the document, and values made from its schemas where there are none.
        #[derive(Clone, Copy, Debug, Default)]
        pub struct Mock;
    });
    file.tokens(quote! {
        impl Mock {
            /// A router that serves the whole API.
            pub fn app() -> axum::Router {
                Server::new(Self).into_app()
            }
        }
    });
    let authentication = cx.api.is_secured().then(|| {
        quote! {
            type Principal = ();

            async fn authenticate(&self, _credentials: Credentials, _request: &RequestInfo<'_>) -> Result<(), AuthError> {
                Ok(())
            }

            fn has_scope(&self, _principal: &(), _scope: &str) -> bool {
                true
            }
        }
    });
    file.tokens(quote!(impl Api for Mock { #authentication }));
    for (index, operations) in traits::by_trait(cx) {
        let api = &cx.names.group(index).api;
        let methods = operations.iter().map(|op| method(cx, *op));
        let cfg = super::super::cfg(cx, index);
        file.tokens(quote!(#cfg impl #api for Mock { #(#methods)* }));
    }
    let heads = file.path_heads();
    let third_party = third_party::imports(cx, Krate::Server, &heads);
    let tokens = quote! {
        use super::*;
        #examples
        #third_party
    };
    file.items.insert(0, Item::Tokens(tokens));
    file
}

fn method(cx: &Cx<'_>, op: OpId) -> TokenStream {
    let names = cx.names.operation(op);
    let (name, error) = (&names.method, suffixed(&names.prefix, "Error"));
    let arguments = traits::arguments(cx, op).into_iter().map(|(name, ty)| {
        let name = crate::names::ident(&format!("_{}", name.to_string().trim_start_matches('_')));
        quote!(#name: #ty)
    });
    let principal = traits::principal(cx, op);
    let output = operation::output_type(cx, op, Side::Server);
    let answer = answer(cx, op);
    quote! {
        async fn #name(&self, _cx: Context<#principal>, #(#arguments),*) -> Result<#output, #error> {
            #answer
        }
    }
}

fn answer(cx: &Cx<'_>, op: OpId) -> TokenStream {
    let api = cx.api.operation(op);
    let names = cx.names.operation(op);
    let successes = operation::successes(api);
    let Some((index, _, response)) = successes.first() else { return quote!(Ok(())) };
    let value = response_value(cx, op, *index, response);
    let success = names.success.clone();
    let mut answer = match (names.responses.get(*index).filter(|_| successes.len() > 1), value) {
        (Some(variant), Some(value)) => quote!(models::#success::#variant(#value)),
        (Some(variant), None) => quote!(models::#success::#variant),
        (None, Some(value)) => value,
        (None, None) => quote!(()),
    };
    if operation::events(api).is_some() {
        answer = quote!(runtime::WholeOrEvents::Whole(#answer));
    }
    if !api.headers.is_empty() {
        let headers = operation::headers_literal((&names.headers, &names.header_fields), &api.headers, |header| {
            let key = header_key(&api.id, header);
            header_example(cx, response, header).map(|_| quote!(EXAMPLES.read(#key)?))
        });
        answer = quote!(runtime::WithHeaders::new(#answer, #headers));
    }
    quote!(Ok(#answer))
}

/// The example of an operation as the body of a response: of its first type if there are several.
fn response_value(cx: &Cx<'_>, op: OpId, index: usize, response: &Response) -> Option<TokenStream> {
    let choices = response.choices();
    let choice = choices.first()?;
    let value = value(cx, &cx.api.operation(op).id, operation::representative(choice)?);
    let media_type = choice.first().map(|content| operation::sample_media_type(content));
    let says = operation::chooses_media_type(choice);
    Some(match operation::response_body(cx, op, index) {
        Some(names) => {
            let (name, variant) = (&names.name, names.variants.first()?);
            let media_type = says.then(|| quote!(#media_type.to_owned(),));
            quote!(models::#name::#variant(#media_type #value))
        }
        None if says => quote!(runtime::WithMediaType { media_type: #media_type.to_owned(), body: #value }),
        None => value,
    })
}

/// An expression of the example of an operation, as its type.
fn value(cx: &Cx<'_>, id: &str, content: &Content) -> TokenStream {
    match &content.media {
        Media::Events(_) | Media::Lines(_) if body(cx, content).is_none() => quote!([].into_iter().collect()),
        Media::Events(_) => quote!([models::StreamEvent::new(EXAMPLES.read(#id)?)].into_iter().collect()),
        Media::Lines(_) => quote!([EXAMPLES.read(#id)?].into_iter().collect()),
        Media::Stream | Media::Bytes => quote!(EXAMPLES.read::<String>(#id)?.into()),
        _ => quote!(EXAMPLES.read(#id)?),
    }
}

/// `mock.json`: the examples of the body and of the headers that each operation returns, by the operation's id.
pub(super) fn examples(cx: &Cx<'_>) -> String {
    let examples: Value = cx.api.operations.iter().flat_map(|operation| examples_of(cx, operation)).collect();
    format!("{}\n", examples.pretty_json())
}

/// The examples of an operation, with their keys in `mock.json`.
fn examples_of(cx: &Cx<'_>, operation: &Operation) -> Vec<(String, Value)> {
    let body = content(operation).and_then(|content| body(cx, content)).map(|body| (operation.id.clone(), body));
    let response = operation::successes(operation).into_iter().next().map(|(_, _, response)| response);
    let headers = response.into_iter().flat_map(|response| {
        let example = |header| Some((header_key(&operation.id, header), header_example(cx, response, header)?));
        operation.headers.iter().filter_map(example)
    });
    body.into_iter().chain(headers).collect()
}

/// The key of a header in `mock.json`.
fn header_key(id: &str, header: &Header) -> String {
    format!("{id} header:{}", header.wire)
}

/// The value of a header of the response that the mock returns, if that documents it.
fn header_example(cx: &Cx<'_>, response: &Response, header: &Header) -> Option<Value> {
    let own = response.headers.iter().find(|own| own.wire.eq_ignore_ascii_case(&header.wire));
    let value = own.and_then(|_| operation::header_value(cx, header));
    if header.required { Some(value.unwrap_or(Value::Null)) } else { value }
}

/// The first example of a body, or a value that its schema allows; of a stream, one item, or `None` if none can be made.
fn body(cx: &Cx<'_>, content: &Content) -> Option<Value> {
    let given = content.examples.first().map(|example| &example.value);
    let of_schema =
        || content.checks.examples.iter().map(|example| &example.value).find(|value| value.as_str().is_some());
    Some(match &content.media {
        Media::Json(_) | Media::Xml { .. } | Media::Text(_) if !content.media.is_plain_text() => {
            sample::response_body(cx.api, content).unwrap_or(Value::Null)
        }
        Media::Events(_) | Media::Lines(_) => return sample::response_body(cx.api, content),
        Media::Text(_) => Value::String(given.or_else(of_schema).map_or_else(|| "text".to_owned(), Value::text)),
        _ => Value::String(given.map_or_else(|| "bytes".to_owned(), Value::text)),
    })
}

/// The body that the mock returns from an operation, if it has one.
fn content(operation: &Operation) -> Option<&Content> {
    let (_, _, response) = operation::successes(operation).into_iter().next()?;
    operation::representative(response.choices().first()?)
}

/// `examples/mock.rs`
pub(super) fn example(cx: &Cx<'_>) -> RustFile {
    let krate = crate::names::ident(&format!("{}_server", cx.names.base.replace('-', "_")));
    let mut file = RustFile { docs: vec!["Serves the mock on port 8080.".into()], ..RustFile::default() };
    file.tokens(quote! {
        use #krate::{Server, mock::Mock};
    });
    file.tokens(quote! {
        #[tokio::main]
        async fn main() -> std::io::Result<()> {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
            let url = format!("http://{}{}", listener.local_addr()?, #krate::BASE_PATH);
            let server = Server::new(Mock);
            #[cfg(feature = "docs")]
            let server = server.docs("/docs");
            println!("listening on {url}{}", if cfg!(feature = "docs") { "/docs" } else { "" });
            server.serve(listener).await
        }
    });
    file
}
