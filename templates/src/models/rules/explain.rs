//! What is wrong with a value that is not valid. As verdicts, explanations are made once for each array or object and schema.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::super::Node;
use super::super::validate::{Checks, counted};
use super::patterns::TooManySteps;
use super::schema::{Enum, Form, Format, Id, Object, Rule, Schema, Schemas, Union};
use super::verdict::{EXACT, Mode, Selected, Verdicts, selected};

/// Explains one value.
pub(super) struct Explain<'v> {
    schemas: &'v Schemas,
    verdicts: &'v mut Verdicts,
    explained: BTreeSet<(usize, usize)>,
    mode: Mode,
}

impl<'v> Explain<'v> {
    /// Starts with nothing explained.
    pub fn new(schemas: &'v Schemas, verdicts: &'v mut Verdicts, mode: Mode) -> Self {
        Self { schemas, verdicts, explained: BTreeSet::new(), mode }
    }

    /// Adds what is wrong with a value; nothing if it is valid.
    pub fn schema(&mut self, id: Id, node: &Node, checks: &mut Checks<'_>) {
        if let Node::Untyped(untyped) = node {
            // A text whose type is unknown is explained as the value that the schema is about.
            let value = untyped.as_value().filter(|value| self.is_of_type(id, value, 0));
            let value = value.cloned().unwrap_or_else(|| untyped.as_text());
            if !self.verdicts.is_valid(self.schemas, id, node, self.mode) {
                self.schema(id, &value, checks);
            }
            return;
        }
        let Some(schema) = self.schemas.get(id) else { return };
        if checks.is_full() || self.verdicts.is_valid(self.schemas, id, node, self.mode) {
            return;
        }
        if let Some(identity) = node.identity()
            && !self.explained.insert((std::ptr::from_ref(schema).addr(), identity))
        {
            return;
        }
        if self.form(schema, node, checks) && self.mode.rules {
            for rule in &schema.rules {
                if !self.verdicts.holds(self.schemas, rule, node) {
                    self.rule(rule, node, checks);
                }
            }
        }
    }

    /// Adds what is wrong with the form. Returns whether rules can still say something about the value.
    fn form(&mut self, schema: &Schema, node: &Node, checks: &mut Checks<'_>) -> bool {
        let schemas = self.schemas;
        match (&schema.form, node) {
            (Form::Same(id), node) => self.schema(*id, node, checks),
            (Form::List(item), Node::Array(items)) => {
                for (index, node) in items.iter().enumerate() {
                    self.schema(*item, node, &mut checks.index(index));
                }
            }
            (Form::Tuple(parts), Node::Array(items)) if parts.len() == items.len() => {
                for (index, (id, node)) in parts.iter().zip(items.iter()).enumerate() {
                    self.schema(*id, node, &mut checks.index(index));
                }
            }
            (Form::Object(object), Node::Object(entries)) => self.object(object, node, entries, checks),
            (Form::Union(union), node) => self.union(union, node, checks),
            (form, node) => {
                if !self.verdicts.has_form(schemas, form, node, self.mode) {
                    checks.violation(expected(form, schema.nullable));
                    return false;
                }
            }
        }
        true
    }

    fn object(&mut self, object: &Object, node: &Node, entries: &[(Rc<str>, Node)], checks: &mut Checks<'_>) {
        for property in object.properties.iter().filter(|property| property.required) {
            if node.get(&property.name).is_none() {
                checks.violation(format_args!("`{}` is missing", property.name));
            }
        }
        for (key, value) in entries {
            let declared = object.index.get(&**key).and_then(|index| object.properties.get(*index));
            let mut at = checks.property(key);
            match (declared, object.others) {
                (Some(property), _) => {
                    let is_absent = !property.required && !self.mode.strict && matches!(value, Node::Null);
                    if !is_absent {
                        self.schema(property.schema, value, &mut at);
                    }
                }
                (None, _) if object.forbidden.contains(&**key) => self.refuse(key, &mut at),
                (None, Some(others)) if self.is_never(others) => self.refuse(key, &mut at),
                (None, Some(others)) => self.schema(others, value, &mut at),
                (None, None) => {}
            }
        }
    }

    fn is_never(&self, id: Id) -> bool {
        self.schemas.get(id).is_some_and(|schema| matches!(schema.form, Form::Never))
    }

    fn refuse(&self, key: &str, checks: &mut Checks<'_>) {
        if self.mode.strict {
            checks.violation(format_args!("`{key}` is not allowed"));
        }
    }

    /// Explains a value of no variant by the variant that it comes closest to: the one that declares most of its keys.
    fn union(&mut self, union: &Union, node: &Node, checks: &mut Checks<'_>) {
        match selected(union, node) {
            Selected::Variant(id) => self.schema(id, node, checks),
            Selected::Kept | Selected::Nothing => {
                let Some(tag) = &union.tag else { return };
                let known: Vec<String> = tag.values.keys().map(|value| format!("`{value}`")).collect();
                let detail = if node.get(&tag.property).is_some() {
                    format!("`{}` must be one of {}", tag.property, known.join(", "))
                } else if matches!(node, Node::Object(_)) {
                    format!("`{}` is missing", tag.property)
                } else {
                    "must be an object".to_owned()
                };
                checks.violation(detail);
            }
            Selected::ByValue => self.closest(union, node, checks),
        }
    }

    fn closest(&mut self, union: &Union, node: &Node, checks: &mut Checks<'_>) {
        let forms: Vec<&(String, Id)> = union.variants.iter().filter(|(_, id)| self.is_of_type(*id, node, 0)).collect();
        match forms.as_slice() {
            [] => {
                let words: Vec<&str> = union.variants.iter().filter_map(|(_, id)| self.word(*id, 0)).collect();
                let mut distinct: Vec<&str> = Vec::new();
                for word in words {
                    if !distinct.contains(&word) {
                        distinct.push(word);
                    }
                }
                checks.violation(format_args!("must be {}", distinct.join(" or ")));
            }
            [(_, only)] => self.schema(*only, node, checks),
            several => {
                let names: Vec<&str> = several.iter().map(|(name, _)| name.as_str()).collect();
                let best =
                    several.iter().max_by_key(|(_, id)| (self.known_keys(*id, node, 0), std::cmp::Reverse(id.0)));
                let before = checks.count();
                if let Some((_, id)) = best {
                    self.schema(*id, node, checks);
                }
                if checks.count() == before {
                    checks.violation(format_args!("does not match any of {}", names.join(", ")));
                }
            }
        }
    }

    /// Returns whether a value has the JSON type of a schema.
    fn is_of_type(&self, id: Id, node: &Node, depth: usize) -> bool {
        let Some(schema) = self.schemas.get(id) else { return true };
        match (&schema.form, node) {
            (Form::Same(id), _) if depth < DEEPEST => self.is_of_type(*id, node, depth + 1),
            (Form::Never, _) => false,
            (Form::Null, node) => matches!(node, Node::Null),
            (Form::Boolean, node) => matches!(node, Node::Bool(_)),
            (Form::Number | Form::Integer(..), node) => matches!(node, Node::Number(_)),
            (Form::Text(_), node) => matches!(node, Node::Text(_)),
            (Form::List(_) | Form::Tuple(_), node) => matches!(node, Node::Array(_)),
            (Form::Object(_), node) => matches!(node, Node::Object(_)),
            _ => true,
        }
    }

    /// Returns what values of a schema are called.
    fn word(&self, id: Id, depth: usize) -> Option<&'static str> {
        let schema = self.schemas.get(id)?;
        match &schema.form {
            Form::Same(id) if depth < DEEPEST => self.word(*id, depth + 1),
            form => word(form),
        }
    }

    /// Returns how many keys of a value a schema declares.
    fn known_keys(&self, id: Id, node: &Node, depth: usize) -> usize {
        let Some(schema) = self.schemas.get(id) else { return 0 };
        match &schema.form {
            Form::Same(id) if depth < DEEPEST => self.known_keys(*id, node, depth + 1),
            Form::Object(object) => node.entries().iter().filter(|(key, _)| object.index.contains_key(&**key)).count(),
            _ => 0,
        }
    }

    fn rule(&mut self, rule: &Rule, node: &Node, checks: &mut Checks<'_>) {
        let mode = std::mem::replace(&mut self.mode, EXACT);
        match rule {
            Rule::If(condition, then, otherwise) => {
                let holds = self.verdicts.is_valid(self.schemas, *condition, node, EXACT);
                if let Some(id) = if holds { then } else { otherwise } {
                    self.schema(*id, node, checks);
                }
            }
            Rule::DependentSchema(_, id) => self.schema(*id, node, checks),
            Rule::Position(index, id) => {
                if let Some(item) = node.items().get(*index) {
                    self.schema(*id, item, &mut checks.index(*index));
                }
            }
            Rule::ItemsFrom(first, id) => {
                for (index, item) in node.items().iter().enumerate().skip(*first) {
                    self.schema(*id, item, &mut checks.index(index));
                }
            }
            Rule::PropertyNames(id) => {
                for (key, _) in node.entries() {
                    if !self.verdicts.is_valid(self.schemas, *id, &Node::Text(key.clone()), EXACT) {
                        checks.violation(format_args!("`{key}` is not an allowed key"));
                    }
                }
            }
            Rule::PatternProperties(pattern, id) => {
                for (key, value) in node.entries() {
                    if matches!(pattern.matches(key), Ok(true)) {
                        self.schema(*id, value, &mut checks.property(key));
                    }
                }
            }
            Rule::AdditionalProperties(known, patterns, id) => {
                for (key, value) in node.entries() {
                    let is_matched = patterns.iter().any(|pattern| matches!(pattern.matches(key), Ok(true)));
                    if known.contains(&**key) || is_matched {
                        continue;
                    }
                    if self.is_never(*id) {
                        self.refuse(key, &mut checks.property(key));
                    } else {
                        self.schema(*id, value, &mut checks.property(key));
                    }
                }
            }
            simple => {
                checks.violation(self.message(simple, node));
            }
        }
        self.mode = mode;
    }

    /// Returns what a value must do to satisfy a rule.
    fn message(&mut self, rule: &Rule, node: &Node) -> String {
        match rule {
            Rule::MinLength(least) => format!("must have at least {}", counted(*least, "character")),
            Rule::MaxLength(most) => format!("must have at most {}", counted(*most, "character")),
            Rule::Pattern(pattern) => match pattern.matches(node.as_str().unwrap_or_default()) {
                Err(TooManySteps) => format!("takes too long to compare with `{}`", pattern.text()),
                _ => format!("must match `{}`", pattern.text()),
            },
            Rule::Limit(limit) => limit.message(),
            Rule::MinItems(least) => format!("must have at least {}", counted(*least, "item")),
            Rule::MaxItems(most) => format!("must have at most {}", counted(*most, "item")),
            Rule::UniqueItems => "must not have equal items".to_owned(),
            Rule::Contains(id, least, most) => {
                let items = node.items().iter();
                let found = items.filter(|item| self.verdicts.is_valid(self.schemas, *id, item, EXACT)).count();
                match most {
                    Some(most) if found >= *least => {
                        format!("must contain at most {most} items that match `contains`, found {found}")
                    }
                    _ => format!("must contain at least {least} items that match `contains`, found {found}"),
                }
            }
            Rule::MinProperties(least) => format!("must have at least {least} properties"),
            Rule::MaxProperties(most) => format!("must have at most {most} properties"),
            Rule::RequiredKeys(keys) => missing(keys, node, ""),
            Rule::KeySets(exactly_one, sets) => {
                let word = if *exactly_one { "exactly" } else { "at least" };
                let sets: Vec<String> = sets.iter().map(|set| set.join(" and ")).collect();
                format!("must have {word} one of: {}", sets.join("; "))
            }
            Rule::DependentRequired(key, required) => missing(required, node, &format!(", which `{key}` requires")),
            Rule::OneOfValues(_, shown) => format!("must be one of {shown}"),
            Rule::AnyOf(_) => "must satisfy at least one of the alternatives".to_owned(),
            Rule::ExactlyOne(ids) => {
                let found = self.verdicts.count(self.schemas, ids, node);
                format!("must satisfy exactly one of the alternatives, satisfies {found}")
            }
            _ => "must not satisfy the schema of `not`".to_owned(),
        }
    }
}

/// How many references from schema to schema are followed for the same value.
const DEEPEST: usize = 16;

fn missing(keys: &[String], node: &Node, why: &str) -> String {
    let missing: Vec<String> =
        keys.iter().filter(|key| node.get(key).is_none()).map(|key| format!("`{key}`")).collect();
    let verb = if missing.len() == 1 { "is" } else { "are" };
    format!("{} {verb} missing{why}", missing.join(", "))
}

/// Returns what a value of another form should have been.
fn expected(form: &Form, nullable: bool) -> String {
    let words = match form {
        Form::Never => return "is not allowed".to_owned(),
        Form::Enum(Enum { shown, .. }) => format!("one of {shown}"),
        Form::Tuple(parts) => format!("an array of {}", counted(parts.len(), "item")),
        Form::Integer(least, most) => match (*least, *most) {
            (i128::MIN, i128::MAX) => "an integer".to_owned(),
            (least, most) => format!("an integer from {least} to {most}"),
        },
        Form::Text(format) => match format {
            Format::Any => "a string".to_owned(),
            Format::Byte => "a string in base64".to_owned(),
            Format::Date => "a date such as 2026-01-31".to_owned(),
            Format::DateTime => "a date and time such as 2026-01-31T12:00:00Z".to_owned(),
            Format::Uuid => "a UUID".to_owned(),
        },
        form => word(form).unwrap_or("something else").to_owned(),
    };
    let null = if nullable { ", or null" } else { "" };
    format!("must be {words}{null}")
}

/// Returns what values of a form are called.
fn word(form: &Form) -> Option<&'static str> {
    Some(match form {
        Form::Null => "null",
        Form::Boolean => "true or false",
        Form::Number => "a number",
        Form::Integer(..) => "an integer",
        Form::Text(_) => "a string",
        Form::List(_) | Form::Tuple(_) => "an array",
        Form::Object(_) => "an object",
        Form::Enum(_) => "one of a list of values",
        _ => return None,
    })
}
