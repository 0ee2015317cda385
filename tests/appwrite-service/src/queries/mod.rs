//! Appwrite's `queries`: what a list of users contains, in which order, and which page of it.
//!
//! Nothing of a query becomes SQL: attributes are looked up in [`Attribute::ALL`], and values are bound.

mod attribute;
mod call;
mod method;
mod selection;

use appwrite_models::problem::Violation;

pub use attribute::{Attribute, Kind};
pub use selection::{Filter, Order, Selection};

use call::Call;

/// The largest number of queries in a request.
const MOST_QUERIES: usize = 100;

/// The longest text to search for, in characters.
const LONGEST_SEARCH: usize = 256;

/// Reads the parameters of a list.
///
/// Fails with everything that is wrong with them.
pub fn read(queries: &[String], search: Option<&str>) -> Result<Selection, Vec<Violation>> {
    if queries.len() > MOST_QUERIES {
        return Err(vec![Violation::new("?queries", format!("more than {MOST_QUERIES} queries"))]);
    }
    let mut selection = Selection::default();
    let mut violations = Vec::new();
    for (n, query) in queries.iter().enumerate() {
        let added = Call::read(query).and_then(|call| method::add(call, &mut selection));
        if let Err(reason) = added {
            violations.push(Violation::new("?queries", format!("query {}, `{query}`: {reason}", n + 1)));
        }
    }
    match search.map(|text| searched(text.to_owned())).transpose() {
        Ok(search) => selection.filters.extend(search.map(Filter::NameOrEmail)),
        Err(reason) => violations.push(Violation::new("?search", reason)),
    }
    if violations.is_empty() { Ok(selection) } else { Err(violations) }
}

/// Returns a text to search for, if it is not too long.
fn searched(text: String) -> Result<String, String> {
    let is_too_long = text.chars().count() > LONGEST_SEARCH;
    if is_too_long { Err(format!("must have at most {LONGEST_SEARCH} characters")) } else { Ok(text) }
}
