//! Lists that are returned page by page.

use super::ids::TypeId;
use super::ty::Ty;

/// How the list of an operation is paginated.
#[derive(Clone, Debug, PartialEq)]
pub struct Pagination {
    /// The path from the body of a page to its list; empty if the body is the list.
    pub items: Vec<Step>,
    /// The type of the items.
    pub item: Ty,
    /// How the next page is found.
    pub next: NextPage,
}

/// A step from a struct to one of its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The struct.
    pub ty: TypeId,
    /// The position of the field.
    pub field: usize,
}

/// How the next page is found. Parameters are optional, and given by their positions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextPage {
    /// By the URL of the header `Link` with the relation `next` (RFC 8288).
    Link,
    /// By a URL in the body.
    Url(Vec<Step>),
    /// By a cursor in the body, which becomes the value of a parameter of the same type.
    Cursor {
        /// The parameter.
        param: usize,
        /// The path from the body to the cursor.
        from: Vec<Step>,
    },
    /// By a property of the last item, which becomes the value of a parameter of the same type.
    LastItem {
        /// The parameter.
        param: usize,
        /// The path from an item to the property.
        last: Vec<Step>,
        /// The path from the body to a boolean that says whether there is a next page; empty if an empty page ends the list.
        more: Vec<Step>,
    },
    /// By an offset, which grows by the number of items; the parameter is an integer.
    Offset {
        /// The parameter.
        param: usize,
    },
    /// By a page number, which grows by one; the parameter is an integer.
    Page {
        /// The parameter.
        param: usize,
    },
}
