//! Keywords that apply schemas to the same value (JSON Schema Core 2020-12 §10.2).

use serde_json::Value;

use super::{Checks, Is, Judge};

impl Checks<'_> {
    /// Checks `anyOf`.
    pub fn any_of(&mut self, value: &Value, schemas: &[Is]) -> &mut Self {
        self.require(schemas.iter().any(|is| is(value)), format_args!("must satisfy at least one of the alternatives"))
    }

    /// Checks `oneOf`.
    pub fn exactly_one(&mut self, value: &Value, schemas: &[Is]) -> &mut Self {
        let found = schemas.iter().filter(|is| is(value)).count();
        self.require(found == 1, format_args!("must satisfy exactly one of the alternatives, satisfies {found}"))
    }

    /// Checks `not`.
    pub fn not(&mut self, value: &Value, is: Is) -> &mut Self {
        self.require(!is(value), format_args!("must not satisfy the schema of `not`"))
    }

    /// Checks `if`, `then`, `else`.
    pub fn conditional(
        &mut self,
        value: &Value,
        condition: Is,
        then: Option<Judge>,
        otherwise: Option<Judge>,
    ) -> &mut Self {
        if let Some(judge) = if condition(value) { then } else { otherwise } {
            judge(value, self);
        }
        self
    }
}
