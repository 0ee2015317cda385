//! Contract tests: for every operation, sampled values travel from the generated client to the generated server and back, in one
//! process.

mod answers;
mod manifest;
mod operation;
mod requests;

use std::path::PathBuf;

use proc_macro2::TokenStream;
use quote::quote;

use super::file::{File, RustFile};
use super::{Cx, Emitter, Files};
use crate::ir::{Literal, SchemeKind};

/// The crate of contract tests.
pub const EMITTER: Emitter = Emitter { name: "contract-tests", emit };

fn emit(cx: &Cx<'_>) -> Files {
    let mut files = Files::new();
    files.insert("Cargo.toml".into(), File::Text(manifest::manifest(cx)));
    files.insert("README.md".into(), File::Text(manifest::readme(cx)));
    files.insert("src/lib.rs".into(), File::Rust(lib(cx)));
    for (index, group) in cx.api.groups.iter().enumerate() {
        let module = &cx.names.group(index).module;
        files.insert(PathBuf::from("src").join(format!("{module}.rs")), File::Rust(operation::file(cx, index, group)));
    }
    files
}

fn lib(cx: &Cx<'_>) -> RustFile {
    let docs =
        "What the client sends arrives at the server, and what the server answers arrives at the client: `cargo test`.";
    let mut file = RustFile { docs: vec![docs.to_owned()], ..RustFile::default() };
    file.attributes =
        vec!["cfg(test)", "allow(deprecated, dead_code, non_snake_case, unused_imports, unused_mut, clippy::all)"];
    let modules: Vec<_> = (0..cx.api.groups.len()).map(|index| &cx.names.group(index).module).collect();
    let krate = |name: &str| crate::names::ident(&format!("{}_{name}", cx.names.base.replace('-', "_")));
    let (models, client, server) = (krate("models"), krate("client"), krate("server"));
    file.tokens(quote! {
        #(mod #modules;)*
    });
    file.tokens(quote! {
        use std::fmt::Debug;

        pub(crate) use #client as client;
        pub(crate) use #models as models;
        pub(crate) use #server as server;
        use models::Validate;
        use models::serde_json;
        use serde::Serialize;
        use serde::de::DeserializeOwned;
    });
    file.tokens(quote! {
        /// Compares what arrives with what was sent, and gives one of the documented answers.
        pub(crate) struct Contract {
            /// Which answer, in the order of the document.
            pub answer: usize,
        }
    });
    file.tokens(quote! {
        impl server::Api for Contract {
            type Principal = ();

            async fn authenticate(
                &self,
                _: server::Credentials,
                _: &server::RequestInfo<'_>,
            ) -> Result<(), server::AuthError> {
                Ok(())
            }
        }
    });
    let credentials = credentials(cx);
    file.tokens(quote! {
        /// A client of a server that gives one answer.
        pub(crate) fn calling(answer: usize) -> client::Client {
            let server = server::Server::new(Contract { answer }).into_app();
            client::Client::builder()
                .base_url(format!("http://contract.test{}", server::BASE_PATH))
                .retry(client::RetryPolicy::none())
                #credentials
                .transport(client::InProcess(server))
                .build()
                .expect("the settings of the test are fine")
        }
    });
    file.tokens(quote! {
        /// A value that was sampled from the document.
        pub(crate) fn sample<T: DeserializeOwned>(json: &str) -> T {
            serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"))
        }
    });
    file.tokens(quote! {
        /// Whether two values are the same on the wire.
        pub(crate) fn same<T: Serialize + Debug>(found: &T, expected: &T) {
            let json = |value: &T| serde_json::to_value(value).expect("values of the API are JSON");
            assert_eq!(json(found), json(expected));
        }
    });
    file.tokens(quote! {
        /// Whether a sample breaks a rule that samples are not made for; then there is nothing to send.
        pub(crate) fn is_invalid<T: Validate>(operation: &str, value: &T) -> bool {
            let Err(invalid) = value.validate() else { return false };
            println!("{operation} is not called: its sample is not valid: {invalid:?}");
            true
        }
    });
    file
}

/// Every credential, so that no operation is refused.
fn credentials(cx: &Cx<'_>) -> TokenStream {
    let each = cx.api.schemes.iter().enumerate().map(|(index, scheme)| {
        let name = cx.names.scheme(index);
        match scheme.kind {
            SchemeKind::Basic => quote!(.#name("user", "password")),
            SchemeKind::ApiKey { .. } | SchemeKind::Bearer => quote!(.#name("credential")),
        }
    });
    each.collect()
}

/// `sample("...")` of a value.
fn sampled(value: &Literal) -> TokenStream {
    let text = value.json();
    quote!(sample(#text))
}
