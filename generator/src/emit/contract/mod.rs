//! Contract tests: they run the generated client against the generated server in one process, with sampled values for every
//! operation.

mod answers;
mod bodies;
mod operation;
mod requests;

use proc_macro2::TokenStream;
use quote::quote;

use super::file::RustFile;
use super::modules::{self, Module};
use super::{Cx, Emitter, Files, manifest, readme};
use crate::ir::{Direction, Literal, OpId, SchemeKind};

/// The crate of contract tests.
pub const EMITTER: Emitter = Emitter { name: "contract-tests", emit };

fn emit(cx: &Cx<'_>, files: &mut Files<'_>) {
    files.text("Cargo.toml", || manifest::contract_tests(cx));
    files.text("README.md", || readme(cx));
    files.rust("src/lib.rs", || lib(cx));
    let tagged = tagged(cx);
    for (index, module) in &tagged {
        let operations = cx.api.groups.get(*index).map(|group| group.operations.clone()).unwrap_or_default();
        files.rust(module.file(), || operation::file(cx, *index, &operations, &quote!(super::super)));
    }
    let modules: Vec<Module<'_>> = tagged.into_iter().map(|(_, module)| module).collect();
    modules::declare(files, &modules, &|_, _| {});
    if let Some((first, _)) = cx.api.untagged_groups().next() {
        let operations: Vec<OpId> =
            cx.api.untagged_groups().flat_map(|(_, group)| group.operations.iter().copied()).collect();
        files.rust("src/untagged.rs", || operation::file(cx, first, &operations, &quote!(super)));
    }
}

/// The modules of tags, with the positions of their groups.
fn tagged<'a>(cx: &Cx<'a>) -> Vec<(usize, Module<'a>)> {
    let calls = cx.api.accessor_groups().filter(|(_, group)| group.direction == Direction::Call);
    calls.map(|(index, _)| (index, Module { cfg: None, ..modules::module(cx, index) })).collect()
}

fn readme(cx: &Cx<'_>) -> String {
    let (base, title) = (&cx.names.base, readme::title(cx));
    let about = format!(
        "For every operation of the {title}, these tests send sampled values from `{base}-client` to `{base}-server` and back, \
         once per documented response: `cargo test -p {base}-contract-tests`."
    );
    readme::readme(cx, "contract-tests", &about)
}

fn lib(cx: &Cx<'_>) -> RustFile {
    let docs = "Tests that run the client against the server: what either side sends must arrive at the other.";
    let mut file = RustFile { docs: vec![docs.into()], ..RustFile::default() };
    file.attributes = vec![
        "cfg(test)",
        "allow(deprecated, dead_code, non_snake_case, unused_imports, unused_mut, unused_variables, clippy::all)",
    ];
    let krate = |name: &str| crate::names::ident(&format!("{}_{name}", cx.names.base.replace('-', "_")));
    let (models, client, server) = (krate("models"), krate("client"), krate("server"));
    let modules: Vec<Module<'_>> = tagged(cx).into_iter().map(|(_, module)| module).collect();
    let folders = modules::folders(&modules);
    let untagged = cx.api.untagged_groups().next().map(|_| {
        quote!(
            mod untagged;
        )
    });
    file.tokens(quote!(#folders #untagged));
    let xml = cx.needs.xml.then(|| {
        quote!(
            use crategen_runtime::models::xml;
        )
    });
    file.tokens(quote! {
        use std::fmt::Debug;

        pub(crate) use #client as client;
        pub(crate) use #models as models;
        pub(crate) use #server as server;
        use crategen_runtime::serde::Serialize;
        use crategen_runtime::serde::de::DeserializeOwned;
        use crategen_runtime::serde_json;
        #xml
    });
    file.tokens(quote! {
        /// Compares what arrives with what was sent, and returns one of the documented responses.
        pub(crate) struct Contract {
            /// The position of the response, in the order of the document.
            pub answer: usize,
        }
    });
    let authentication = cx.api.is_secured().then(|| {
        quote! {
            type Principal = ();

            async fn authenticate(
                &self,
                _: server::Credentials,
                _: &server::RequestInfo<'_>,
            ) -> Result<(), server::AuthError> {
                Ok(())
            }

            fn has_scope(&self, (): &(), _: &str) -> bool {
                true
            }
        }
    });
    file.tokens(quote!(impl server::Api for Contract { #authentication }));
    let credentials = credentials(cx);
    let has_servers = cx.api.operations.iter().any(|operation| operation.server.is_some());
    let only_base_url = has_servers.then(|| quote!(.only_base_url()));
    file.tokens(quote! {
        /// Creates a client of a server that returns one of the documented responses.
        pub(crate) fn calling(answer: usize) -> client::Client {
            let server = server::Server::new(Contract { answer }).into_app();
            client::Client::builder()
                .base_url(format!("http://contract.test{}", server::BASE_PATH))
                .retry(client::RetryPolicy::none())
                #only_base_url
                #credentials
                .transport(client::InProcess(server))
                .build()
                .expect("the settings of the test are fine")
        }
    });
    file.tokens(quote! {
        /// Decodes a value that was sampled from the document.
        pub(crate) fn sample<T: DeserializeOwned>(json: &str) -> T {
            serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"))
        }
    });
    file.tokens(quote! {
        /// Asserts that two values are the same on the wire.
        pub(crate) fn same<T: Serialize + Debug>(found: &T, expected: &T) {
            let json = |value: &T| serde_json::to_value(value).expect("values of the API are JSON");
            assert_eq!(json(found), json(expected));
        }
    });
    if cx.needs.xml {
        file.tokens(quote! {
            /// Writes a value as XML and reads it again: XML does not tell an empty list from an absent one, or an empty element's type.
            #[allow(dead_code)]
            pub(crate) fn through_xml<T: Serialize + DeserializeOwned>(element: &xml::Element, value: &T) -> T {
                let value = serde_json::to_value(value).expect("values of the API are JSON");
                let text = xml::write(element, &value).expect("a sample is XML");
                let value = xml::read(element, &text).expect("what was written is XML");
                serde_json::from_value(value).unwrap_or_else(|error| panic!("{error}"))
            }
        });
    }
    if cx.analysis.types.iter().any(|found| found.has_defaults) {
        file.tokens(quote! {
            /// Fills in the defaults of a body, as the server does.
            pub(crate) fn filled<T: models::Defaults>(mut value: T) -> T {
                value.fill_defaults();
                value
            }
        });
    }
    file.tokens(quote! {
        /// Returns whether a sample is invalid, which happens if a schema has rules that the sampler does not support. The test then sends nothing.
        pub(crate) fn is_invalid(operation: &str, validate: impl FnOnce(&mut models::Checks<'_>)) -> bool {
            let mut violations = Vec::new();
            validate(&mut models::Checks::new("#", &mut violations));
            if !violations.is_empty() {
                println!("{operation} is not called because its sample is invalid: {violations:?}");
            }
            !violations.is_empty()
        }
    });
    file
}

/// Sets every credential, so that no operation is refused.
fn credentials(cx: &Cx<'_>) -> TokenStream {
    let each = cx.api.schemes.iter().enumerate().map(|(index, scheme)| {
        let name = cx.names.scheme(index);
        match scheme.kind {
            SchemeKind::Basic => quote!(.#name("user", "password")),
            SchemeKind::MutualTls => TokenStream::new(),
            _ => quote!(.#name("credential")),
        }
    });
    each.collect()
}

/// `sample("...")` of a value.
fn sampled(value: &Literal) -> TokenStream {
    let text = value.json();
    quote!(sample(#text))
}
