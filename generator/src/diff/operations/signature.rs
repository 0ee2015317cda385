//! The arguments and results of operations, as texts.

use super::super::members::Member;
use super::super::view::{Shown, View};
use crate::ir::{Content, Docs, Media, OpId, Operation, Param, ParamPlace, Response, Status, Ty};

/// Who mentions a type: client and server have types of their own for what is sent piece by piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Client,
    Server,
}

/// The arguments of an operation's method in the client: the URL of a webhook or callback, required parameters, then a required body.
pub(super) fn client_arguments(view: &View<'_>, op: OpId) -> Vec<Member> {
    let operation = view.api.operation(op);
    let names = view.names.operation(op);
    let is_argument =
        |param: &Param| param.required && (param.place == ParamPlace::Path || !view.is_constant(param.ty.not_null()));
    let params = operation.params.iter().zip(&names.param_fields).filter(|(param, _)| is_argument(param));
    let mut arguments: Vec<Member> = params.map(|(param, name)| of_call(view, param, &name.to_string())).collect();
    if !operation.is_call() {
        let is_taken = names.param_fields.iter().any(|name| name == "url");
        let name = if is_taken { "target_url" } else { "url" };
        arguments.insert(0, plain(operation, name, Shown::of("impl Into<String>")));
    }
    if let Some(body) =
        body(view, op, Side::Client).filter(|_| operation.body.as_ref().is_some_and(|body| body.required))
    {
        arguments.push(body);
    }
    arguments
}

/// The setters of a call: optional parameters and an optional body.
pub(super) fn setters(view: &View<'_>, op: OpId) -> Vec<Member> {
    let operation = view.api.operation(op);
    let params = operation.params.iter().zip(&view.names.operation(op).param_fields);
    let optional = params.filter(|(param, _)| !param.required && param.place != ParamPlace::Path);
    let mut setters: Vec<Member> = optional
        .map(|(param, name)| Member { docs: param.docs.clone(), ..of_call(view, param, &name.to_string()) })
        .collect();
    if operation.options().next().is_some() {
        // The name of the struct follows from that of the operation.
        setters.push(plain(operation, "params", Shown::of("the struct of parameters")));
    }
    if let Some(body) =
        body(view, op, Side::Client).filter(|_| operation.body.as_ref().is_some_and(|body| !body.required))
    {
        setters.push(body);
    }
    setters
}

/// The arguments of an operation's handler: the path, the struct of other parameters, the body.
pub(super) fn server_arguments(view: &View<'_>, op: OpId) -> Vec<Member> {
    let operation = view.api.operation(op);
    let names = view.names.operation(op);
    let params = operation.params.iter().zip(&names.param_fields);
    let path = params.filter(|(param, _)| param.place == ParamPlace::Path);
    let mut arguments: Vec<Member> = path.map(|(param, name)| argument(view, param, &name.to_string())).collect();
    if operation.options().next().is_some() {
        arguments.push(plain(operation, "params", Shown::of(format!("models::{}", names.params))));
    }
    if let Some(body) = body(view, op, Side::Server) {
        let is_required = operation.body.as_ref().is_some_and(|body| body.required);
        let optional = |text: &str| if is_required { text.to_owned() } else { format!("Option<{text}>") };
        arguments.push(Member { ty: body.ty.map(optional), ..body });
    }
    arguments
}

fn argument(view: &View<'_>, param: &Param, name: &str) -> Member {
    Member { name: name.to_owned(), ty: view.shown(param.ty.not_null()), at: param.at.clone(), docs: Docs::default() }
}

/// A parameter as an argument of a call.
fn of_call(view: &View<'_>, param: &Param, name: &str) -> Member {
    let argument = argument(view, param, name);
    Member { ty: view.argument(param.ty.not_null(), argument.ty.clone()), ..argument }
}

fn plain(operation: &Operation, name: &str, ty: Shown) -> Member {
    Member { name: name.to_owned(), ty, at: operation.at.clone(), docs: Docs::default() }
}

/// The request body as an argument.
fn body(view: &View<'_>, op: OpId, side: Side) -> Option<Member> {
    let operation = view.api.operation(op);
    let body = operation.body.as_ref()?;
    let first = body.contents.first()?;
    let ty = if body.choices().len() > 1 {
        Shown::of(format!("models::{}", view.names.operation(op).body))
    } else {
        match (&first.media, side) {
            (Media::Stream, Side::Client) => Shown::of("UploadBody"),
            (of_call, Side::Client) => match of_call.ty().filter(|_| !of_call.is_streamed()) {
                Some(ty) => view.argument(ty.not_null(), media(view, first, side)),
                None => media(view, first, side),
            },
            _ => media(view, first, side),
        }
    };
    // A parameter of that name comes first.
    let is_taken = view.names.operation(op).param_fields.iter().any(|name| name == "body");
    let name = if is_taken { "request_body" } else { "body" }.to_owned();
    Some(Member { name, ty, at: first.at.clone(), docs: Docs::default() })
}

/// The type of a body of one media type.
pub(super) fn media(view: &View<'_>, content: &Content, side: Side) -> Shown {
    let of_items = |ty: &Ty, [client, server]: [&str; 2]| {
        let name = if side == Side::Client { client } else { server };
        view.shown(ty).map(|text| format!("{name}<{text}>"))
    };
    match &content.media {
        Media::Bytes => Shown::of("Bytes"),
        Media::Stream => Shown::of(if side == Side::Client { "ByteStream" } else { "Body" }),
        Media::Events(ty) => of_items(ty, ["EventStream", "EventBody"]),
        Media::Lines(ty) => of_items(ty, ["LineStream", "LineBody"]),
        Media::Json(ty) | Media::Xml { ty, .. } | Media::Text(ty) => view.shown(ty),
        Media::Form(form) | Media::Multipart(form) => view.shown(&form.ty),
    }
}

/// The type of a response body.
pub(super) fn response(view: &View<'_>, op: OpId, index: usize, response: &Response, side: Side) -> Shown {
    let names = view.names.operation(op).response_bodies.get(index).and_then(Option::as_ref);
    if let Some(names) = names {
        return Shown::of(format!("models::{}", names.name));
    }
    let choices = response.choices();
    let Some(choice) = choices.first() else { return Shown::of("()") };
    let streamed = choice.iter().find(|content| content.media.is_streamed());
    let Some(content) = streamed.or(choice.first()) else { return Shown::of("()") };
    let raw = choice.iter().all(|content| matches!(content.media, Media::Bytes | Media::Stream))
        || choice.iter().all(|content| content.media.is_plain_text());
    let with_media_type = raw && (choice.len() > 1 || choice.iter().any(|content| content.is_range()));
    media(view, content, side)
        .map(|text| if with_media_type { format!("WithMediaType<{text}>") } else { text.to_owned() })
}

/// What a call returns, without its headers.
pub(super) fn output(view: &View<'_>, op: OpId, side: Side) -> Shown {
    let operation = view.api.operation(op);
    match operation.successful_responses().as_slice() {
        [] => Shown::of("()"),
        [(index, only)] => response(view, op, *index, only, side),
        several => {
            // What is sent piece by piece is a type parameter, because client and server have different types for it.
            let choices = several.iter().flat_map(|(_, response)| response.choices());
            let streamed = choices.filter_map(|choice| choice.into_iter().find(|content| content.media.is_streamed()));
            let streams: Vec<Shown> = streamed.map(|content| media(view, content, side)).collect();
            let name = format!("models::{}", view.names.operation(op).success);
            if streams.is_empty() {
                return Shown::of(name);
            }
            let list = |text: fn(&Shown) -> &str| streams.iter().map(text).collect::<Vec<_>>().join(", ");
            Shown {
                written: format!("{name}<{}>", list(|stream| &stream.written)),
                resolved: format!("{name}<{}>", list(|stream| &stream.resolved)),
            }
        }
    }
}

/// The type of events that a success may be in place of its preferred body.
pub(super) fn events(view: &View<'_>, op: OpId) -> Option<Shown> {
    view.api.operation(op).successful_responses().into_iter().find_map(|(_, response)| {
        let is_whole = response.contents.first().is_some_and(|content| !content.media.is_streamed());
        let events = response.contents.iter().find_map(|content| match &content.media {
            Media::Events(ty) => Some(view.shown(ty)),
            _ => None,
        });
        events.filter(|_| is_whole)
    })
}

/// What a handler returns: with its headers, or events in place of the body.
pub(super) fn server_output(view: &View<'_>, op: OpId) -> Shown {
    let mut output = output(view, op, Side::Server);
    if let Some(events) = events(view, op) {
        output = Shown {
            written: format!("WholeOrEvents<{}, {}>", output.written, events.written),
            resolved: format!("WholeOrEvents<{}, {}>", output.resolved, events.resolved),
        };
    }
    if view.api.operation(op).headers.is_empty() {
        return output;
    }
    let headers = &view.names.operation(op).headers;
    output.map(|text| format!("WithHeaders<{text}, models::{headers}>"))
}

/// What the variant of a failure holds.
pub(super) fn failure(view: &View<'_>, op: OpId, index: usize, failure: &Response) -> Shown {
    let is_choice = failure.is_choice();
    let typed = failure.value().is_some();
    let body =
        if is_choice || typed { response(view, op, index, failure, Side::Client) } else { Shown::of("RawResponse") };
    let headers = view.names.operation(op).failure_headers.get(index).and_then(Option::as_ref);
    let body = match headers {
        Some(headers) => body.map(|text| format!("WithHeaders<{text}, models::{}>", headers.name)),
        None => body,
    };
    if matches!(failure.status, Status::Code(_)) { body } else { body.map(|text| format!("StatusCode, {text}")) }
}
