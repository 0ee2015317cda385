//! What operations, their parameters, bodies and responses are called.

use std::collections::BTreeMap;

use proc_macro2::Ident;

use super::claims::Claims;
use super::reserved::{CLIENT, NameKind, avoid};
use super::scope::Scope;
use super::{
    FAMILY, GroupNames, HeadersNames, OperationNames, ResponseBodyNames, ident, short_ids, status_name, suffixed, words,
};
use crate::diag::Pointer;
use crate::ir::{Content, Direction, Header, Link, Media, Operation, ParamPlace, Response, parameters};

impl Claims<'_> {
    /// Names the operations.
    pub(super) fn operations(
        &mut self,
        scope: &mut Scope,
        types: &mut Scope,
        groups: &[GroupNames],
    ) -> Vec<OperationNames> {
        let mut constants = Scope::default();
        constants.claim(&["ALL".to_owned()], &Pointer::default());
        let mut methods: BTreeMap<(Direction, Option<&str>), Scope> = BTreeMap::new();
        let accessors = self.api.accessor_groups().filter_map(|(index, _)| groups.get(index));
        let own = methods.entry((Direction::Call, None)).or_default();
        for name in accessors.map(|names| names.module.to_string()).chain(CLIENT.iter().map(|name| (*name).to_owned()))
        {
            own.claim(&[name], &Pointer::default());
        }
        let mut all = Vec::new();
        let chosen: Vec<Option<String>> =
            self.api.operations.iter().map(|operation| self.chosen.operation(&operation.id, &operation.at)).collect();
        let short = short_ids::shorten(self.api, &chosen, self.chosen.shortens_ids());
        for (operation, short) in self.api.operations.iter().zip(short) {
            let prefix = words::pascal(&short.types, "Call");
            let other = format!("{prefix}Call");
            let prefix = self.claim_family(scope, &[prefix, other], &FAMILY, &operation.at, "this operation");
            let method = avoid(words::snake(&short.method, "call"), NameKind::Field);
            let group = methods.entry((operation.direction, operation.tag.as_deref())).or_default();
            let candidates = [method.clone(), format!("{}_call", method.trim_end_matches('_'))];
            let method = self.claim(group, &candidates, &operation.at, "this method");
            let mut fields = Scope::default();
            let param_fields = operation
                .params
                .iter()
                .map(|param| {
                    let has_setter = !param.required && param.place != ParamPlace::Path;
                    let kind = if has_setter { NameKind::Setter } else { NameKind::Field };
                    let chosen = self.chosen.parameter(&param.at);
                    let name = avoid(chosen.unwrap_or_else(|| words::snake(&param.wire, "value")), kind);
                    let other = format!("{}_{}", param.place.as_str(), words::snake(&param.wire, "value"));
                    ident(&self.claim(&mut fields, &[name, other], &param.at, "this parameter"))
                })
                .collect();
            let mut variants = Scope::default();
            for taken in ["Unexpected", "Internal", "Other"] {
                variants.claim(&[taken.to_owned()], &operation.at);
            }
            let responses = operation
                .responses
                .iter()
                .map(|response| ident(&variants.claim(&[status_name(response.status)], &response.at).0))
                .collect();
            let params = words::pascal(&format!("{prefix} params"), "Params");
            let params =
                self.claim_struct(types, &[params, format!("{prefix}Parameters")], &operation.at, "the parameters");
            let headers = words::pascal(&format!("{prefix} headers"), "Headers");
            let headers = if operation.headers.is_empty() {
                headers
            } else {
                self.claim_struct(types, &[headers, format!("{prefix}ResponseHeaders")], &operation.at, "the headers")
            };
            let choices = operation.body.as_ref().map(|body| body_variants(&body.choices())).unwrap_or_default();
            let body = words::pascal(&format!("{prefix} body"), "Body");
            let body = if choices.len() > 1 {
                self.claim(types, &[body, format!("{prefix}RequestBody")], &operation.at, "the body")
            } else {
                body
            };
            let header_fields = self.header_fields(&operation.headers);
            let success = format!("{}Success", prefix.trim_end_matches('_'));
            let success = if operation.successful_responses().len() > 1 {
                self.claim(types, &[success, format!("{prefix}Outcome")], &operation.at, "the enum of successes")
            } else {
                success
            };
            let constant = words::shouty(&prefix, "CALL");
            let (constant, _) = constants.claim(&[constant.clone(), format!("{constant}_CALL")], &operation.at);
            let response_bodies = operation.responses.iter();
            let response_bodies =
                response_bodies.map(|response| self.response_body(&prefix, response, types)).collect();
            let failure_headers = operation.responses.iter();
            let failure_headers =
                failure_headers.map(|response| self.failure_headers(&prefix, operation, response, types)).collect();
            all.push(OperationNames {
                method: ident(&method),
                constant: ident(&constant),
                success: ident(&success),
                args: suffixed(&ident(&prefix), "Args"),
                prefix: ident(&prefix),
                params: ident(&params),
                param_fields,
                responses,
                headers: ident(&headers),
                header_fields,
                failure_headers,
                links: links(operation),
                body: ident(&body),
                choices,
                response_bodies,
            });
        }
        all
    }

    /// Names the enum of a response whose media types have different schemas.
    fn response_body(&mut self, prefix: &str, response: &Response, types: &mut Scope) -> Option<ResponseBodyNames> {
        let choices = response.choices();
        if choices.len() < 2 {
            return None;
        }
        let status = status_name(response.status);
        let names = [format!("{prefix}{status}"), format!("{prefix}{status}Body")];
        let name = ident(&self.claim(types, &names, &response.at, "the body of this response"));
        Some(ResponseBodyNames { name, variants: body_variants(&choices) })
    }

    /// Names the struct of headers of a failure.
    fn failure_headers(
        &mut self,
        prefix: &str,
        operation: &Operation,
        response: &Response,
        types: &mut Scope,
    ) -> Option<HeadersNames> {
        if operation.is_success(response.status) || response.headers.is_empty() {
            return None;
        }
        let status = status_name(response.status);
        let names = [format!("{prefix}{status}Headers"), format!("{prefix}{status}ResponseHeaders")];
        let name = ident(&self.claim_struct(types, &names, &response.at, "the headers of this response"));
        Some(HeadersNames { name, fields: self.header_fields(&response.headers) })
    }

    /// Names the fields of headers.
    fn header_fields(&mut self, headers: &[Header]) -> Vec<Ident> {
        let mut scope = Scope::default();
        let mut name = |header: &Header| {
            let name = avoid(words::snake(&header.wire, "value"), NameKind::Field);
            let other = format!("header_{}", words::snake(&header.wire, "value"));
            ident(&self.claim(&mut scope, &[name, other], &header.at, "this header"))
        };
        headers.iter().map(&mut name).collect()
    }
}

/// Names the methods of the links of an operation.
fn links(operation: &Operation) -> Vec<Ident> {
    let mut scope = Scope::default();
    let name = |link: &Link| avoid(words::snake(&link.name, "link"), NameKind::Field);
    operation.links.iter().map(|link| ident(&scope.claim(&[name(link)], &link.at).0)).collect()
}

/// Names the variants of an enum of bodies: by the format, or by the media type if several bodies have the same format.
fn body_variants(choices: &[Vec<&Content>]) -> Vec<Ident> {
    let mut scope = Scope::default();
    let counts = |words: Vec<String>| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for word in words {
            *counts.entry(word).or_default() += 1;
        }
        counts
    };
    let formats = counts(choices.iter().map(|choice| format_word(choice)).collect());
    let subtypes = counts(
        choices.iter().filter_map(|choice| choice.first()).map(|content| content.subtype().to_owned()).collect(),
    );
    let name = |choice: &Vec<&Content>| {
        let content = choice.first()?;
        let word = words::pascal(&format_word(choice), "Body");
        let subtype = words::pascal(content.subtype(), "Body");
        let whole = words::pascal(&format!("{} {}", content.subtype(), parameters(&content.media_type)), "Body");
        let is_shared = |counts: &BTreeMap<String, usize>, word: &str| counts.get(word).is_some_and(|count| *count > 1);
        let candidates = if !is_shared(&formats, &format_word(choice)) {
            [word, subtype, whole]
        } else if is_shared(&subtypes, content.subtype()) {
            [whole, subtype, word]
        } else {
            [subtype, word, whole]
        };
        Some(ident(&scope.claim(&candidates.map(|name| avoid(name, NameKind::Variant)), &content.at).0))
    };
    choices.iter().filter_map(name).collect()
}

/// The name of the format of bodies that are read into one type. Text and bytes of a single media type are called after that.
fn format_word(choice: &[&Content]) -> String {
    let Some(first) = choice.first() else { return String::new() };
    let essence = first.essence();
    let is_general =
        choice.len() > 1 || first.is_range() || ["text/plain", "application/octet-stream"].contains(&essence.as_str());
    match &first.media {
        Media::Text(_) | Media::Bytes | Media::Stream if !is_general => first.subtype().to_owned(),
        media => media.format_name().to_owned(),
    }
}
