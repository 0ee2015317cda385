//! One run at a time writes to an output folder, and a run that is interrupted can be recognized.
//!
//! Both is the purpose of one file in the folder. A run locks it, notes in it what it is going to write, and removes it at the end.
//! A file that is not locked and not empty is what an interrupted run left.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fs4::{FileExt, TryLockError};
use same_file::Handle;

use super::WriteError;

/// The file in the output folder.
const FILE: &str = ".crategen-writing";
/// Its first line.
const HEADER: &str =
    "# crategen is writing these files, or was interrupted meanwhile. `crategen generate` completes them.";
/// How long a run waits for another one.
const WAIT: Duration = Duration::from_secs(60);
/// How often it looks.
const PAUSE: Duration = Duration::from_millis(50);

/// What an interrupted run left.
#[derive(Debug, Default)]
pub(super) struct Leftover {
    /// The files that it was going to write, if there was such a run.
    planned: Option<BTreeSet<PathBuf>>,
}

impl Leftover {
    fn parse(text: &str) -> Self {
        let planned = text.lines().filter(|line| !line.starts_with('#')).map(PathBuf::from).collect();
        Self { planned: (!text.is_empty()).then_some(planned) }
    }

    /// Whether a run was interrupted while it wrote.
    pub fn is_half_written(&self) -> bool {
        self.planned.is_some()
    }

    /// Whether an interrupted run was going to write this file.
    pub fn lists(&self, path: &Path) -> bool {
        self.planned.as_ref().is_some_and(|planned| planned.contains(path))
    }
}

/// The lock of an output folder. If it is dropped without [`Guard::finish`], the folder counts as half-written.
pub(super) struct Guard {
    path: PathBuf,
    file: File,
    leftover: Leftover,
}

impl Guard {
    /// Locks a folder, which is created if necessary. Waits for another run that holds the lock.
    pub fn lock(out: &Path) -> Result<Self, WriteError> {
        fs::create_dir_all(out)?;
        let path = out.join(FILE);
        let start = Instant::now();
        loop {
            refuse_other(&path)?;
            let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path)?;
            // The run that held the lock has removed its file, so the lock of that file is worth nothing.
            if acquire(&file, out, start, FileExt::try_lock)? && is_at(&file, &path)? {
                let leftover = Leftover::parse(&read(&file)?);
                return Ok(Self { path, file, leftover });
            }
        }
    }

    /// What an interrupted run left.
    pub fn leftover(&self) -> &Leftover {
        &self.leftover
    }

    /// Notes that these files are going to be written, together with those of an interrupted run.
    pub fn begin(&mut self, stale: &[PathBuf]) -> io::Result<()> {
        let mut text = format!("{HEADER}\n");
        for path in stale.iter().chain(self.leftover.planned.iter().flatten()) {
            let _ = writeln!(text, "{}", path.display());
        }
        self.file.rewind()?;
        self.file.set_len(0)?;
        self.file.write_all(text.as_bytes())?;
        self.file.sync_data()
    }

    /// Unlocks the folder, in which everything is written.
    pub fn finish(self) -> io::Result<()> {
        fs::remove_file(&self.path)
    }

    /// Unlocks the folder, in which nothing was written. What an interrupted run left stays.
    pub fn release(self) -> io::Result<()> {
        if self.leftover.is_half_written() { Ok(()) } else { fs::remove_file(&self.path) }
    }
}

/// What an interrupted run left in a folder. Waits for a run that is writing.
pub(super) fn leftover(out: &Path) -> Result<Leftover, WriteError> {
    let path = out.join(FILE);
    refuse_other(&path)?;
    let start = Instant::now();
    loop {
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Leftover::default()),
            Err(error) => return Err(error.into()),
        };
        if acquire(&file, out, start, FileExt::try_lock_shared)? && is_at(&file, &path)? {
            return Ok(Leftover::parse(&read(&file)?));
        }
    }
}

/// Tries to lock a file; `false` after a pause if another run holds the lock.
fn acquire(
    file: &File,
    out: &Path,
    start: Instant,
    lock: impl FnOnce(&File) -> Result<(), TryLockError>,
) -> Result<bool, WriteError> {
    match lock(file) {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) if start.elapsed() >= WAIT => Err(WriteError::Busy(out.to_path_buf())),
        Err(TryLockError::WouldBlock) => {
            std::thread::sleep(PAUSE);
            Ok(false)
        }
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// Whether a file is still the one at a path.
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    match Handle::from_path(path) {
        Ok(found) => Ok(found == Handle::from_file(file.try_clone()?)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

fn read(mut file: &File) -> io::Result<String> {
    let mut bytes = Vec::new();
    file.rewind()?;
    file.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Fails if something other than a regular file is in the place of the lock.
fn refuse_other(path: &Path) -> Result<(), WriteError> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_symlink() => Err(WriteError::Linked(path.to_path_buf())),
        Ok(metadata) if !metadata.is_file() => Err(WriteError::Foreign(vec![PathBuf::from(FILE)])),
        _ => Ok(()),
    }
}
