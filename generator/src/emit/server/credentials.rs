//! The credentials of callers, by the alternatives of the security requirements.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::super::file::RustFile;
use super::super::{Cx, docs, unused_without_tags};
use crate::ir::{KeyPlace, SchemeId, SchemeKind};

/// `credentials.rs`, which servers without security do not have.
pub(super) fn file(cx: &Cx<'_>) -> RustFile {
    let mut file = RustFile { docs: vec!["The credentials that the document requires.".into()], ..RustFile::default() };
    let alternatives = cx.names.alternatives();
    let kinds: BTreeSet<&str> =
        alternatives.iter().flat_map(|(schemes, _)| schemes).map(|id| holder(cx, *id)).collect();
    let kinds = kinds.into_iter().map(crate::names::ident);
    file.tokens(quote! {
        use crategen_runtime::models::Requirement;
        use crategen_runtime::server::{#(#kinds,)* RequestHead};
    });
    let variants = alternatives.iter().map(|(schemes, name)| variant(cx, schemes, name));
    let reads = alternatives.iter().map(|(schemes, name)| read(cx, schemes, name));
    let body = if alternatives.is_empty() {
        quote! {
            let _ = alternative;
            None
        }
    } else {
        quote! {
            let schemes: Vec<&str> = alternative.iter().map(|requirement| requirement.scheme).collect();
            match schemes.as_slice() {
                #(#reads)*
                _ => None,
            }
        }
    };
    let request =
        if alternatives.iter().any(|(schemes, _)| !schemes.is_empty()) { quote!(request) } else { quote!(_request) };
    file.tokens(quote! {
        /// The credentials that a caller presented, with one variant per alternative of the security requirements.
        #[derive(Clone, Debug)]
        pub enum Credentials {
            #(#variants)*
        }
    });
    let unused = unused_without_tags(cx, "the operations that need it are disabled");
    file.tokens(quote! {
        impl Credentials {
            #unused
            pub(crate) fn read(alternative: &[Requirement], #request: &RequestHead) -> Option<Self> {
                #body
            }
        }
    });
    let challenges = cx.api.schemes.iter().filter_map(|scheme| {
        let (name, text) = (&scheme.name, challenge(&scheme.kind)?);
        Some(quote!((#name, #text)))
    });
    file.tokens(quote! {
        /// The `WWW-Authenticate` challenge of each security scheme (RFC 9110 §11.6.1).
        #unused
        pub(crate) const CHALLENGES: &[(&str, &str)] = &[#(#challenges),*];
    });
    file
}

fn holder(cx: &Cx<'_>, id: SchemeId) -> &'static str {
    match &cx.api.scheme(id).kind {
        SchemeKind::Basic => "Basic",
        SchemeKind::MutualTls => "ClientCertificate",
        _ => "ApiKey",
    }
}

fn variant(cx: &Cx<'_>, schemes: &[SchemeId], name: &Ident) -> TokenStream {
    match schemes {
        [] => quote! {
            /// No credential, where the operation allows that.
            #name,
        },
        [only] => {
            let (line, holder) = (line(cx, *only), crate::names::ident(holder(cx, *only)));
            quote!(#line #name(#holder),)
        }
        several => {
            let fields = several.iter().map(|id| {
                let (line, holder) = (line(cx, *id), crate::names::ident(holder(cx, *id)));
                let field = cx.names.scheme(id.index());
                quote!(#line #field: #holder,)
            });
            quote! {
                /// Several credentials, all of which are required.
                #name { #(#fields)* },
            }
        }
    }
}

fn line(cx: &Cx<'_>, id: SchemeId) -> docs::Line {
    format!("`{}`: {}", docs::shown(&cx.api.scheme(id).name), docs::place_of(&cx.api.scheme(id).kind)).into()
}

fn read(cx: &Cx<'_>, schemes: &[SchemeId], name: &Ident) -> TokenStream {
    let wire: Vec<&String> = schemes.iter().map(|id| &cx.api.scheme(*id).name).collect();
    let value = |id: &SchemeId| match &cx.api.scheme(*id).kind {
        SchemeKind::ApiKey { place: KeyPlace::Header, wire } => quote!(ApiKey::header(request, #wire)?),
        SchemeKind::ApiKey { place: KeyPlace::Query, wire } => quote!(ApiKey::query(request, #wire)?),
        SchemeKind::ApiKey { place: KeyPlace::Cookie, wire } => quote!(ApiKey::cookie(request, #wire)?),
        SchemeKind::Basic => quote!(Basic::read(request)?),
        SchemeKind::MutualTls => quote!(ClientCertificate::of(request)?),
        SchemeKind::Bearer | SchemeKind::OAuth2 { .. } => quote!(ApiKey::bearer(request)?),
    };
    let made = match schemes {
        [] => quote!(Self::#name),
        [only] => {
            let value = value(only);
            quote!(Self::#name(#value))
        }
        several => {
            let fields = several.iter().map(|id| {
                let (field, value) = (cx.names.scheme(id.index()), value(id));
                quote!(#field: #value)
            });
            quote!(Self::#name { #(#fields),* })
        }
    };
    quote!([#(#wire),*] => Some(#made),)
}

/// The challenge of a security scheme; `None` if no header can ask for its credential.
fn challenge(kind: &SchemeKind) -> Option<String> {
    let text = match kind {
        SchemeKind::ApiKey { place, wire } => {
            let wire = Literal::string(wire).to_string();
            format!("ApiKey in=\"{}\", name={wire}", place.as_str())
        }
        SchemeKind::Basic => "Basic realm=\"api\", charset=\"UTF-8\"".to_owned(),
        SchemeKind::Bearer | SchemeKind::OAuth2 { .. } => "Bearer".to_owned(),
        SchemeKind::MutualTls => return None,
    };
    Some(text)
}
