//! Whether values are valid. Each array and object is compared with each schema once, so the time is bounded by the size of the
//! value, however deep its unions are nested.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::super::Node;
use super::super::validate::canonical;
use super::format;
use super::limit::integer;
use super::schema::{Enum, EnumForm, Form, Id, Object, Rule, Schema, Schemas, Union};

/// How exact a verdict is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mode {
    /// Whether unknown keys of a closed object, and `null` for properties that cannot be null, are wrong.
    pub strict: bool,
    /// Whether rules apply, and not the form alone.
    pub rules: bool,
}

/// Everything counts.
pub(super) const EXACT: Mode = Mode { strict: true, rules: true };

/// The verdicts so far.
#[derive(Debug, Default)]
pub(super) struct Verdicts {
    known: BTreeMap<(usize, usize, Mode), Known>,
}

/// A verdict, and the value, so that no other value gets its identity.
#[derive(Debug)]
struct Known {
    _node: Node,
    valid: bool,
}

impl Verdicts {
    /// Returns whether a value is valid.
    ///
    /// A schema that refers to itself for the same value, without a part of it in between, adds nothing, as in `anyOf: [{$ref: itself}]`.
    pub fn is_valid(&mut self, schemas: &Schemas, id: Id, node: &Node, mode: Mode) -> bool {
        if let Node::Untyped(untyped) = node {
            return self.is_valid(schemas, id, &untyped.as_text(), mode)
                || untyped.as_value().is_some_and(|value| self.is_valid(schemas, id, value, mode));
        }
        let Some(schema) = schemas.get(id) else { return true };
        let Some(identity) = node.identity() else { return self.judge(schemas, schema, node, mode) };
        let key = (std::ptr::from_ref(schema).addr(), identity, mode);
        if let Some(known) = self.known.get(&key) {
            return known.valid;
        }
        self.known.insert(key, Known { _node: node.clone(), valid: true });
        let valid = self.judge(schemas, schema, node, mode);
        if !valid && let Some(known) = self.known.get_mut(&key) {
            known.valid = false;
        }
        valid
    }

    fn judge(&mut self, schemas: &Schemas, schema: &Schema, node: &Node, mode: Mode) -> bool {
        if schema.nullable && matches!(node, Node::Null) {
            return true;
        }
        self.has_form(schemas, &schema.form, node, mode)
            && (!mode.rules || schema.rules.iter().all(|rule| self.holds(schemas, rule, node)))
    }

    /// Returns whether a value has a form.
    pub fn has_form(&mut self, schemas: &Schemas, form: &Form, node: &Node, mode: Mode) -> bool {
        match (form, node) {
            (Form::Any, _)
            | (Form::Null, Node::Null)
            | (Form::Boolean, Node::Bool(_))
            | (Form::Number, Node::Number(_)) => true,
            (Form::Integer(least, most), Node::Number(number)) => {
                integer(number).is_some_and(|number| (*least..=*most).contains(&number))
            }
            (Form::Text(format), Node::Text(text)) => format::is_valid(*format, text),
            (Form::List(item), Node::Array(items)) => {
                items.iter().all(|node| self.is_valid(schemas, *item, node, mode))
            }
            (Form::Tuple(parts), Node::Array(items)) => {
                let mut pairs = parts.iter().zip(items.iter());
                parts.len() == items.len() && pairs.all(|(id, node)| self.is_valid(schemas, *id, node, mode))
            }
            (Form::Object(object), Node::Object(entries)) => self.is_object(schemas, object, node, entries, mode),
            (Form::Enum(listed), node) => is_listed(listed, node, mode),
            (Form::Union(union), node) => self.is_variant(schemas, union, node, mode),
            (Form::Same(id), node) => self.is_valid(schemas, *id, node, mode),
            _ => false,
        }
    }

    fn is_object(
        &mut self,
        schemas: &Schemas,
        object: &Object,
        node: &Node,
        entries: &Rc<[(Rc<str>, Node)]>,
        mode: Mode,
    ) -> bool {
        object.properties.iter().all(|property| !property.required || node.get(&property.name).is_some())
            && entries.iter().all(|(key, value)| match object.index.get(&**key) {
                Some(index) => object.properties.get(*index).is_none_or(|property| {
                    let is_absent = !property.required && !mode.strict && matches!(value, Node::Null);
                    is_absent || self.is_valid(schemas, property.schema, value, mode)
                }),
                None if object.forbidden.contains(&**key) => !mode.strict,
                None => object.others.is_none_or(|others| {
                    let is_closed = schemas.get(others).is_some_and(|schema| matches!(schema.form, Form::Never));
                    if is_closed { !mode.strict } else { self.is_valid(schemas, others, value, mode) }
                }),
            })
    }

    fn is_variant(&mut self, schemas: &Schemas, union: &Union, node: &Node, mode: Mode) -> bool {
        match selected(union, node) {
            Selected::Variant(id) => self.is_valid(schemas, id, node, mode),
            Selected::Kept => !mode.rules,
            Selected::Nothing => false,
            Selected::ByValue => union.variants.iter().any(|(_, id)| self.is_valid(schemas, *id, node, mode)),
        }
    }

    /// Returns whether a value satisfies a rule. Rules apply to the values that they are about, and others satisfy them.
    pub fn holds(&mut self, schemas: &Schemas, rule: &Rule, node: &Node) -> bool {
        match rule {
            Rule::AnyOf(ids) => ids.iter().any(|id| self.is_valid(schemas, *id, node, EXACT)),
            Rule::ExactlyOne(ids) => self.count(schemas, ids, node) == 1,
            Rule::Not(id) => !self.is_valid(schemas, *id, node, EXACT),
            Rule::If(condition, then, otherwise) => {
                let branch = if self.is_valid(schemas, *condition, node, EXACT) { then } else { otherwise };
                branch.is_none_or(|id| self.is_valid(schemas, id, node, EXACT))
            }
            Rule::OneOfValues(values, _) => values.contains(&canonical(node)),
            _ => match node {
                Node::Text(text) => holds_for_text(rule, text),
                Node::Number(number) => {
                    if let Rule::Limit(limit) = rule {
                        limit.allows(number)
                    } else {
                        true
                    }
                }
                Node::Array(items) => self.holds_for_array(schemas, rule, items),
                Node::Object(entries) => self.holds_for_object(schemas, rule, node, entries),
                Node::Untyped(untyped) => holds_for_text(rule, untyped.text()),
                Node::Null | Node::Bool(_) => true,
            },
        }
    }

    /// Returns how many schemas a value satisfies.
    pub fn count(&mut self, schemas: &Schemas, ids: &[Id], node: &Node) -> usize {
        ids.iter().filter(|id| self.is_valid(schemas, **id, node, EXACT)).count()
    }

    fn holds_for_array(&mut self, schemas: &Schemas, rule: &Rule, items: &[Node]) -> bool {
        match rule {
            Rule::MinItems(least) => items.len() >= *least,
            Rule::MaxItems(most) => items.len() <= *most,
            Rule::UniqueItems => {
                let mut seen = BTreeSet::new();
                items.iter().all(|item| seen.insert(canonical(item)))
            }
            Rule::Contains(id, least, most) => {
                let found = items.iter().filter(|item| self.is_valid(schemas, *id, item, EXACT)).count();
                found >= *least && most.is_none_or(|most| found <= most)
            }
            Rule::Position(index, id) => items.get(*index).is_none_or(|item| self.is_valid(schemas, *id, item, EXACT)),
            Rule::ItemsFrom(index, id) => {
                items.iter().skip(*index).all(|item| self.is_valid(schemas, *id, item, EXACT))
            }
            _ => true,
        }
    }

    fn holds_for_object(&mut self, schemas: &Schemas, rule: &Rule, node: &Node, entries: &[(Rc<str>, Node)]) -> bool {
        let has = |key: &String| node.get(key).is_some();
        match rule {
            Rule::MinProperties(least) => entries.len() >= *least,
            Rule::MaxProperties(most) => entries.len() <= *most,
            Rule::RequiredKeys(keys) => keys.iter().all(has),
            Rule::KeySets(exactly_one, sets) => {
                let complete = sets.iter().filter(|set| set.iter().all(has)).count();
                if *exactly_one { complete == 1 } else { complete > 0 }
            }
            Rule::DependentRequired(key, required) => !has(key) || required.iter().all(has),
            Rule::DependentSchema(key, id) => !has(key) || self.is_valid(schemas, *id, node, EXACT),
            Rule::PropertyNames(id) => {
                entries.iter().all(|(key, _)| self.is_valid(schemas, *id, &Node::Text(key.clone()), EXACT))
            }
            Rule::PatternProperties(pattern, id) => entries.iter().all(|(key, value)| {
                !matches!(pattern.matches(key), Ok(true)) || self.is_valid(schemas, *id, value, EXACT)
            }),
            Rule::AdditionalProperties(known, patterns, id) => entries.iter().all(|(key, value)| {
                let is_covered =
                    known.contains(&**key) || patterns.iter().any(|pattern| matches!(pattern.matches(key), Ok(true)));
                is_covered || self.is_valid(schemas, *id, value, EXACT)
            }),
            _ => true,
        }
    }
}

fn holds_for_text(rule: &Rule, text: &str) -> bool {
    match rule {
        Rule::MinLength(least) => text.chars().count() >= *least,
        Rule::MaxLength(most) => text.chars().count() <= *most,
        Rule::Pattern(pattern) => matches!(pattern.matches(text), Ok(true)),
        _ => true,
    }
}

fn is_listed(listed: &Enum, node: &Node, mode: Mode) -> bool {
    let has_form = match (listed.form, node) {
        (EnumForm::Any, _) | (EnumForm::Text, Node::Text(_)) => true,
        (EnumForm::Integer, Node::Number(number)) => integer(number).is_some(),
        _ => false,
    };
    has_form && ((listed.open && !mode.rules) || listed.values.contains(&canonical(node)))
}

/// What the tag of a value selects.
pub(super) enum Selected {
    /// A variant.
    Variant(Id),
    /// No variant, but types keep the value.
    Kept,
    /// No variant.
    Nothing,
    /// There is no tag; the value as a whole decides.
    ByValue,
}

/// Returns what the tag of a value selects.
pub(super) fn selected(union: &Union, node: &Node) -> Selected {
    let Some(tag) = &union.tag else { return Selected::ByValue };
    if !matches!(node, Node::Object(_)) {
        return if tag.others { Selected::ByValue } else { Selected::Nothing };
    }
    let position = node.get(&tag.property).and_then(Node::tag).and_then(|value| tag.values.get(&value));
    match position.copied().or(tag.default).and_then(|position| union.variants.get(position)) {
        Some((_, id)) => Selected::Variant(*id),
        None if tag.open => Selected::Kept,
        None => Selected::Nothing,
    }
}
