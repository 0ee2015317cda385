//! Whether ids and positions point to something.

use super::Violations;
use crate::diag::Pointer;
use crate::ir::api::Api;
use crate::ir::checks::Checks;
use crate::ir::ids::{OpId, TypeId};
use crate::ir::ty::Ty;
use crate::ir::types::{Origin, Owner};
use crate::ir::xml::{XmlContent, XmlElement};

pub(super) fn check(api: &Api, violations: &mut Violations) {
    let mut ids = Ids { api, violations };
    ids.types();
    ids.operations();
    ids.security();
    ids.xml_objects();
}

struct Ids<'a> {
    api: &'a Api,
    violations: &'a mut Violations,
}

impl Ids<'_> {
    fn types(&mut self) {
        for (_, def) in self.api.types.iter() {
            match &def.origin {
                Origin::Inline { owner: Owner::Type(id), .. } => self.type_id(*id, &def.at),
                Origin::Inline { owner: Owner::Operation(id), .. } => self.op_id(*id, &def.at),
                Origin::Inline { owner: Owner::Component(id), .. } => {
                    let exists = id.index() < self.api.components.len();
                    self.violations.require(exists, &def.at, format_args!("{id:?} does not exist"));
                }
                Origin::Component(_) => {}
            }
            def.shape.for_each_ty(&mut |ty| self.ty(ty, &def.at));
            def.for_each_checks(&mut |checks| self.checks(checks, &def.at));
        }
    }

    fn operations(&mut self) {
        for operation in &self.api.operations {
            operation.for_each_ty(&mut |ty| self.ty(ty, &operation.at));
            operation.params.iter().for_each(|param| self.checks(&param.checks, &param.at));
            let bodies = operation.body.iter().flat_map(|body| &body.contents);
            let responses = operation.responses.iter().flat_map(|response| &response.contents);
            for content in bodies.chain(responses) {
                self.checks(&content.checks, &content.at);
                if let Some(element) = content.media.xml_element() {
                    self.xml_element(element, &content.at);
                }
            }
            operation.headers.iter().for_each(|header| self.ty(&header.ty, &header.at));
            operation.links.iter().for_each(|link| self.op_id(link.target, &link.at));
        }
        for group in &self.api.groups {
            group.operations.iter().for_each(|id| self.op_id(*id, &Pointer::default()));
        }
    }

    fn security(&mut self) {
        let all = self.api.operations.iter().map(|operation| (&operation.at, &operation.security));
        let root = Pointer::default();
        for (at, alternatives) in all.chain([(&root, &self.api.security)]) {
            for credential in alternatives.iter().flat_map(|alternative| &alternative.credentials) {
                let exists = credential.scheme.index() < self.api.schemes.len();
                self.violations.require(exists, at, format_args!("{:?} does not exist", credential.scheme));
            }
        }
    }

    fn xml_objects(&mut self) {
        for object in &self.api.xml {
            let at = Pointer::default();
            object.ty.iter().for_each(|id| self.type_id(*id, &at));
            object.owner.iter().for_each(|(position, _)| self.xml_position(*position, &at));
            object.members.iter().for_each(|member| self.xml_element(&member.element, &at));
            self.xml_content(&object.rest, &at);
        }
    }

    fn type_id(&mut self, id: TypeId, at: &Pointer) {
        let exists = id.index() < self.api.types.len();
        self.violations.require(exists, at, format_args!("{id:?} does not exist"));
    }

    fn op_id(&mut self, id: OpId, at: &Pointer) {
        let exists = id.index() < self.api.operations.len();
        self.violations.require(exists, at, format_args!("{id:?} does not exist"));
    }

    fn ty(&mut self, ty: &Ty, at: &Pointer) {
        ty.for_each_named(&mut |id| self.type_id(id, at));
        ty.for_each(&mut |ty| {
            if let Ty::Given(position) = ty {
                let exists = *position < self.api.given.len();
                self.violations.require(exists, at, format_args!("given type {position} does not exist"));
            }
        });
    }

    fn checks(&mut self, checks: &Checks, at: &Pointer) {
        checks.for_each_rule(&mut |rule| rule.schemas().into_iter().for_each(|id| self.type_id(id, at)));
    }

    fn xml_element(&mut self, element: &XmlElement, at: &Pointer) {
        self.xml_content(&element.content, at);
    }

    fn xml_content(&mut self, content: &XmlContent, at: &Pointer) {
        match content {
            XmlContent::Object(position) => self.xml_position(*position, at),
            XmlContent::List(item) => self.xml_element(item, at),
            XmlContent::Map(entry) => self.xml_content(entry, at),
            XmlContent::Text | XmlContent::Number | XmlContent::Boolean | XmlContent::Scalar | XmlContent::Any => {}
        }
    }

    fn xml_position(&mut self, position: usize, at: &Pointer) {
        let exists = position < self.api.xml.len();
        self.violations.require(exists, at, format_args!("XML object {position} does not exist"));
    }
}
