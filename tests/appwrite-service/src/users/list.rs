//! Pages of the table.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension as _, params, params_from_iter};

use super::condition::Condition;
use super::{COLUMNS, StoredUser};
use crate::error::Error;
use crate::queries::{Order, Selection};

/// A page of a list.
#[derive(Debug, PartialEq)]
pub struct Page {
    /// How many users the whole list has.
    pub total: i64,
    /// The users of the page.
    pub users: Vec<StoredUser>,
}

/// What became of a list.
#[derive(Debug, PartialEq)]
pub enum Listed {
    /// The page.
    Page(Page),
    /// No user has this id, which the page was to come after.
    UnknownCursor(String),
}

/// Returns a page of the users of a project.
pub fn list(connection: &Connection, project: &str, selection: &Selection) -> Result<Listed, Error> {
    let in_project = Condition::new("project = ?", [Value::Text(project.to_owned())]);
    let all = selection.filters.iter().map(Condition::of).fold(in_project, Condition::and);
    let count = format!("SELECT count(*) FROM users WHERE {}", all.sql);
    let total = connection.query_row(&count, params_from_iter(&all.values), |row| row.get(0))?;
    let on_page = match &selection.cursor_after {
        None => all,
        Some(id) => match after(connection, project, &selection.orders, id)? {
            Some(after) => all.and(after),
            None => return Ok(Listed::UnknownCursor(id.clone())),
        },
    };
    let users = page(connection, on_page, selection)?;
    Ok(Listed::Page(Page { total, users }))
}

fn page(connection: &Connection, condition: Condition, selection: &Selection) -> Result<Vec<StoredUser>, Error> {
    let Condition { sql, mut values } = condition;
    let order = order(&selection.orders);
    let sql = format!("SELECT {COLUMNS} FROM users WHERE {sql} ORDER BY {order} LIMIT ? OFFSET ?");
    let numbers = [selection.page_size(), selection.offset.unwrap_or_default()];
    values.extend(numbers.map(|number| Value::Integer(i64::try_from(number).unwrap_or(i64::MAX))));
    let mut statement = connection.prepare(&sql)?;
    let users = statement.query_map(params_from_iter(values), StoredUser::of)?;
    Ok(users.collect::<Result<_, _>>()?)
}

/// The order in SQL. `sequence` comes last, so that the order is total.
fn order(orders: &[Order]) -> String {
    let steps = orders.iter().map(|order| {
        let direction = if order.is_descending { "DESC" } else { "ASC" };
        format!("{} {direction}, ", order.attribute.column)
    });
    steps.chain(["sequence ASC".to_owned()]).collect()
}

/// The condition of all users after a user. `None` if there is no such user.
///
/// In the order `a, b DESC, sequence`, these are the users with `a > ?`, those with `a = ? AND b < ?`, and those with
/// `a = ? AND b = ? AND sequence > ?`.
fn after(connection: &Connection, project: &str, orders: &[Order], id: &str) -> Result<Option<Condition>, Error> {
    let by_column = orders.iter().map(|order| (order.attribute.column, if order.is_descending { "<" } else { ">" }));
    let mut equal: Option<Condition> = None;
    let mut alternatives = Vec::new();
    for (column, comparison) in by_column.chain([("sequence", ">")]) {
        let sql = format!("SELECT {column} FROM users WHERE project = ? AND id = ?");
        let Some(value) = connection.query_row(&sql, params![project, id], |row| row.get(0)).optional()? else {
            return Ok(None);
        };
        let value: Value = value;
        let beyond = Condition::new(format!("{column} {comparison} ?"), [value.clone()]);
        let same = Condition::new(format!("{column} = ?"), [value]);
        alternatives.push(match &equal {
            None => beyond,
            Some(equal) => equal.clone().and(beyond),
        });
        equal = Some(match equal {
            None => same,
            Some(equal) => equal.and(same),
        });
    }
    Ok(Some(Condition::any(alternatives)))
}
