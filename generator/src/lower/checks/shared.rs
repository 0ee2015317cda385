//! Media types that a body reads into the same type although their schemas differ.

use super::super::lowering::Lowering;
use crate::diag::{Code, Pointer};
use crate::ir::{Body, Checks};

/// Drops the rules that only some of the media types have that are read into the same type, with a warning: which of them applies is
/// not known where the value is checked.
pub(super) fn drop_different_rules(cx: &mut Lowering<'_, '_>, body: &mut Body) {
    let mut different: Vec<(Pointer, Checks)> = Vec::new();
    for choice in body.choices() {
        let Some((first, others)) = choice.split_first() else { continue };
        let Some(other) = others.iter().find(|other| !are_equal(&first.checks, &other.checks)) else { continue };
        if cx.first_report(&other.at.push("schema")) {
            let message = format!(
                "`{}` and `{}` are read into the same type, so rules that only one of them has are not checked",
                first.media_type, other.media_type
            );
            cx.diags
                .warn(Code::Unsupported, &other.at, message)
                .related(&first.at, "the other media type")
                .help("give them the same rules, or schemas of different types");
        }
        let mut common = Checks { rules: first.checks.rules.clone(), ..Checks::default() };
        common.rules.retain(|rule| others.iter().all(|other| other.checks.rules.contains(rule)));
        different.extend(choice.iter().map(|content| (content.at.clone(), common.clone())));
    }
    for content in &mut body.contents {
        if let Some((_, common)) = different.iter().find(|(at, _)| *at == content.at) {
            content.checks = Checks { examples: std::mem::take(&mut content.checks.examples), ..common.clone() };
        }
    }
}

/// Whether both accept the same values.
fn are_equal(a: &Checks, b: &Checks) -> bool {
    let items = match (&a.items, &b.items) {
        (Some(a), Some(b)) => are_equal(a, b),
        (Some(one), None) | (None, Some(one)) => one.is_empty(),
        (None, None) => true,
    };
    let positions =
        a.positions.len() == b.positions.len() && a.positions.iter().zip(&b.positions).all(|(a, b)| are_equal(a, b));
    let has_all = |a: &Checks, b: &Checks| a.rules.iter().all(|rule| b.rules.contains(rule));
    has_all(a, b) && has_all(b, a) && items && positions
}
