//! What a difference between two sets of values means for those who send and receive them.

use super::super::change::Level;
use crate::ir::Direction;

/// Which way values go, and how the schema that is compared relates to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Flow {
    /// Whether callers of the API send the values, rather than receive them.
    pub is_sent: bool,
    pub direction: Direction,
    pub role: Role,
}

/// How a schema relates to the values that are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// It describes them.
    Value,
    /// They must match it as well, as with `propertyNames`.
    Condition,
    /// They must not match it, as with `not`: a stricter schema allows more.
    Negated,
    /// What else they must match depends on it, as with `if`.
    Either,
}

impl Role {
    /// The role of a schema inside of one with this role. `inner` is its role in a schema that describes the values.
    pub fn around(self, inner: Self) -> Self {
        match (self, inner) {
            (Self::Either, _) | (_, Self::Either) => Self::Either,
            (Self::Negated, Self::Negated) => Self::Condition,
            (Self::Negated, _) | (_, Self::Negated) => Self::Negated,
            (Self::Condition, _) | (_, Self::Condition) => Self::Condition,
            (Self::Value, Self::Value) => Self::Value,
        }
    }
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

impl Effect {
    /// The effect if there are further values, or some are gone; `None` if neither.
    pub fn of(is_wider: bool, is_narrower: bool) -> Option<Self> {
        match (is_wider, is_narrower) {
            (true, true) => Some(Self::Differs),
            (true, false) => Some(Self::Widens),
            (false, true) => Some(Self::Narrows),
            (false, false) => None,
        }
    }
}

impl Flow {
    /// The flow of request bodies and parameters.
    pub fn request(direction: Direction) -> Self {
        Self { is_sent: direction == Direction::Call, direction, role: Role::Value }
    }

    /// The flow of response bodies and headers.
    pub fn response(direction: Direction) -> Self {
        Self { is_sent: direction != Direction::Call, direction, role: Role::Value }
    }

    /// The level of an effect on a schema: narrower requests are refused, and wider responses surprise who reads them.
    pub fn level(self, effect: Effect) -> Level {
        let effect = match (self.role, effect) {
            (Role::Either, _) => Effect::Differs,
            (Role::Negated, Effect::Narrows) => Effect::Widens,
            (Role::Negated, Effect::Widens) => Effect::Narrows,
            _ => effect,
        };
        match (effect, self.is_sent) {
            (Effect::Differs, _) | (Effect::Narrows, true) | (Effect::Widens, false) => Level::Major,
            (Effect::Widens, true) | (Effect::Narrows, false) => Level::Minor,
        }
    }

    /// The level of a new part of a message: a property, a parameter, a header or a body. Readers ignore parts that they do not know.
    pub fn added(self, is_required: bool) -> Level {
        match self.role {
            Role::Value if self.is_sent && is_required => Level::Major,
            Role::Value => Level::Minor,
            _ => self.level(Effect::Narrows),
        }
    }

    /// The level of a part of a message that is gone: those who still send it are ignored or refused, and those who read it miss
    /// what was always there.
    pub fn removed(self, was_required: bool) -> Level {
        match self.role {
            Role::Value if self.is_sent || was_required => Level::Major,
            Role::Value => Level::Minor,
            _ => self.level(Effect::Widens),
        }
    }

    /// The messages that the values are part of, and where in a rule the schema is.
    pub fn messages(self) -> String {
        let messages = match (self.direction, self.is_sent) {
            (Direction::Call, true) => "requests",
            (Direction::Call, false) => "responses",
            (Direction::Webhook, true) => "responses to webhooks",
            (Direction::Webhook, false) => "webhooks",
            (Direction::Callback, true) => "responses to callbacks",
            (Direction::Callback, false) => "callbacks",
        };
        let place = match self.role {
            Role::Value | Role::Condition => "",
            Role::Negated => ", in a schema that they must not match",
            Role::Either => ", in a condition",
        };
        format!("{messages}{place}")
    }
}
