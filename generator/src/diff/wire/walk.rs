//! A walk over pairs of types: what is sent in the old version, and what is sent in the new one.
//!
//! Pairs are kept in a list instead of calling each other, and each pair of named types is looked at once for each direction, so
//! types may contain each other.

use std::collections::{BTreeSet, VecDeque};

use super::super::change::{At, Level, Sink, Surface};
use super::super::kind::ChangeKind;
use super::super::view::View;
use super::flow::{Effect, Flow};
use crate::diag::Pointer;
use crate::ir::{Checks, Ty, TypeId};

/// Where a value is, and where it goes.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    /// As users write it.
    pub symbol: String,
    pub flow: Flow,
    /// In the new version.
    pub at: Pointer,
}

/// A type in both versions, with the rules at the place where it is used.
pub(super) struct TypePair<'a> {
    pub old: (&'a Ty, Option<&'a Checks>),
    pub new: (&'a Ty, Option<&'a Checks>),
    pub spot: Spot,
}

/// The walk.
pub(super) struct Walk<'a> {
    pub old: View<'a>,
    pub new: View<'a>,
    pub sink: Sink,
    pub queue: VecDeque<TypePair<'a>>,
    /// Pairs of schemas that values are validated against.
    pub ids: VecDeque<(TypeId, TypeId, Spot)>,
    /// The pairs of named types that were looked at.
    seen: BTreeSet<(usize, usize, Flow)>,
    /// The pairs of places in the models that were added.
    places: BTreeSet<(usize, usize, Flow)>,
    /// The pairs of objects of XML that were looked at.
    xml: BTreeSet<(usize, usize, Flow)>,
}

impl<'a> Walk<'a> {
    pub fn new(old: View<'a>, new: View<'a>) -> Self {
        Self {
            old,
            new,
            sink: Sink::default(),
            queue: VecDeque::new(),
            ids: VecDeque::new(),
            seen: BTreeSet::new(),
            places: BTreeSet::new(),
            xml: BTreeSet::new(),
        }
    }

    /// Adds a pair to look at later, unless it was added for this flow before. So the walk ends, even if a list contains itself.
    pub fn push(&mut self, old: (&'a Ty, Option<&'a Checks>), new: (&'a Ty, Option<&'a Checks>), spot: Spot) {
        let place = |ty: &Ty| std::ptr::from_ref(ty).addr();
        if self.places.insert((place(old.0), place(new.0), spot.flow)) {
            self.queue.push_back(TypePair { old, new, spot });
        }
    }

    /// Whether a pair of named types has not been looked at for this flow.
    pub fn is_new(&mut self, old: usize, new: usize, flow: Flow) -> bool {
        self.seen.insert((old, new, flow))
    }

    /// Whether a pair of objects of XML has not been looked at for this flow.
    pub fn is_new_xml(&mut self, old: usize, new: usize, flow: Flow) -> bool {
        self.xml.insert((old, new, flow))
    }

    /// Reports a change of the valid values.
    pub fn effect(&mut self, effect: Effect, kind: ChangeKind, spot: &Spot, message: &str) {
        self.report(spot.flow.level(effect), kind, spot, message);
    }

    /// Reports a change. The message goes on with the kind of messages.
    pub fn report(&mut self, level: Level, kind: ChangeKind, spot: &Spot, message: &str) {
        let message = format!("{}: {message}", spot.flow.messages());
        self.sink.add((level, kind), &[Surface::Wire], &spot.symbol, At::new(&spot.at), message);
    }

    /// Reports a change of something that is gone.
    pub fn report_old(&mut self, level: Level, kind: ChangeKind, spot: &Spot, at: &Pointer, message: &str) {
        let message = format!("{}: {message}", spot.flow.messages());
        self.sink.add((level, kind), &[Surface::Wire], &spot.symbol, At::old(at), message);
    }
}
