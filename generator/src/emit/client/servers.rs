//! Where the API is served.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::super::file::RustFile;
use super::super::{Cx, docs};
use crate::ir::{Server, ServerVariable};
use crate::names::{ServerNames, VariableNames};

/// The servers to choose from, with their names.
fn servers<'a>(cx: &Cx<'a>) -> Vec<(&'a Server, &'a ServerNames)> {
    cx.api.offered_servers().into_iter().map(|(index, server)| (server, cx.names.server(index))).collect()
}

/// Whether there is a choice of servers.
pub(super) fn has_servers(cx: &Cx<'_>) -> bool {
    !servers(cx).is_empty()
}

/// `servers.rs`: each server as a constant, or as a struct of its variables.
pub(super) fn file(cx: &Cx<'_>) -> RustFile {
    let docs = "Where the API is served, as the document says, for [`ClientBuilder::base_url`](super::ClientBuilder::base_url).";
    let mut file = RustFile { docs: vec![docs.into()], ..RustFile::default() };
    for (server, names) in servers(cx) {
        let mut lines = vec![format!("`{}`", docs::shown(&server.url)).into()];
        docs::paragraph(&mut lines, docs::clean(&server.description));
        let attributes = docs::attributes(&lines);
        if server.variables.is_empty() {
            let (name, url) = (&names.constant, &server.url);
            file.tokens(quote! {
                #attributes
                pub const #name: &str = #url;
            });
        } else {
            with_variables(&mut file, &attributes, server, names);
        }
    }
    file
}

fn with_variables(file: &mut RustFile, attributes: &TokenStream, server: &Server, names: &ServerNames) {
    let name = &names.ty;
    let variables = || server.variables.iter().zip(&names.variables);
    let fields = variables().map(|(variable, VariableNames { field, values })| {
        let lines = docs::clean(&variable.description);
        let lines = if lines.is_empty() { vec![format!("`{}`", docs::shown(&variable.name)).into()] } else { lines };
        let attributes = docs::attributes(&lines);
        let ty = values.as_ref().map_or(quote!(String), |(ty, _)| quote!(#ty));
        quote!(#attributes pub #field: #ty,)
    });
    let defaults = variables().map(|(variable, VariableNames { field, values })| {
        let text = &variable.default;
        let chosen = values.as_ref().and_then(|(ty, members)| {
            let position = variable.values.iter().position(|value| value == text)?;
            let member = members.get(position)?;
            Some(quote!(#ty::#member))
        });
        let text = if text.is_empty() { quote!(String::new()) } else { quote!(#text.to_owned()) };
        let value = chosen.unwrap_or(text);
        quote!(#field: #value,)
    });
    let (pattern, parts) = url(server, names);
    let (argument, made) = if parts.is_empty() {
        (quote!(_), quote!(format!(#pattern)))
    } else {
        (quote!(server), quote!(format!(#pattern, #(#parts),*)))
    };
    file.tokens(quote! {
        #attributes
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct #name { #(#fields)* }
    });
    file.tokens(quote! {
        impl Default for #name {
            fn default() -> Self {
                Self { #(#defaults)* }
            }
        }
    });
    file.tokens(quote! {
        /// The URL.
        impl From<#name> for String {
            fn from(#argument: #name) -> Self {
                #made
            }
        }
    });
    for (variable, names) in variables() {
        if let Some((ty, members)) = &names.values {
            values(file, variable, ty, members);
        }
    }
}

/// `"https://{}.example.com"` and `server.region.as_str()`.
fn url(server: &Server, names: &ServerNames) -> (Literal, Vec<TokenStream>) {
    let mut pattern = String::new();
    let mut found: Vec<TokenStream> = Vec::new();
    let mut rest = server.url.as_str();
    while let Some((literal, behind)) = rest.split_once('{') {
        pattern.push_str(&literal.replace('}', "}}"));
        let known = server.variables.iter().zip(&names.variables);
        let mut variable = known.filter_map(|(variable, names)| {
            Some((behind.strip_prefix(variable.name.as_str())?.strip_prefix('}')?, names))
        });
        match variable.next_back() {
            Some((after, VariableNames { field, values })) => {
                pattern.push_str("{}");
                found.push(if values.is_some() { quote!(server.#field.as_str()) } else { quote!(server.#field) });
                rest = after;
            }
            None => {
                pattern.push_str("{{");
                rest = behind;
            }
        }
    }
    pattern.push_str(&rest.replace('}', "}}"));
    (Literal::string(&pattern), found)
}

fn values(file: &mut RustFile, variable: &ServerVariable, ty: &Ident, members: &[Ident]) {
    let line = docs::Line::from(format!("What `{}` can be.", docs::shown(&variable.name)));
    let (texts, lines): (Vec<_>, Vec<_>) =
        variable.values.iter().map(|text| (text, docs::Line::from(format!("`{}`", docs::shown(text))))).unzip();
    file.tokens(quote! {
        #line
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum #ty { #(#lines #members,)* }
    });
    file.tokens(quote! {
        impl #ty {
            /// As the URL has it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    #(Self::#members => #texts,)*
                }
            }
        }
    });
}
