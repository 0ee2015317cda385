//! Parameters (OpenAPI 3.0.3 §4.7.12).

use super::facts::{self, Part};
use super::lowering::Lowering;
use super::media_kind::is_json_content;
use super::{examples, headers, querystring, schema, text};
use crate::diag::{Code, Pointer};
use crate::ir::{
    Checks, Docs, Encoding, OpId, Param, ParamPlace, PathPart, PathTemplate, Role, Scalar, Style, Ty, is_token,
};
use crate::spec::{self, Node, ParameterPlace, ParameterStyle, ParameterValue};

/// The parameters of an operation: its own, and those of its path that it does not override. Path parameters come first, in the
/// order of the template; the others are in the order of the document.
pub(super) fn lower_params(
    cx: &mut Lowering<'_, '_>,
    item: &Node<'_>,
    operation: &Node<'_>,
    template: &PathTemplate,
    id: OpId,
) -> Vec<Param> {
    let mut found: Vec<Param> = Vec::new();
    for (level, node) in [("operation", operation), ("path", item)] {
        let places: Vec<Pointer> = node.items("parameters").map(|param| param.at).collect();
        let from_path = level == "path";
        let start = found.len();
        let mut lowered: Vec<(Pointer, Param)> = Vec::new();
        for at in places {
            let params = querystring::lower(cx, &at, id);
            let params = params.unwrap_or_else(|| lower_param(cx, &at, id).into_iter().collect());
            lowered.extend(params.into_iter().map(|param| (at.clone(), param)));
        }
        for (at, param) in lowered {
            let same = |known: &Param| known.wire == param.wire && known.place == param.place;
            if from_path && found.iter().take(start).any(same) {
                continue;
            }
            if let Some(first) = found.iter().find(|known| same(known)) {
                let message = format!("the parameter `{}` occurs twice; the first one is used", param.wire);
                let first = first.at.clone();
                cx.diags
                    .warn(Code::Duplicate, &at, message)
                    .related(&first, "the first one")
                    .help("remove one of them");
                continue;
            }
            found.push(param);
        }
    }
    let mut params = path_params(cx, &mut found, operation, template);
    params.extend(found);
    params
}

/// Takes the path parameters out of `found`, in the order of the template.
fn path_params(
    cx: &mut Lowering<'_, '_>,
    found: &mut Vec<Param>,
    operation: &Node<'_>,
    template: &PathTemplate,
) -> Vec<Param> {
    let mut params: Vec<Param> = Vec::new();
    for pair in template.parts.windows(2) {
        if let [PathPart::Param(first), PathPart::Param(second)] = pair {
            let message = format!(
                "`{{{first}}}` and `{{{second}}}` follow each other without a separator; servers respond with 404"
            );
            cx.diags
                .warn(Code::PathParameter, &operation.at, message)
                .help("put a separator such as `/` or `:` between them");
        }
    }
    for name in template.names() {
        if params.iter().any(|known| known.wire == name) {
            continue;
        }
        match found.iter().position(|param| param.place == ParamPlace::Path && param.wire == name) {
            Some(index) => params.push(found.remove(index)),
            None => {
                cx.diags
                    .warn(
                        Code::PathParameter,
                        &operation.at,
                        format!(
                            "the path contains `{{{name}}}`, which is not declared as a parameter; a string is used"
                        ),
                    )
                    .help(format!("add `- name: {name}`, `in: path`, `required: true` to `parameters`"));
                params.push(string_param(&operation.at, name, "path"));
            }
        }
    }
    found.retain(|param| {
        if param.place == ParamPlace::Path {
            let message = format!(
                "`{}` is a path parameter, but `{}` does not contain it; it is left out",
                param.wire, template.text
            );
            cx.diags
                .warn(Code::PathParameter, &param.at, message)
                .help(format!("write `{{{}}}` where it belongs in the path, or remove the parameter", param.wire));
        }
        param.place != ParamPlace::Path
    });
    params
}

/// Whether a parameter can be read; reports one that cannot. A dangling reference is not a parameter, so it is fine.
pub(super) fn is_readable(cx: &mut Lowering<'_, '_>, node: Node<'_>) -> bool {
    let Some(node) = cx.object(&node.at) else { return true };
    if querystring::form(cx, &node).is_some() {
        return true;
    }
    // A missing name or place was reported before.
    let (Some(_), Some(place)) = (node.str("name"), node.str("in")) else { return false };
    if !matches!(place, "path" | "query" | "header" | "cookie") {
        report_place(cx, &node, place);
        return false;
    }
    let described = node.get("schema").is_some() || node.get("content").is_some();
    !described || spec::Parameter::read(&node, cx.diags).is_some()
}

/// Reports a parameter in a place that is unknown or not supported.
fn report_place(cx: &mut Lowering<'_, '_>, node: &Node<'_>, place: &str) {
    let at = node.at.push("in");
    if place == "querystring" {
        cx.diags.warn(Code::Unsupported, &at, "a query string is only supported as a form of `properties`").help(
            "use `content` of the type `application/x-www-form-urlencoded`, and list the parameters under `properties`",
        );
    } else {
        cx.diags
            .warn(Code::InvalidObject, &at, format!("a parameter cannot be in `{place}`"))
            .help("use one of `path`, `query`, `header`, `cookie`");
    }
}

/// Lowers one parameter; `None` if it is ignored or left out.
fn lower_param(cx: &mut Lowering<'_, '_>, at: &Pointer, id: OpId) -> Option<Param> {
    let node = cx.object(at)?;
    let (wire, place) = (node.str("name")?, node.str("in")?);
    // These are described elsewhere, and a parameter for them is ignored (OpenAPI 3.0.3 §4.7.12.1).
    let is_described = |known: &&str| wire.eq_ignore_ascii_case(known);
    if place == "header" && ["accept", "content-type", "authorization", "content-length"].iter().any(is_described) {
        headers::report_ignored(cx, &node.at, wire);
        return None;
    }
    if place == "header" && !is_token(wire) {
        cx.diags
            .warn(
                Code::InvalidObject,
                &node.at.push("name"),
                format!("`{wire}` is not a valid header name; the parameter is left out"),
            )
            .help("use letters, digits and `-` in header names");
        return None;
    }
    if node.get("schema").is_none() && node.get("content").is_none() {
        cx.diags
            .warn(Code::Repaired, &node.at, format!("the parameter `{wire}` has no schema; a string is used"))
            .help("add `schema: { type: string }`");
        return Some(string_param(&node.at, wire, place));
    }
    let parameter = spec::Parameter::read(&node, cx.diags)?;
    report_unescaped(cx, &node);
    let place = place_of(parameter.place);
    let site = cx.site(&node.at, id, Role::Parameter(parameter.name.clone()));
    let (ty, schema, encoding) = match parameter.value {
        ParameterValue::Schema(at) => {
            let (explode, allow_reserved) = (parameter.explode, parameter.allow_reserved);
            let style = style_of(parameter.style);
            let ty = schema::lower_schema(cx, &at, &site);
            cx.schemas.insert(node.at.clone(), at.clone());
            (ty, Some(at), Encoding::Style { style, explode, allow_reserved })
        }
        ParameterValue::Content(schema) => {
            let ty = schema.as_ref().map_or(Ty::Any, |at| schema::lower_schema(cx, at, &site));
            cx.schemas.extend(schema.clone().map(|schema| (node.at.clone(), schema)));
            (ty.clone(), schema, of_content(cx, &node, &ty, default_encoding(place)))
        }
    };
    let facts = schema.map(|at| facts::gather(cx, &[Part::whole(&at)]));
    let mut docs = Docs { description: parameter.description, ..Docs::default() };
    docs.deprecated = parameter.deprecated;
    if docs.description.is_empty()
        && let Some(facts) = &facts
    {
        docs.description.clone_from(&facts.docs.description);
    }
    let own = examples::collect(cx, &node.at).into_iter().next();
    let example = own.or_else(|| facts.as_ref().and_then(|facts| facts.example.clone()));
    Some(Param {
        at: node.at,
        wire: parameter.name,
        place,
        encoding,
        ty,
        required: parameter.required || place == ParamPlace::Path,
        default: facts.and_then(|facts| facts.default_value()),
        example,
        docs,
        checks: Checks::default(),
    })
}

/// How the value of a parameter or a header with `content` is written. The text of a media type that is not JSON, such as `text/plain`, is
/// the value itself; values of several parts are written as without `content`, which is reported.
pub(super) fn of_content(cx: &mut Lowering<'_, '_>, node: &Node<'_>, ty: &Ty, otherwise: Encoding) -> Encoding {
    if is_json_content(node) {
        return Encoding::Json;
    }
    let at = node.at.push("content");
    let media_type = node.entries("content").next().map(|(media_type, _)| media_type.to_owned());
    if let Some(media_type) = media_type
        && text::has_parts(cx, ty)
        && cx.first_report(&at)
    {
        let message = format!("the value is written in the default style of its place, not as `{media_type}`");
        cx.diags.warn(Code::Unsupported, &at, message).help("use `application/json`, or a `schema` with a `style`");
    }
    otherwise
}

/// Reports settings that ask for values without percent-encoding outside the query (OpenAPI 3.2.0 §4.12.2).
fn report_unescaped(cx: &mut Lowering<'_, '_>, node: &Node<'_>) {
    let place = node.str("in").unwrap_or_default();
    let key = match place {
        "cookie" if node.str("style") == Some("cookie") => "style",
        "path" | "cookie" if node.flag("allowReserved") => "allowReserved",
        _ => return,
    };
    let at = node.at.push(key);
    if cx.first_report(&at) {
        let message = format!("values in the {place} are percent-encoded, in spite of this `{key}`");
        cx.diags.warn(Code::Unsupported, &at, message).help(format!("remove `{key}`, if servers decode the value"));
    }
}

/// A parameter of which only the name and the place are known: a string in the default style.
pub(super) fn string_param(at: &Pointer, wire: &str, place: &str) -> Param {
    let place = match place {
        "path" => ParamPlace::Path,
        "header" => ParamPlace::Header,
        "cookie" => ParamPlace::Cookie,
        _ => ParamPlace::Query,
    };
    Param {
        at: at.clone(),
        wire: wire.to_owned(),
        place,
        encoding: default_encoding(place),
        ty: Ty::Scalar(Scalar::String),
        required: place == ParamPlace::Path,
        default: None,
        example: None,
        docs: Docs::default(),
        checks: Checks::default(),
    }
}

/// The encoding of a place without `style` and `explode` (OpenAPI 3.0.3 §4.7.12.2).
fn default_encoding(place: ParamPlace) -> Encoding {
    let (style, explode) = match place {
        ParamPlace::Path | ParamPlace::Header => (Style::Simple, false),
        ParamPlace::Query | ParamPlace::Cookie => (Style::Form, true),
    };
    Encoding::Style { style, explode, allow_reserved: false }
}

fn place_of(place: ParameterPlace) -> ParamPlace {
    match place {
        ParameterPlace::Path => ParamPlace::Path,
        ParameterPlace::Query => ParamPlace::Query,
        ParameterPlace::Header => ParamPlace::Header,
        ParameterPlace::Cookie => ParamPlace::Cookie,
    }
}

fn style_of(style: ParameterStyle) -> Style {
    match style {
        ParameterStyle::Simple => Style::Simple,
        ParameterStyle::Label => Style::Label,
        ParameterStyle::Matrix => Style::Matrix,
        ParameterStyle::Form => Style::Form,
        ParameterStyle::SpaceDelimited => Style::SpaceDelimited,
        ParameterStyle::PipeDelimited => Style::PipeDelimited,
        ParameterStyle::DeepObject => Style::DeepObject,
    }
}
