//! Writes files to disk: only those that differ, each atomically. Deletes only files that crategen has generated.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::Output;
use crate::load::{Lock, Source, kept_path};
use crate::render::{MARK, threads};

/// The differences between the disk and the files that would be written. Paths of files are below the output folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that are missing or have other content.
    pub stale: Vec<PathBuf>,
    /// Files that were generated before and would not be generated now.
    pub obsolete: Vec<PathBuf>,
    /// The path of `crategen.lock`, if it does not pin a file that was fetched.
    pub lock: Option<PathBuf>,
}

impl Changes {
    /// Returns whether there are no differences.
    pub fn is_empty(&self) -> bool {
        self.stale.is_empty() && self.obsolete.is_empty() && self.lock.is_none()
    }
}

/// Compares the disk with the files that [`write()`] would write; writes nothing.
pub fn compare(output: &Output, out: &Path) -> io::Result<Changes> {
    let files = &output.files;
    let mut changes = Changes { lock: stale_lock(&output.fetched)?, ..Changes::default() };
    for (path, text) in files {
        let current = match fs::read(out.join(path)) {
            Ok(current) => Some(current),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        if current.as_deref() != Some(text.as_bytes()) {
            changes.stale.push(path.clone());
        }
    }
    let crates: BTreeSet<PathBuf> = files
        .keys()
        .filter_map(|path| path.components().next())
        .map(|first| PathBuf::from(first.as_os_str()))
        .collect();
    for krate in crates {
        obsolete(out, &krate, files, &mut changes.obsolete)?;
    }
    Ok(changes)
}

/// Writes the files that differ, removes obsolete ones, and pins the files that were fetched in `crategen.lock`.
pub fn write(output: &Output, out: &Path) -> io::Result<Changes> {
    let changes = compare(output, out)?;
    pin(&output.fetched)?;
    let stale: Vec<(&PathBuf, &String)> =
        changes.stale.iter().filter_map(|path| output.files.get_key_value(path.as_path())).collect();
    std::thread::scope(|scope| {
        let share = stale.len().div_ceil(threads::count()).max(1);
        let write = |(path, text): &(&PathBuf, &String)| atomically(&out.join(path), text);
        let writers: Vec<_> =
            stale.chunks(share).map(|stale| scope.spawn(move || stale.iter().try_for_each(write))).collect();
        writers
            .into_iter()
            .try_for_each(|writer| writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })?;
    for path in &changes.obsolete {
        fs::remove_file(out.join(path))?;
    }
    Ok(changes)
}

/// Keeps files that were fetched in `crategen.remote` and pins them in `crategen.lock`, so that later runs read the same content
/// without a network. Nothing else writes these files.
pub(crate) fn pin(fetched: &[Source]) -> io::Result<()> {
    for (source, fetched) in fetched.iter().filter_map(|source| Some((source, source.fetched.as_ref()?))) {
        atomically(&kept_path(&fetched.lock, &fetched.sha256), &source.text)?;
        let mut lock = Lock::read(&fetched.lock)?;
        if lock.digest(&source.name).is_none() {
            lock.pin(&source.name, &fetched.sha256);
            atomically(&fetched.lock, &lock.to_text()?)?;
        }
    }
    Ok(())
}

/// Returns the path of the lock if it does not pin one of the files.
fn stale_lock(fetched: &[Source]) -> io::Result<Option<PathBuf>> {
    for (source, fetched) in fetched.iter().filter_map(|source| Some((source, source.fetched.as_ref()?))) {
        if Lock::read(&fetched.lock)?.digest(&source.name).is_none() {
            return Ok(Some(fetched.lock.clone()));
        }
    }
    Ok(None)
}

/// Writes a file atomically: a reader sees the old text or the new one, never a part of it. Creates the folder if necessary.
fn atomically(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut temporary = builder.tempfile_in(folder)?;
    temporary.write_all(text.as_bytes())?;
    temporary.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Finds files below a folder of the output that were generated before and would not be generated now.
fn obsolete(out: &Path, below: &Path, files: &BTreeMap<PathBuf, String>, found: &mut Vec<PathBuf>) -> io::Result<()> {
    let entries = match fs::read_dir(out.join(below)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    let mut entries: Vec<fs::DirEntry> = entries.collect::<io::Result<_>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = below.join(entry.file_name());
        let kind = entry.file_type()?;
        if kind.is_dir() && entry.file_name() != "target" {
            obsolete(out, &path, files, found)?;
        } else if kind.is_file() && !files.contains_key(&path) && is_generated(&out.join(&path)) {
            found.push(path);
        }
    }
    Ok(())
}

/// Returns whether the first line of a file is the header of generated files.
fn is_generated(path: &Path) -> bool {
    let Ok(bytes) = fs::read(path) else { return false };
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    String::from_utf8_lossy(first).contains(MARK)
}
