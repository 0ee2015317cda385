//! The pipeline: all stages, in their order. A stage that reports an error ends the run.

use crate::config::Config;
use crate::diag::{Code, Diags, Origins, Pointer, Report, Stopped};
use crate::emit::{Cx, TakeFile};
use crate::ir::{Analysis, Api};
use crate::load::{Document, Source};
use crate::names::Names;
use crate::render::Texts;
use crate::spec::Spec;
use crate::{analyze, bundle, dialect, emit, ir, load, lower, render, settings};

/// One run: the configuration and what the stages have reported so far.
pub(crate) struct Run<'c> {
    config: &'c Config,
    diags: Diags,
}

/// Runs the given stages. Returns their result and the report, or only the report if there are errors.
///
/// The configured levels are applied here, after the last stage, so that a strict run shows as much as any other.
///
/// The stages run in a thread of their own, because they recurse into nested schemas up to fixed limits, and the stack of the
/// calling thread may be too small for these.
pub(crate) fn run<'c, T: Send>(
    config: &'c Config,
    stages: impl FnOnce(&mut Run<'c>) -> Result<T, Stopped> + Send,
) -> Result<(T, Report), Report> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || run_here(config, stages));
        match thread {
            Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            Err(error) => {
                let mut diags = Diags::new();
                diags
                    .error(Code::Limit, &Pointer::default(), format!("cannot start a thread: {error}"))
                    .help("allow this process more memory or more threads");
                Err(diags.into_report())
            }
        }
    })
}

/// The size of the stack, of which only what is used takes memory.
const STACK: usize = 64 << 20;

fn run_here<'c, T>(
    config: &'c Config,
    stages: impl FnOnce(&mut Run<'c>) -> Result<T, Stopped>,
) -> Result<(T, Report), Report> {
    let mut run = Run { config, diags: Diags::new() };
    settings::report_unknown(config, &mut run.diags);
    let result = stages(&mut run);
    run.diags.apply(&config.levels);
    let report = run.diags.into_report();
    match result {
        Ok(result) if report.errors() == 0 => Ok((result, report)),
        _ => Err(report),
    }
}

impl Run<'_> {
    /// Reads the document and the files that it refers to, as one tree.
    pub fn read(&mut self, source: Source) -> Result<Document, Stopped> {
        let Self { config, diags } = self;
        let document = diags.stage(|diags| load::load(source, config, diags))?;
        diags.stage(|diags| bundle::bundle(document, diags))
    }

    /// Turns the document into the model.
    pub fn lower(&mut self, document: Document) -> Result<Api, Stopped> {
        let Self { config, diags } = self;
        let document = diags.stage(|diags| dialect::normalise(document, diags))?;
        settings::report_unused_types(&document, config, diags);
        diags.stage(|diags| lower::lower(&Spec::read(&document), config, diags))
    }

    /// Completes the model and analyses it, then checks its invariants.
    pub fn analyze(&mut self, api: Api) -> Result<(Api, Analysis), Stopped> {
        let Self { config, diags } = self;
        let (api, analysis) = diags.stage(|diags| analyze::analyze(api, config, diags))?;
        settings::report_attributes_without_type(&api, config, diags);
        let bugs = ir::check::check(&api, &analysis);
        diags.stage(|diags| bugs.into_iter().for_each(|bug| report_bug(bug, diags)))?;
        Ok((api, analysis))
    }

    /// Chooses the identifiers.
    pub fn assign_names(&mut self, api: &Api) -> Result<Names, Stopped> {
        let Self { config, diags } = self;
        diags.stage(|diags| Names::assign(api, config, diags))
    }

    /// Returns which parts of the document came from other files.
    pub fn origins(&self) -> Origins {
        self.diags.origins()
    }

    /// Makes the files. `document` is the document as JSON, which servers embed.
    pub fn render(&mut self, api: &Api, analysis: &Analysis, names: &Names, document: &str) -> Result<Texts, Stopped> {
        let Self { config, diags } = self;
        let needs = emit::Needs::of(api, analysis);
        let names_again = || Names::assign(api, config, &mut Diags::new());
        let emit = |names: &Names, take: &mut TakeFile<'_>| {
            emit::all(&Cx { api, analysis, needs: &needs, names, config, document }, take);
        };
        render::all(names, names_again, emit).map_err(|bug| {
            report_bug(format!("cannot render `{}`: {}", bug.path.display(), bug.message), diags);
            Stopped
        })
    }

    /// Makes the draft of an implementation of the server.
    pub fn scaffold(&mut self, api: &Api, analysis: &Analysis, names: &Names) -> Result<String, Stopped> {
        let Self { config, diags } = self;
        let needs = emit::Needs::of(api, analysis);
        let cx = Cx { api, analysis, needs: &needs, names, config, document: "" };
        render::draft(emit::scaffold(&cx)).map_err(|bug| {
            report_bug(format!("cannot render the draft: {}", bug.message), diags);
            Stopped
        })
    }
}

fn report_bug(message: String, diags: &mut Diags) {
    diags
        .error(Code::Internal, &Pointer::default(), message)
        .help("this is a bug in crategen; please report it, with the document if possible");
}
