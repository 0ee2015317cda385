//! What is selected, independently of how it was asked for.

use rusqlite::types::Value as Bound;

use super::attribute::Attribute;

/// A page of a list of users.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// What all users of the list have in common.
    pub filters: Vec<Filter>,
    /// The order of the list. Users that are equal in it are in the order of their creation.
    pub orders: Vec<Order>,
    /// The size of the page; see [`Selection::page_size`].
    pub limit: Option<u64>,
    /// How many users to skip.
    pub offset: Option<u64>,
    /// The id of the user that the page comes after.
    pub cursor_after: Option<String>,
}

/// A condition.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// The attribute has one of the values.
    Equal(Attribute, Vec<Bound>),
    /// The attribute contains a text, in upper or lower case.
    Contains(Attribute, String),
    /// The name or the e-mail address contains a text, in upper or lower case.
    NameOrEmail(String),
}

/// A step of an order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Order {
    /// What to order by.
    pub attribute: Attribute,
    /// Whether the greatest comes first.
    pub is_descending: bool,
}

impl Selection {
    /// Returns the size of the page; 25 by default, as in Appwrite.
    pub fn page_size(&self) -> u64 {
        self.limit.unwrap_or(25)
    }
}
