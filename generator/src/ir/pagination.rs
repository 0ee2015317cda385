//! Lists that come page by page.

use super::{Ty, TypeId};

/// How the list of an operation comes page by page.
#[derive(Clone, Debug, PartialEq)]
pub struct Pagination {
    /// From the body of a page to the list of its items; empty: the body is the list.
    pub items: Vec<Step>,
    /// What the list is of.
    pub item: Ty,
    /// Where the page behind a page is.
    pub next: NextPage,
}

/// From a struct to one of its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The struct.
    pub ty: TypeId,
    /// The position of the field.
    pub field: usize,
}

/// Where the page behind a page is. A parameter is optional, and given by its position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextPage {
    /// Where the header `Link` with the relation `next` says (RFC 8288).
    Link,
    /// At the URL in the body.
    Url(Vec<Step>),
    /// Behind a cursor in the body, which becomes the value of a parameter of the same type.
    Cursor {
        /// The parameter.
        param: usize,
        /// From the body to the cursor.
        from: Vec<Step>,
    },
    /// As many items further as the page has; the parameter is a number.
    Offset {
        /// The parameter.
        param: usize,
    },
    /// One page further; the parameter is a number.
    Page {
        /// The parameter.
        param: usize,
    },
}
