//! A query string that one schema describes as a whole, as a form (OpenAPI 3.2.0 §4.12). It is lowered to one query parameter per
//! property.

use super::facts::{self, Additional, Facts, Part};
use super::lowering::Lowering;
use super::params::string_param;
use super::schema;
use crate::diag::{Code, Pointer};
use crate::ir::{Docs, OpId, Param, Role, Ty};
use crate::spec::Node;

/// The schema of a parameter that describes the whole query string as a form; `None` for other parameters.
pub(super) fn form<'d>(cx: &mut Lowering<'d, '_>, parameter: &Node<'d>) -> Option<Node<'d>> {
    if parameter.str("in") != Some("querystring") {
        return None;
    }
    let mut contents = parameter.entries("content");
    let (_, form) = contents.find(|(name, _)| name.starts_with("application/x-www-form-urlencoded"))?;
    let schema = form.get("schema")?;
    let facts = facts::gather(cx, &[Part::whole(&schema.at)]);
    (!facts.properties.is_empty()).then_some(schema)
}

/// Lowers a parameter that describes the whole query string; `None` for other parameters.
pub(super) fn lower(cx: &mut Lowering<'_, '_>, at: &Pointer, id: OpId) -> Option<Vec<Param>> {
    let parameter = cx.object(at)?;
    let schema = form(cx, &parameter)?;
    let facts = facts::gather(cx, &[Part::whole(&schema.at)]);
    report_beyond_properties(cx, &facts, &schema.at);
    let deprecated = parameter.flag("deprecated");
    let fields = facts.properties.iter();
    let lower = |(name, parts): (&String, &Vec<Part>)| {
        let mut field = field(cx, name, parts, facts.required.contains(name), id)?;
        field.docs.deprecated |= deprecated;
        Some(field)
    };
    Some(fields.filter_map(lower).collect())
}

/// Reports what the schema says beyond its properties, and how they are encoded: each is a parameter of its own, in the default style.
fn report_beyond_properties(cx: &mut Lowering<'_, '_>, facts: &Facts, schema: &Pointer) {
    let is_encoded = cx.spec.node(&schema.parent().push("encoding")).is_some();
    let others = matches!(facts.additional, Additional::Schema(_)) || !facts.pattern_properties.is_empty();
    let is_declared = |name: &String| facts.properties.contains_key(name);
    let rules = [
        facts.required.iter().all(is_declared),
        facts.validation.is_empty(),
        facts.dependent_required.is_empty(),
        facts.dependent_schemas.is_empty(),
        facts.conditions.is_empty(),
        facts.unions.is_empty(),
        facts.not.is_empty(),
        facts.property_names.is_empty(),
    ];
    let ignored = [
        is_encoded.then_some("the `encoding`"),
        others.then_some("other properties"),
        rules.contains(&false).then_some("rules about several properties"),
        facts
            .properties
            .values()
            .any(|parts| parts.len() > 1)
            .then_some("the checks of all but one schema of a property"),
    ];
    let ignored: Vec<&str> = ignored.into_iter().flatten().collect();
    if !ignored.is_empty() && cx.first_report(&schema.push("properties")) {
        let ignored = ignored.join(" and ");
        let message = format!("each property of this query string is a parameter of its own, without {ignored}");
        cx.diags.warn(Code::Unsupported, schema, message).help("describe each parameter by itself, `in: query`");
    }
}

fn field(cx: &mut Lowering<'_, '_>, name: &str, parts: &[Part], required: bool, id: OpId) -> Option<Param> {
    let at = &parts.first()?.at;
    let site = cx.site(at, id, Role::Parameter(name.to_owned()));
    let ty = schema::lower_parts(cx, parts, &site);
    if ty == Ty::Never {
        return None;
    }
    cx.schemas.insert(at.clone(), at.clone());
    let facts = facts::gather(cx, parts);
    Some(Param {
        ty,
        required,
        default: facts.default_value(),
        example: facts.example.clone(),
        docs: Docs {
            description: facts.docs.description.clone(),
            deprecated: facts.docs.deprecated,
            ..Docs::default()
        },
        ..string_param(at, name, "query")
    })
}
