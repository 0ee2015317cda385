//! Files to disk: only what changed, each file at once, and nothing is deleted that was not generated.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::render::HEADER;

/// How the disk differs from what would be written; paths are below the output folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that are new or differ.
    pub stale: Vec<PathBuf>,
    /// Files that were generated once and would not be any more.
    pub obsolete: Vec<PathBuf>,
}

impl Changes {
    /// Whether the disk is as it would be written.
    pub fn is_empty(&self) -> bool {
        self.stale.is_empty() && self.obsolete.is_empty()
    }
}

/// Compares the disk with what would be written.
pub fn compare(files: &BTreeMap<PathBuf, String>, out: &Path) -> io::Result<Changes> {
    let mut changes = Changes::default();
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

/// Writes what changed, and removes what is obsolete.
pub fn write(files: &BTreeMap<PathBuf, String>, out: &Path) -> io::Result<Changes> {
    let changes = compare(files, out)?;
    let stale: Vec<(&PathBuf, &String)> =
        changes.stale.iter().filter_map(|path| files.get_key_value(path.as_path())).collect();
    std::thread::scope(|scope| {
        let share = stale.len().div_ceil(crate::threads()).max(1);
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

/// Writes a file at once: a reader sees the old text or the new one, never a part.
///
/// Makes the folder. Fails if either cannot be written.
pub fn atomically(path: &Path, text: &str) -> io::Result<()> {
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

/// Finds generated files below a folder of the output that would not be written.
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

/// Whether a file carries the header in its first line.
fn is_generated(path: &Path) -> bool {
    let Ok(bytes) = fs::read(path) else { return false };
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    String::from_utf8_lossy(first).contains(HEADER)
}
