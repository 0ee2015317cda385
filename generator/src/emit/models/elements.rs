//! The elements of XML bodies: how client and server write and read them.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::super::file::RustFile;
use super::super::operation;
use super::super::{Cx, docs};
use crate::ir::{Content, Media, OpId, XmlContent, XmlElement, XmlMember, XmlName, XmlObject, XmlPlace};

/// `elements.rs`
pub(super) fn file(cx: &Cx<'_>) -> RustFile {
    let mut file = RustFile {
        docs: vec!["The elements of XML bodies: those of each type, called as it is, or as its owner and property, and the roots.".into()],
        attributes: vec!["allow(non_upper_case_globals)"],
        ..RustFile::default()
    };
    let (mut roots, mut used) = (Vec::new(), BTreeSet::new());
    for (id, operation) in cx.api.operation_ids() {
        for content in operation.body.iter().flat_map(operation::xml_requests) {
            reach(cx, content, &mut used);
            roots.extend(root(cx, &operation::request_element(cx, id, content), id, content));
        }
        for (index, response) in operation.responses.iter().enumerate() {
            for (position, content) in operation::xml_responses(response) {
                reach(cx, content, &mut used);
                roots.extend(root(cx, &operation::response_element(cx, id, index, position), id, content));
            }
        }
    }
    let objects = cx.api.xml.iter().enumerate().filter(|(index, _)| used.contains(index));
    let objects = objects.map(|(index, shape)| object(cx, index, shape));
    let all: Vec<TokenStream> = objects.chain(roots).collect();
    let mut probe = RustFile::default();
    for tokens in &all {
        probe.tokens(tokens.clone());
    }
    let identifiers = probe.identifiers();
    let words = ["Content", "Element", "Member", "Object"].into_iter().filter(|name| identifiers.contains(*name));
    let words = words.map(crate::names::ident);
    file.tokens(quote!(use crategen_runtime::models::xml::{#(#words),*};));
    for tokens in all {
        file.tokens(tokens);
    }
    file
}

/// The objects that a body is made of.
fn reach(cx: &Cx<'_>, content: &Content, used: &mut BTreeSet<usize>) {
    let Media::Xml { element, .. } = &content.media else { return };
    let mut open = vec![&element.content];
    while let Some(content) = open.pop() {
        match content {
            XmlContent::List(item) => open.push(&item.content),
            XmlContent::Map(entry) => open.push(entry),
            XmlContent::Object(index) => {
                let Some(object) = cx.api.xml.get(*index).filter(|_| used.insert(*index)) else { continue };
                open.push(&object.rest);
                open.extend(object.members.iter().map(|member| &member.element.content));
            }
            XmlContent::Text | XmlContent::Number | XmlContent::Boolean | XmlContent::Scalar | XmlContent::Any => {}
        }
    }
}

fn root(cx: &Cx<'_>, name: &Ident, op: OpId, content: &Content) -> Option<TokenStream> {
    let Media::Xml { element, .. } = &content.media else { return None };
    let line = docs::Line::from(format!("A body of `{}`.", docs::shown(&cx.api.operation(op).id)));
    let element = self::element(cx, element);
    Some(quote! {
        #line
        pub static #name: Element = #element;
    })
}

/// What an object is called: as its type.
fn name(cx: &Cx<'_>, index: usize) -> Ident {
    let Some(object) = cx.api.xml.get(index) else { return crate::names::ident("Object") };
    match (&object.ty, &object.owner) {
        (Some(ty), _) => cx.names.ty(*ty).clone(),
        // No type has an underscore in its name. Owners come before their parts.
        (None, Some((owner, key))) if *owner < index => {
            format_ident!("{}_{}", name(cx, *owner), crate::names::pascal(key))
        }
        (None, _) => format_ident!("Object_{}", index),
    }
}

fn object(cx: &Cx<'_>, index: usize, object: &XmlObject) -> TokenStream {
    let name = name(cx, index);
    let members = object.members.iter().map(|member| self::member(cx, member));
    let rest = (object.rest != XmlContent::Any).then(|| {
        let rest = content(cx, &object.rest);
        quote!(.rest(#rest))
    });
    quote!(static #name: Object = Object::new(&[#(#members),*]) #rest;)
}

fn member(cx: &Cx<'_>, member: &XmlMember) -> TokenStream {
    let key = Literal::string(&member.key);
    let content = content(cx, &member.element.content);
    let named = (member.element.name.local != member.key).then(|| {
        let name = Literal::string(&member.element.name.local);
        quote!(.named(#name))
    });
    let namespace = namespace(&member.element.name);
    let required = member.required.then(|| quote!(.required()));
    let place = crate::names::ident(match member.place {
        XmlPlace::Element => "element",
        XmlPlace::Attribute => "attribute",
        XmlPlace::Repeated => "repeated",
        XmlPlace::Text => "text",
    });
    quote!(Member::#place(#key, #content) #named #namespace #required)
}

fn element(cx: &Cx<'_>, element: &XmlElement) -> TokenStream {
    let name = Literal::string(&element.name.local);
    let (content, namespace) = (content(cx, &element.content), namespace(&element.name));
    quote!(Element::new(#name, #content) #namespace)
}

fn namespace(name: &XmlName) -> Option<TokenStream> {
    let (namespace, prefix) = (Literal::string(&name.namespace), Literal::string(&name.prefix));
    (!name.namespace.is_empty() || !name.prefix.is_empty()).then(|| quote!(.namespace(#namespace, #prefix)))
}

fn content(cx: &Cx<'_>, content: &XmlContent) -> TokenStream {
    match content {
        XmlContent::Text => quote!(Content::Text),
        XmlContent::Number => quote!(Content::Number),
        XmlContent::Boolean => quote!(Content::Boolean),
        XmlContent::Scalar => quote!(Content::Scalar),
        XmlContent::Any => quote!(Content::Any),
        XmlContent::List(item) => {
            let item = element(cx, item);
            quote!(Content::List(&#item))
        }
        XmlContent::Map(entry) => {
            let entry = self::content(cx, entry);
            quote!(Content::Map(&#entry))
        }
        XmlContent::Object(index) => {
            let name = name(cx, *index);
            quote!(Content::Object(&#name))
        }
    }
}
