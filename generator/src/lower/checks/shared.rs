//! Media types that a body reads into the same type although their schemas differ.

use super::super::lowering::Lowering;
use crate::diag::{Code, Pointer};
use crate::ir::{Body, Checks};

/// Forgets the checks of media types that are read into the same type and have different ones, with a warning: which of them applies
/// is not known where the value is checked.
pub(super) fn forget_different_checks(cx: &mut Lowering<'_, '_>, body: &mut Body) {
    let mut different: Vec<Pointer> = Vec::new();
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
        different.extend(choice.iter().map(|content| content.at.clone()));
    }
    for content in &mut body.contents {
        if different.contains(&content.at) {
            content.checks = Checks { examples: std::mem::take(&mut content.checks.examples), ..Checks::default() };
        }
    }
}

/// Whether values satisfy both or none.
fn are_equal(a: &Checks, b: &Checks) -> bool {
    let items = match (&a.items, &b.items) {
        (Some(a), Some(b)) => are_equal(a, b),
        (Some(one), None) | (None, Some(one)) => one.is_empty(),
        (None, None) => true,
    };
    let positions =
        a.positions.len() == b.positions.len() && a.positions.iter().zip(&b.positions).all(|(a, b)| are_equal(a, b));
    a.rules == b.rules && items && positions
}
