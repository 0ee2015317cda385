//! Values without parts, and free-form JSON, as expressions.

use super::super::Cx;
use super::code::Code;
use super::values::Site;
use crate::config::DateTime;
use crate::ir::{Literal, Scalar};
use crate::tree::Number;

/// A text.
pub(super) fn text(text: &str, site: Site) -> Code {
    let literal = Code::string(text);
    if site == Site::Exact { literal.followed_by(".into()") } else { literal }
}

/// A value of a scalar type.
pub(super) fn scalar(cx: &Cx<'_>, scalar: Scalar, value: &Literal, site: Site) -> Option<Code> {
    let parsed = || Some(Code::exact(value.as_str()?)?.followed_by(".parse()?"));
    match scalar {
        Scalar::Bool => value.as_bool().map(|value| Code::text(value.to_string())),
        Scalar::Int(int) => {
            let value = value.as_number()?.as_int()?;
            let (least, most) = int.range();
            (least..=most).contains(&value).then(|| Code::text(value.to_string()))
        }
        Scalar::Float => float(value.as_number()?),
        Scalar::String => value.as_str().map(|value| text(value, site)),
        Scalar::Base64 => {
            Some(Code::call("models::Base64::decode", vec![Code::exact(value.as_str()?)?]).followed_by("?"))
        }
        Scalar::Date | Scalar::DateTime => match cx.config.types.date_time {
            DateTime::Chrono | DateTime::Jiff => parsed(),
            DateTime::String => value.as_str().map(|value| text(value, Site::Exact)),
            // These types of the crate `time` are not parsed.
            DateTime::Time => None,
        },
        Scalar::Uuid => parsed(),
        Scalar::File => Some(Code::call("models::FilePart::from_path", vec![Code::text("\"file.bin\"")])),
    }
}

fn float(value: Number) -> Option<Code> {
    let value = value.as_f64();
    value.is_finite().then(|| Code::text(format!("{value:?}")))
}

/// Free-form JSON.
pub(super) fn any(value: &Literal, site: Site) -> Option<Code> {
    match (site, value) {
        (Site::Argument, Literal::String(value)) => Some(Code::string(value)),
        (Site::Argument, Literal::Bool(value)) => Some(Code::text(value.to_string())),
        (Site::Argument, Literal::Number(value)) => number(*value),
        _ => Some(Code::call("models::serde_json::json!", vec![json(value, 0)?])),
    }
}

/// JSON nested deeper has no expression.
const MAX_DEPTH: usize = 4;

/// Further items and properties are left out.
const MAX_PARTS: usize = 4;

fn json(value: &Literal, depth: usize) -> Option<Code> {
    if depth > MAX_DEPTH {
        return None;
    }
    Some(match value {
        Literal::Null => Code::text("null"),
        Literal::Bool(value) => Code::text(value.to_string()),
        Literal::Number(value) => number(*value)?,
        Literal::String(value) => Code::string(value),
        Literal::Array(items) => {
            let parts = items.iter().take(MAX_PARTS).map(|item| json(item, depth + 1)).collect::<Option<_>>()?;
            Code::List { open: "[".to_owned(), parts, close: "]" }
        }
        Literal::Object(map) if map.is_empty() => Code::text("{}"),
        Literal::Object(map) => {
            let part = |(key, value): (&String, &Literal)| {
                Some(Code::Labelled(Code::exact(key)?.flat(), Box::new(json(value, depth + 1)?)))
            };
            let parts = map.iter().take(MAX_PARTS).map(part).collect::<Option<_>>()?;
            Code::List { open: "{".to_owned(), parts, close: "}" }
        }
    })
}

/// A number whose type nothing decides: those that are no `i32` say it.
fn number(value: Number) -> Option<Code> {
    let Some(whole) = value.as_int() else { return float(value) };
    Some(if i32::try_from(whole).is_ok() {
        Code::text(whole.to_string())
    } else if i64::try_from(whole).is_ok() {
        Code::text(format!("{whole}_i64"))
    } else {
        Code::text(format!("{}_u64", u64::try_from(whole).ok()?))
    })
}
