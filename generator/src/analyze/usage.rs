//! In which direction values of each type are sent.

use crate::ir::{Api, Ty, TypeId};

/// In which direction values of a type are sent; neither if no operation mentions the type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Usage {
    /// From the client to the server.
    pub request: bool,
    /// From the server to the client.
    pub response: bool,
}

impl Usage {
    pub const NONE: Self = Self { request: false, response: false };
    pub const REQUEST: Self = Self { request: true, response: false };
    pub const RESPONSE: Self = Self { request: false, response: true };

    fn or(self, other: Self) -> Self {
        Self { request: self.request || other.request, response: self.response || other.response }
    }
}

/// The usage of each type that operations mention, directly or through other types.
pub(super) struct Usages(Vec<Usage>);

impl Usages {
    pub fn of(&self, id: TypeId) -> Usage {
        self.0.get(id.index()).copied().unwrap_or_default()
    }

    /// Changes the usage of a type, or records that of a new one.
    pub fn set(&mut self, id: TypeId, usage: Usage) {
        if self.0.len() <= id.index() {
            self.0.resize(id.index() + 1, Usage::NONE);
        }
        if let Some(slot) = self.0.get_mut(id.index()) {
            *slot = usage;
        }
    }
}

/// Finds the usage of every type.
pub(super) fn of_types(api: &Api) -> Usages {
    let mut usages = Usages(vec![Usage::NONE; api.types.len()]);
    let mut open = mentioned(api);
    while let Some((id, usage)) = open.pop() {
        let known = usages.of(id);
        let both = known.or(usage);
        if both == known {
            continue;
        }
        usages.set(id, both);
        api.types[id].shape.for_each_ty(&mut |ty| ty.for_each_named(&mut |inner| open.push((inner, both))));
    }
    usages
}

/// The types that operations mention directly.
fn mentioned(api: &Api) -> Vec<(TypeId, Usage)> {
    let mut found: Vec<(TypeId, Usage)> = Vec::new();
    let mut add = |ty: &Ty, usage: Usage| ty.for_each_named(&mut |id| found.push((id, usage)));
    for operation in &api.operations {
        operation.params.iter().for_each(|param| add(&param.ty, Usage::REQUEST));
        let bodies = operation.body.iter().flat_map(|body| &body.contents);
        bodies.filter_map(|content| content.media.ty()).for_each(|ty| add(ty, Usage::REQUEST));
        for response in &operation.responses {
            let contents = response.contents.iter();
            contents.filter_map(|content| content.media.ty()).for_each(|ty| add(ty, Usage::RESPONSE));
            response.headers.iter().for_each(|header| add(&header.ty, Usage::RESPONSE));
        }
    }
    found
}
