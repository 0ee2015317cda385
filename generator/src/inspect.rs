//! What was understood of a document.

use std::fmt;

use serde::Serialize;

use crate::config::Config;
use crate::emit;
use crate::ir::{Api, Content, Ty};
use crate::names::Names;

/// What was understood of a document: every type with its place and its Rust path, every operation with its method.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Inspection {
    /// The types, in the order of the document.
    pub types: Vec<InspectedType>,
    /// The operations, in the order of the document.
    pub operations: Vec<InspectedOperation>,
    /// The JSON bodies of requests and responses, in the order of the document.
    pub bodies: Vec<InspectedBody>,
}

/// A type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InspectedType {
    /// Where its schema stands, as `#/components/schemas/User`.
    pub pointer: String,
    /// What it is called in the models crate.
    pub rust: String,
}

/// A JSON body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InspectedBody {
    /// Where its media type stands.
    pub pointer: String,
    /// Its type, as client and server write it: `Vec<models::User>`.
    pub rust: String,
}

/// An operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InspectedOperation {
    /// Its `operationId`, or what was made of method and path.
    pub id: String,
    /// The HTTP method.
    pub method: String,
    /// The path template.
    pub path: String,
    /// Its first tag.
    pub tag: Option<String>,
    /// How it is called on a client: `users().list_users`.
    pub rust: String,
}

impl Inspection {
    pub(crate) fn of(api: &Api, names: &Names, config: &Config) -> Self {
        let needs = emit::Needs::of(api);
        let cx = emit::Cx { api, needs: &needs, names, config, document: "" };
        let path = |id| emit::shown_type(&cx, &Ty::Named(id)).replace("models::", "");
        let types = api.types.iter().filter(|(_, def)| !def.pruned);
        let types = types.map(|(id, def)| InspectedType { pointer: def.at.to_string(), rust: path(id) });
        let types = types.collect();
        let group = |id| api.groups.iter().position(|group| group.operations.contains(&id));
        let operations = api
            .operation_ids()
            .map(|(id, operation)| {
                let module = group(id).map_or_else(String::new, |index| format!("{}().", names.group(index).module));
                InspectedOperation {
                    id: operation.id.clone(),
                    method: operation.method.0.clone(),
                    path: operation.path.text.clone(),
                    tag: operation.tag.clone(),
                    rust: format!("{module}{}", names.operation(id).method),
                }
            })
            .collect();
        let contents = api.operations.iter().flat_map(|operation| {
            let responses = operation.responses.iter().flat_map(|response| &response.contents);
            operation.body.iter().flat_map(|body| &body.contents).chain(responses)
        });
        let body = |content: &Content| {
            let rust = emit::shown_type(&cx, content.media.value()?);
            Some(InspectedBody { pointer: content.at.to_string(), rust })
        };
        Self { types, operations, bodies: contents.filter_map(body).collect() }
    }
}

/// One line a type, one line an operation.
impl fmt::Display for Inspection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "types:")?;
        for found in &self.types {
            writeln!(f, "  {:40} {}", found.rust, found.pointer)?;
        }
        writeln!(f, "operations:")?;
        for found in &self.operations {
            writeln!(f, "  {:40} {} {}", found.rust, found.method, found.path)?;
        }
        writeln!(f, "bodies:")?;
        for found in &self.bodies {
            writeln!(f, "  {:40} {}", found.rust, found.pointer)?;
        }
        Ok(())
    }
}
