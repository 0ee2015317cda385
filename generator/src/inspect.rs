//! The result of `inspect`.

use std::fmt;

use serde::Serialize;

use crate::config::Config;
use crate::emit;
use crate::ir::{Analysis, Api, Content, Ty, sample};
use crate::names::Names;

/// The types, operations and JSON bodies of a document, with their Rust names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Inspection {
    /// The types, in document order.
    pub types: Vec<InspectedType>,
    /// The operations, in document order.
    pub operations: Vec<InspectedOperation>,
    /// The JSON bodies of requests and responses, in document order.
    pub bodies: Vec<InspectedBody>,
}

/// A type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InspectedType {
    /// The location of its schema, such as `#/components/schemas/User`.
    pub pointer: String,
    /// Its path in the models crate.
    pub rust: String,
}

/// The JSON body of a request or response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InspectedBody {
    /// The location of its media type object.
    pub pointer: String,
    /// Its type in client and server, such as `Vec<models::User>`.
    pub rust: String,
    /// Whether it is the body of a request.
    pub request: bool,
    /// A body as JSON: the first example of the document, or a value that is made from the schema; `None` if none is found.
    pub sample: Option<String>,
}

/// An operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InspectedOperation {
    /// Its `operationId`, or an identifier made of method and path.
    pub id: String,
    /// The HTTP method.
    pub method: String,
    /// The path template.
    pub path: String,
    /// The first tag.
    pub tag: Option<String>,
    /// The call on a client, such as `users().list_users`.
    pub rust: String,
}

impl Inspection {
    pub(crate) fn of(api: &Api, analysis: &Analysis, names: &Names, config: &Config) -> Self {
        let needs = emit::Needs::of(api, analysis);
        let cx = emit::Cx { api, analysis, needs: &needs, names, config, document: "" };
        let path = |id| emit::shown_type(&cx, &Ty::Named(id)).replace("models::", "");
        let types = api.types.iter().filter(|(id, _)| !analysis[*id].pruned);
        let types = types.map(|(id, def)| InspectedType { pointer: def.at.to_string(), rust: path(id) });
        let types = types.collect();
        let group = |id| api.groups.iter().position(|group| group.operations.contains(&id));
        let operations = api
            .operation_ids()
            .map(|(id, operation)| {
                let tagged = group(id).filter(|index| !api.is_untagged(*index));
                let module = tagged.map_or_else(String::new, |index| format!("{}().", names.group(index).module));
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
            let requests = operation.body.iter().flat_map(|body| &body.contents).map(|content| (content, true));
            let responses = operation.responses.iter().flat_map(|response| &response.contents);
            requests.chain(responses.map(|content| (content, false)))
        });
        let body = |(content, request): (&Content, bool)| {
            let ty = content.media.value()?;
            let rust = emit::shown_type(&cx, ty);
            let example = content.examples.first().map(|example| example.value.clone());
            let of = if request { sample::sample } else { sample::sample_of_response };
            let sample = example.or_else(|| of(api, ty, &content.checks)).map(|value| value.json());
            Some(InspectedBody { pointer: content.at.to_string(), rust, request, sample })
        };
        Self { types, operations, bodies: contents.filter_map(body).collect() }
    }
}

/// Prints one line per type, operation and body.
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
