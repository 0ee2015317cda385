//! The beginning of an implementation: every trait with bodies that are still to be written.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;

use super::super::file::RustFile;
use super::super::operation::Side;
use super::super::{Cx, docs, operation, readme};
use super::traits;
use crate::ir::OpId;
use crate::names::suffixed;

/// Crates that signatures mention, with the path below the crate of the server at which they are.
const CRATES: [(&str, &str); 8] = [
    ("bytes", "axum::body as bytes"),
    ("http", "axum::http"),
    ("chrono", "models::chrono"),
    ("indexmap", "models::indexmap"),
    ("jiff", "models::jiff"),
    ("serde_json", "models::serde_json"),
    ("time", "models::time"),
    ("uuid", "models::uuid"),
];

/// A module that implements every trait of the server with a placeholder in place of each body.
pub fn file(cx: &Cx<'_>) -> RustFile {
    let krate = crate::names::ident(&format!("{}_server", cx.names.base.replace('-', "_")));
    let about = format!("An implementation of the {}: replace every `todo!`.", readme::title(cx));
    let serve = format!("Serve it with `{krate}::Server::new(Service).into_app()`, which is an `axum::Router`.");
    let mut file = RustFile { docs: vec![about.into(), "".into(), serve.into()], ..RustFile::default() };
    file.attributes = vec![
        "allow(unused_variables, reason = \"the bodies are still to be written\")",
        "allow(clippy::doc_markdown, clippy::wildcard_imports)",
    ];
    file.tokens(quote! {
        /// The service: what its operations share, such as a pool of connections to a database.
        pub struct Service;
    });
    let authentication = cx.api.is_secured().then(|| {
        let who = todo("who is calling");
        quote! {
            /// What authentication returns: who is calling.
            type Principal = ();

            async fn authenticate(&self, credentials: Credentials, request: &RequestInfo<'_>) -> Result<Self::Principal, AuthError> {
                #who
            }
        }
    });
    file.tokens(quote!(impl Api for Service { #authentication }));
    for (index, operations) in traits::by_trait(cx) {
        let api = &cx.names.group(index).api;
        let methods = operations.iter().map(|op| method(cx, *op));
        file.tokens(quote!(impl #api for Service { #(#methods)* }));
    }
    let heads = file.path_heads();
    let used = CRATES.iter().filter(|(name, _)| !is_given(cx, name) && heads.contains(*name));
    let used = used.filter_map(|(_, path)| path.parse::<TokenStream>().ok());
    let imports = quote! {
        use #krate::*;
        #(use #krate::#used;)*
    };
    file.items.insert(0, super::super::Item::Tokens(imports));
    file
}

fn is_given(cx: &Cx<'_>, name: &str) -> bool {
    cx.config.types.dependencies.contains_key(name)
}

/// A method as an implementation writes it.
pub(in super::super) struct Signature {
    /// Its arguments after `&self`.
    pub arguments: Vec<TokenStream>,
    /// What it returns.
    pub output: TokenStream,
}

/// The method of an operation as an implementation writes it.
pub(in super::super) fn signature(cx: &Cx<'_>, op: OpId) -> Signature {
    let error = suffixed(&cx.names.operation(op).prefix, "Error");
    let principal = traits::principal(cx, op);
    let arguments = traits::arguments(cx, op).into_iter().map(|(name, ty)| {
        let ty = without_runtime(ty);
        quote!(#name: #ty)
    });
    let arguments = std::iter::once(quote!(cx: Context<#principal>)).chain(arguments).collect();
    let output = without_runtime(operation::output_type(cx, op, Side::Server));
    Signature { arguments, output: quote!(Result<#output, #error>) }
}

/// Whether a type mentions a crate that an implementation has to import.
pub(in super::super) fn needs_imports(tokens: &TokenStream) -> bool {
    let file = RustFile { items: vec![super::super::Item::Tokens(tokens.clone())], ..RustFile::default() };
    let heads = file.path_heads();
    CRATES.iter().any(|(name, _)| heads.contains(*name))
}

fn method(cx: &Cx<'_>, op: OpId) -> TokenStream {
    let api = cx.api.operation(op);
    let name = &cx.names.operation(op).method;
    let request = format!("{} {}", api.method.0, api.path.text);
    let line = docs::Line::from(format!("`{}`", docs::shown(&request)));
    let Signature { arguments, output } = signature(cx, op);
    let todo = todo(&api.id);
    quote! {
        #line
        async fn #name(&self, #(#arguments),*) -> #output {
            #todo
        }
    }
}

/// A body that is still to be written. Braces in the text are no placeholders.
pub(in super::super) fn todo(id: &str) -> TokenStream {
    let text = id.replace('{', "{{").replace('}', "}}");
    let name = crate::names::ident("todo");
    quote!(#name!(#text))
}

/// A type whose paths into the runtime are those of the crate of the server, which exports the same names.
fn without_runtime(ty: TokenStream) -> TokenStream {
    let mut out = TokenStream::new();
    let mut tokens = ty.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(ident) if is_runtime(&ident) => {
                for _ in 0..2 {
                    tokens.next_if(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':'));
                }
            }
            TokenTree::Group(group) => {
                let inner = without_runtime(group.stream());
                out.extend([TokenTree::Group(proc_macro2::Group::new(group.delimiter(), inner))]);
            }
            token => out.extend([token]),
        }
    }
    out
}

fn is_runtime(ident: &Ident) -> bool {
    ident == "runtime"
}
