//! A query string that one schema describes as a whole, as a form (OpenAPI 3.2.0 §4.12): on the wire it is one query parameter a
//! property.

use super::cx::{Cx, Site};
use super::params::bare;
use super::{facts, schema};
use crate::diag::Pointer;
use crate::ir::{Docs, OpId, Param, Role};
use crate::spec::Node;

/// The schema of a parameter that is a whole query string in the form of fields; `None` if it is another parameter.
pub(super) fn form<'d>(cx: &mut Cx<'d, '_>, parameter: &Node<'d>) -> Option<Node<'d>> {
    if parameter.str("in") != Some("querystring") {
        return None;
    }
    let mut contents = parameter.entries("content");
    let (_, form) = contents.find(|(name, _)| name.starts_with("application/x-www-form-urlencoded"))?;
    let schema = cx.resolve(form.get("schema")?)?;
    schema.get("properties").is_some().then_some(schema)
}

/// The parameters of a query string; `None` if the parameter at a place is another one.
pub(super) fn lower(cx: &mut Cx<'_, '_>, at: &Pointer, id: OpId) -> Option<Vec<Param>> {
    let parameter = cx.spec.node(at)?;
    let parameter = cx.resolve(parameter)?;
    let schema = form(cx, &parameter)?;
    let required: Vec<&str> = schema.items("required").filter_map(|name| name.tree.as_str()).collect();
    let fields: Vec<(&str, Pointer)> = schema.entries("properties").map(|(name, field)| (name, field.at)).collect();
    let lower = |(name, at): (&str, Pointer)| field(cx, name, &at, required.contains(&name), id);
    Some(fields.into_iter().map(lower).collect())
}

fn field(cx: &mut Cx<'_, '_>, name: &str, at: &Pointer, required: bool, id: OpId) -> Param {
    let ty = schema::lower_schema(cx, at, &Site::of_operation(id, Role::Parameter(name.to_owned())));
    cx.schemas.insert(at.clone(), at.clone());
    let said = facts::gather(cx, &[facts::Part::whole(at)]);
    Param {
        ty,
        required,
        default: said.default.map(|(_, value)| value),
        docs: Docs { description: said.docs.description, ..Docs::default() },
        ..bare(at, name, "query")
    }
}
