//! Replaces files as a whole.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// How the names of temporary files begin and end.
const TEMPORARY: (&str, &str) = (".crategen-", ".tmp");

/// Writes a file atomically: a reader sees the old text or the new one, never a part of it. Creates the folder if necessary. The
/// permissions of a file that exists stay; a symbolic link is replaced, not followed.
pub(crate) fn atomically(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY.0).suffix(TEMPORARY.1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut temporary = builder.tempfile_in(folder)?;
    temporary.write_all(text.as_bytes())?;
    if let Some(before) = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file) {
        temporary.as_file().set_permissions(before.permissions())?;
    }
    temporary.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Removes the temporary files that an interrupted run left in these folders.
pub(super) fn remove_temporary_files(folders: BTreeSet<PathBuf>) -> io::Result<()> {
    for folder in folders {
        let Ok(entries) = fs::read_dir(folder) else { continue };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1) && entry.file_type()?.is_file() {
                fs::remove_file(entry.path())?;
            }
        }
    }
    Ok(())
}
