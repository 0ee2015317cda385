//! From the document's words to Rust identifiers: a side table, so that the model stays free of Rust.
//!
//! Claims are made in a fixed order: components in the order of the document, then operations, then inline types. A later
//! claim gives way, so adding a schema never renames an existing component.

mod credentials;
mod reserved;
mod scope;
mod servers;
mod shared;
mod status;
mod words;

use std::collections::BTreeMap;

use proc_macro2::{Ident, Span};

use crate::config::Config;
use crate::diag::{Code, Diags, Pointer};
use crate::ir::{
    Api, Body, Content, Credential, Direction, Field, OpId, Origin, Owner, Rest, Role, Shape, TypeId, Union,
};
use reserved::{Kind, avoid};
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
    shared: Vec<Ident>,
    schemes: Vec<Ident>,
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
}

/// The identifiers of an operation.
#[derive(Debug)]
pub struct OperationNames {
    /// The method.
    pub method: Ident,
    /// The start of its types: `ListUsers` of `ListUsersError`.
    pub prefix: Ident,
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
    /// The headers of its successes, in order.
    pub header_fields: Vec<Ident>,
    /// The methods of what its success leads to, in order.
    pub links: Vec<Ident>,
    /// What it takes, if its media types have different schemas.
    pub body: Ident,
    /// The variants of what it takes, in the order of [`crate::ir::Body::choices`].
    pub choices: Vec<Ident>,
}

/// The identifiers of a group of operations.
#[derive(Debug)]
pub struct GroupNames {
    /// The module and the accessor.
    pub module: Ident,
    /// `UsersApi`
    pub api: Ident,
    /// `UsersClient`
    pub client: Ident,
    /// The cargo feature that it is behind; `None` if it is the only group.
    pub feature: Option<String>,
}

impl Names {
    /// Names everything; a name that differs from the document's by more than case is a warning.
    pub fn assign(api: &Api, config: &Config, diags: &mut Diags) -> Self {
        let mut types = Scope::default();
        let mut operations = Scope::default();
        for name in reserved::RUNTIME {
            operations.claim(&[(*name).to_owned()], &Pointer::default());
        }
        let mut names = Claims { api, diags, types: BTreeMap::new() };
        names.components(&mut types);
        let operation_names = names.operations(&mut operations, &mut types);
        names.inline(&mut types, &operation_names);
        let types: Vec<TypeNames> = api.types.ids().map(|id| names.members(id)).collect();
        let groups = names.groups();
        let schemes = names.schemes();
        let (credentials, servers) = (credentials::assign(api), servers::assign(api));
        let (base, operations) = (base_name(api, config), operation_names);
        let shared = shared::assign(api, &types);
        Self { base, types, operations, groups, shared, schemes, credentials, servers }
    }

    /// The name of a type.
    pub fn ty(&self, id: TypeId) -> &Ident {
        &self.types[id.index()].name
    }

    /// The names of a type and its members.
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

    /// The module of some types that several groups need, by its position in [`Api::shared`].
    pub fn shared(&self, index: usize) -> &Ident {
        &self.shared[index]
    }

    /// The names of a server, by its position in the model.
    pub fn server(&self, index: usize) -> &ServerNames {
        &self.servers[index]
    }

    /// The constant of a credential that operations need.
    pub fn credential(&self, credential: &Credential) -> Option<&Ident> {
        self.credentials().find(|(known, _)| *known == credential).map(|(_, name)| name)
    }

    /// The credentials that operations need, and their constants, in the order of the document.
    pub fn credentials(&self) -> impl Iterator<Item = (&Credential, &Ident)> {
        self.credentials.iter().map(|(credential, name)| (credential, name))
    }

    /// The name of a security scheme, by its position in the model.
    pub fn scheme(&self, index: usize) -> &Ident {
        &self.schemes[index]
    }
}

/// What is made of the name of an operation.
const FAMILY: [&str; 4] = ["", "Operation", "Error", "Success"];

/// The title of the document, kebab-case, without a trailing "API".
fn base_name(api: &Api, config: &Config) -> String {
    if let Some(name) = &config.name {
        return words::kebab(name);
    }
    let kebab = words::kebab(&api.info.title);
    let base = kebab.strip_suffix("-api").unwrap_or(&kebab).to_owned();
    let base: String = base.chars().take(60).collect();
    let base = base.trim_matches('-');
    match base {
        "" | "api" => "api".to_owned(),
        base if base.starts_with(|c: char| c.is_ascii_digit()) => format!("api-{base}"),
        base => base.to_owned(),
    }
}

pub(crate) fn ident(text: &str) -> Ident {
    Ident::new(text, Span::call_site())
}

/// `name` as that of a constant.
pub(crate) fn shouty(name: &str, fallback: &str) -> String {
    words::shouty(name, fallback)
}

/// `name` joined with a suffix.
pub(crate) fn suffixed(name: &Ident, suffix: &str) -> Ident {
    ident(&scope::joined(&name.to_string(), suffix))
}

struct Claims<'a> {
    api: &'a Api,
    diags: &'a mut Diags,
    types: BTreeMap<TypeId, String>,
}

impl Claims<'_> {
    fn claim(&mut self, scope: &mut Scope, candidates: &[String], at: &Pointer, what: &str) -> String {
        self.claim_family(scope, candidates, &[""], at, what)
    }

    fn claim_family(
        &mut self,
        scope: &mut Scope,
        candidates: &[String],
        suffixes: &[&str],
        at: &Pointer,
        what: &str,
    ) -> String {
        let (name, taken) = scope.claim_family(candidates, suffixes, at);
        // What the generated code needs for itself stands nowhere, and nobody has to rename anything.
        if let (Some(first), Some(wanted)) = (taken.filter(|first| *first != Pointer::default()), candidates.first()) {
            self.diags
                .warn(Code::Renamed, at, format!("{what} is called `{name}`, because `{wanted}` is taken"))
                .related(&first, format!("this is called `{wanted}`"))
                .help("rename one of them if you want other names");
        }
        name
    }

    fn components(&mut self, scope: &mut Scope) {
        for (id, def) in self.api.types.iter() {
            let Origin::Component(key) = &def.origin else { continue };
            let wanted = avoid(words::pascal(key, "Type"), Kind::Type);
            let name = self.claim(scope, &[wanted], &def.at, "this schema");
            self.types.insert(id, name);
        }
    }

    fn operations(&mut self, scope: &mut Scope, types: &mut Scope) -> Vec<OperationNames> {
        let mut methods: BTreeMap<(Direction, Option<&str>), Scope> = BTreeMap::new();
        let mut all = Vec::new();
        for operation in &self.api.operations {
            let prefix = words::pascal(&operation.id, "Call");
            let other = format!("{prefix}Call");
            let prefix = self.claim_family(scope, &[prefix, other], &FAMILY, &operation.at, "this operation");
            let method = avoid(words::snake(&operation.id, "call"), Kind::Method);
            let group = methods.entry((operation.direction, operation.tag.as_deref())).or_default();
            let method = self.claim(group, &[method], &operation.at, "this method");
            let mut fields = Scope::default();
            let param_fields = operation
                .params
                .iter()
                .map(|param| {
                    let place = format!("{:?}", param.place).to_lowercase();
                    let name = avoid(words::snake(&param.wire, "value"), Kind::Method);
                    let other = format!("{place}_{}", words::snake(&param.wire, "value"));
                    ident(&self.claim(&mut fields, &[avoid(name, Kind::Field), other], &param.at, "this parameter"))
                })
                .collect();
            let mut variants = Scope::default();
            for taken in ["Unexpected", "Internal", "Other"] {
                variants.claim(&[taken.to_owned()], &operation.at);
            }
            let responses = operation
                .responses
                .iter()
                .map(|response| ident(&variants.claim(&[status_name(response.status)], &response.at).0))
                .collect();
            let params = words::pascal(&format!("{prefix} params"), "Params");
            let params = self.claim(types, &[params, format!("{prefix}Parameters")], &operation.at, "the parameters");
            let headers = words::pascal(&format!("{prefix} headers"), "Headers");
            let headers = if operation.headers.is_empty() {
                headers
            } else {
                self.claim(types, &[headers, format!("{prefix}ResponseHeaders")], &operation.at, "the headers")
            };
            let choices = operation.body.as_ref().map(choices).unwrap_or_default();
            let body = words::pascal(&format!("{prefix} body"), "Body");
            let body = if choices.len() > 1 {
                self.claim(types, &[body, format!("{prefix}RequestBody")], &operation.at, "the body")
            } else {
                body
            };
            let header_fields = self.header_fields(operation);
            all.push(OperationNames {
                method: ident(&method),
                constant: ident(&words::shouty(&prefix, "CALL")),
                prefix: ident(&prefix),
                params: ident(&params),
                param_fields,
                responses,
                headers: ident(&headers),
                header_fields,
                links: links(operation),
                body: ident(&body),
                choices,
            });
        }
        all
    }

    fn header_fields(&mut self, operation: &crate::ir::Operation) -> Vec<Ident> {
        let mut scope = Scope::default();
        let mut name = |header: &crate::ir::Header| {
            let name = avoid(avoid(words::snake(&header.wire, "value"), Kind::Method), Kind::Field);
            let other = format!("header_{}", words::snake(&header.wire, "value"));
            ident(&self.claim(&mut scope, &[name, other], &header.at, "this header"))
        };
        operation.headers.iter().map(&mut name).collect()
    }

    /// Inline types come after their owners, so an owner always has its name already.
    fn inline(&mut self, scope: &mut Scope, operations: &[OperationNames]) {
        let mut open: Vec<TypeId> = Vec::new();
        for (id, def) in self.api.types.iter() {
            if matches!(def.origin, Origin::Inline { .. }) {
                open.push(id);
            }
        }
        // An owner may have been lowered after its part if the part was reached by a reference first.
        while !open.is_empty() {
            let before = open.len();
            let mut waiting = Vec::new();
            for id in std::mem::take(&mut open) {
                if !self.inline_type(id, scope, operations, false) {
                    waiting.push(id);
                }
            }
            if waiting.len() == before {
                for id in std::mem::take(&mut waiting) {
                    self.inline_type(id, scope, operations, true);
                }
            }
            open = waiting;
        }
    }

    fn inline_type(&mut self, id: TypeId, scope: &mut Scope, operations: &[OperationNames], force: bool) -> bool {
        let def = &self.api.types[id];
        let Origin::Inline { owner, roles } = &def.origin else { return true };
        let owner = match owner {
            Owner::Type(owner) => self.types.get(owner).cloned(),
            Owner::Operation(owner) => operations.get(owner.index()).map(|names| names.prefix.to_string()),
        };
        let owner = match owner {
            Some(owner) => owner,
            None if force => "Inline".to_owned(),
            None => return false,
        };
        let mut name = owner;
        for role in roles {
            name.push_str(&role_words(role));
        }
        let short: String = name.chars().take(120).collect();
        let name = self.claim(scope, &[avoid(short, Kind::Type)], &def.at, "this inline schema");
        self.types.insert(id, name);
        true
    }

    fn members(&mut self, id: TypeId) -> TypeNames {
        let def = &self.api.types[id];
        let mut scope = Scope::default();
        let mut rest = "extra";
        let members = match &def.shape {
            Shape::Struct(shape) => {
                if matches!(shape.rest, Rest::Collect(_))
                    && !shape.fields.iter().any(|f| words::snake(&f.wire, "f") == "extra")
                {
                    scope.claim(&["extra".to_owned()], &def.at);
                } else {
                    rest = "additional_properties";
                }
                shape.fields.iter().map(|field| self.field(&mut scope, field)).collect()
            }
            Shape::Enum(shape) => {
                rest = if shape.values.iter().any(|value| words::pascal(&value.literal.text(), "V") == "Unknown") {
                    "Unlisted"
                } else {
                    "Unknown"
                };
                scope.claim(&[rest.to_owned()], &def.at);
                let mut names = Vec::new();
                for value in &shape.values {
                    let text = value.literal.text();
                    let fallback = if text.is_empty() { "Empty" } else { "Value" };
                    let wanted = value
                        .name
                        .as_deref()
                        .map_or_else(|| words::pascal(&text, fallback), |name| words::pascal(name, fallback));
                    // Values that differ by case or punctuation alone are common, and the wire value tells them apart.
                    names.push(ident(&scope.claim(&[avoid(wanted, Kind::Variant)], &value.at).0));
                }
                names
            }
            Shape::Union(union) => {
                rest = "Unknown";
                scope.claim(&[rest.to_owned()], &def.at);
                Self::variants(union, &mut scope)
            }
            Shape::Alias(_) | Shape::Newtype(_) => Vec::new(),
        };
        TypeNames { name: ident(self.types.get(&id).map_or("Unnamed", String::as_str)), members, rest: ident(rest) }
    }

    fn variants(union: &Union, scope: &mut Scope) -> Vec<Ident> {
        let name = |hint: &str| avoid(words::pascal(hint, "Variant"), Kind::Variant);
        union.variants.iter().map(|variant| ident(&scope.claim(&[name(&variant.hint)], &variant.at).0)).collect()
    }

    /// `$id` is `id`, unless there is an `id` as well; then it is `dollar_id`.
    fn field(&mut self, scope: &mut Scope, field: &Field) -> Ident {
        let wanted = avoid(words::snake(&field.wire, "value"), Kind::Field);
        let sigil = match field.wire.chars().next() {
            Some('$') => "dollar_",
            Some('@') => "at_",
            Some('_') => "underscore_",
            Some('#') => "hash_",
            _ => "",
        };
        let mut candidates = vec![wanted.clone()];
        if !sigil.is_empty() {
            candidates.push(format!("{sigil}{wanted}"));
        }
        ident(&self.claim(scope, &candidates, &field.at, "this property"))
    }

    fn groups(&mut self) -> Vec<GroupNames> {
        let mut modules = Scope::default();
        let mut features = Scope::default();
        for taken in OPTIONAL_FEATURES.iter().chain(reserved::COMMON_FEATURES) {
            features.claim(&[(*taken).to_owned()], &Pointer::default());
        }
        let mut groups = Vec::new();
        for group in &self.api.groups {
            let at = group.operations.first().map(|id| self.api.operation(*id).at.clone()).unwrap_or_default();
            let (tag, other) = match group.direction {
                Direction::Call => (group.tag.as_deref().unwrap_or("default"), None),
                Direction::Webhook => ("webhooks", Some("webhook_events".to_owned())),
                Direction::Callback => ("callbacks", Some("called_back".to_owned())),
            };
            let module = avoid(words::snake(tag, "group"), Kind::Group);
            let candidates: Vec<String> = std::iter::once(module).chain(other).collect();
            let module = match group.direction {
                Direction::Call => self.claim(&mut modules, &candidates, &at, "this tag"),
                // Nobody has written these names.
                Direction::Webhook | Direction::Callback => modules.claim(&candidates, &at).0,
            };
            let prefix = words::pascal(&module, "Group");
            let feature = words::kebab(tag);
            let feature = if feature.is_empty() { words::kebab(&module) } else { feature };
            let (feature, _) = features.claim(&[feature.clone(), format!("{feature}-operations")], &at);
            groups.push(GroupNames {
                module: ident(&module),
                api: ident(&format!("{prefix}Api")),
                client: ident(&format!("{prefix}Client")),
                feature: (self.api.groups.len() > 1).then_some(feature),
            });
        }
        groups
    }

    fn schemes(&mut self) -> Vec<Ident> {
        let mut scope = Scope::default();
        let mut names = Vec::new();
        for taken in [
            "base_url",
            "default_header",
            "secret_header",
            "timeout",
            "connect_timeout",
            "retry",
            "user_agent",
            "max_response_bytes",
            "http_client",
            "transport",
            "build",
            "credential",
            "secret",
            "provider",
            "identity",
            "root_certificate",
            "unconnected",
            "server",
            "retry_budget",
            "new",
        ] {
            scope.claim(&[taken.to_owned()], &Pointer::default());
        }
        for scheme in &self.api.schemes {
            let name = avoid(words::snake(&scheme.name, "credential"), Kind::Field);
            let other = format!("{}_credential", name.trim_end_matches('_'));
            names.push(ident(&scope.claim_family(&[name, other], &["", "_provider", "_grant"], &scheme.at).0));
        }
        names
    }
}

/// `GET /a` as words of a Pascal-case name.
pub(crate) fn pascal(text: &str) -> Ident {
    ident(&avoid(words::pascal(text, "Value"), Kind::Variant))
}

/// The methods of what a success leads to.
fn links(operation: &crate::ir::Operation) -> Vec<Ident> {
    let mut scope = Scope::default();
    let name = |link: &crate::ir::Link| avoid(words::snake(&link.name, "link"), Kind::Method);
    operation.links.iter().map(|link| ident(&scope.claim(&[name(link)], &link.at).0)).collect()
}

/// The variants of what an operation takes: by how a body is written, and by its media type where that is not enough.
fn choices(body: &Body) -> Vec<Ident> {
    let mut scope = Scope::default();
    let first: Vec<&Content> = body.choices().iter().filter_map(|contents| contents.first().copied()).collect();
    let name = |content: &&Content| {
        let alike = first.iter().filter(|other| other.media.word() == content.media.word()).count();
        let word = words::pascal(content.media.word(), "Body");
        let subtype = words::pascal(content.subtype(), "Body");
        let candidates = if alike > 1 { [subtype, word] } else { [word, subtype] };
        ident(&scope.claim(&candidates.map(|name| avoid(name, Kind::Variant)), &content.at).0)
    };
    first.iter().map(name).collect()
}

fn role_words(role: &Role) -> String {
    let pascal = |text: &str| words::pascal(text, "Value");
    match role {
        Role::Property(name) | Role::Header(name) | Role::Parameter(name) | Role::Variant(name) => pascal(name),
        Role::Item => "Item".to_owned(),
        Role::Entry => "Value".to_owned(),
        Role::Request => "Request".to_owned(),
        Role::Response(None) => "Response".to_owned(),
        Role::Response(Some(status)) => format!("{}Response", pascal(status).trim_start_matches("Value")),
        Role::Position(index) => format!("Item{}", index + 1),
        Role::Condition(word) => pascal(word),
        Role::Error(status) => format!("{}Error", pascal(status).trim_start_matches("Value")),
    }
}

/// A constant called after a Pascal-case name.
pub(crate) fn constant(pascal: &str) -> String {
    words::shouty(pascal, "VALUE")
}

/// A method called after a Pascal-case name.
pub(crate) fn method(pascal: &str) -> Ident {
    ident(&avoid(words::snake(pascal, "value"), Kind::Method))
}
