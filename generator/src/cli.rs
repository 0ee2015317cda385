//! The command line; the only file that knows clap.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use crategen::diag::Report;
use crategen::{Changes, Crates, Settings, SettingsError, Source, Summary};

/// Done.
const DONE: u8 = 0;
/// The document has errors, or the output is stale.
const FAILED: u8 = 1;
/// The command cannot be understood.
const USAGE: u8 = 2;

/// Generates models, client and axum server crates from an OpenAPI document.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Writes the crates.
    Generate(Generate),
    /// Only checks a document: what `generate` would say, and nothing is written.
    Validate(Validate),
    /// Writes a document of several files as one.
    Bundle(Bundle),
    /// Shows what is understood of a document.
    Inspect(Inspect),
}

#[derive(Args)]
struct Common {
    /// Settings; `crategen.toml` of this folder by default, if it is there.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The document, YAML or JSON; `-` is standard input, and an URL needs `--allow-remote`.
    #[arg(long, value_name = "FILE")]
    spec: Option<PathBuf>,
    /// The base of the crate names: `BASE-models`, `BASE-client`, `BASE-server`.
    #[arg(long, value_name = "BASE")]
    name: Option<String>,
    /// An overlay to apply to the document, behind those of the settings; may be repeated.
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    /// Every warning is an error.
    #[arg(long)]
    strict: bool,
    /// Follows references to files outside the folder of the document.
    #[arg(long)]
    allow_outside: bool,
    /// Follows references to other hosts, and reads a document from one; what they answer is pinned in `crategen.lock`.
    #[arg(long)]
    allow_remote: bool,
    /// How diagnostics are printed.
    #[arg(long, value_enum, default_value_t = MessageFormat::Text)]
    message_format: MessageFormat,
}

#[derive(Args)]
struct Validate {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    report: ReportFile,
}

#[derive(Args)]
struct ReportFile {
    /// Writes what was repaired, renamed, left out or became free-form JSON, as JSON.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

#[derive(Args)]
struct Generate {
    #[command(flatten)]
    common: Common,
    /// The folder that the crates are written below.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Only these crates.
    #[arg(long, value_name = "CRATES", value_delimiter = ',')]
    only: Vec<String>,
    /// Also a crate of tests that hold client and server against each other.
    #[arg(long)]
    contract_tests: bool,
    /// Writes nothing; lists what would change.
    #[arg(long)]
    dry_run: bool,
    /// Writes nothing; exits with 1 and a list of stale files if anything would change.
    #[arg(long, conflicts_with = "dry_run")]
    check: bool,
    #[command(flatten)]
    report: ReportFile,
}

#[derive(Args)]
struct Bundle {
    #[command(flatten)]
    common: Common,
    /// The file to write, YAML or JSON by its extension; JSON on standard output by default.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Args)]
struct Inspect {
    #[command(flatten)]
    common: Common,
    /// How the result is printed.
    #[arg(long, value_enum, default_value_t = MessageFormat::Text)]
    format: MessageFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MessageFormat {
    /// For people.
    Text,
    /// For tools.
    Json,
}

/// Why a command did not do what it was asked for.
enum Stop {
    Usage(String),
    Failed(String),
    Report(Box<Report>, MessageFormat),
}

impl From<SettingsError> for Stop {
    fn from(error: SettingsError) -> Self {
        Self::Usage(error.to_string())
    }
}

/// Runs the command of this process.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { USAGE } else { DONE });
        }
    };
    let outcome = match cli.command {
        Command::Generate(args) => generate(&args),
        Command::Validate(args) => validate(&args),
        Command::Bundle(args) => bundle(&args),
        Command::Inspect(args) => inspect(&args),
    };
    ExitCode::from(match outcome {
        Ok(code) => code,
        Err(Stop::Usage(message)) => {
            say(&format!("error: {message}\n"));
            USAGE
        }
        Err(Stop::Failed(message)) => {
            say(&format!("error: {message}\n"));
            FAILED
        }
        Err(Stop::Report(report, format)) => {
            print_report(&report, format);
            FAILED
        }
    })
}

fn generate(args: &Generate) -> Result<u8, Stop> {
    let mut settings = settings(&args.common)?;
    if !args.only.is_empty() {
        settings.config.crates = only(&args.only)?;
    }
    settings.config.crates.contract_tests |= args.contract_tests;
    let out = args.out.clone().or(settings.out.clone()).unwrap_or_else(|| PathBuf::from("generated"));
    settings.config.out.clone_from(&out);
    let output = generated(&settings, &args.common, &args.report)?;
    let put = if args.check || args.dry_run { crategen::compare } else { crategen::write };
    // What is said takes about as long as what is written: places of a document are looked for only now.
    let changes = std::thread::scope(|scope| {
        scope.spawn(|| print_report(&output.report, args.common.message_format));
        put(&output, &out)
    });
    let changes = changes.map_err(|error| Stop::Failed(format!("cannot write below `{}`: {error}", out.display())))?;
    if args.check {
        return Ok(check(&changes, &out));
    }
    if args.dry_run {
        list(&changes, &out, "would write", "would remove");
        return Ok(DONE);
    }
    say(&format!(
        "{} files below `{}`: {} written, {} removed\n",
        output.files.len(),
        out.display(),
        changes.stale.len(),
        changes.obsolete.len()
    ));
    Ok(DONE)
}

/// What is generated of a document, once it was said what is wrong with it.
fn checked(settings: &Settings, common: &Common, file: &ReportFile) -> Result<crategen::Output, Stop> {
    let output = generated(settings, common, file)?;
    print_report(&output.report, common.message_format);
    Ok(output)
}

/// What is generated of a document; what is wrong with it is written to the file that is wanted.
fn generated(settings: &Settings, common: &Common, file: &ReportFile) -> Result<crategen::Output, Stop> {
    let outcome = crategen::generate(source(settings)?, &settings.config);
    if let Some(path) = &file.report {
        let (coverage, report) = match &outcome {
            Ok(output) => (output.coverage, &output.report),
            Err(report) => (crategen::Coverage::default(), report),
        };
        let summary = serde_json::to_string_pretty(&Summary::new(coverage, report));
        let text = summary.map_err(|error| Stop::Failed(error.to_string()))? + "\n";
        let failed = |error| Stop::Failed(format!("cannot write `{}`: {error}", path.display()));
        std::fs::write(path, text).map_err(failed)?;
    }
    outcome.map_err(|report| Stop::Report(Box::new(report), common.message_format))
}

fn validate(args: &Validate) -> Result<u8, Stop> {
    let output = checked(&settings(&args.common)?, &args.common, &args.report)?;
    let crategen::Coverage { documented, generated } = output.coverage;
    say(&format!("{generated} of {documented} operations can be generated\n"));
    Ok(DONE)
}

fn only(names: &[String]) -> Result<Crates, Stop> {
    let quoted: Vec<String> = names.iter().map(|name| format!("{:?}", name.trim())).collect();
    let text = format!("crates = [{}]", quoted.join(", "));
    let crates = Settings::parse(&text, Path::new("")).map_err(|SettingsError(message)| Stop::Usage(message))?;
    Ok(crates.config.crates)
}

fn check(changes: &Changes, out: &Path) -> u8 {
    if changes.is_empty() {
        return DONE;
    }
    list(changes, out, "stale", "obsolete");
    say("run `crategen generate` and commit the result\n");
    FAILED
}

fn list(changes: &Changes, out: &Path, stale: &str, obsolete: &str) {
    let mut stdout = std::io::stdout().lock();
    for (what, paths) in [(stale, &changes.stale), (obsolete, &changes.obsolete)] {
        for path in paths {
            let _ = writeln!(stdout, "{what}: {}", out.join(path).display());
        }
    }
}

fn bundle(args: &Bundle) -> Result<u8, Stop> {
    let settings = settings(&args.common)?;
    let format = args.common.message_format;
    let (bundle, report) = crategen::bundle(source(&settings)?, &settings.config)
        .map_err(|report| Stop::Report(Box::new(report), format))?;
    print_report(&report, format);
    let Some(path) = &args.out else {
        let _ = std::io::stdout().lock().write_all(bundle.to_json().as_bytes());
        return Ok(DONE);
    };
    let yaml = path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
    let text = if yaml { bundle.to_yaml() } else { bundle.to_json() };
    let failed = |error| Stop::Failed(format!("cannot write `{}`: {error}", path.display()));
    std::fs::write(path, text).map_err(failed)?;
    Ok(DONE)
}

fn inspect(args: &Inspect) -> Result<u8, Stop> {
    let settings = settings(&args.common)?;
    let format = args.common.message_format;
    let (found, report) = crategen::inspect(source(&settings)?, &settings.config)
        .map_err(|report| Stop::Report(Box::new(report), format))?;
    print_report(&report, format);
    let text = match args.format {
        MessageFormat::Text => found.to_string(),
        MessageFormat::Json => serde_json::to_string(&found).map_err(|error| Stop::Failed(error.to_string()))? + "\n",
    };
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
    Ok(DONE)
}

/// The settings of the file, overridden by the flags.
fn settings(common: &Common) -> Result<Settings, Stop> {
    let mut settings = match &common.config {
        Some(path) => Settings::read(path)?,
        None if Path::new(Settings::FILE).is_file() => Settings::read(Path::new(Settings::FILE))?,
        None => Settings::default(),
    };
    if let Some(spec) = &common.spec {
        // Another document is another API: what the file says of names was not meant for it.
        settings.spec = Some(spec.clone());
        settings.config.name = None;
        settings.config.overlays.clear();
    }
    if let Some(name) = &common.name {
        settings.config.name = Some(name.clone());
    }
    settings.config.overlays.extend(common.overlay.iter().cloned());
    settings.config.strict |= common.strict;
    settings.config.allow_outside |= common.allow_outside;
    settings.config.allow_remote |= common.allow_remote;
    Ok(settings)
}

fn source(settings: &Settings) -> Result<Source, Stop> {
    let Some(path) = &settings.spec else {
        return Err(Stop::Usage("no document: give `--spec FILE`, or `spec = \"FILE\"` in `crategen.toml`".to_owned()));
    };
    if crategen::is_url(path) {
        return Source::remote(&path.to_string_lossy(), &settings.config)
            .map_err(|error| Stop::Failed(format!("cannot read `{}`: {error}", path.display())));
    }
    let read = if path.as_os_str() == "-" { Source::stdin() } else { Source::file(path) };
    read.map_err(|error| Stop::Failed(format!("cannot read `{}`: {error}", path.display())))
}

fn print_report(report: &Report, format: MessageFormat) {
    if report.is_empty() {
        return;
    }
    say(&match format {
        MessageFormat::Json => report.to_json_lines(),
        MessageFormat::Text if std::io::stderr().is_terminal() => report.to_colored_text(),
        MessageFormat::Text => report.to_text(),
    });
}

fn say(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}
