//! Rules as data: an object whose only key is the keyword.

use super::schema::Schemas;
use crate::ir::{Literal, Rule, TypeId};
use crate::tree::{Map, Number};

/// An object, in the order in which its keys are inserted.
pub(super) type Object = Map;

impl Schemas<'_, '_> {
    /// A rule.
    pub(super) fn of_rule(&mut self, rule: &Rule) -> Literal {
        let (keyword, value) = match rule {
            Rule::MinLength(least) => ("minLength", number(*least)),
            Rule::MaxLength(most) => ("maxLength", number(*most)),
            Rule::Pattern(pattern) => ("pattern", text(pattern)),
            Rule::Minimum(limit) => ("minimum", Literal::Number(*limit)),
            Rule::ExclusiveMinimum(limit) => ("exclusiveMinimum", Literal::Number(*limit)),
            Rule::Maximum(limit) => ("maximum", Literal::Number(*limit)),
            Rule::ExclusiveMaximum(limit) => ("exclusiveMaximum", Literal::Number(*limit)),
            Rule::MultipleOf(of) => ("multipleOf", Literal::Number(*of)),
            Rule::MinItems(least) => ("minItems", number(*least)),
            Rule::MaxItems(most) => ("maxItems", number(*most)),
            Rule::UniqueItems => ("uniqueItems", Literal::Bool(true)),
            Rule::Contains { schema, min, max } => {
                let mut contains = object([("schema", self.mention(*schema)), ("min", number(*min))]);
                if let (Literal::Object(contains), Some(max)) = (&mut contains, max) {
                    contains.insert("max".into(), number(*max));
                }
                ("contains", contains)
            }
            Rule::Position { index, schema } => ("position", self.position(*index, *schema)),
            Rule::ItemsFrom { index, schema } => ("itemsFrom", self.position(*index, *schema)),
            Rule::MinProperties(least) => ("minProperties", number(*least)),
            Rule::MaxProperties(most) => ("maxProperties", number(*most)),
            Rule::RequiredKeys(keys) => ("required", texts(keys)),
            Rule::KeySets { exactly_one, sets } => {
                (if *exactly_one { "oneOfKeys" } else { "anyOfKeys" }, list(sets.iter().map(|set| texts(set))))
            }
            Rule::DependentRequired { key, required } => {
                ("dependentRequired", object([("key", text(key)), ("required", texts(required))]))
            }
            Rule::DependentSchema { key, schema } => {
                ("dependentSchema", object([("key", text(key)), ("schema", self.mention(*schema))]))
            }
            Rule::PropertyNames(schema) => ("propertyNames", self.mention(*schema)),
            Rule::PatternProperties { pattern, schema } => {
                ("patternProperties", object([("pattern", text(pattern)), ("schema", self.mention(*schema))]))
            }
            Rule::AdditionalProperties { known, patterns, schema } => {
                let schema = self.mention(*schema);
                let rule = object([("known", texts(known)), ("patterns", texts(patterns)), ("schema", schema)]);
                ("additionalProperties", rule)
            }
            Rule::OneOfValues(values) => ("enum", Literal::Array(values.clone())),
            Rule::AnyOf(schemas) => ("anyOf", self.mention_all(schemas)),
            Rule::ExactlyOne(schemas) => ("oneOf", self.mention_all(schemas)),
            Rule::Not(schema) => ("not", self.mention(*schema)),
            Rule::If { condition, then, otherwise } => {
                let mut conditional = Object::default();
                conditional.insert("if".into(), self.mention(*condition));
                for (key, schema) in [("then", then), ("else", otherwise)] {
                    if let Some(schema) = schema {
                        conditional.insert(key.into(), self.mention(*schema));
                    }
                }
                ("if", Literal::Object(conditional))
            }
        };
        object([(keyword, value)])
    }

    fn position(&mut self, index: usize, schema: TypeId) -> Literal {
        object([("index", number(index as u64)), ("schema", self.mention(schema))])
    }

    fn mention_all(&mut self, schemas: &[TypeId]) -> Literal {
        list(schemas.iter().map(|schema| self.mention(*schema)))
    }
}

/// An object of these entries.
pub(super) fn object<const N: usize>(entries: [(&str, Literal); N]) -> Literal {
    Literal::Object(entries.into_iter().map(|(key, value)| (key.into(), value)).collect())
}

/// An array.
pub(super) fn list(items: impl Iterator<Item = Literal>) -> Literal {
    Literal::Array(items.collect())
}

/// An array of strings.
pub(super) fn texts(texts: &[String]) -> Literal {
    list(texts.iter().map(|text| Literal::String(text.clone())))
}

fn text(text: &str) -> Literal {
    Literal::String(text.to_owned())
}

fn number(number: u64) -> Literal {
    Literal::Number(Number::Int(number.into()))
}
