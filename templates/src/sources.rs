//! The files of this crate, which crategen writes next to the crates that it generates.

use std::sync::LazyLock;

/// Returns every file of the crate as users get it: its path below the folder of the crate, and its text.
///
/// There are no tests, so the manifest has no section `[dev-dependencies]`.
pub fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    std::iter::once(("Cargo.toml", MANIFEST.as_str())).chain(FILES.iter().copied())
}

static MANIFEST: LazyLock<String> = LazyLock::new(|| {
    let mut kept = true;
    let mut is_kept = |line: &&str| {
        if line.starts_with('[') {
            kept = !line.starts_with("[dev-dependencies") && !line.starts_with("[[");
        }
        kept
    };
    let manifest: String = include_str!("../Cargo.toml").split_inclusive('\n').filter(|line| is_kept(line)).collect();
    format!("{}\n", manifest.trim_end())
});

macro_rules! files {
    ($($path:literal)*) => {
        &[$(($path, include_str!(concat!("../", $path)))),*]
    };
}

/// The files in the order of their paths; `tests/sources.rs` compares them with the folder.
const FILES: &[(&str, &str)] = files! {
    "README.md"
    "src/client/api_error.rs"
    "src/client/arguments.rs"
    "src/client/authorize.rs"
    "src/client/blocking.rs"
    "src/client/budget.rs"
    "src/client/builder.rs"
    "src/client/call.rs"
    "src/client/credential.rs"
    "src/client/credentials/authorization_code.rs"
    "src/client/credentials/authorization_server.rs"
    "src/client/credentials/cache.rs"
    "src/client/credentials/client_id.rs"
    "src/client/credentials/device.rs"
    "src/client/credentials/error.rs"
    "src/client/credentials/exchange.rs"
    "src/client/credentials/grant.rs"
    "src/client/credentials/mod.rs"
    "src/client/credentials/token.rs"
    "src/client/error/any.rs"
    "src/client/error/call.rs"
    "src/client/error/decode.rs"
    "src/client/error/mod.rs"
    "src/client/error/request.rs"
    "src/client/error/send.rs"
    "src/client/error/transport.rs"
    "src/client/events/error.rs"
    "src/client/events/event_stream.rs"
    "src/client/events/line_stream.rs"
    "src/client/events/mod.rs"
    "src/client/events/parse.rs"
    "src/client/handle.rs"
    "src/client/in_process.rs"
    "src/client/links.rs"
    "src/client/mod.rs"
    "src/client/multipart.rs"
    "src/client/opened.rs"
    "src/client/pagination.rs"
    "src/client/payload.rs"
    "src/client/raw.rs"
    "src/client/redirect.rs"
    "src/client/reopen.rs"
    "src/client/request.rs"
    "src/client/response.rs"
    "src/client/retry.rs"
    "src/client/send.rs"
    "src/client/span.rs"
    "src/client/streams.rs"
    "src/client/transport.rs"
    "src/client/xml.rs"
    "src/lib.rs"
    "src/models/base64.rs"
    "src/models/constants.rs"
    "src/models/dates.rs"
    "src/models/defaults.rs"
    "src/models/enums/int.rs"
    "src/models/enums/json.rs"
    "src/models/enums/mod.rs"
    "src/models/enums/string.rs"
    "src/models/events.rs"
    "src/models/files.rs"
    "src/models/mod.rs"
    "src/models/never.rs"
    "src/models/object/key.rs"
    "src/models/object/mod.rs"
    "src/models/object/mode.rs"
    "src/models/object/properties.rs"
    "src/models/object/read.rs"
    "src/models/object/unknown.rs"
    "src/models/object/visit.rs"
    "src/models/operation.rs"
    "src/models/params/deep.rs"
    "src/models/params/form.rs"
    "src/models/params/mod.rs"
    "src/models/params/param.rs"
    "src/models/params/parts/decode.rs"
    "src/models/params/parts/encode.rs"
    "src/models/params/parts/mod.rs"
    "src/models/params/read.rs"
    "src/models/params/table.rs"
    "src/models/params/write.rs"
    "src/models/patch.rs"
    "src/models/patterns.rs"
    "src/models/problem.rs"
    "src/models/strict.rs"
    "src/models/unions/by_shape.rs"
    "src/models/unions/by_tag.rs"
    "src/models/unions/candidate.rs"
    "src/models/unions/mod.rs"
    "src/models/unions/resumed.rs"
    "src/models/unions/tagged_union.rs"
    "src/models/unions/union.rs"
    "src/models/unions/variant.rs"
    "src/models/validate/applicators.rs"
    "src/models/validate/arrays.rs"
    "src/models/validate/checks.rs"
    "src/models/validate/equality.rs"
    "src/models/validate/implementations.rs"
    "src/models/validate/mod.rs"
    "src/models/validate/multiple.rs"
    "src/models/validate/objects.rs"
    "src/models/validate/values.rs"
    "src/models/xml/element.rs"
    "src/models/xml/mod.rs"
    "src/models/xml/name.rs"
    "src/models/xml/read.rs"
    "src/models/xml/tree.rs"
    "src/models/xml/write.rs"
    "src/server/accept.rs"
    "src/server/authenticate.rs"
    "src/server/bounds.rs"
    "src/server/context.rs"
    "src/server/credential.rs"
    "src/server/docs.rs"
    "src/server/error.rs"
    "src/server/events.rs"
    "src/server/incoming.rs"
    "src/server/mock.rs"
    "src/server/mod.rs"
    "src/server/multipart.rs"
    "src/server/no_operations.rs"
    "src/server/respond.rs"
    "src/server/route.rs"
    "src/server/router.rs"
    "src/server/shutdown.rs"
    "src/server/with_headers.rs"
    "src/server/xml.rs"
    "src/sources.rs"
    "src/version.rs"
};
