//! The program of the models: a value as JSON.

use super::super::super::{Cx, operation};
use super::super::requests;
use super::super::values::{Site, Values};
use super::{QuickStart, calls, features_of};
use crate::ir::{OpId, Shape, Ty, sample};

/// A value of the first request body that has a short one, as JSON.
pub(in super::super::super) fn models(cx: &Cx<'_>) -> Option<QuickStart> {
    let krate = format!("{}_models", cx.names.base.replace('-', "_"));
    let value = |(group, op): (usize, OpId)| {
        let body = cx.api.operation(op).body.as_ref()?;
        let content = operation::request(body)?;
        let ty = content.media.value()?;
        let Ty::Named(id) = cx.api.resolve(ty) else { return None };
        if !matches!(cx.api.types[*id].shape, Shape::Struct(_)) {
            return None;
        }
        let example = content.examples.first().map(|example| example.value.clone());
        let is_sampled = example.is_none();
        let value = example.or_else(|| sample::small_sample(cx.api, ty, &content.checks))?;
        let of = |optional| Values::new(cx, is_sampled, optional).value(ty, &value, Site::Exact, "");
        let code = requests::short(of(3)).or_else(|| requests::short(of(0)))?;
        Some((group, code.lines("let value = ", ";")))
    };
    let (group, value) = calls(cx).find_map(value)?;
    let mut lines = vec![
        format!("use {krate} as models;"),
        String::new(),
        "fn example() -> Result<(), Box<dyn std::error::Error>> {".to_owned(),
    ];
    let rest = ["println!(\"{}\", models::serde_json::to_string_pretty(&value)?);", "Ok(())"].map(str::to_owned);
    lines.extend(value.into_iter().chain(rest).map(|line| format!("    {line}")));
    lines.push("}".to_owned());
    Some(QuickStart { lines, features: features_of(cx, group) })
}
