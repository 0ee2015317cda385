//! Which credentials requests have to come with.

use std::collections::BTreeSet;

use super::super::kind::ChangeKind;
use super::super::operations::{Pair, call};
use super::super::view::View;
use super::flow::{Effect, Flow};
use super::walk::{Spot, Walk};
use crate::ir::{Alternative, Scheme, SchemeKind};

/// Compares the security requirements of an operation. A caller whose credentials were enough before is refused if they are not enough now.
pub(super) fn compare(walk: &mut Walk<'_>, pair: Pair) {
    let (before, after) = (walk.old.api.operation(pair.old), walk.new.api.operation(pair.new));
    let (old, new) = (accepted(&walk.old, &before.security), accepted(&walk.new, &after.security));
    let flow = Flow::request(after.direction);
    let spot = Spot { symbol: call(&walk.new, pair.new), flow, at: after.at.clone() };
    let is_enough = |presented: &Asked, asked: &Asked| asked.is_subset(presented);
    for asked in old.iter().filter(|presented| !new.iter().any(|asked| is_enough(presented, asked))) {
        let message = if flow.is_sent {
            format!("{} is not enough any more: {} is needed", words(asked), list(&new))
        } else {
            format!("they do not come with {} any more, but with {}", words(asked), list(&new))
        };
        walk.effect(Effect::Narrows, ChangeKind::SecurityTightened, &spot, &message);
    }
    for asked in new.iter().filter(|asked| !old.iter().any(|before| is_enough(asked, before))) {
        let message = if flow.is_sent {
            format!("{} is enough: {} was needed", words(asked), list(&old))
        } else {
            format!("they may come with {}, and came with {}", words(asked), list(&old))
        };
        walk.effect(Effect::Widens, ChangeKind::SecurityLoosened, &spot, &message);
    }
}

/// What one alternative asks for: credentials as they are sent, and their scopes.
type Asked = BTreeSet<(String, Option<String>)>;

/// The alternatives of an operation; a single empty one if it needs no credentials.
fn accepted(view: &View<'_>, security: &[Alternative]) -> Vec<Asked> {
    if security.is_empty() {
        return vec![Asked::new()];
    }
    let asked = |alternative: &Alternative| -> Asked {
        let credentials = alternative.credentials.iter().flat_map(|credential| {
            let sent = sent(view.api.scheme(credential.scheme));
            let scopes = credential.scopes.iter().map(|scope| Some(scope.clone()));
            std::iter::once(None).chain(scopes).map(move |scope| (sent.clone(), scope))
        });
        credentials.collect()
    };
    security.iter().map(asked).collect()
}

/// How a credential is sent. The name of its scheme does not matter, but tokens of different schemes are different tokens.
fn sent(scheme: &Scheme) -> String {
    match &scheme.kind {
        SchemeKind::ApiKey { place, wire } => format!("key in {} `{wire}`", place.as_str()),
        SchemeKind::Basic => "user and password".to_owned(),
        SchemeKind::Bearer => "bearer token".to_owned(),
        SchemeKind::OAuth2 { .. } => format!("token of `{}`", scheme.name),
        SchemeKind::MutualTls => "client certificate".to_owned(),
    }
}

fn list(alternatives: &[Asked]) -> String {
    alternatives.iter().map(words).collect::<Vec<_>>().join(" or ")
}

fn words(asked: &Asked) -> String {
    let each = asked.iter().map(|(sent, scope)| match scope {
        Some(scope) => format!("scope `{scope}`"),
        None => sent.clone(),
    });
    let text = each.collect::<Vec<_>>().join(" and ");
    if text.is_empty() { "no credential".to_owned() } else { text }
}
