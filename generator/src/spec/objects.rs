//! The OpenAPI objects that later stages read as a whole, with default values filled in and with the places of their schemas.

use openapiv3::{Content, ParameterSchemaOrContent, PathStyle, QueryStyle};

use super::{Node, piece};
use crate::diag::{Diags, Pointer};

/// The media types of a body, each with the place of its schema.
pub type MediaSchemas = Vec<(String, Option<Pointer>)>;

/// What describes the value of a parameter or a header.
#[derive(Clone, Debug)]
pub enum ParameterValue {
    /// `schema`.
    Schema(Pointer),
    /// `content`, and the schema of its media type.
    Content(Option<Pointer>),
}

/// Parameter Object (OpenAPI 3.0.3 §4.7.12).
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// `in`.
    pub place: ParameterPlace,
    /// `style`, or the default for its place.
    pub style: ParameterStyle,
    /// `explode`, or the default for its style.
    pub explode: bool,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// `required`.
    pub required: bool,
    /// `deprecated`.
    pub deprecated: bool,
    /// `description`, or an empty string.
    pub description: String,
    /// Its value.
    pub value: ParameterValue,
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterPlace {
    /// In the path of the URL.
    Path,
    /// In the query of the URL.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

/// How arrays and objects are written in a parameter (OpenAPI 3.0.3 §4.7.12.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterStyle {
    /// `a,b`
    Simple,
    /// `.a.b`
    Label,
    /// `;name=a,b`
    Matrix,
    /// `name=a,b`
    Form,
    /// `name=a%20b`
    SpaceDelimited,
    /// `name=a|b`
    PipeDelimited,
    /// `name[key]=a`
    DeepObject,
}

impl Parameter {
    /// Reads a parameter that has a `schema` or `content`. A mistake is reported.
    pub fn read(node: &Node<'_>, diags: &mut Diags) -> Option<Self> {
        use openapiv3::Parameter as Piece;
        let piece: Piece = piece::read(node, diags)?;
        let (place, style, allow_reserved) = match &piece {
            Piece::Path { style, .. } => (ParameterPlace::Path, path_style(style), false),
            Piece::Query { style, allow_reserved, .. } => (ParameterPlace::Query, query_style(style), *allow_reserved),
            Piece::Header { .. } => (ParameterPlace::Header, ParameterStyle::Simple, false),
            Piece::Cookie { .. } => (ParameterPlace::Cookie, ParameterStyle::Form, false),
        };
        let data = piece.parameter_data();
        let explodes = matches!(style, ParameterStyle::Form | ParameterStyle::DeepObject);
        Some(Self {
            name: data.name,
            place,
            style,
            explode: data.explode.unwrap_or(explodes),
            allow_reserved,
            required: data.required,
            deprecated: data.deprecated.unwrap_or(false),
            description: node.description().to_owned(),
            value: value(&data.format)?,
        })
    }
}

fn path_style(style: &PathStyle) -> ParameterStyle {
    match style {
        PathStyle::Simple => ParameterStyle::Simple,
        PathStyle::Label => ParameterStyle::Label,
        PathStyle::Matrix => ParameterStyle::Matrix,
    }
}

fn query_style(style: &QueryStyle) -> ParameterStyle {
    match style {
        QueryStyle::Form => ParameterStyle::Form,
        QueryStyle::SpaceDelimited => ParameterStyle::SpaceDelimited,
        QueryStyle::PipeDelimited => ParameterStyle::PipeDelimited,
        QueryStyle::DeepObject => ParameterStyle::DeepObject,
    }
}

fn value(format: &ParameterSchemaOrContent) -> Option<ParameterValue> {
    Some(match format {
        ParameterSchemaOrContent::Schema(schema) => ParameterValue::Schema(piece::schema_at(schema)?),
        ParameterSchemaOrContent::Content(content) => {
            let schema = content.values().next().and_then(|media| media.schema.as_ref());
            ParameterValue::Content(schema.and_then(piece::schema_at))
        }
    })
}

fn media_schemas(content: Content) -> MediaSchemas {
    let media =
        |(name, media): (String, openapiv3::MediaType)| (name, media.schema.as_ref().and_then(piece::schema_at));
    content.into_iter().map(media).collect()
}

/// Header Object (OpenAPI 3.0.3 §4.7.21).
#[derive(Clone, Debug)]
pub struct Header {
    /// `description`, or an empty string.
    pub description: String,
    /// The schema of its value.
    pub schema: Option<Pointer>,
}

impl Header {
    /// Reads a header that has a `schema` or `content`. A mistake is reported.
    pub fn read(node: &Node<'_>, diags: &mut Diags) -> Option<Self> {
        let piece: openapiv3::Header = piece::read(node, diags)?;
        let schema = match value(&piece.format) {
            Some(ParameterValue::Schema(schema)) => Some(schema),
            Some(ParameterValue::Content(schema)) => schema,
            None => None,
        };
        Some(Self { description: node.description().to_owned(), schema })
    }
}

/// Request Body Object (OpenAPI 3.0.3 §4.7.13).
#[derive(Clone, Debug)]
pub struct RequestBody {
    /// `required`.
    pub required: bool,
    /// `description`, or an empty string.
    pub description: String,
    /// `content`.
    pub content: MediaSchemas,
}

impl RequestBody {
    /// Reads a request body. A mistake is reported.
    pub fn read(node: &Node<'_>, diags: &mut Diags) -> Option<Self> {
        let piece: openapiv3::RequestBody = piece::read(node, diags)?;
        Some(Self {
            required: piece.required,
            description: node.description().to_owned(),
            content: media_schemas(piece.content),
        })
    }
}

/// Response Object (OpenAPI 3.0.3 §4.7.17).
#[derive(Clone, Debug)]
pub struct Response {
    /// `description`, or an empty string.
    pub description: String,
    /// The names of its headers.
    pub headers: Vec<String>,
    /// `content`.
    pub content: MediaSchemas,
}

impl Response {
    /// Reads a response. A mistake is reported.
    pub fn read(node: &Node<'_>, diags: &mut Diags) -> Option<Self> {
        let piece: openapiv3::Response = piece::read(node, diags)?;
        let headers = piece.headers.into_iter().map(|(name, _)| name).collect();
        Some(Self { description: node.description().to_owned(), headers, content: media_schemas(piece.content) })
    }
}

/// Security Scheme Object (OpenAPI 3.0.3 §4.7.27), for the types that are sent with each request.
#[derive(Clone, Debug)]
pub enum SecurityScheme {
    /// A key under a name.
    ApiKey {
        /// Where the key is sent.
        place: ApiKeyPlace,
        /// The name of the header, query parameter or cookie.
        name: String,
    },
    /// A scheme of the `Authorization` header, in lower case.
    Http(String),
    /// A token of OAuth 2.0 or OpenID Connect.
    Token,
}

/// Where an API key is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiKeyPlace {
    /// In a header.
    Header,
    /// In the query of the URL.
    Query,
    /// In a cookie.
    Cookie,
}

impl SecurityScheme {
    /// Reads a security scheme. A mistake is reported.
    pub fn read(node: &Node<'_>, diags: &mut Diags) -> Option<Self> {
        use openapiv3::{APIKeyLocation, SecurityScheme as Piece};
        Some(match piece::read(node, diags)? {
            Piece::APIKey { location, name, .. } => {
                let place = match location {
                    APIKeyLocation::Header => ApiKeyPlace::Header,
                    APIKeyLocation::Query => ApiKeyPlace::Query,
                    APIKeyLocation::Cookie => ApiKeyPlace::Cookie,
                };
                Self::ApiKey { place, name }
            }
            Piece::HTTP { scheme, .. } => Self::Http(scheme.to_ascii_lowercase()),
            Piece::OAuth2 { .. } | Piece::OpenIDConnect { .. } => Self::Token,
        })
    }
}

/// Server Object (OpenAPI 3.0.3 §4.7.5).
#[derive(Clone, Debug)]
pub struct Server {
    /// `url`.
    pub url: String,
    /// `description`, or an empty string.
    pub description: String,
    /// `variables`.
    pub variables: Vec<ServerVariable>,
}

/// Server Variable Object (OpenAPI 3.0.3 §4.7.6).
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// Its name in the URL.
    pub name: String,
    /// `default`.
    pub default: String,
    /// `enum`.
    pub values: Vec<String>,
    /// `description`, or an empty string.
    pub description: String,
}

impl Server {
    /// Reads a server. A mistake is reported.
    pub fn read(node: &Node<'_>, diags: &mut Diags) -> Option<Self> {
        let piece: openapiv3::Server = piece::read(node, diags)?;
        let variables = piece.variables.unwrap_or_default().into_iter().map(|(name, variable)| ServerVariable {
            name,
            default: variable.default,
            values: variable.enumeration,
            description: variable.description.unwrap_or_default(),
        });
        let variables = variables.collect();
        Some(Self { url: piece.url, description: piece.description.unwrap_or_default(), variables })
    }
}
