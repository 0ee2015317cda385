//! How examples use what a call returns.

use super::super::{Cx, operation};
use super::code::Code;
use crate::ir::{Media, OpId, Origin, Owner, Shape, Ty, TypeDef};

/// What an example does with a call.
pub(super) enum Outcome {
    /// It awaits the call, which returns nothing.
    Nothing,
    /// It awaits the call and keeps what it returns in a variable of this name.
    Value(String),
    /// It reads everything that the call yields.
    Each {
        /// What makes a stream of the call.
        end: &'static str,
        /// The variable of the stream.
        all: String,
        /// The variable of what it yields.
        one: String,
        /// What is done with it.
        statement: String,
    },
}

/// What an example does with a call of an operation.
pub(super) fn outcome(cx: &Cx<'_>, op: OpId) -> Outcome {
    let api = cx.api.operation(op);
    if let Some(pagination) = cx.analysis.pagination(op) {
        let one = variable(cx, &pagination.item).unwrap_or_else(|| "item".to_owned());
        let statement = format!("println!(\"{{:?}}\", {one}?);");
        return Outcome::Each { end: ".items()", all: plural(&one), one, statement };
    }
    let successes = operation::successes(api);
    let only = match successes.as_slice() {
        [] => return Outcome::Nothing,
        [(index, _, only)] if operation::response_body(cx, op, *index).is_none() => *only,
        _ => return Outcome::Value("response".to_owned()),
    };
    let choices = only.choices();
    let Some(choice) = choices.first() else { return Outcome::Nothing };
    if operation::chooses_media_type(choice) {
        return Outcome::Value("response".to_owned());
    }
    let Some(content) = operation::representative(choice) else { return Outcome::Nothing };
    let each = |one: &str, statement: &str| Outcome::Each {
        end: ".await?",
        all: plural(one),
        one: one.to_owned(),
        statement: statement.to_owned(),
    };
    match &content.media {
        Media::Stream => each("chunk", "println!(\"{} bytes\", chunk?.len());"),
        Media::Events(_) => each("event", "println!(\"{:?}\", event?.data);"),
        Media::Lines(_) => each("line", "println!(\"{:?}\", line?);"),
        Media::Bytes => Outcome::Value("bytes".to_owned()),
        text if text.is_plain_text() => Outcome::Value("text".to_owned()),
        media => Outcome::Value(media.ty().and_then(|ty| variable(cx, ty)).unwrap_or_else(|| "response".to_owned())),
    }
}

/// The statements that await a call and use what it returns.
pub(super) fn used(cx: &Cx<'_>, op: OpId, call: Code) -> Vec<String> {
    match outcome(cx, op) {
        Outcome::Nothing => lines(call, "", ".await?", ";"),
        Outcome::Value(name) => lines(call, &format!("let {name} = "), ".await?", ";"),
        Outcome::Each { end, all, one, statement } => {
            let mut out = lines(call, &format!("let mut {all} = "), end, ";");
            out.push(format!("while let Some({one}) = {all}.next().await {{"));
            out.push(format!("    {statement}"));
            out.push("}".to_owned());
            out
        }
    }
}

/// The lines of a call with something behind it.
pub(super) fn lines(call: Code, before: &str, end: &'static str, after: &str) -> Vec<String> {
    let call = match call {
        Code::Chain { start, calls, end: "" } => Code::Chain { start, calls, end },
        code => code.followed_by(end),
    };
    call.lines(before, after)
}

/// Longer names are not those of variables.
const MAX_NAME: usize = 24;

/// The variable for a value of a type: called after the type.
fn variable(cx: &Cx<'_>, ty: &Ty) -> Option<String> {
    match ty.not_null() {
        Ty::Named(id) => match &cx.api.types[*id] {
            TypeDef { shape: Shape::Alias(target @ Ty::List(_)), .. } => variable(cx, target),
            // It is called after the operation.
            TypeDef { origin: Origin::Inline { owner: Owner::Operation(_), .. }, .. } => None,
            _ => {
                let name = crate::names::method(&cx.names.ty(*id).to_string()).to_string();
                (name.len() <= MAX_NAME && name != "client").then_some(name)
            }
        },
        Ty::List(item) => variable(cx, item).map(|item| plural(&item)),
        _ => None,
    }
}

/// The plural of a name, if it is regular and not a keyword, as `as` is, the plural of `a`.
fn plural(name: &str) -> String {
    let regular = match name.strip_suffix('y') {
        Some(start) if !start.ends_with(['a', 'e', 'i', 'o', 'u']) && !start.is_empty() => format!("{start}ies"),
        _ => format!("{name}s"),
    };
    let is_irregular = name.ends_with(['s', 'x', 'z', '_']) || name.ends_with("ch") || name.ends_with("sh");
    let is_taken = crate::names::method(&regular) != regular;
    if is_irregular || is_taken { "items".to_owned() } else { regular }
}
