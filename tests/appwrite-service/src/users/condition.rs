//! Conditions in SQL. Texts are constant, and every value is bound.

use rusqlite::types::Value;

use crate::queries::Filter;

/// A condition with the values of its `?`s.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Condition {
    pub sql: String,
    pub values: Vec<Value>,
}

impl Condition {
    pub fn new(sql: impl Into<String>, values: impl IntoIterator<Item = Value>) -> Self {
        Self { sql: sql.into(), values: values.into_iter().collect() }
    }

    /// The condition of a filter.
    pub fn of(filter: &Filter) -> Self {
        match filter {
            Filter::Equal(attribute, values) => {
                let places = vec!["?"; values.len()].join(", ");
                Self::new(format!("{} IN ({places})", attribute.column), values.clone())
            }
            Filter::Contains(attribute, text) => Self::new(contains(attribute.column), [Value::Text(text.clone())]),
            Filter::NameOrEmail(text) => {
                let either = format!("({} OR {})", contains("name"), contains("email"));
                Self::new(either, [Value::Text(text.clone()), Value::Text(text.clone())])
            }
        }
    }

    /// Holds where both conditions hold.
    pub fn and(mut self, other: Self) -> Self {
        self.sql = format!("{} AND {}", self.sql, other.sql);
        self.values.extend(other.values);
        self
    }

    /// Holds where one of several conditions holds.
    pub fn any(several: Vec<Self>) -> Self {
        let sql: Vec<&str> = several.iter().map(|one| one.sql.as_str()).collect();
        let sql = format!("({})", sql.join(" OR "));
        Self::new(sql, several.into_iter().flat_map(|one| one.values))
    }
}

/// Whether a column contains a text. `LIKE` would give a meaning to some of its characters.
fn contains(column: &str) -> String {
    format!("instr(lower({column}), lower(?)) > 0")
}
