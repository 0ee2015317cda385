//! What values of a document must satisfy, as data.
//!
//! Most rules are code: `Validate` checks them on the types. Rules that compare a value with further schemas (`oneOf`, `not`, `if`,
//! `contains` ...) look at JSON, as it arrived. For them, and for unions whose variants differ in nothing but their values, a models
//! crate has its schemas as data, `rules.json`.

mod explain;
mod format;
pub(super) mod limit;
mod parse;
mod patterns;
mod schema;
mod verdict;

use std::cell::RefCell;
use std::sync::OnceLock;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::validate::Checks;
use super::{Node, Violation, strict};
use explain::Explain;
use schema::{Form, Id, Schemas};
use verdict::{EXACT, Mode, Verdicts};

/// The schemas of a models crate, by their names; read when the first one is needed.
#[derive(Debug)]
pub struct Rules {
    json: &'static str,
    schemas: OnceLock<Schemas>,
}

thread_local! {
    /// The verdicts of the value that is being read on this thread, while one is.
    static VERDICTS: RefCell<Option<Verdicts>> = const { RefCell::new(None) };
}

impl Rules {
    /// Creates the rules from the text of `rules.json`.
    pub const fn new(json: &'static str) -> Self {
        Self { json, schemas: OnceLock::new() }
    }

    fn schemas(&self) -> &Schemas {
        self.schemas.get_or_init(|| parse::parse(self.json))
    }

    /// Adds what is wrong with a value, compared with a schema.
    pub fn check<T: Serialize + ?Sized>(&self, schema: &str, value: &T, checks: &mut Checks<'_>) {
        if let Ok(value) = serde_json::to_value(value) {
            self.check_node(schema, &value.into(), checks);
        }
    }

    fn check_node(&self, schema: &str, node: &Node, checks: &mut Checks<'_>) {
        let schemas = self.schemas();
        if let Some(id) = schemas.names.get(schema) {
            with_verdicts(|verdicts| Explain::new(schemas, verdicts, EXACT).schema(*id, node, checks));
        }
    }

    /// Adds what is wrong with a JSON text, compared with a schema.
    pub fn explain_json(&self, schema: &str, json: &[u8], violations: &mut Vec<Violation>) {
        self.explain(schema, json, &mut Checks::new("#", violations));
    }

    fn explain(&self, schema: &str, json: &[u8], checks: &mut Checks<'_>) -> Option<Node> {
        match serde_json::from_slice(json) {
            Ok(node) => {
                self.check_node(schema, &node, checks);
                Some(node)
            }
            Err(error) => {
                checks.violation(format_args!("is not JSON: {error}"));
                None
            }
        }
    }

    /// Reads a JSON text as a type, and adds what is wrong with it, compared with a schema.
    ///
    /// Returns `None` if it cannot be read; then something is wrong with it.
    pub fn read<T: DeserializeOwned>(&self, schema: &str, json: &[u8], violations: &mut Vec<Violation>) -> Option<T> {
        let mut checks = Checks::new("#", violations);
        let before = checks.count();
        while_reading(|| {
            let node = self.explain(schema, json, &mut checks)?;
            let value = strict(|| T::deserialize(node));
            if let (Err(error), true) = (&value, checks.count() == before) {
                checks.violation(error);
            }
            value.ok()
        })
    }

    /// Returns the position of the variant that a value is read as: the first one in `order` whose rules the value satisfies, or
    /// else the first one whose form it has.
    pub(super) fn variant(&self, union: &str, order: &[usize], node: &Node, strict: bool) -> Option<usize> {
        let schemas = self.schemas();
        let ids = self.variants(union)?;
        let first = |rules: bool| {
            with_verdicts(|verdicts| {
                let mode = Mode { strict, rules };
                order
                    .iter()
                    .copied()
                    .find(|position| ids.get(*position).is_some_and(|id| verdicts.is_valid(schemas, *id, node, mode)))
            })
        };
        first(true).or_else(|| first(false))
    }

    /// Returns what is wrong with a value that is no variant of a union.
    pub(super) fn explain_union(&self, union: &str, node: &Node, strict: bool) -> String {
        let schemas = self.schemas();
        let mut violations = Vec::new();
        if let Some(id) = schemas.names.get(union) {
            let mut checks = Checks::new("#", &mut violations);
            with_verdicts(|verdicts| {
                Explain::new(schemas, verdicts, Mode { strict, rules: false }).schema(*id, node, &mut checks);
            });
        }
        let shown =
            violations.iter().take(MOST_SHOWN).map(|Violation { location, detail }| format!("{location}: {detail}"));
        shown.collect::<Vec<_>>().join("; ")
    }

    fn variants(&self, union: &str) -> Option<Vec<Id>> {
        let schemas = self.schemas();
        match &schemas.get(*schemas.names.get(union)?)?.form {
            Form::Union(union) => Some(union.variants.iter().map(|(_, id)| *id).collect()),
            _ => None,
        }
    }
}

/// How many violations the error of a union lists.
const MOST_SHOWN: usize = 4;

/// Keeps verdicts until `read` ends, because unions inside a union need them again.
pub(super) fn while_reading<T>(read: impl FnOnce() -> T) -> T {
    struct Forget(bool);
    impl Drop for Forget {
        fn drop(&mut self) {
            if self.0 {
                VERDICTS.set(None);
            }
        }
    }
    let is_first = VERDICTS.with_borrow(Option::is_none);
    if is_first {
        VERDICTS.set(Some(Verdicts::default()));
    }
    let _forget = Forget(is_first);
    read()
}

fn with_verdicts<T>(run: impl FnOnce(&mut Verdicts) -> T) -> T {
    // Verdicts are taken out, so that nothing is borrowed while `run` works.
    let mut kept = VERDICTS.take();
    let result = run(kept.as_mut().unwrap_or(&mut Verdicts::default()));
    VERDICTS.set(kept);
    result
}

impl Checks<'_> {
    /// Checks a value by a schema of the rules.
    pub fn by_rules<T: Serialize + ?Sized>(&mut self, rules: &Rules, schema: &str, value: &T) -> &mut Self {
        rules.check(schema, value, self);
        self
    }
}
