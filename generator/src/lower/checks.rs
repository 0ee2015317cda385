//! What values must satisfy beyond their types. This runs once every type has its shape, because where a keyword is checked
//! depends on what its schema became: a property that is a struct is checked by the struct.

use super::aliases;
use super::cx::{Cx, Place, Site};
use super::facts::{self, Additional, Facts, Part, UnionFacts};
use super::{schema, union};
use crate::diag::Pointer;
use crate::ir::{Checks, Owner, Role, Rule, Scalar, Shape, Tag, Ty, TypeId};
use crate::load::Tree;

/// Attaches the checks of every type, parameter and body.
pub(super) fn lower_checks(cx: &mut Cx<'_, '_>) {
    aliases::break_cycles(&mut cx.api, cx.diags);
    let mut next = 0;
    // Schemas that values are held against are lowered on the way, and have checks of their own.
    while let Some((place, parts)) = cx.pending.get(next).cloned() {
        let known = cx.api.types.len();
        attach(cx, &place, &parts);
        if cx.api.types.len() > known {
            aliases::break_cycles(&mut cx.api, cx.diags);
        }
        next += 1;
    }
    let mut operations = std::mem::take(&mut cx.api.operations);
    for (index, operation) in operations.iter_mut().enumerate() {
        let owner = Owner::Operation(crate::ir::OpId::new(index));
        for param in &mut operation.params {
            let site = Site { owner, roles: vec![Role::Parameter(param.wire.clone())] };
            param.checks = of_place(cx, &param.at, &param.ty, &site);
        }
        if let Some(body) = &mut operation.body {
            for content in &mut body.contents {
                if let Some(ty) = content.media.ty() {
                    let site = Site { owner, roles: vec![Role::Request] };
                    content.checks = of_place(cx, &content.at, &ty.clone(), &site);
                }
            }
        }
    }
    cx.api.operations = operations;
    while let Some((place, parts)) = cx.pending.get(next).cloned() {
        attach(cx, &place, &parts);
        next += 1;
    }
    aliases::break_cycles(&mut cx.api, cx.diags);
}

fn of_place(cx: &mut Cx<'_, '_>, at: &Pointer, ty: &Ty, site: &Site) -> Checks {
    match cx.schemas.get(at).cloned() {
        Some(schema) => of_type(cx, &[Part::whole(&schema)], ty, site),
        None => Checks::default(),
    }
}

fn attach(cx: &mut Cx<'_, '_>, place: &Place, parts: &[Part]) {
    match place {
        Place::Type(id) => {
            let checks = of_definition(cx, *id, parts);
            cx.api.types[*id].checks = checks;
        }
        Place::Field(id, wire) => {
            let Shape::Struct(shape) = &cx.api.types[*id].shape else { return };
            let Some(index) = shape.fields.iter().position(|field| field.wire == *wire) else { return };
            let Some(ty) = shape.fields.get(index).map(|field| field.ty.clone()) else { return };
            let checks = of_type(cx, parts, &ty, &Site::of_type(*id).with(Role::Property(wire.clone())));
            if let Shape::Struct(shape) = &mut cx.api.types[*id].shape
                && let Some(field) = shape.fields.get_mut(index)
            {
                field.checks = checks;
            }
        }
        Place::Rest(id) => {
            let Shape::Struct(shape) = &cx.api.types[*id].shape else { return };
            let crate::ir::Rest::Collect(ty) = shape.rest.clone() else { return };
            let checks = of_type(cx, parts, &ty, &Site::of_type(*id).with(Role::Entry));
            if let Shape::Struct(shape) = &mut cx.api.types[*id].shape {
                shape.rest_checks = checks;
            }
        }
        Place::Variant(id, index) => {
            let Shape::Union(union) = &cx.api.types[*id].shape else { return };
            let Some(variant) = union.variants.get(*index) else { return };
            let (ty, hint) = (variant.ty.clone(), variant.hint.clone());
            let checks = of_type(cx, parts, &ty, &Site::of_type(*id).with(Role::Variant(hint)));
            if let Shape::Union(union) = &mut cx.api.types[*id].shape
                && let Some(variant) = union.variants.get_mut(*index)
            {
                variant.checks = checks;
            }
        }
    }
}

/// The checks of a type itself, rather than of its parts.
fn of_definition(cx: &mut Cx<'_, '_>, id: TypeId, parts: &[Part]) -> Checks {
    let site = Site::of_type(id);
    let mut rules = Vec::new();
    match cx.api.types[id].shape.clone() {
        Shape::Newtype(ty) => return of_type(cx, parts, &ty, &site),
        Shape::Alias(_) => {}
        Shape::Enum(_) => {
            let facts = facts::gather(cx, parts);
            applied(cx, &facts, &site, &mut rules);
        }
        Shape::Struct(_) => {
            let facts = facts::gather(cx, parts);
            objects(cx, &facts, &site, &mut rules);
            applied(cx, &facts, &site, &mut rules);
            unions(cx, &facts, &site, &mut rules);
        }
        Shape::Union(shape) => {
            let facts = facts::gather(cx, parts);
            if shape.tag == Tag::Shape {
                exactly_one(cx, &facts, &shape, &site, &mut rules);
            }
        }
    }
    Checks { rules, ..Checks::default() }
}

/// The checks of a value of a type that stands at one place.
pub(super) fn of_type(cx: &mut Cx<'_, '_>, parts: &[Part], ty: &Ty, site: &Site) -> Checks {
    let target = match ty {
        Ty::Nullable(inner) => return of_type(cx, parts, inner, site),
        Ty::Named(id) => match &cx.api.types[*id].shape {
            Shape::Alias(target) => target.clone(),
            // It checks itself.
            _ => return Checks::default(),
        },
        other => other.clone(),
    };
    if matches!(ty, Ty::Named(_)) {
        return of_type(cx, parts, &target, site);
    }
    let facts = facts::gather(cx, parts);
    let mut checks = Checks::default();
    match &target {
        Ty::List(item) => lists(cx, &facts, item, site, &mut checks),
        Ty::Tuple(items) => {
            for (index, (at, ty)) in facts.prefix_items.clone().iter().zip(items).enumerate() {
                let part = of_type(cx, &[Part::whole(at)], ty, &site.with(Role::Position(index)));
                checks.positions.push(part);
            }
            checks.rules.extend(facts.limits.iter().filter(|rule| **rule == Rule::UniqueItems).cloned());
        }
        Ty::Map(value) => {
            objects(cx, &facts, site, &mut checks.rules);
            if let Additional::Schema(schemas) = &facts.additional
                && facts.pattern_properties.is_empty()
            {
                checks.items = part(of_type(cx, schemas, value, &site.with(Role::Entry)));
            } else if let ([(_, only)], false) = (facts.pattern_properties.as_slice(), **value == Ty::Any) {
                let only = std::slice::from_ref(only);
                checks.items = part(of_type(cx, only, value, &site.with(Role::Entry)));
            }
        }
        Ty::Scalar(scalar) => checks.rules.extend(facts.limits.iter().filter(|rule| is_for(rule, *scalar)).cloned()),
        Ty::Any | Ty::Null | Ty::Never | Ty::Named(_) | Ty::Nullable(_) | Ty::Given(_) => {}
    }
    if let Some(values) = values(&facts, &target) {
        checks.rules.push(values);
    }
    applied(cx, &facts, site, &mut checks.rules);
    unions(cx, &facts, site, &mut checks.rules);
    checks
}

fn part(checks: Checks) -> Option<Box<Checks>> {
    if checks.is_empty() { None } else { Some(Box::new(checks)) }
}

fn is_for(rule: &Rule, scalar: Scalar) -> bool {
    match rule {
        Rule::MinLength(_) | Rule::MaxLength(_) | Rule::Pattern(_) => scalar == Scalar::String,
        Rule::Minimum(_)
        | Rule::ExclusiveMinimum(_)
        | Rule::Maximum(_)
        | Rule::ExclusiveMaximum(_)
        | Rule::MultipleOf(_) => matches!(scalar, Scalar::Int(_) | Scalar::Float),
        _ => false,
    }
}

/// A list of values whose type says less than the list.
fn values(facts: &Facts, ty: &Ty) -> Option<Rule> {
    let values: Vec<Tree> = facts.values.as_ref()?.iter().map(|(_, value)| value.clone()).collect();
    let both = [true, false].iter().all(|truth| values.contains(&Tree::Bool(*truth)));
    match ty {
        Ty::Scalar(Scalar::Bool) if both => None,
        Ty::Null => None,
        _ => Some(Rule::OneOfValues(values)),
    }
}

fn lists(cx: &mut Cx<'_, '_>, facts: &Facts, item: &Ty, site: &Site, checks: &mut Checks) {
    let counts = |rule: &&Rule| matches!(rule, Rule::MinItems(_) | Rule::MaxItems(_) | Rule::UniqueItems);
    checks.rules.extend(facts.limits.iter().filter(counts).cloned());
    for contains in &facts.contains {
        let schema = condition(cx, std::slice::from_ref(&contains.schema), site, "contains");
        checks.rules.push(Rule::Contains { schema, min: contains.min, max: contains.max });
    }
    if facts.prefix_items.is_empty() {
        if !facts.items.is_empty() {
            checks.items = part(of_type(cx, &facts.items, item, &site.with(Role::Item)));
        }
        return;
    }
    for (index, at) in facts.prefix_items.iter().enumerate() {
        let schema = condition(cx, &[Part::whole(at)], &site.with(Role::Position(index)), "item");
        checks.rules.push(Rule::Position { index, schema });
    }
    if !facts.items.is_empty() {
        let schema = condition(cx, &facts.items, site, "item");
        checks.rules.push(Rule::ItemsFrom { index: facts.prefix_items.len(), schema });
    }
}

/// The rules of objects that no property has for itself.
fn objects(cx: &mut Cx<'_, '_>, facts: &Facts, site: &Site, rules: &mut Vec<Rule>) {
    let counts = |rule: &&Rule| matches!(rule, Rule::MinProperties(_) | Rule::MaxProperties(_));
    rules.extend(facts.limits.iter().filter(counts).cloned());
    let undeclared: Vec<String> =
        facts.required.iter().filter(|name| !facts.properties.contains_key(*name)).cloned().collect();
    if !undeclared.is_empty() {
        rules.push(Rule::RequiredKeys(undeclared));
    }
    for (key, required) in &facts.dependent_required {
        if !required.is_empty() {
            rules.push(Rule::DependentRequired { key: key.clone(), required: required.clone() });
        }
    }
    for (key, part) in &facts.dependent_schemas {
        let schema = condition(cx, std::slice::from_ref(part), site, &format!("if {key}"));
        rules.push(Rule::DependentSchema { key: key.clone(), schema });
    }
    if !facts.property_names.is_empty() {
        rules.push(Rule::PropertyNames(condition(cx, &facts.property_names, site, "key")));
    }
    patterns(cx, facts, site, rules);
}

fn patterns(cx: &mut Cx<'_, '_>, facts: &Facts, site: &Site, rules: &mut Vec<Rule>) {
    for (pattern, part) in &facts.pattern_properties {
        let schema = condition(cx, std::slice::from_ref(part), site, "value");
        rules.push(Rule::PatternProperties { pattern: pattern.clone(), schema });
    }
    if facts.pattern_properties.is_empty() {
        return;
    }
    let schemas = match &facts.additional {
        Additional::Unsaid | Additional::Free => return,
        Additional::Forbidden => None,
        Additional::Schema(schemas) => Some(schemas.clone()),
    };
    let schema = match schemas {
        Some(schemas) => condition(cx, &schemas, site, "other value"),
        None => never(cx, site),
    };
    rules.push(Rule::AdditionalProperties {
        known: facts.properties.keys().cloned().collect(),
        patterns: facts.pattern_properties.iter().map(|(pattern, _)| pattern.clone()).collect(),
        schema,
    });
}

/// The schema that nothing satisfies.
fn never(cx: &mut Cx<'_, '_>, site: &Site) -> TypeId {
    if let Some(known) = cx.conditions.get(&Vec::new()) {
        return *known;
    }
    let id = cx.reserve(&Pointer::default(), site.with(Role::Condition("nothing".to_owned())).origin());
    cx.api.types[id].shape = Shape::Newtype(Ty::Never);
    cx.conditions.insert(Vec::new(), id);
    id
}

/// The schemas that a value is held against without becoming them.
fn applied(cx: &mut Cx<'_, '_>, facts: &Facts, site: &Site, rules: &mut Vec<Rule>) {
    for part in &facts.not {
        rules.push(Rule::Not(condition(cx, std::slice::from_ref(part), site, "not")));
    }
    for found in &facts.conditions {
        let mut of = |part: &Option<Part>, word: &str| {
            part.as_ref().map(|part| condition(cx, std::slice::from_ref(part), site, word))
        };
        let (then, otherwise) = (of(&found.then, "then"), of(&found.otherwise, "else"));
        let condition = condition(cx, std::slice::from_ref(&found.test), site, "if");
        rules.push(Rule::If { condition, then, otherwise });
    }
}

/// The unions of a schema that did not become a union.
fn unions(cx: &mut Cx<'_, '_>, facts: &Facts, site: &Site, rules: &mut Vec<Rule>) {
    for found in &facts.unions {
        let found = &without_null(cx, found);
        if let Some(sets) = key_sets(cx, found) {
            rules.push(Rule::KeySets { exactly_one: found.exactly_one, sets });
        } else if found.branches.len() > 1 && !union::is_swallowed(cx, found) {
            let schemas: Vec<TypeId> = branches(cx, found, site);
            rules.push(if found.exactly_one { Rule::ExactlyOne(schemas) } else { Rule::AnyOf(schemas) });
        }
    }
}

/// A union without its `null` branches, which are a matter of the type.
fn without_null(cx: &Cx<'_, '_>, found: &UnionFacts) -> UnionFacts {
    let other = |at: &&Pointer| cx.spec.node(at).is_some_and(|node| !facts::is_null(&node));
    UnionFacts { branches: found.branches.iter().filter(other).cloned().collect(), ..*found }
}

fn branches(cx: &mut Cx<'_, '_>, found: &UnionFacts, site: &Site) -> Vec<TypeId> {
    let branches = found.branches.iter().enumerate();
    branches.map(|(index, at)| condition(cx, &[Part::whole(at)], site, &format!("case {}", index + 1))).collect()
}

/// The sets of keys of branches that list nothing but required keys.
fn key_sets(cx: &Cx<'_, '_>, found: &UnionFacts) -> Option<Vec<Vec<String>>> {
    let keys = |at: &Pointer| -> Option<Vec<String>> {
        let node = cx.spec.node(at)?;
        let only =
            node.tree.as_object()?.keys().all(|key| matches!(key.as_str(), "required" | "description" | "title"));
        let names = node.items("required").filter_map(|item| item.tree.as_str().map(str::to_owned));
        only.then(|| names.collect::<Vec<_>>()).filter(|names| !names.is_empty())
    };
    found.branches.iter().map(keys).collect()
}

/// The rule of a `oneOf` whose variants may overlap.
fn exactly_one(cx: &mut Cx<'_, '_>, facts: &Facts, shape: &crate::ir::Union, site: &Site, rules: &mut Vec<Rule>) {
    let exclusive: Vec<UnionFacts> = facts
        .unions
        .iter()
        .map(|found| without_null(cx, found))
        .filter(|found| found.exactly_one && found.branches.len() > 1)
        .collect();
    let mut kinds: Vec<&'static str> = shape.variants.iter().map(|variant| union::json_type(cx, &variant.ty)).collect();
    kinds.sort_unstable();
    let disjoint = !kinds.contains(&"any") && kinds.windows(2).all(|pair| pair.first() != pair.last());
    if disjoint && facts.unions.len() == 1 {
        return;
    }
    // The variants of a single union are its branches, together with what stands beside it.
    let named = |variant: &crate::ir::Variant| match &variant.ty {
        Ty::Named(id) if !matches!(cx.api.types[*id].shape, Shape::Alias(_)) => Some(*id),
        _ => None,
    };
    let variants: Option<Vec<TypeId>> = shape.variants.iter().map(named).collect();
    for found in exclusive {
        let own = variants.clone().filter(|own| facts.unions.len() == 1 && own.len() == found.branches.len());
        rules.push(Rule::ExactlyOne(own.unwrap_or_else(|| branches(cx, &found, site))));
    }
}

/// The type of a schema that values are held against: one with checks of its own.
pub(super) fn condition(cx: &mut Cx<'_, '_>, parts: &[Part], site: &Site, word: &str) -> TypeId {
    if let Some(known) = cx.conditions.get(parts) {
        return *known;
    }
    let site = site.with(Role::Condition(word.to_owned()));
    let ty = schema::lower_parts(cx, parts, &site);
    let id = match &ty {
        Ty::Named(id) if !matches!(cx.api.types[*id].shape, Shape::Alias(_)) => *id,
        _ => {
            let at = parts.first().map(|part| part.at.clone()).unwrap_or_default();
            let id = cx.reserve(&at, site.origin());
            cx.api.types[id].shape = Shape::Newtype(ty);
            cx.pending.push((Place::Type(id), parts.to_vec()));
            id
        }
    };
    cx.conditions.insert(parts.to_vec(), id);
    id
}
