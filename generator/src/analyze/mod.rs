//! From the model of the document to the model that emitters use, and what they need to know about it.
//!
//! Rewriting passes come first, because they add and replace types. The other passes only read the model; their results are the
//! [`Analysis`], a table beside it.

mod containers;
mod defaults;
mod equal_types;
mod error_bodies;
mod invalid_values;
mod literals;
mod needs;
mod open_types;
mod operation_servers;
mod pagination;
mod reachable;
mod recursion;
mod rejections;
mod request_types;
mod rules;
mod samples;
mod schema_examples;
mod spread_objects;
mod usage;

use crate::config::{Config, OperationChoices};
use crate::diag::Diags;
use crate::ir::{Analysis, Api, TypeAnalysis};

/// Rewrites a model for its emitters and analyses the result.
pub fn analyze(mut api: Api, config: &Config, diags: &mut Diags) -> (Api, Analysis) {
    schema_examples::report_bad(&api, diags);
    let usage = usage::of_types(&api);
    equal_types::share(&mut api, &usage, config);
    let mut usage = usage::of_types(&api);
    open_types::mark(&mut api, &usage);
    request_types::split(&mut api, &mut usage);
    request_types::tell_null_from_absent(&mut api, &usage);
    recursion::box_edges(&mut api);
    let pagination = pagination::find(&api, config, diags);
    literals::drop_bad_examples(&mut api, diags);
    literals::drop_bad_defaults(&mut api, diags);
    samples::report_missing(&api, config, diags);
    spread_objects::report_overlaps(&api, diags);
    spread_objects::report_shared_names(&api, diags);
    if config.crates.server {
        rejections::report_other_shapes(&api, diags);
        error_bodies::report_untyped(&api, diags);
        operation_servers::report_other_paths(&api, diags);
    }

    let mut analysis =
        Analysis { types: vec![TypeAnalysis::default(); api.types.len()], pagination, ..Analysis::default() };
    invalid_values::mark(&api, &mut analysis);
    rules::mark(&api, &mut analysis);
    defaults::mark(&api, &mut analysis);
    if config.operations != OperationChoices::default() {
        needs::prune(&api, &mut analysis);
    }
    needs::assign(&api, &mut analysis);
    (api, analysis)
}
