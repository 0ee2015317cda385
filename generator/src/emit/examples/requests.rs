//! Calls of operations, as statements.

use proc_macro2::{Ident, TokenStream};

use super::super::ty::{self, Viewpoint};
use super::super::{Cx, arguments, line, operation};
use super::code::Code;
use super::scalars;
use super::values::{Site, Values};
use crate::ir::{Body, Content, Literal, Media, OpId, Param, ParamPlace, sample};

/// Optional parameters beyond these are not shown, nor optional properties.
const MAX_OPTIONS: usize = 3;

/// The body of an example may have as many lines.
const MAX_LINES: usize = 14;

/// A call of an operation, before it is awaited.
pub(super) struct Request {
    /// Values that have no short expression: the example gets them as arguments, with these types.
    pub given: Vec<(Ident, TokenStream)>,
    /// Statements in front of the call.
    pub statements: Vec<String>,
    /// The call.
    pub call: Code,
}

/// The call of an operation; `client` is an expression, and `accessor` the method of its group.
pub(super) fn request(cx: &Cx<'_>, op: OpId, client: &str, accessor: Option<&Ident>) -> Request {
    let api = cx.api.operation(op);
    let names = cx.names.operation(op);
    let mut request = Request { given: Vec::new(), statements: Vec::new(), call: Code::text(client) };
    let mut passed = Vec::new();
    if !api.is_call() {
        passed.push(Code::text("\"https://example.com/subscriber\""));
    }
    for (param, name) in
        api.params.iter().zip(&names.param_fields).filter(|(param, _)| arguments::is_argument(cx, param))
    {
        let value = value(cx, param);
        passed.push(value.unwrap_or_else(|| request.give(name, ty::ty(cx, param.ty.not_null(), Viewpoint::Outside))));
    }
    let mut options: Vec<Code> = api
        .params
        .iter()
        .zip(&names.param_fields)
        .filter(|(param, _)| !param.required && param.place != ParamPlace::Path && !param.docs.deprecated)
        .filter(|(param, _)| param.example.is_some())
        .filter_map(|(param, name)| Some(Code::call(&format!(".{name}"), vec![value(cx, param)?])))
        .take(MAX_OPTIONS)
        .collect();
    if let Some(body) = &api.body
        && let Some(content) = operation::request(body)
    {
        let name = arguments::body_name(&names.param_fields);
        match self::body(cx, op, (body, content)) {
            Some(code) => {
                let value = request.bind(&name, code);
                if body.required {
                    passed.push(value);
                } else {
                    options.push(Code::call(&format!(".{name}"), vec![value]));
                }
            }
            None if body.required => {
                passed.push(request.give(&name, operation::request_type(cx, op, operation::Side::Client)));
            }
            None => {}
        }
    }
    let mut calls: Vec<Code> = accessor.iter().map(|name| Code::text(format!(".{name}()"))).collect();
    calls.push(Code::call(&format!(".{}", names.method), passed));
    calls.extend(options);
    request.call = Code::Chain { start: Box::new(request.call), calls, end: "" };
    request
}

impl Request {
    /// Makes a value an argument of the example.
    fn give(&mut self, name: &Ident, ty: TokenStream) -> Code {
        let name = if name == "client" { self.free("value") } else { self.free(&name.to_string()) };
        let code = Code::text(name.to_string());
        self.given.push((name, ty));
        code
    }

    /// A name that no other argument has.
    fn free(&self, wanted: &str) -> Ident {
        let is_taken = |name: &str| self.given.iter().any(|(given, _)| given == name);
        let numbered = (2..).map(|number| format!("{}_{number}", wanted.trim_end_matches('_')));
        let mut names = std::iter::once(wanted.to_owned()).chain(numbered);
        crate::names::ident(&names.find(|name| !is_taken(name)).unwrap_or_default())
    }

    /// Gives a long value a name in front of the call.
    fn bind(&mut self, name: &Ident, code: Code) -> Code {
        if code.flat().len() <= MAX_INLINE {
            return code;
        }
        self.statements.extend(code.lines(&format!("let {name} = "), ";"));
        Code::text(name.to_string())
    }
}

/// Longer bodies have a name of their own.
const MAX_INLINE: usize = 40;

/// The value of a parameter: its example, or else a sample.
fn value(cx: &Cx<'_>, param: &Param) -> Option<Code> {
    let ty = param.ty.not_null();
    let of = |value: &Literal, is_sampled| {
        let code = Values::new(cx, is_sampled, 0).value(ty, value, Site::Argument, &param.wire)?;
        (code.lines("", "").len() == 1).then_some(code)
    };
    let example = param.example.as_ref().and_then(|example| of(&example.value, false));
    example.or_else(|| of(&sample::sample_of_text(cx.api, ty, &param.checks)?, true))
}

/// The body of a request.
fn body(cx: &Cx<'_>, op: OpId, (body, content): (&Body, &Content)) -> Option<Code> {
    let names = cx.names.operation(op);
    let is_choice = operation::is_choice(body);
    let site = if is_choice { Site::Exact } else { Site::Argument };
    let value = match &content.media {
        Media::Bytes | Media::Stream | Media::Events(_) | Media::Lines(_) => scalars::text("content", site),
        text if text.is_plain_text() => scalars::text("text", site),
        media => {
            let ty = media.ty()?;
            let example = content.examples.first().and_then(|example| {
                let of = |optional| Values::new(cx, false, optional).value(ty, &example.value, site, "");
                short(of(MAX_OPTIONS)).or_else(|| short(of(0)))
            });
            example.or_else(|| {
                let value = sample::small_sample(cx.api, ty, &content.checks)?;
                let of = |optional| Values::new(cx, true, optional).value(ty, &value, site, "");
                short(of(MAX_OPTIONS)).or_else(|| short(of(0)))
            })?
        }
    };
    if !is_choice {
        return Some(value);
    }
    let choice = format!("models::{}::{}", names.body, names.choices.first()?);
    let media_type = body
        .choices()
        .first()
        .filter(|choice| operation::says_media_type(choice))
        .map(|_| scalars::text(&operation::media_type(content), Site::Exact));
    Some(Code::call(&choice, media_type.into_iter().chain([value]).collect()))
}

/// The code, unless it is too long.
pub(super) fn short(code: Option<Code>) -> Option<Code> {
    code.filter(|code| code.lines("let body = ", ";").len() <= MAX_LINES)
}

/// Types as examples write them, on one line.
pub(super) fn shown(ty: &TokenStream) -> String {
    line(ty)
}
