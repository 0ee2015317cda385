//! The documentation of groups of operations.

use super::docs;
use crate::ir::{Direction, Group};

/// The documentation of a group of operations.
pub(super) fn about(group: &Group) -> String {
    match (group.direction, &group.tag) {
        (Direction::Webhook, _) => "Webhooks: requests that the server sends to its subscribers.".to_owned(),
        (Direction::Callback, _) => "Callbacks: requests that the server sends to URLs that it was given.".to_owned(),
        (Direction::Call, Some(tag)) => format!("Operations of the tag `{}`.", docs::shown(tag)),
        (Direction::Call, None) => "Operations without a tag.".to_owned(),
    }
}
