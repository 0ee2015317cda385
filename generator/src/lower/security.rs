//! Security schemes and requirements (OpenAPI 3.0.3 §4.7.27, §4.7.30).

use super::lowering::Lowering;
use crate::diag::{Code, Pointer};
use crate::ir::{Alternative, Credential, Docs, Flow, Grant, KeyPlace, Scheme, SchemeId, SchemeKind};
use crate::spec::{ApiKeyPlace, Node, SecurityScheme};

/// Lowers the schemes, then the requirements of the document.
pub(super) fn lower_schemes(cx: &mut Lowering<'_, '_>) {
    let root = cx.spec.root();
    let nodes: Vec<(String, Node<'_>)> = root
        .get("components")
        .into_iter()
        .flat_map(|components| components.entries("securitySchemes"))
        // Swagger 2.0 has `securityDefinitions` at the root.
        .chain(root.entries("securityDefinitions"))
        .map(|(name, node)| (name.to_owned(), node))
        .collect();
    for (name, node) in nodes {
        let scheme = lower_scheme(cx, name, node);
        cx.api.schemes.extend(scheme);
    }
    cx.api.security = lower_requirements(cx, &root);
}

fn lower_scheme<'d>(cx: &mut Lowering<'d, '_>, name: String, node: Node<'d>) -> Option<Scheme> {
    let node = cx.resolve(node)?;
    let kind = match node.str("type") {
        Some("mutualTLS") => SchemeKind::MutualTls,
        Some("oauth2" | "openIdConnect") => lower_oauth2(&node),
        _ => lower_piece(cx, &node)?,
    };
    let docs = Docs { description: node.description().to_owned(), ..Docs::default() };
    Some(Scheme { at: node.at, name, docs, kind })
}

/// OAuth 2, or OpenID Connect, which is OAuth 2 without flows but with metadata.
fn lower_oauth2(node: &Node<'_>) -> SchemeKind {
    let url = ["openIdConnectUrl", "oauth2MetadataUrl"].into_iter().find_map(|key| node.str(key));
    SchemeKind::OAuth2 { flows: flows(node), metadata_url: url.filter(|url| !url.is_empty()).map(str::to_owned) }
}

/// API keys and HTTP schemes.
fn lower_piece(cx: &mut Lowering<'_, '_>, node: &Node<'_>) -> Option<SchemeKind> {
    Some(match SecurityScheme::read(node, cx.diags)? {
        SecurityScheme::ApiKey { place, name } => {
            let place = match place {
                ApiKeyPlace::Header => KeyPlace::Header,
                ApiKeyPlace::Query => KeyPlace::Query,
                ApiKeyPlace::Cookie => KeyPlace::Cookie,
            };
            SchemeKind::ApiKey { place, wire: name }
        }
        SecurityScheme::Http(scheme) => match scheme.as_str() {
            "basic" => SchemeKind::Basic,
            "bearer" => SchemeKind::Bearer,
            other => {
                cx.diags
                    .warn(
                        Code::Unsupported,
                        &node.at,
                        format!("the HTTP scheme `{other}` is not supported; it is treated as a bearer token"),
                    )
                    .help("set the `Authorization` header yourself if the server wants something else");
                SchemeKind::Bearer
            }
        },
        SecurityScheme::Token => SchemeKind::Bearer,
    })
}

/// The flows, in the order of the document, without those of unknown names.
fn flows(node: &Node<'_>) -> Vec<Flow> {
    let flow = |(name, flow): (&str, Node<'_>)| {
        let grant = match name {
            "implicit" => Grant::Implicit,
            "password" => Grant::Password,
            "clientCredentials" => Grant::ClientCredentials,
            "authorizationCode" => Grant::AuthorizationCode,
            "deviceAuthorization" => Grant::Device,
            _ => return None,
        };
        let url = |key: &str| flow.str(key).filter(|url| !url.is_empty()).map(str::to_owned);
        let scopes = flow
            .entries("scopes")
            .map(|(scope, node)| (scope.to_owned(), node.tree.as_str().unwrap_or_default().to_owned()));
        Some(Flow {
            grant,
            authorization_url: url("authorizationUrl"),
            device_authorization_url: url("deviceAuthorizationUrl"),
            token_url: url("tokenUrl"),
            refresh_url: url("refreshUrl"),
            scopes: scopes.collect(),
        })
    };
    node.entries("flows").filter_map(flow).collect()
}

/// The requirements of an operation: its own `security`, or that of the document.
pub(super) fn lower_security(cx: &mut Lowering<'_, '_>, operation: &Node<'_>) -> Vec<Alternative> {
    if operation.get("security").is_some() { lower_requirements(cx, operation) } else { cx.api.security.clone() }
}

/// The alternatives of `security`.
fn lower_requirements(cx: &mut Lowering<'_, '_>, node: &Node<'_>) -> Vec<Alternative> {
    let mut alternatives: Vec<Alternative> = Vec::new();
    for requirement in node.items("security") {
        let Some(map) = requirement.tree.as_object() else { continue };
        let mut alternative = Alternative::default();
        for (name, scopes) in map {
            // A name that is also a reference is a name (OpenAPI 3.2.0 §4.30).
            let by_reference = name.strip_prefix("#/components/securitySchemes/");
            let found = |name: &str| cx.api.schemes.iter().position(|scheme| scheme.name == name);
            let index = match found(name).or_else(|| found(by_reference?)) {
                Some(index) => index,
                None => undeclared(cx, name, &requirement.at),
            };
            let scopes = scopes.as_array().unwrap_or_default();
            alternative.credentials.push(Credential {
                scheme: SchemeId::new(index),
                scopes: scopes.iter().filter_map(|scope| scope.as_str().map(str::to_owned)).collect(),
            });
        }
        if !alternatives.contains(&alternative) {
            alternatives.push(alternative);
        }
    }
    alternatives
}

/// Adds a scheme that a requirement names but the document does not declare. A bearer token is the most likely one, and to ignore
/// the requirement would open the operation to everyone.
fn undeclared(cx: &mut Lowering<'_, '_>, name: &str, at: &Pointer) -> usize {
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
