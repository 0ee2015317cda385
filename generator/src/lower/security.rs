//! Security schemes and requirements (OpenAPI 3.0.3 §4.7.27, §4.7.30).

use openapiv3::{APIKeyLocation, SecurityScheme};

use super::cx::Cx;
use crate::diag::Code;
use crate::ir::{Alternative, Credential, Docs, KeyPlace, Scheme, SchemeId, SchemeKind};
use crate::spec::{Node, Spec};

/// Lowers the schemes, then what the document requires by default.
pub(super) fn lower_schemes(cx: &mut Cx<'_, '_>) {
    let root = cx.spec.root();
    let nodes: Vec<(String, Node<'_>)> = root
        .get("components")
        .into_iter()
        .flat_map(|components| components.entries("securitySchemes"))
        // Swagger 2.0 has them at the root.
        .chain(root.entries("securityDefinitions"))
        .map(|(name, node)| (name.to_owned(), node))
        .collect();
    for (name, node) in nodes {
        let scheme = lower_scheme(cx, name, node);
        cx.api.schemes.extend(scheme);
    }
    cx.api.security = lower_requirements(cx, &root);
}

fn lower_scheme<'d>(cx: &mut Cx<'d, '_>, name: String, node: Node<'d>) -> Option<Scheme> {
    let node = cx.resolve(node)?;
    if node.str("type") == Some("mutualTLS") {
        cx.diags
            .warn(
                Code::Unsupported,
                &node.at,
                "client certificates are a matter of the transport; nothing is checked for them",
            )
            .help(
                "pass an `http_client` with the certificate to the client, and check it where TLS ends on the server",
            );
        cx.transport_schemes.insert(name);
        return None;
    }
    let piece: SecurityScheme = Spec::piece(&node, cx.diags)?;
    let (kind, description) = match piece {
        SecurityScheme::APIKey { location, name, description, .. } => {
            let place = match location {
                APIKeyLocation::Header => KeyPlace::Header,
                APIKeyLocation::Query => KeyPlace::Query,
                APIKeyLocation::Cookie => KeyPlace::Cookie,
            };
            (SchemeKind::ApiKey { place, wire: name }, description)
        }
        SecurityScheme::HTTP { scheme, description, .. } => match scheme.to_ascii_lowercase().as_str() {
            "basic" => (SchemeKind::Basic, description),
            "bearer" => (SchemeKind::Bearer, description),
            other => {
                cx.diags
                    .warn(Code::Unsupported, &node.at, format!("the http scheme `{other}` is sent as a bearer token"))
                    .help("set the `Authorization` header yourself if the server wants something else");
                (SchemeKind::Bearer, description)
            }
        },
        // An access token travels as a bearer token (RFC 6750), whoever issued it.
        SecurityScheme::OAuth2 { description, .. } | SecurityScheme::OpenIDConnect { description, .. } => {
            (SchemeKind::Bearer, description)
        }
    };
    let docs = Docs { description: description.unwrap_or_default(), ..Docs::default() };
    Some(Scheme { at: node.at, name, docs, kind })
}

/// What an operation requires: its own `security`, or the document's.
pub(super) fn lower_security(cx: &mut Cx<'_, '_>, operation: &Node<'_>) -> Vec<Alternative> {
    if operation.get("security").is_some() { lower_requirements(cx, operation) } else { cx.api.security.clone() }
}

fn lower_requirements(cx: &mut Cx<'_, '_>, node: &Node<'_>) -> Vec<Alternative> {
    let mut alternatives: Vec<Alternative> = Vec::new();
    for requirement in node.items("security") {
        let Some(map) = requirement.tree.as_object() else { continue };
        let mut alternative = Alternative::default();
        for (name, scopes) in map {
            if cx.transport_schemes.contains(name) {
                continue;
            }
            let index = match cx.api.schemes.iter().position(|scheme| scheme.name == *name) {
                Some(index) => index,
                None => undeclared(cx, name, &requirement.at),
            };
            let scopes = scopes.as_array().unwrap_or_default();
            alternative.credentials.push(Credential {
                scheme: SchemeId(u32::try_from(index).unwrap_or(u32::MAX)),
                scopes: scopes.iter().filter_map(|scope| scope.as_str().map(str::to_owned)).collect(),
            });
        }
        if !alternatives.contains(&alternative) {
            alternatives.push(alternative);
        }
    }
    alternatives
}

/// A scheme that a requirement names but nobody declares: a bearer token is the most likely one, and leaving the requirement
/// out would open the operation to everyone.
fn undeclared(cx: &mut Cx<'_, '_>, name: &str, at: &crate::diag::Pointer) -> usize {
    cx.diags
        .warn(
            Code::UnknownSecurityScheme,
            &at.push(name),
            format!("there is no security scheme `{name}`; a bearer token is expected"),
        )
        .help("declare it under `components.securitySchemes`");
    cx.api.schemes.push(Scheme {
        at: at.push(name),
        name: name.to_owned(),
        docs: Docs::default(),
        kind: SchemeKind::Bearer,
    });
    cx.api.schemes.len() - 1
}
