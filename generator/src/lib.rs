//! crategen
mod config;
pub mod diag;
mod dialect;
pub mod ir;
mod load;
mod lower;
mod spec;
pub use config::{Config, Crates};
pub use load::Source;

/// temp
pub fn api(source: Source, config: &Config) -> (Option<ir::Api>, diag::Report) {
    let mut diags = diag::Diags::new();
    let document = load::load(source, &mut diags);
    let document = dialect::normalise(document, &mut diags);
    let api = diags.stop().ok().map(|()| {
        let spec = spec::Spec::read(&document);
        lower::lower(&spec, config, &mut diags)
    });
    (api, diags.into_report(document.sources))
}
