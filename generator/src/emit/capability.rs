//! What the runtime can do beyond the basics: when a document needs it, which feature brings it, what users see of it.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::Cx;
use super::needs::Needs;
use crate::config::{Config, DateTime, MapType};

/// A crate of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Krate {
    /// The types.
    Models,
    /// The client.
    Client,
    /// The server.
    Server,
}

/// Something that the runtime can do for documents that need it.
pub struct Capability {
    /// The feature of `crategen-runtime` that brings it.
    feature: &'static str,
    /// Whether a document needs it.
    is_needed: fn(&Needs, &Config) -> bool,
    /// The crates that turn the feature on, each with what it re-exports, as paths below `crategen_runtime`.
    crates: &'static [(Krate, &'static [&'static str])],
}

use Krate::{Client, Models, Server};

/// Every capability, by its feature.
const CAPABILITIES: &[Capability] = &[
    Capability { feature: "bytes", is_needed: |needs, _| needs.bytes, crates: &[(Models, &[])] },
    Capability {
        feature: "chrono",
        is_needed: |needs, config| needs.dates && config.types.date_time == DateTime::Chrono,
        crates: &[(Models, &["chrono"]), (Client, &[]), (Server, &[])],
    },
    Capability {
        feature: "events",
        is_needed: |needs, _| needs.events,
        crates: &[
            (Models, &["models::StreamEvent"]),
            (Client, &["client::EventStream", "client::LineStream", "client::StreamError"]),
            (
                Server,
                &[
                    "server::Disconnected",
                    "server::EventBody",
                    "server::LineBody",
                    "server::StreamSender",
                    "server::WholeOrEvents",
                ],
            ),
        ],
    },
    Capability {
        feature: "indexmap",
        is_needed: |_, config| config.types.map == MapType::IndexMap,
        crates: &[(Models, &["indexmap"]), (Client, &[]), (Server, &[])],
    },
    Capability {
        feature: "jiff",
        is_needed: |needs, config| needs.dates && config.types.date_time == DateTime::Jiff,
        crates: &[(Models, &["jiff"]), (Client, &[]), (Server, &[])],
    },
    Capability {
        feature: "links",
        is_needed: |needs, _| needs.links,
        crates: &[(Client, &["client::links::LinkError"])],
    },
    Capability {
        feature: "multipart",
        is_needed: |needs, _| needs.multipart,
        crates: &[(Models, &["models::FilePart"]), (Client, &[])],
    },
    Capability { feature: "multipart-server", is_needed: |needs, _| needs.multipart, crates: &[(Server, &[])] },
    Capability { feature: "oauth", is_needed: |needs, _| needs.oauth, crates: &[(Client, &["client::credentials"])] },
    Capability {
        feature: "pagination",
        is_needed: |needs, _| needs.pagination,
        crates: &[(Client, &["client::pagination", "client::pagination::Paginated"])],
    },
    Capability { feature: "patterns", is_needed: |needs, _| needs.patterns, crates: &[(Models, &[]), (Server, &[])] },
    Capability {
        feature: "streams",
        is_needed: |needs, _| needs.streams,
        crates: &[(Client, &["client::ByteStream", "client::UploadBody"])],
    },
    Capability {
        feature: "time",
        is_needed: |needs, config| needs.dates && config.types.date_time == DateTime::Time,
        crates: &[(Models, &["time", "models::Date", "models::DateTime"]), (Client, &[]), (Server, &[])],
    },
    Capability {
        feature: "uuid",
        is_needed: |needs, _| needs.uuid,
        crates: &[(Models, &["uuid"]), (Client, &[]), (Server, &[])],
    },
    Capability {
        feature: "xml",
        is_needed: |needs, _| needs.xml,
        crates: &[(Models, &[]), (Client, &[]), (Server, &[])],
    },
];

/// The capabilities that a crate of the output needs: features and what it re-exports.
fn needed(
    needs: &Needs,
    config: &Config,
    krate: Krate,
) -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    CAPABILITIES.iter().filter(|capability| (capability.is_needed)(needs, config)).filter_map(move |capability| {
        let (_, exports) = capability.crates.iter().find(|(known, _)| *known == krate)?;
        Some((capability.feature, *exports))
    })
}

/// The features of the runtime that a crate of the output turns on.
pub(super) fn features(needs: &Needs, config: &Config, krate: Krate) -> Vec<&'static str> {
    let base = match krate {
        Models => "models",
        Client => "client",
        Server => "server",
    };
    std::iter::once(base).chain(needed(needs, config, krate).map(|(feature, _)| feature)).collect()
}

/// The features of the runtime that all configured crates need together, sorted.
pub fn runtime_features(needs: &Needs, config: &Config) -> Vec<&'static str> {
    let crates = [(Models, config.crates.models), (Client, config.crates.client), (Server, config.crates.server)];
    let wanted = crates.into_iter().filter(|(_, wanted)| *wanted);
    let all: BTreeSet<&str> = wanted.flat_map(|(krate, _)| features(needs, config, krate)).collect();
    all.into_iter().collect()
}

/// What a crate of the output re-exports of the runtime for what its document needs.
pub(super) fn exports(cx: &Cx<'_>, krate: Krate) -> TokenStream {
    let paths = needed(cx.needs, cx.config, krate).flat_map(|(_, exports)| exports);
    let uses = paths.filter_map(|path| path.parse::<TokenStream>().ok());
    quote!(#(pub use crategen_runtime::#uses;)*)
}

/// A feature of a generated crate that its users turn on.
pub struct Choice {
    /// Its name.
    pub name: &'static str,
    /// What it is for, as a comment of the manifest.
    pub about: &'static str,
    /// Whether there is a feature of the runtime that it turns on, which has the same name.
    pub of_runtime: bool,
    is_offered: fn(&Needs) -> bool,
}

const fn choice(name: &'static str, about: &'static str) -> Choice {
    Choice { name, about, of_runtime: true, is_offered: |_| true }
}

const CLIENT_CHOICES: &[Choice] = &[
    choice("rustls", "TLS by rustls with the platform's certificates."),
    choice("rustls-no-provider", "TLS by rustls; the program installs the crypto provider."),
    choice("native-tls", "TLS by the platform's own library."),
    choice("gzip", "Compressed responses."),
    choice("in-process", "Calls to a tower service in the same process."),
    choice("blocking", "Calls from code that is not async."),
    choice("tracing", "One span per call."),
    Choice {
        is_offered: |needs| needs.oauth,
        ..choice("authorization-code", "The authorization code grant, with PKCE.")
    },
];

const SERVER_CHOICES: &[Choice] = &[
    choice("http1", "HTTP/1."),
    choice("http2", "HTTP/2."),
    choice("docs", "`Server::docs`: a page that shows the OpenAPI document and lets people try it."),
    choice("mock", "An implementation that responds with the examples of the document."),
    choice("serve", "`Server::serve`: listens until ctrl-c or SIGTERM."),
    Choice { of_runtime: false, ..choice("stubs", "Operations that are not implemented yet respond with 501.") },
];

/// The features of a generated crate that its users turn on, beside those of the tags.
pub(super) fn choices(cx: &Cx<'_>, krate: Krate) -> impl Iterator<Item = &'static Choice> {
    let all = match krate {
        Models => &[],
        Client => CLIENT_CHOICES,
        Server => SERVER_CHOICES,
    };
    all.iter().filter(|choice| (choice.is_offered)(cx.needs))
}
