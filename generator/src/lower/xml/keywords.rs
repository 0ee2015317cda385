//! The XML Object (OpenAPI 3.0.3 §4.7.26, `nodeType`: 3.2.0 §4.26).

use super::super::facts::Part;
use super::super::lowering::Lowering;
use super::MAX_DEPTH;
use crate::diag::Pointer;
use crate::ir::XmlName;
use crate::spec::Node;
use crate::tree::Tree;

/// The XML Objects of a schema and of the schemas that it refers to, merged. What an outer one says takes precedence.
#[derive(Debug, Default)]
pub(super) struct XmlKeywords {
    name: Option<String>,
    prefix: String,
    namespace: String,
    pub attribute: bool,
    pub text: bool,
    pub wrapped: bool,
}

impl XmlKeywords {
    /// Merges the XML Objects of some schemas.
    pub fn of(cx: &Lowering<'_, '_>, parts: &[Part]) -> Self {
        let mut keywords = Self::default();
        for part in parts {
            keywords.add(cx, &part.at, 0);
        }
        keywords
    }

    /// The name of the element or attribute; `default` if the document gives none.
    pub fn name(&self, default: &str) -> XmlName {
        let local = as_name(self.name.as_deref().unwrap_or(default));
        XmlName { local, prefix: self.prefix.clone(), namespace: self.namespace.clone() }
    }

    fn add(&mut self, cx: &Lowering<'_, '_>, at: &Pointer, depth: usize) {
        let Some(node) = cx.spec.node(at).filter(|_| depth < MAX_DEPTH) else { return };
        if let Some(xml) = node.get("xml") {
            self.merge(&xml);
        }
        if let Some(reference) = node.str("$ref")
            && let Some(target) = cx.spec.find_target(&node, reference)
        {
            self.add(cx, &target.at, depth + 1);
        }
        for branch in node.items("allOf") {
            self.add(cx, &branch.at, depth + 1);
        }
    }

    fn merge(&mut self, xml: &Node<'_>) {
        let text = |key: &str| xml.str(key).filter(|text| !text.is_empty()).map(str::to_owned);
        if self.name.is_none() {
            self.name = text("name");
        }
        if self.namespace.is_empty() && self.prefix.is_empty() {
            self.namespace = text("namespace").unwrap_or_default();
            self.prefix = text("prefix").unwrap_or_default();
        }
        let node_type = xml.str("nodeType");
        self.attribute |= node_type == Some("attribute") || xml.flag("attribute");
        self.text |= matches!(node_type, Some("text" | "cdata"));
        // An array has no element around its items unless the document asks for one.
        self.wrapped |= node_type == Some("element") || xml.tree.get("wrapped").and_then(Tree::as_bool) == Some(true);
    }
}

/// A text as an XML name; characters that are not allowed become underscores (XML 1.0 §2.3).
fn as_name(text: &str) -> String {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let name: String = text.chars().map(|c| if part(c) { c } else { '_' }).collect();
    if name.starts_with(|c: char| !c.is_alphabetic() && c != '_') { format!("_{name}") } else { name }
}
