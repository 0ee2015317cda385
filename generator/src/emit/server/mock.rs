//! An implementation that answers from the examples of the document.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::super::file::RustFile;
use super::super::operation::Side;
use super::super::{Cx, operation};
use super::traits;
use crate::ir::{Content, Literal as Value, Media, OpId, sample};
use crate::names::suffixed;

/// `mock.rs`
pub(super) fn file(cx: &Cx<'_>) -> RustFile {
    let mut file = RustFile {
        docs: vec!["An implementation that answers every operation from the examples of the document.".to_owned()],
        ..RustFile::default()
    };
    file.tokens(quote! {
        #[allow(unused_imports)]
        use super::*;
        #[allow(unused_imports)]
        use crategen_runtime::{bytes, server::example};
    });
    file.tokens(quote! {
        /// Answers every operation from the examples of the document, or from samples made of its schemas.
        #[derive(Clone, Copy, Debug, Default)]
        pub struct Mock;
    });
    file.tokens(quote! {
        impl Mock {
            /// The whole API, mocked.
            pub fn app() -> axum::Router {
                Server::new(Self).into_app()
            }
        }
    });
    file.tokens(quote! {
        impl Api for Mock {
            type Principal = ();

            async fn authenticate(&self, _credentials: Credentials, _request: &RequestInfo<'_>) -> Result<(), AuthError> {
                Ok(())
            }

            fn has_scope(&self, _principal: &(), _scope: &str) -> bool {
                true
            }
        }
    });
    for (index, group) in cx.api.groups.iter().enumerate() {
        let api = &cx.names.group(index).api;
        let methods = group.operations.iter().map(|op| method(cx, *op));
        let cfg = super::super::cfg(cx, index);
        file.tokens(quote!(#cfg impl #api for Mock { #(#methods)* }));
    }
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
    let content = operation::preferred(&response.contents);
    let value = content.map(|content| value(cx, content));
    let success = suffixed(&names.prefix, "Success");
    let mut answer = match (names.responses.get(*index).filter(|_| successes.len() > 1), value) {
        (Some(variant), Some(value)) => quote!(models::#success::#variant(#value)),
        (Some(variant), None) => quote!(models::#success::#variant),
        (None, Some(value)) => value,
        (None, None) => quote!(()),
    };
    if operation::events(api).is_some() {
        answer = quote!(WholeOrEvents::Whole(#answer));
    }
    if !api.headers.is_empty() {
        let headers = &names.headers;
        answer = quote!(WithHeaders::new(#answer, models::#headers::default()));
    }
    quote!(Ok(#answer))
}

fn value(cx: &Cx<'_>, content: &Content) -> TokenStream {
    let example = content.examples.first().map(|example| &example.value);
    match &content.media {
        Media::Json(ty) | Media::Xml { ty, .. } => {
            let value = example.cloned().or_else(|| sample::sample(cx.api, ty, &content.checks)).unwrap_or(Value::Null);
            let text = raw_string(&value.pretty_json());
            quote!(example(#text)?)
        }
        Media::Text => {
            let text = example.map_or_else(|| "text".to_owned(), Value::text);
            quote!(#text.to_owned())
        }
        Media::Events(ty) | Media::Lines(ty) => {
            let items = sample::sample(cx.api, ty, &content.checks).map(|value| {
                let text = raw_string(&value.pretty_json());
                let event = matches!(content.media, Media::Events(_));
                if event { quote!(models::StreamEvent::new(example(#text)?)) } else { quote!(example(#text)?) }
            });
            let items = items.into_iter();
            quote!([#(#items),*].into_iter().collect())
        }
        _ => {
            let text = example.map_or_else(|| "bytes".to_owned(), Value::text);
            if content.media == Media::Stream {
                quote!(#text.into())
            } else {
                quote!(bytes::Bytes::from_static(#text.as_bytes()))
            }
        }
    }
}

/// A raw string literal with as many `#` as its text needs.
fn raw_string(text: &str) -> TokenStream {
    let plain = || {
        let literal = Literal::string(text);
        quote!(#literal)
    };
    // A raw string cannot hold a lone carriage return, and is for texts with quotes or backslashes.
    if text.contains('\r') || !text.contains(['"', '\\']) {
        return plain();
    }
    let mut hashes = "#".to_owned();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}").parse().unwrap_or_else(|_| plain())
}

/// `examples/mock.rs`
pub(super) fn example(cx: &Cx<'_>) -> RustFile {
    let krate = crate::names::ident(&format!("{}_server", cx.names.base.replace('-', "_")));
    let mut file = RustFile { docs: vec!["Serves the mock on port 8080.".to_owned()], ..RustFile::default() };
    file.tokens(quote! {
        use #krate::{Server, mock::Mock};
    });
    file.tokens(quote! {
        #[tokio::main]
        async fn main() -> std::io::Result<()> {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
            println!("listening on http://{}{}", listener.local_addr()?, #krate::BASE_PATH);
            Server::new(Mock).serve(listener).await
        }
    });
    file
}
