//! From the names in the document to Rust identifiers. They are a table beside the model, which stays free of Rust.
//!
//! Names are claimed in a fixed order: components in the order of the document, then operations, then inline types. If a name is
//! taken, the later claim gets another one, so adding a schema never renames an existing component.

mod chosen;
mod claims;
mod credentials;
mod groups;
mod members;
mod modules;
mod operations;
mod reserved;
mod scope;
mod servers;
mod short_ids;
mod status;
mod types;
mod words;

use std::collections::BTreeMap;

use proc_macro2::{Ident, Span};

use crate::config::Config;
use crate::diag::{Code, Diags, Pointer};
use crate::ir::{Api, Credential, OpId, SchemeId, TypeId};
use chosen::Chosen;
pub(crate) use chosen::is_identifier;
use claims::Claims;
use reserved::{NameKind, avoid};
pub use reserved::{OPTIONAL_FEATURES, UNUSED_FEATURE};
use scope::Scope;
pub use servers::{ServerNames, VariableNames};
pub(crate) use status::status_name;

/// Every identifier of the output.
#[derive(Debug)]
pub struct Names {
    /// The base of the crate names.
    pub base: String,
    types: Vec<TypeNames>,
    operations: Vec<OperationNames>,
    groups: Vec<GroupNames>,
    modules: Vec<Ident>,
    schemes: Vec<Ident>,
    alternatives: Vec<(Vec<SchemeId>, Ident)>,
    credentials: Vec<(Credential, Ident)>,
    servers: Vec<ServerNames>,
}

/// The identifiers of a type.
#[derive(Debug)]
pub struct TypeNames {
    /// The type itself.
    pub name: Ident,
    /// Its fields or variants, in order.
    pub members: Vec<Ident>,
    /// The field that keeps unknown keys, or the variant that keeps unknown values.
    pub rest: Ident,
    /// The struct of the required properties, from which a struct is created if positions would be mistaken.
    pub required: Ident,
}

/// The identifiers of an operation.
#[derive(Debug)]
pub struct OperationNames {
    /// The method.
    pub method: Ident,
    /// The start of its types: `ListUsers` of `ListUsersError`.
    pub prefix: Ident,
    /// Its struct of arguments in the client: `ListUsersArgs`.
    pub args: Ident,
    /// Its enum of successes, if there are several.
    pub success: Ident,
    /// Its constant in the table of operations.
    pub constant: Ident,
    /// Its struct of parameters.
    pub params: Ident,
    /// Its parameters, in order.
    pub param_fields: Vec<Ident>,
    /// The variants of its responses, in order.
    pub responses: Vec<Ident>,
    /// Its struct of response headers.
    pub headers: Ident,
    /// The headers of its successful responses, in order.
    pub header_fields: Vec<Ident>,
    /// The headers of its failures, in the order of the responses; `None` for successes and for failures without headers.
    pub failure_headers: Vec<Option<HeadersNames>>,
    /// The methods of its links, in order.
    pub links: Vec<Ident>,
    /// Its enum of bodies, if its media types have different schemas.
    pub body: Ident,
    /// The variants of its enum of bodies, in the order of [`crate::ir::Body::choices`].
    pub choices: Vec<Ident>,
    /// The enums of its responses whose media types have different schemas, in the order of the responses.
    pub response_bodies: Vec<Option<ResponseBodyNames>>,
}

/// The identifiers of the struct of headers of one response.
#[derive(Debug)]
pub struct HeadersNames {
    /// The struct.
    pub name: Ident,
    /// Its fields, in the order of the headers.
    pub fields: Vec<Ident>,
}

/// The identifiers of the enum of a response whose media types have different schemas.
#[derive(Debug)]
pub struct ResponseBodyNames {
    /// The enum.
    pub name: Ident,
    /// Its variants, in the order of [`crate::ir::Response::choices`].
    pub variants: Vec<Ident>,
}

/// The identifiers of a group of operations.
#[derive(Debug)]
pub struct GroupNames {
    /// The module and, if it is the group of a tag, the accessor.
    pub module: Ident,
    /// The trait of the server: `UsersApi`, or that of the API itself for operations without a tag.
    pub api: Ident,
    /// `UsersClient`, or `Client` for operations without a tag.
    pub client: Ident,
    /// The cargo feature that it is behind; `None` if it is the only group, and for operations without a tag.
    pub feature: Option<String>,
}

impl Names {
    /// Names everything; warns about names that differ from those in the document by more than case.
    pub fn assign(api: &Api, config: &Config, diags: &mut Diags) -> Self {
        let mut types = Scope::default();
        let mut operations = Scope::default();
        for name in reserved::OPERATIONS {
            operations.claim(&[(*name).to_owned()], &Pointer::default());
        }
        let base = base_name(api, config, diags);
        let chosen = Chosen::new(config, &api.chosen_names, diags);
        let mut names = Claims { api, diags, chosen, types: BTreeMap::new() };
        names.components(&mut types);
        let groups = names.groups(&base);
        let operation_names = names.operations(&mut operations, &mut types, &groups);
        names.inline(&mut types, &operation_names);
        let types: Vec<TypeNames> = api.types.ids().map(|id| names.members(id, &mut types)).collect();
        let schemes = names.schemes();
        names.chosen.report(names.diags);
        let alternatives = credentials::alternatives(api, &schemes);
        let (credentials, servers) = (credentials::assign(api), servers::assign(api));
        let operations = operation_names;
        let modules = modules::assign(api, &types);
        Self { base, types, operations, groups, modules, schemes, alternatives, credentials, servers }
    }

    /// The name of a type.
    pub fn ty(&self, id: TypeId) -> &Ident {
        &self.types[id.index()].name
    }

    /// The names of a type and of its members.
    pub fn of(&self, id: TypeId) -> &TypeNames {
        &self.types[id.index()]
    }

    /// The names of an operation.
    pub fn operation(&self, id: OpId) -> &OperationNames {
        &self.operations[id.index()]
    }

    /// The names of a group, by its position in the model.
    pub fn group(&self, index: usize) -> &GroupNames {
        &self.groups[index]
    }

    /// The module of a type, if it has a file of its own.
    pub fn module(&self, id: TypeId) -> &Ident {
        &self.modules[id.index()]
    }

    /// The names of a server, by its position in the model.
    pub fn server(&self, index: usize) -> &ServerNames {
        &self.servers[index]
    }

    /// The constant of a credential that operations require.
    pub fn credential(&self, credential: &Credential) -> Option<&Ident> {
        self.credentials().find(|(known, _)| *known == credential).map(|(_, name)| name)
    }

    /// The credentials that operations require, with their constants, in the order of the document.
    pub fn credentials(&self) -> impl Iterator<Item = (&Credential, &Ident)> {
        self.credentials.iter().map(|(credential, name)| (credential, name))
    }

    /// The alternatives of the security requirements: the schemes that each combines, with its variant.
    pub fn alternatives(&self) -> &[(Vec<SchemeId>, Ident)] {
        &self.alternatives
    }

    /// The name of a security scheme, by its position in the model.
    pub fn scheme(&self, index: usize) -> &Ident {
        &self.schemes[index]
    }
}

/// The suffix of a struct that holds the required properties of another.
pub(crate) const REQUIRED: &str = "Required";

/// The suffixes of the types that are named after an operation.
const FAMILY: [&str; 4] = ["", "Args", "Error", "Success"];

/// Longer names of crates are refused, because folders are called after them.
const MAX_NAME: usize = 100;

/// Longer titles lead to names without their last words.
const MAX_TITLE: usize = 60;

/// The configured name, or the title of the document, kebab-case, without a trailing "API".
fn base_name(api: &Api, config: &Config, diags: &mut Diags) -> String {
    if let Some(name) = &config.name {
        let kebab = words::kebab(name);
        let is_path = name.contains(['/', '\\', ':']) || name.chars().any(char::is_control);
        if is_path || !kebab.starts_with(|c: char| c.is_ascii_lowercase()) || kebab.len() > MAX_NAME {
            diags
                .error(Code::InvalidName, &config.place(&["name"]), format!("crates cannot be called {name:?}"))
                .help("use a name that begins with a letter, of letters, digits and `-`, such as `--name my-api`");
        }
        return kebab;
    }
    let kebab = words::kebab(&api.info.title);
    let base = kebab.strip_suffix("-api").unwrap_or(&kebab);
    match words::shortened(base, MAX_TITLE) {
        "" | "api" => "api".to_owned(),
        base if base.starts_with(|c: char| c.is_ascii_digit()) => format!("api-{base}"),
        base => base.to_owned(),
    }
}

/// An identifier.
pub(crate) fn ident(text: &str) -> Ident {
    Ident::new(text, Span::call_site())
}

/// A name in upper case, for a constant.
pub(crate) fn shouty(name: &str, fallback: &str) -> String {
    words::shouty(name, fallback)
}

/// A name with a suffix.
pub(crate) fn suffixed(name: &Ident, suffix: &str) -> Ident {
    ident(&scope::joined(&name.to_string(), suffix))
}

/// A text such as `GET /a` as a name in Pascal case.
pub(crate) fn pascal(text: &str) -> Ident {
    ident(&avoid(words::pascal(text, "Value"), NameKind::Variant))
}

/// The name of a constant, from a name in Pascal case.
pub(crate) fn constant(pascal: &str) -> String {
    words::shouty(pascal, "VALUE")
}

/// The name of a method, from a name in Pascal case.
pub(crate) fn method(pascal: &str) -> Ident {
    ident(&avoid(words::snake(pascal, "value"), NameKind::Field))
}
