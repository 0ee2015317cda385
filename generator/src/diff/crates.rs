//! The crates as a whole: their names and features.

use super::change::{At, Level, Sink, Surface};
use super::docs;
use super::kind::ChangeKind;
use super::view::View;
use crate::diag::Pointer;
use crate::ir::{Group, Info};
use crate::names::UNUSED_FEATURE;

/// Compares names, features and documentation.
pub(super) fn compare(sink: &mut Sink, old: &View<'_>, new: &View<'_>) {
    groups(sink, old, new);
    if old.names.base == new.names.base {
        info(sink, old, new);
    } else {
        let (before, after) = (&old.names.base, &new.names.base);
        let message = format!(
            "the crates are called `{after}-*`, and were called `{before}-*`: `name` in `crategen.toml` sets it"
        );
        let at = At::new(&Pointer::default().push("info").push("title"));
        sink.add((Level::Major, ChangeKind::CrateRenamed), &Surface::CRATES, after, at, message);
    }
    let (before, after) = (features(old), features(new));
    // An API with a single tag has no features: all of it is always compiled.
    for (feature, at) in after.iter().filter(|(feature, _)| before.iter().all(|(known, _)| known != feature)) {
        let message = format!("new feature `{feature}`");
        let symbol = format!("feature {feature}");
        sink.add((Level::Minor, ChangeKind::FeatureAdded), &Surface::CRATES, &symbol, At::new(at), message);
    }
    for (feature, at) in before.iter().filter(|(feature, _)| after.iter().all(|(known, _)| known != feature)) {
        let message = format!("the feature `{feature}` is gone");
        let symbol = format!("feature {feature}");
        sink.add((Level::Major, ChangeKind::FeatureRemoved), &Surface::CRATES, &symbol, At::old(at), message);
    }
}

/// Compares what the documentation of the crates says of the API. That the version is another one is the point of a new version.
fn info(sink: &mut Sink, old: &View<'_>, new: &View<'_>) {
    let texts = |view: &View<'_>| {
        let Info { title, description, contact, license, version: _ } = &view.api.info;
        (title.clone(), description.trim().to_owned(), contact.clone(), license.clone())
    };
    if texts(old) != texts(new) {
        let (at, message) = (At::new(&Pointer::default().push("info")), "what is said of the API changed");
        let change = (Level::Patch, ChangeKind::DocumentationChanged);
        sink.add(change, &Surface::CRATES, &new.names.base, at, message);
    }
}

/// Compares the descriptions of tags.
fn groups(sink: &mut Sink, old: &View<'_>, new: &View<'_>) {
    let (at, surfaces) = (At::new(&Pointer::default().push("tags")), [Surface::Client, Surface::Server]);
    for (index, group) in new.api.groups.iter().enumerate() {
        let is_same = |other: &&Group| (other.direction, &other.tag) == (group.direction, &group.tag);
        if let Some(before) = old.api.groups.iter().find(is_same) {
            let symbol = format!("client.{}()", new.names.group(index).module);
            docs::compare(sink, &surfaces, &symbol, at.clone(), &before.docs, &group.docs);
        }
    }
}

/// The features, each with a place: those of tags, and that of schemas that no operation needs.
fn features(view: &View<'_>) -> Vec<(String, Pointer)> {
    let feature = |(index, group): (usize, &Group)| {
        let at = group.operations.first().map(|op| view.api.operation(*op).at.clone()).unwrap_or_default();
        Some((view.names.group(index).feature.clone()?, at))
    };
    let mut features: Vec<_> = view.api.groups.iter().enumerate().filter_map(feature).collect();
    if !features.is_empty() && view.analysis.shared.iter().any(|shared| shared.unused) {
        let at = Pointer::default().push("components").push("schemas");
        features.push((UNUSED_FEATURE.to_owned(), at));
    }
    features
}
