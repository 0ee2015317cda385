//! Operations with a server of their own. A generated server has one base path, so it serves them below the path of the API.

use crate::diag::{Code, Diags};
use crate::ir::{Api, Direction, url_path};

/// Warns of each operation that the document has below another path.
pub(super) fn report_other_paths(api: &Api, diags: &mut Diags) {
    let base = api.base_path();
    let shown = |path: &str| if path.is_empty() { "/".to_owned() } else { path.to_owned() };
    for operation in api.operations.iter().filter(|operation| operation.direction == Direction::Call) {
        let Some(own) = operation.server.as_deref().map(url_path).filter(|own| *own != base) else { continue };
        let message = format!(
            "the server of `{}` has the path `{}`, but the generated server serves all operations below `{}`",
            operation.id,
            shown(&own),
            shown(&base)
        );
        diags
            .warn(Code::Unsupported, &operation.at, message)
            .help("rewrite the path in front of the generated server, or call `only_base_url` of the client");
    }
}
