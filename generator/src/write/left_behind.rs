//! Finds crates that were generated from the same document under another name.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::ownership;

/// Returns the folders in the output folder that are not part of the output, but have a generated manifest with the description of
/// one of its crates. The description contains the title and the version of the document, so crates of other documents in the same
/// folder are not found.
pub(super) fn find(out: &Path, files: &BTreeMap<PathBuf, String>) -> io::Result<Vec<PathBuf>> {
    let current: BTreeSet<&OsStr> = files.keys().filter_map(|path| path.iter().next()).collect();
    let manifests = files.iter().filter(|(path, _)| path.iter().count() == 2 && path.ends_with("Cargo.toml"));
    let descriptions: BTreeSet<&str> = manifests.filter_map(|(_, text)| description(text)).collect();
    let entries = match fs::read_dir(out) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry?;
        let manifest = entry.path().join("Cargo.toml");
        if !current.contains(entry.file_name().as_os_str())
            && entry.file_type()?.is_dir()
            && ownership::is_generated_file(&manifest)
            && description(&fs::read_to_string(&manifest)?).is_some_and(|text| descriptions.contains(text))
        {
            found.push(PathBuf::from(entry.file_name()));
        }
    }
    found.sort();
    Ok(found)
}

/// Returns the line with the description of a manifest. The runtime has none that depends on the document.
fn description(manifest: &str) -> Option<&str> {
    manifest.lines().find(|line| line.starts_with("description = ")).filter(|line| line.ends_with(")\""))
}
