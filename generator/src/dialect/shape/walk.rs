//! The walk that holds a document against the table.

use super::Kind::{self, Any, Bool, BoolOrNum, List, Num, Object, Required, Schema, SchemaOrList, Str, Types, Word};
use super::{DOCUMENT, SCHEMA, Shape, spelling};
use crate::diag::{Code, Diags, Pointer};
use crate::load::{Map, Number, Tree};

/// Holds the document against the table.
pub fn check(tree: &mut Tree, at: &Pointer, diags: &mut Diags) {
    Walk { diags }.object(&DOCUMENT, tree, at);
}

struct Walk<'d> {
    diags: &'d mut Diags,
}

/// What the walk made of a value.
#[derive(PartialEq)]
enum Verdict {
    Keep,
    /// The key is as good as absent.
    Drop,
}

impl Walk<'_> {
    fn value(&mut self, kind: Kind, tree: &mut Tree, at: &Pointer) -> Verdict {
        match kind {
            Any => Verdict::Keep,
            _ if *tree == Tree::Null && !matches!(kind, Object(shape) if !shape.required.is_empty()) => {
                self.repaired(at, "`null` stands where nothing belongs; it is ignored", "remove the key");
                Verdict::Drop
            }
            Str => self.string(tree, at),
            Word(words) => self.word(words, tree, at),
            Bool => self.boolean(tree, at),
            Num => self.number(tree, at),
            List(item) => self.list(*item, tree, at),
            Kind::Map(value) => self.map(*value, tree, at),
            Object(shape) => self.object(shape, tree, at),
            Schema => self.schema(tree, at),
            SchemaOrList if tree.as_array().is_some() => self.list(Schema, tree, at),
            SchemaOrList => self.schema(tree, at),
            Types if tree.as_array().is_some() => self.list(Str, tree, at),
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
        let message = format!("{} stands where a string belongs; `\"{text}\"` is read", tree.kind());
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
        self.repaired(at, format!("a string stands where a boolean belongs; `{value}` is read"), "remove the quotes");
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
        self.repaired(at, format!("a string stands where a number belongs; `{value}` is read"), "remove the quotes");
        *tree = Tree::Number(value);
        Verdict::Keep
    }

    /// JSON Schema's `required` is a list of names; `required: true` inside a property is a habit of draft 3.
    fn required_list(&mut self, tree: &mut Tree, at: &Pointer) -> Verdict {
        if tree.as_bool().is_some() || matches!(tree.as_str(), Some("true" | "false")) {
            self.repaired(
                at,
                "`required` of a schema is a list of property names; a boolean is ignored",
                "list the property in `required` of the object that has it",
            );
            return Verdict::Drop;
        }
        if let Some(name) = tree.as_str() {
            let list = Tree::Array(vec![Tree::from(name)]);
            self.repaired(at, "`required` is a list of property names, not a name", "write it as a list");
            *tree = list;
        }
        self.list(Str, tree, at)
    }

    fn list(&mut self, kind: Kind, tree: &mut Tree, at: &Pointer) -> Verdict {
        let Tree::Array(items) = tree else { return self.wrong(at, "a list", tree) };
        for (index, item) in items.iter_mut().enumerate() {
            // Positions in a list carry meaning for pointers, so nothing is dropped from it.
            let at = at.index(index);
            if self.value(kind, item, &at) == Verdict::Drop && matches!(kind, Schema) {
                *item = Tree::Bool(true);
            }
        }
        items.retain(|item| *item != Tree::Null || matches!(kind, Any));
        Verdict::Keep
    }

    fn map(&mut self, kind: Kind, tree: &mut Tree, at: &Pointer) -> Verdict {
        let Tree::Object(map) = tree else { return self.wrong(at, "a mapping", tree) };
        self.retain(map, at, |key| if key.starts_with("x-") && !matches!(kind, Schema) { None } else { Some(kind) });
        Verdict::Keep
    }

    fn schema(&mut self, tree: &mut Tree, at: &Pointer) -> Verdict {
        match tree {
            Tree::Bool(_) => Verdict::Keep,
            Tree::Object(_) => {
                let verdict = self.object(&SCHEMA, tree, at);
                spelling::repair_type(tree, at, self.diags);
                verdict
            }
            other => self.wrong(at, "a schema", other),
        }
    }

    fn object(&mut self, shape: &'static Shape, tree: &mut Tree, at: &Pointer) -> Verdict {
        let Tree::Object(map) = tree else {
            return self.wrong(at, &format!("a mapping ({})", shape.name), tree);
        };
        spelling::repair_keys(map, shape.fields.iter().map(|(name, _)| *name), at, self.diags);
        let is_reference = shape.reference && map.get("$ref").is_some_and(|target| target.as_str().is_some());
        self.retain(map, at, |key| shape.fields.iter().find(|(name, _)| *name == key).map(|(_, kind)| *kind));
        if !is_reference {
            for key in shape.required.iter().filter(|key| !map.contains_key(**key)) {
                self.diags
                    .warn(Code::MissingKey, at, format!("`{key}` is missing from this {}", shape.name))
                    .help(format!("add `{key}:`"));
            }
        }
        Verdict::Keep
    }

    /// Visits the values whose kind is known, and removes those that count as absent.
    fn retain(&mut self, map: &mut Map, at: &Pointer, kind: impl Fn(&str) -> Option<Kind>) {
        map.retain(|key, value| match kind(key) {
            Some(kind) => self.value(kind, value, &at.push(key)) == Verdict::Keep,
            None => true,
        });
    }

    fn wrong(&mut self, at: &Pointer, expected: &str, found: &Tree) -> Verdict {
        if matches!(at.last().as_str(), "description" | "summary" | "title") && found.is_container() {
            self.repaired(
                at,
                format!("{} stands where a text belongs; it is ignored", found.kind()),
                "write the text here",
            );
            return Verdict::Drop;
        }
        let message = format!("`{}` must be {expected}, found {}", at.last(), found.kind());
        // Without the parts of the document itself nothing is left; anything deeper costs what it is part of.
        if at.tokens().count() < 2 {
            self.diags.error(Code::WrongType, at, message).help(format!("replace it by {expected}"));
        } else {
            let message = format!("{message}; it is ignored");
            self.diags.warn(Code::WrongType, at, message).help(format!("replace it by {expected}"));
        }
        Verdict::Drop
    }

    fn repaired(&mut self, at: &Pointer, message: impl std::fmt::Display, help: &str) {
        self.diags.warn(Code::Repaired, at, message).help(help);
    }
}
