//! The types that belong to an operation: parameters, headers, successes, and bodies of several types.

use super::super::change::{At, Sink};
use super::super::members::Member;
use super::super::types::{compare_fields, compare_variants, existence, field};
use super::super::view::{Shown, View};
use super::Pair;
use super::signature::{Side, media, response};
use crate::ir::{Content, Docs, Field, Header, OpId, ParamPlace, Response};

type Fields = Vec<(Field, proc_macro2::Ident)>;

/// Compares the types of an operation.
pub(super) fn compare(sink: &mut Sink, old: &View<'_>, new: &View<'_>, pair: Pair) {
    let (before, after) = (old.names.operation(pair.old), new.names.operation(pair.new));
    let ends = [(old, pair.old), (new, pair.new)];
    structs(sink, &format!("models::{}", after.params), ends, params);
    structs(sink, &format!("models::{}", after.headers), ends, |view, op| {
        headers(&view.api.operation(op).headers, &view.names.operation(op).header_fields)
    });
    let successes = [successes(old, pair.old), successes(new, pair.new)];
    enums(sink, [&before.success, &after.success], ends, successes);
    enums(sink, [&before.body, &after.body], ends, [choices(old, pair.old), choices(new, pair.new)]);
    responses(sink, ends);
}

/// A version and an operation of it.
type End<'a> = (&'a View<'a>, OpId);

fn structs(sink: &mut Sink, name: &str, ends: [End<'_>; 2], fields: impl Fn(&View<'_>, OpId) -> Fields) {
    let [(old, before), (new, after)] = ends;
    let at = At::new(&new.api.operation(after).at);
    let (old_fields, new_fields) = (fields(old, before), fields(new, after));
    match (old_fields.is_empty(), new_fields.is_empty()) {
        (true, true) => {}
        (true, false) => existence(sink, name, at, true),
        (false, true) => existence(sink, name, At::old(&old.api.operation(before).at), false),
        (false, false) => compare_fields(sink, name, (old, &old_fields), (new, &new_fields), &at),
    }
}

fn params(view: &View<'_>, op: OpId) -> Fields {
    let params = view.api.operation(op).params.iter().zip(&view.names.operation(op).param_fields);
    let options = params.filter(|(param, _)| param.place != ParamPlace::Path);
    options.map(|(param, name)| (field(&param.at, &param.docs, &param.ty, param.required), name.clone())).collect()
}

fn headers(headers: &[Header], names: &[proc_macro2::Ident]) -> Fields {
    let headers = headers.iter().zip(names);
    headers.map(|(header, name)| (field(&header.at, &header.docs, &header.ty, header.required), name.clone())).collect()
}

fn enums(sink: &mut Sink, [before, after]: [&proc_macro2::Ident; 2], ends: [End<'_>; 2], variants: [Vec<Member>; 2]) {
    let [old_variants, new_variants] = variants;
    let [(old, old_op), (new, new_op)] = ends;
    match (old_variants.len() > 1, new_variants.len() > 1) {
        (true, true) => compare_variants(sink, &format!("models::{after}"), &old_variants, &new_variants),
        (false, true) => {
            existence(sink, &format!("models::{after}"), At::new(&new.api.operation(new_op).at), true);
        }
        (true, false) => {
            existence(sink, &format!("models::{before}"), At::old(&old.api.operation(old_op).at), false);
        }
        (false, false) => {}
    }
}

fn successes(view: &View<'_>, op: OpId) -> Vec<Member> {
    let names = &view.names.operation(op).responses;
    let successes = view.api.operation(op).successful_responses();
    let member = |(index, found): &(usize, &Response)| {
        let is_streamed = found.choices().iter().flatten().any(|content| content.media.is_streamed());
        // A type parameter.
        let ty = if is_streamed { Shown::of("S") } else { response(view, op, *index, found, Side::Client) };
        Some(Member { name: names.get(*index)?.to_string(), ty, at: found.at.clone(), docs: Docs::default() })
    };
    successes.iter().filter_map(member).collect()
}

fn choices(view: &View<'_>, op: OpId) -> Vec<Member> {
    let Some(body) = &view.api.operation(op).body else { return Vec::new() };
    let choices = body.choices();
    variants(view, &choices, &view.names.operation(op).choices)
}

fn variants(view: &View<'_>, choices: &[Vec<&Content>], names: &[proc_macro2::Ident]) -> Vec<Member> {
    let member = |(choice, name): (&Vec<&Content>, &proc_macro2::Ident)| {
        let content = choice.first()?;
        let (ty, at) = (media(view, content, Side::Client), content.at.clone());
        Some(Member { name: name.to_string(), ty, at, docs: Docs::default() })
    };
    choices.iter().zip(names).filter_map(member).collect()
}

/// A response by its position, in one version or in both.
type Positions = [Option<usize>; 2];

/// Compares what belongs to single responses: the enum of a body of several types, and the headers of a failure.
fn responses(sink: &mut Sink, ends: [End<'_>; 2]) {
    let [(old, before), (new, after)] = ends;
    let (old_responses, new_responses) = (&old.api.operation(before).responses, &new.api.operation(after).responses);
    let find = |all: &[Response], status| all.iter().position(|response| response.status == status);
    let kept = new_responses.iter().enumerate();
    let kept = kept.map(|(index, response)| [find(old_responses, response.status), Some(index)]);
    let is_gone = |(_, response): &(usize, &Response)| find(new_responses, response.status).is_none();
    let gone = old_responses.iter().enumerate().filter(is_gone).map(|(index, _)| [Some(index), None]);
    for positions in kept.chain(gone) {
        bodies(sink, ends, positions);
        failure_headers(sink, ends, positions);
    }
}

fn bodies(sink: &mut Sink, ends: [End<'_>; 2], [before, after]: Positions) {
    let [(old, old_op), (new, new_op)] = ends;
    let found = |view: &View<'_>, op, index: Option<usize>| {
        let names = view.names.operation(op).response_bodies.get(index?).and_then(Option::as_ref)?;
        let choices = variants(view, &view.api.operation(op).responses.get(index?)?.choices(), &names.variants);
        Some((names.name.clone(), choices))
    };
    let (old_found, new_found) = (found(old, old_op, before), found(new, new_op, after));
    let name = [&new_found, &old_found].into_iter().flatten().map(|(name, _)| name.clone()).next();
    let Some(name) = name else { return };
    let members =
        |found: Option<(proc_macro2::Ident, Vec<Member>)>| found.map(|(_, members)| members).unwrap_or_default();
    enums(sink, [&name, &name], ends, [members(old_found), members(new_found)]);
}

fn failure_headers(sink: &mut Sink, [(old, old_op), (new, new_op)]: [End<'_>; 2], [before, after]: Positions) {
    let found = |view: &View<'_>, op, index: Option<usize>| {
        let names = view.names.operation(op).failure_headers.get(index?).and_then(Option::as_ref)?;
        let response = view.api.operation(op).responses.get(index?)?;
        Some((format!("models::{}", names.name), headers(&response.headers, &names.fields), response.at.clone()))
    };
    match (found(old, old_op, before), found(new, new_op, after)) {
        (None, Some((name, _, at))) => existence(sink, &name, At::new(&at), true),
        (Some((name, _, at)), None) => existence(sink, &name, At::old(&at), false),
        (Some((_, before, _)), Some((name, after, at))) => {
            compare_fields(sink, &name, (old, &before), (new, &after), &At::new(&at));
        }
        (None, None) => {}
    }
}
