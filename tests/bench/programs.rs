//! Programs that make three calls, with the clients of two generators.

/// What a program is made of.
pub(super) struct Program {
    /// The name of the client's crate.
    pub krate: &'static str,
    /// Its folder, below that of the generator's output.
    pub folder: &'static str,
    /// An expression that makes the client.
    pub client: &'static str,
    /// Expressions that make a call with `client`, and return a result.
    pub calls: [&'static str; 3],
}

/// The program for a document with the client of crategen.
pub(super) const CRATEGEN: fn(&str) -> Program = |document| Program {
    krate: "out-client",
    folder: "out-client",
    client: "out_client::Client::builder().build().unwrap()",
    calls: match document {
        "real-world/github-2021.json" => {
            ["client.meta().get().await", "client.emojis().get().await", "client.gists().get(\"1\").await"]
        }
        "real-world/box.json" => [
            "client.users().get_users_me().await",
            "client.users().get_users_id(\"1\").await",
            "client.comments().get_comments_id(\"1\").await",
        ],
        _ => [
            "client.models().list_models().await",
            "client.models().retrieve_model(\"m\").await",
            "client.files().retrieve_file(\"f\").await",
        ],
    },
};

/// The program for a document with the client of openapi-to-rust.
pub(super) const OPENAPI_TO_RUST: fn(&str) -> Program = |document| Program {
    krate: "out",
    folder: "",
    client: "out::HttpClient::new()",
    calls: match document {
        "real-world/github-2021.json" => {
            ["client.meta_get().await", "client.emojis_get().await", "client.gists_get(\"1\").await"]
        }
        "real-world/box.json" => [
            "client.get_users_me(None).await",
            "client.get_users_id(\"1\", None).await",
            "client.get_comments_id(\"1\", None).await",
        ],
        _ => ["client.list_models().await", "client.retrieve_model(\"m\").await", "client.retrieve_file(\"f\").await"],
    },
};
