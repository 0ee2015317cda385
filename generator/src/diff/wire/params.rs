//! Parameters.

use super::super::change::Level;
use super::super::kind::ChangeKind;
use super::super::operations::{Pair, call};
use super::super::view::View;
use super::flow::Flow;
use super::presence;
use super::walk::{Spot, Walk};
use crate::ir::{Encoding, OpId, Operation, Param, ParamPlace};

const PARAMETER: presence::Kinds = presence::Kinds {
    required: (ChangeKind::ParameterRequired, "the parameter is required"),
    optional: (ChangeKind::ParameterOptional, "the parameter is not required any more"),
};

/// Compares the parameters of an operation.
pub(super) fn compare(walk: &mut Walk<'_>, pair: Pair) {
    let (old, new) = (walk.old.api.operation(pair.old), walk.new.api.operation(pair.new));
    let flow = Flow::request(new.direction);
    for (index, param) in new.params.iter().enumerate() {
        let symbol = symbol(&walk.new, pair.new, index);
        let spot = Spot { symbol, flow, at: param.at.clone() };
        match counterpart(old, new, param) {
            Some(before) => kept(walk, spot, before, param),
            None => added(walk, &spot, param),
        }
    }
    for (index, param) in old.params.iter().enumerate() {
        if counterpart(new, old, param).is_none() {
            let spot = Spot { symbol: symbol(&walk.old, pair.old, index), flow, at: param.at.clone() };
            let message = format!("the {} parameter `{}` is gone", param.place.as_str(), param.wire);
            walk.report_old(flow.removed(param.required), ChangeKind::ParameterRemoved, &spot, &param.at, &message);
        }
    }
}

/// A parameter as users write it: `client.users().list().limit`.
fn symbol(view: &View<'_>, op: OpId, index: usize) -> String {
    let name = view.names.operation(op).param_fields.get(index).map(ToString::to_string);
    format!("{}().{}", call(view, op), name.unwrap_or_default())
}

/// The same parameter in another version of an operation: in the path by its position, elsewhere by its name.
fn counterpart<'a>(other: &'a Operation, own: &Operation, param: &Param) -> Option<&'a Param> {
    if param.place == ParamPlace::Path {
        let position = own.path_params().position(|known| known.wire == param.wire)?;
        return other.path_params().nth(position);
    }
    let is_same_name = |known: &&Param| match param.place {
        ParamPlace::Header => known.wire.eq_ignore_ascii_case(&param.wire),
        _ => known.wire == param.wire,
    };
    other.params.iter().filter(|known| known.place == param.place).find(is_same_name)
}

fn added(walk: &mut Walk<'_>, spot: &Spot, param: &Param) {
    let presence = if param.required { "required" } else { "optional" };
    let message = format!("new {presence} {} parameter `{}`", param.place.as_str(), param.wire);
    walk.report(spot.flow.added(param.required), ChangeKind::ParameterAdded, spot, &message);
}

fn kept<'a>(walk: &mut Walk<'a>, spot: Spot, old: &'a Param, new: &'a Param) {
    presence::compare(walk, &spot, &PARAMETER, old.required, new.required);
    if is_encoded_differently(old.encoding, new.encoding) {
        let message = format!("it is written as {}, and was written as {}", words(new.encoding), words(old.encoding));
        walk.report(Level::Major, ChangeKind::EncodingChanged, &spot, &message);
    }
    if old.default != new.default {
        let message = match &new.default {
            Some(default) => format!("an absent parameter means `{}`", default.json()),
            None => "the parameter has no default any more".to_owned(),
        };
        walk.report(Level::Minor, ChangeKind::DefaultChanged, &spot, &message);
    }
    walk.push((&old.ty, Some(&old.checks)), (&new.ty, Some(&new.checks)), spot);
}

/// Whether values look different; reserved characters mean the same, escaped or not.
pub(super) fn is_encoded_differently(old: Encoding, new: Encoding) -> bool {
    match (old, new) {
        (Encoding::Json, Encoding::Json) => false,
        (
            Encoding::Style { style: old_style, explode: old_explode, .. },
            Encoding::Style { style: new_style, explode: new_explode, .. },
        ) => old_style != new_style || old_explode != new_explode,
        _ => true,
    }
}

fn words(encoding: Encoding) -> String {
    match encoding {
        Encoding::Json => "JSON".to_owned(),
        Encoding::Style { style, explode, .. } => format!("`style: {style:?}, explode: {explode}`"),
    }
}
