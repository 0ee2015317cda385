//! A query string that one schema describes as a whole, as a form (OpenAPI 3.2.0 §4.12). It is lowered to one query parameter per
//! property.

use super::facts::{self, Part};
use super::lowering::Lowering;
use super::params::string_param;
use super::schema;
use crate::diag::Pointer;
use crate::ir::{Docs, OpId, Param, Role};
use crate::spec::Node;

/// The schema of a parameter that describes the whole query string as a form; `None` for other parameters.
pub(super) fn form<'d>(cx: &mut Lowering<'d, '_>, parameter: &Node<'d>) -> Option<Node<'d>> {
    if parameter.str("in") != Some("querystring") {
        return None;
    }
    let mut contents = parameter.entries("content");
    let (_, form) = contents.find(|(name, _)| name.starts_with("application/x-www-form-urlencoded"))?;
    let schema = cx.resolve(form.get("schema")?)?;
    schema.get("properties").is_some().then_some(schema)
}

/// Lowers a parameter that describes the whole query string; `None` for other parameters.
pub(super) fn lower(cx: &mut Lowering<'_, '_>, at: &Pointer, id: OpId) -> Option<Vec<Param>> {
    let parameter = cx.spec.node(at)?;
    let parameter = cx.resolve(parameter)?;
    let schema = form(cx, &parameter)?;
    let required: Vec<&str> = schema.items("required").filter_map(|name| name.tree.as_str()).collect();
    let fields: Vec<(&str, Pointer)> = schema.entries("properties").map(|(name, field)| (name, field.at)).collect();
    let lower = |(name, at): (&str, Pointer)| field(cx, name, &at, required.contains(&name), id);
    Some(fields.into_iter().map(lower).collect())
}

fn field(cx: &mut Lowering<'_, '_>, name: &str, at: &Pointer, required: bool, id: OpId) -> Param {
    let site = cx.site(at, id, Role::Parameter(name.to_owned()));
    let ty = schema::lower_schema(cx, at, &site);
    cx.schemas.insert(at.clone(), at.clone());
    let facts = facts::gather(cx, &[Part::whole(at)]);
    Param {
        ty,
        required,
        default: facts.default_value(),
        example: facts.example.clone(),
        docs: Docs { description: facts.docs.description.clone(), ..Docs::default() },
        ..string_param(at, name, "query")
    }
}
