//! What a difference between two sets of values means for those who send and receive them.

use super::super::change::Level;
use crate::ir::Direction;

/// Which way values go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Flow {
    /// Whether callers of the API send the values, rather than receive them.
    pub is_sent: bool,
    pub direction: Direction,
}

/// How the set of valid values changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// Some values are not valid any more.
    Narrows,
    /// Further values are valid.
    Widens,
    /// Both.
    Differs,
}

impl Flow {
    /// The flow of request bodies and parameters.
    pub fn request(direction: Direction) -> Self {
        Self { is_sent: direction == Direction::Call, direction }
    }

    /// The flow of response bodies and headers.
    pub fn response(direction: Direction) -> Self {
        Self { is_sent: direction != Direction::Call, direction }
    }

    /// The level of an effect: narrower requests are refused, and wider responses surprise who reads them.
    pub fn level(self, effect: Effect) -> Level {
        match (effect, self.is_sent) {
            (Effect::Differs, _) | (Effect::Narrows, true) | (Effect::Widens, false) => Level::Major,
            (Effect::Widens, true) | (Effect::Narrows, false) => Level::Minor,
        }
    }

    /// The messages that the values are part of.
    pub fn messages(self) -> &'static str {
        match (self.direction, self.is_sent) {
            (Direction::Call, true) => "requests",
            (Direction::Call, false) => "responses",
            (Direction::Webhook, true) => "responses to webhooks",
            (Direction::Webhook, false) => "webhooks",
            (Direction::Callback, true) => "responses to callbacks",
            (Direction::Callback, false) => "callbacks",
        }
    }
}
