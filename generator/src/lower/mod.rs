//! From the document to the intermediate model.
//!
//! Components first, in the order of the document, then operations; inline schemas where they are met; then what values must
//! satisfy beyond their types. Then passes over the whole model: what travels where, which edges are recursive, which examples
//! fit.

mod access;
mod boxing;
mod branch_names;
mod checks;
mod cx;
mod defaults;
mod enumeration;
mod examples;
mod facts;
mod files;
mod fit;
mod info;
mod judged;
mod limits;
mod links;
mod object;
mod obstacle;
mod operation;
mod pagination;
mod params;
mod path;
mod prune;
mod querystring;
mod responses;
mod scalar;
mod schema;
mod security;
mod select;
mod sequence;
mod union;
mod usage;
mod xml;

use crate::config::{Config, OperationChoices};
use crate::diag::Diags;
use crate::ir::Api;
use crate::spec::Spec;
use cx::Cx;

/// Lowers a whole document.
pub fn lower(spec: &Spec<'_>, config: &Config, diags: &mut Diags) -> Api {
    let mut cx = Cx::new(spec, config, diags);
    cx.api.info = info::lower_info(&mut cx);
    cx.api.servers = info::lower_servers(&mut cx, &spec.root());
    security::lower_schemes(&mut cx);
    files::find(&mut cx);
    schema::lower_components(&mut cx);
    operation::lower_operations(&mut cx);
    links::lower_links(&mut cx);
    checks::lower_checks(&mut cx);
    let mut api = cx.api;
    usage::mark(&mut api);
    access::split(&mut api);
    boxing::mark(&mut api, diags);
    judged::mark(&mut api);
    if config.operations != OperationChoices::default() {
        prune::mark(&mut api);
    }
    prune::mark_needs(&mut api);
    pagination::find(&mut api, &config.pagination, diags);
    examples::keep_fitting(&mut api, diags);
    examples::keep_fitting_defaults(&mut api, diags);
    defaults::mark(&mut api);
    api
}
