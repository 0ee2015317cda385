//! The documentation of groups of operations.

use super::docs;
use crate::ir::{Direction, Group};

/// The documentation of a group of operations.
pub(super) fn about(group: &Group) -> String {
    match (group.direction, &group.tag) {
        (Direction::Webhook, _) => "Webhooks: requests that the server sends to its subscribers.".to_owned(),
        (Direction::Callback, _) => "Callbacks: requests that the server sends to URLs that it was given.".to_owned(),
        (Direction::Call, Some(tag)) => format!("Operations of the tag `{}`.", docs::shown(tag)),
        (Direction::Call, None) => format!("Operations without a tag, below `/{}`.", segment(group)),
    }
}

/// The segment of the paths of a group, as text in documentation.
pub(super) fn segment(group: &Group) -> String {
    docs::shown(group.segment.as_deref().unwrap_or_default())
}
