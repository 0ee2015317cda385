//! The result of `inspect`.

mod operations;
mod print;
mod types;

use std::fmt;

use serde::Serialize;

pub use operations::{InspectedArgument, InspectedOperation};
pub use types::{InspectedMember, InspectedType, TypeKind};

use crate::config::Config;
use crate::distance::similar;
use crate::emit;
use crate::ir::{Analysis, Api, Content, Media, sample};
use crate::names::Names;

/// The types, operations and JSON bodies of a document, with their Rust names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Inspection {
    /// The types, in document order.
    pub types: Vec<InspectedType>,
    /// The operations, in document order.
    pub operations: Vec<InspectedOperation>,
    /// The JSON bodies of requests and responses and the items of their streams, in document order.
    pub bodies: Vec<InspectedBody>,
}

/// The JSON body of a request or response, or an item of its stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InspectedBody {
    /// The location of its media type object.
    pub pointer: String,
    /// Its type in client and server, such as `Vec<models::User>`.
    pub rust: String,
    /// Whether it is the body of a request.
    pub request: bool,
    /// Whether it is an item of a stream.
    pub item: bool,
    /// A body as JSON: the first example of the document, or a value that is made from the schema; `None` if none is found.
    pub sample: Option<String>,
}

impl Inspection {
    pub(crate) fn of(api: &Api, analysis: &Analysis, names: &Names, config: &Config) -> Self {
        let needs = emit::Needs::of(api, analysis);
        let cx = emit::Cx { api, analysis, needs: &needs, names, config, document: "" };
        let types = api.types.iter().filter(|(id, _)| emit::is_declared(&cx, *id));
        let types = types.map(|(id, def)| types::inspected(&cx, id, def)).collect();
        let mut groups = vec![None; api.operations.len()];
        for (index, group) in api.accessor_groups() {
            for id in &group.operations {
                if let Some(known) = groups.get_mut(id.index()) {
                    *known = Some(index);
                }
            }
        }
        let operations = api.operation_ids().zip(groups).map(|((id, _), group)| {
            let module = group.map_or_else(String::new, |index| format!("{}().", names.group(index).module));
            operations::inspected(&cx, id, &module)
        });
        let operations = operations.collect();
        let contents = api.operations.iter().flat_map(|operation| {
            let requests = operation.body.iter().flat_map(|body| &body.contents).map(|content| (content, true));
            let responses = operation.responses.iter().flat_map(|response| &response.contents);
            requests.chain(responses.map(|content| (content, false)))
        });
        let body = |(content, request): (&Content, bool)| {
            let item = matches!(content.media, Media::Events(_) | Media::Lines(_));
            let ty = content.media.value().or_else(|| content.media.ty().filter(|_| item))?;
            let rust = emit::shown_type(&cx, ty);
            let of = if request { sample::request_body } else { sample::response_body };
            let sample = of(api, content).map(|value| value.json());
            Some(InspectedBody { pointer: content.at.to_string(), rust, request, item, sample })
        };
        Self { types, operations, bodies: contents.filter_map(body).collect() }
    }

    /// The type with a name: that in Rust, or else the key of its component.
    ///
    /// Fails if there is none.
    pub fn find_type(&self, name: &str) -> Result<&InspectedType, UnknownType> {
        let by_name = self.types.iter().find(|found| found.rust == name);
        let key = name.replace('~', "~0").replace('/', "~1");
        let sections = ["#/components/schemas/", "#/definitions/"];
        let is_component = |found: &&InspectedType| {
            sections.iter().any(|section| found.pointer.strip_prefix(section) == Some(key.as_str()))
        };
        by_name.or_else(|| self.types.iter().find(is_component)).ok_or_else(|| UnknownType {
            name: name.to_owned(),
            similar: similar(name, self.types.iter().map(|found| found.rust.as_str())).map(str::to_owned),
        })
    }
}

/// No type has the given name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownType {
    /// The name.
    pub name: String,
    /// The type that is probably meant.
    pub similar: Option<String>,
}

impl fmt::Display for UnknownType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown type `{}`; ", self.name)?;
        match &self.similar {
            Some(similar) => write!(f, "did you mean `{similar}`?"),
            None => f.write_str("`crategen inspect` lists all types"),
        }
    }
}

impl std::error::Error for UnknownType {}
