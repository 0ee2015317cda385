//! From the document to the model.
//!
//! Components come first, in the order of the document, then operations. Inline schemas are lowered where they are used. The
//! rules that values must satisfy beyond their types come last, because they depend on the types.

mod aliases;
mod checks;
mod chosen_names;
mod content;
mod encodings;
mod enumeration;
mod examples;
mod facts;
mod files;
mod headers;
mod info;
mod links;
mod lowering;
mod media_kind;
mod object;
mod operation;
mod params;
mod path;
mod path_items;
mod querystring;
mod readable;
mod responses;
mod scalar;
mod schema;
mod security;
mod select;
mod sequence;
mod text;
mod union;
mod xml;

use crate::config::Config;
use crate::diag::Diags;
use crate::ir::Api;
use crate::spec::Spec;
use lowering::Lowering;

/// Lowers a whole document.
pub fn lower(spec: &Spec<'_>, config: &Config, diags: &mut Diags) -> Api {
    let mut cx = Lowering::new(spec, config, diags);
    cx.api.info = info::lower_info(&mut cx);
    cx.api.servers = info::lower_servers(&mut cx, &spec.root());
    security::lower_schemes(&mut cx);
    files::find(&mut cx);
    schema::lower_components(&mut cx);
    operation::lower_operations(&mut cx);
    links::lower_links(&mut cx);
    checks::lower_checks(&mut cx);
    sequence::report_unread_contents(&mut cx);
    chosen_names::find(&mut cx);
    cx.api
}
