//! Checks the types of values against the vocabulary of OpenAPI and JSON Schema.
//!
//! A value whose meaning is clear is repaired with a warning: a number where a string belongs, `"true"`, a `null` that stands
//! for an absent key. Everything else is reported, each at its place. Afterwards, every key that the vocabulary defines has the
//! type that it defines.

use super::spelling;
use crate::diag::{Code, Diags, Pointer};
use crate::tree::{Map, Number, Tree};
use crate::vocabulary::ValueKind::{
    self, Bool, BoolOrNum, Data, List, Num, Object, Patterned, Referable, Required, Schema, SchemaName, SchemaOrList,
    SchemaOrNames, Str, Types, Word,
};
use crate::vocabulary::{self, ObjectShape};

/// Checks and repairs a document of OpenAPI 3.x.
pub(super) fn check(tree: &mut Tree, at: &Pointer, diags: &mut Diags) {
    Checker { diags }.value(vocabulary::document(false), tree, at);
}

struct Checker<'d> {
    diags: &'d mut Diags,
}

/// What becomes of a value.
#[derive(PartialEq)]
enum Verdict {
    Keep,
    /// The key is removed, as if it were absent.
    Drop,
}

impl Checker<'_> {
    fn value(&mut self, kind: ValueKind, tree: &mut Tree, at: &Pointer) -> Verdict {
        match kind {
            Data => Verdict::Keep,
            _ if *tree == Tree::Null && !matches!(kind, Object(shape) if !shape.required.is_empty()) => {
                self.repaired(at, "`null` is not a value of this key; it is ignored", "remove the key");
                Verdict::Drop
            }
            Str | SchemaName => self.string(tree, at),
            Word(words) => self.word(words, tree, at),
            Bool => self.boolean(tree, at),
            Num => self.number(tree, at),
            List(item) => self.list(*item, tree, at),
            ValueKind::Map(_) | Patterned(_) | Referable(_) => self.map(kind, tree, at),
            Object(shape) => self.object(shape, tree, at),
            SchemaOrList | SchemaOrNames | Types if tree.as_array().is_some() => self.list(kind.item(), tree, at),
            Schema | SchemaOrList | SchemaOrNames => self.schema(tree, at),
            Types => self.string(tree, at),
            BoolOrNum if tree.as_bool().is_some() => Verdict::Keep,
            BoolOrNum => self.number(tree, at),
            Required => self.required_list(tree, at),
        }
    }

    fn string(&mut self, tree: &mut Tree, at: &Pointer) -> Verdict {
        let text = match tree {
            Tree::String(_) => return Verdict::Keep,
            Tree::Number(number) => number.to_string(),
            Tree::Bool(value) => value.to_string(),
            other => return self.wrong(at, "a string", other),
        };
        let message = format!("expected a string, found {}; it is read as `\"{text}\"`", tree.kind());
        self.repaired(at, message, "put it in quotes");
        *tree = Tree::String(text);
        Verdict::Keep
    }

    fn word(&mut self, words: &[&str], tree: &mut Tree, at: &Pointer) -> Verdict {
        let verdict = self.string(tree, at);
        if let Some(word) = tree.as_str().and_then(|text| spelling::word(text, words)) {
            let message = format!("`{}` is read as `{word}`", tree.as_str().unwrap_or_default());
            self.repaired(at, message, &format!("write `{word}`"));
            *tree = Tree::from(word);
        }
        verdict
    }

    fn boolean(&mut self, tree: &mut Tree, at: &Pointer) -> Verdict {
        let value = match tree {
            Tree::Bool(_) => return Verdict::Keep,
            Tree::String(text) if matches!(text.as_str(), "true" | "yes" | "on") => true,
            Tree::String(text) if matches!(text.as_str(), "false" | "no" | "off" | "") => false,
            other => return self.wrong(at, "`true` or `false`", other),
        };
        self.repaired(at, format!("expected a boolean, found a string; it is read as `{value}`"), "remove the quotes");
        *tree = Tree::Bool(value);
        Verdict::Keep
    }

    fn number(&mut self, tree: &mut Tree, at: &Pointer) -> Verdict {
        let value = match tree {
            Tree::Number(_) => return Verdict::Keep,
            Tree::String(text) => match (text.trim().parse::<i128>(), text.trim().parse::<f64>()) {
                (Ok(int), _) => Number::Int(int),
                (_, Ok(float)) if float.is_finite() => Number::Float(float),
                _ => return self.wrong(at, "a number", tree),
            },
            other => return self.wrong(at, "a number", other),
        };
        self.repaired(at, format!("expected a number, found a string; it is read as `{value}`"), "remove the quotes");
        *tree = Tree::Number(value);
        Verdict::Keep
    }

    /// `required` is a list of names. In draft 3 it was a boolean inside the property.
    fn required_list(&mut self, tree: &mut Tree, at: &Pointer) -> Verdict {
        if tree.as_bool().is_some() || matches!(tree.as_str(), Some("true" | "false")) {
            self.repaired(
                at,
                "`required` of a schema must be an array of property names; a boolean is ignored",
                "list the name in the `required` of the object that has the property",
            );
            return Verdict::Drop;
        }
        if let Some(name) = tree.as_str() {
            let list = Tree::Array(vec![Tree::from(name)]);
            self.repaired(at, "`required` must be an array of property names, found one name", "write it as an array");
            *tree = list;
        }
        self.list(Str, tree, at)
    }

    fn list(&mut self, kind: ValueKind, tree: &mut Tree, at: &Pointer) -> Verdict {
        let Tree::Array(items) = tree else { return self.wrong(at, "an array", tree) };
        for (index, item) in items.iter_mut().enumerate() {
            // Items are not removed, so that pointers to the items after them stay true.
            let at = at.index(index);
            if self.value(kind, item, &at) == Verdict::Drop && matches!(kind, Schema) {
                *item = Tree::Bool(true);
            }
        }
        items.retain(|item| *item != Tree::Null || kind.is_data());
        Verdict::Keep
    }

    fn map(&mut self, kind: ValueKind, tree: &mut Tree, at: &Pointer) -> Verdict {
        let Tree::Object(map) = tree else { return self.wrong(at, "an object", tree) };
        self.entries(kind, map, at);
        Verdict::Keep
    }

    fn schema(&mut self, tree: &mut Tree, at: &Pointer) -> Verdict {
        match tree {
            Tree::Bool(_) => Verdict::Keep,
            Tree::Object(_) => {
                let Some(shape) = Schema.shape() else { return Verdict::Keep };
                let verdict = self.object(shape, tree, at);
                spelling::repair_type(tree, at, self.diags);
                verdict
            }
            other => self.wrong(at, "a schema", other),
        }
    }

    fn object(&mut self, shape: &'static ObjectShape, tree: &mut Tree, at: &Pointer) -> Verdict {
        let Tree::Object(map) = tree else {
            return self.wrong(at, &format!("an object ({})", shape.name), tree);
        };
        spelling::repair_keys(map, shape.keys(), at, self.diags);
        let is_reference = shape.reference && map.get("$ref").is_some_and(|target| target.as_str().is_some());
        self.entries(Object(shape), map, at);
        if !is_reference {
            for key in shape.required.iter().filter(|key| !map.contains_key(**key)) {
                self.diags
                    .warn(Code::MissingKey, at, format!("`{key}` is missing in this {}", shape.name))
                    .help(format!("add `{key}:`"));
            }
        }
        Verdict::Keep
    }

    /// Checks the values of a mapping of this kind, and removes those that count as absent.
    fn entries(&mut self, kind: ValueKind, map: &mut Map, at: &Pointer) {
        map.retain(|key, value| {
            let kind = kind.entry(key);
            kind.is_data() || self.value(kind, value, &at.push(key)) == Verdict::Keep
        });
    }

    fn wrong(&mut self, at: &Pointer, expected: &str, found: &Tree) -> Verdict {
        if matches!(at.last().as_str(), "description" | "summary" | "title") && found.is_container() {
            self.repaired(
                at,
                format!("expected a string, found {}; it is ignored", found.kind()),
                "write the text here",
            );
            return Verdict::Drop;
        }
        let message = format!("`{}` must be {expected}, found {}", at.last(), found.kind());
        // Nothing can be generated without the top-level objects; a mistake further down costs only the object around it.
        if at.tokens().count() < 2 {
            self.diags.error(Code::WrongType, at, message).help(format!("replace it with {expected}"));
        } else {
            let message = format!("{message}; it is ignored");
            self.diags.warn(Code::WrongType, at, message).help(format!("replace it with {expected}"));
        }
        Verdict::Drop
    }

    fn repaired(&mut self, at: &Pointer, message: impl std::fmt::Display, help: &str) {
        self.diags.warn(Code::Repaired, at, message).help(help);
    }
}
