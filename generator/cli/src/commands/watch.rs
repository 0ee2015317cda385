//! `crategen watch`

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use crategen::is_url;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::generate::{generate, read_output_settings, write_files};
use crate::args::OutputArgs;
use crate::exit::Failure;
use crate::print::print_status;
use crate::settings::settings_path;

/// How long nothing must change before the crates are generated: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(200);

/// How long to wait at most, if something changes all the time.
const LONGEST: Duration = Duration::from_secs(2);

/// The files of a round.
type Files = BTreeSet<PathBuf>;

/// Generates the crates, and again whenever one of the files that were read changes. Ends with the process.
pub fn run_watch(args: &OutputArgs) -> Result<(), Failure> {
    if args.common.spec.as_deref().is_some_and(|spec| spec == Path::new("-")) {
        return Err(Failure::Usage("standard input cannot be watched; name a file".to_owned()));
    }
    let mut watch = Watch::new()?;
    // The files are watched before they are read, so that no change is missed.
    watch.add(&known_files(args))?;
    let mut files = known_files(args);
    match round(args, &mut files) {
        Err(failure @ Failure::Usage(_)) => return Err(failure),
        Err(failure) => _ = failure.print(),
        Ok(()) => {}
    }
    loop {
        watch.add(&files)?;
        print_status("watching for changes; Ctrl-C ends it");
        watch.wait(&files)?;
        files.extend(known_files(args));
        if let Err(failure) = round(args, &mut files) {
            failure.print();
        }
    }
}

/// Returns the files that are known before they are read: the settings file and the document.
fn known_files(args: &OutputArgs) -> Files {
    let spec = read_output_settings(args).ok().and_then(|settings| settings.spec);
    let spec = spec.filter(|spec| !is_url(spec));
    std::iter::once(settings_path(&args.common).to_path_buf()).chain(spec).collect()
}

/// Generates the crates. Replaces `files` by those that were read or could not be read; after a failure, the former ones are
/// kept.
fn round(args: &OutputArgs, files: &mut Files) -> Result<(), Failure> {
    let settings = read_output_settings(args)?;
    match generate(&settings, args) {
        Ok(output) => {
            *files = known_files(args);
            files.extend(output.read.iter().chain(output.report.missing()).cloned());
            write_files(&output, &settings.config.out, args)
        }
        Err(failure) => {
            if let Failure::Document(report, _) = &failure {
                files.extend(report.read());
                files.extend(report.missing().iter().cloned());
            }
            Err(failure)
        }
    }
}

/// The notifications of the system.
struct Watch {
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    folders: BTreeSet<PathBuf>,
}

impl Watch {
    fn new() -> Result<Self, Failure> {
        let (send, events) = mpsc::channel();
        let watcher = notify::recommended_watcher(send).map_err(|error| failed(&error))?;
        Ok(Self { watcher, events, folders: BTreeSet::new() })
    }

    /// Watches the folders of files, because editors replace a file by another one of the same name.
    fn add(&mut self, files: &Files) -> Result<(), Failure> {
        for folder in files.iter().filter_map(|file| absolute(file).parent().map(Path::to_path_buf)) {
            if folder.is_dir() && !self.folders.contains(&folder) {
                self.watcher.watch(&folder, RecursiveMode::NonRecursive).map_err(|error| failed(&error))?;
                self.folders.insert(folder);
            }
        }
        Ok(())
    }

    /// Waits until one of the files has changed and nothing has happened for a while.
    fn wait(&self, files: &Files) -> Result<(), Failure> {
        let wanted: BTreeSet<PathBuf> = files.iter().map(|file| absolute(file)).collect();
        loop {
            let event = self.events.recv().map_err(|_| Failure::File("cannot watch files any longer".to_owned()))?;
            let event = event.map_err(|error| failed(&error))?;
            if !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(|path| wanted.contains(path)) {
                break;
            }
        }
        let start = Instant::now();
        while start.elapsed() < LONGEST && self.events.recv_timeout(QUIET).is_ok() {}
        Ok(())
    }
}

fn failed(error: &notify::Error) -> Failure {
    Failure::File(format!("cannot watch files: {error}"))
}

/// Returns the path that notifications name: that of the folder without links, and the name of the file.
fn absolute(file: &Path) -> PathBuf {
    let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder =
        parent.canonicalize().or_else(|_| std::path::absolute(parent)).unwrap_or_else(|_| parent.to_path_buf());
    file.file_name().map_or_else(|| folder.clone(), |name| folder.join(name))
}
