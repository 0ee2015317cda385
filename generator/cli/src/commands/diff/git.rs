//! Reads a document from a revision of git.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crategen::{Comparison, Source};

use crate::exit::Failure;

/// The files of a revision, in a folder that is removed at the end.
pub struct Checkout {
    folder: tempfile::TempDir,
    revision: String,
}

impl Checkout {
    /// Names the files of a comparison after the revision instead of the folder.
    pub fn rename_files(&self, comparison: &mut Comparison) {
        let folder = format!("{}{}", self.folder.path().display(), std::path::MAIN_SEPARATOR);
        for change in &mut comparison.changes {
            if let Some(file) = change.place.file.strip_prefix(&folder) {
                change.place.file = format!("{}:{file}", self.revision);
            }
        }
    }
}

/// Reads a document as it is in a revision. If it refers to other files, they are read from the revision as well.
pub fn read(revision: &str, path: &Path, outside: bool) -> Result<(Source, Option<Checkout>), Failure> {
    if revision.starts_with('-') {
        return Err(Failure::Usage(format!("`{revision}` is not a revision")));
    }
    if path.as_os_str() == "-" || crategen::is_url(path) {
        return Err(Failure::Usage("`--against` needs a document that is a file".to_owned()));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Some(name) = path.file_name() else {
        return Err(Failure::Usage(format!("`{}` is not a file", path.display())));
    };
    let shown = format!("{revision}:{}", path.display());
    let text = git(folder, &[], ["show".as_ref(), object(revision, "./", name).as_os_str()])
        .and_then(|output| String::from_utf8(output.stdout).map_err(|_| "it is not UTF-8".to_owned()))
        .map_err(|reason| Failure::File(format!("cannot read `{shown}` from git: {reason}")))?;
    if !has_other_files(&text) {
        return Ok((Source::text(shown, text), None));
    }
    checkout(revision, folder, name, outside)
        .map(|(source, checkout)| (source, Some(checkout)))
        .map_err(|reason| Failure::File(format!("cannot read the files of `{shown}` from git: {reason}")))
}

/// Whether a document may refer to other files. If it does not, they are only read in vain.
fn has_other_files(text: &str) -> bool {
    text.split("$ref").skip(1).any(|rest| {
        let target = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '"' || c == '\'' || c == ':');
        !target.starts_with('#')
    })
}

/// Writes the files of a revision to a folder: those next to the document and below, or all if references may lead outside. The
/// index and the files of the repository stay as they are.
fn checkout(revision: &str, folder: &Path, name: &OsStr, outside: bool) -> Result<(Source, Checkout), String> {
    let target = tempfile::tempdir().map_err(|error| error.to_string())?;
    let prefix = git(folder, &[], ["rev-parse".as_ref(), OsStr::new("--show-prefix")])?.stdout;
    let prefix = PathBuf::from(String::from_utf8_lossy(&prefix).trim_end_matches(['\n', '\r']));
    let (tree, below) = if outside {
        (object(revision, "", OsStr::new("")), prefix)
    } else {
        (object(revision, "./", OsStr::new("")), PathBuf::new())
    };
    let index = target.path().join(".index");
    let variables = [("GIT_INDEX_FILE", index.as_os_str())];
    git(folder, &variables, ["read-tree".as_ref(), tree.as_os_str()])?;
    let to = format!("--prefix={}{}", target.path().display(), std::path::MAIN_SEPARATOR);
    // All files of the index, wherever in the repository the command runs.
    let top = git(folder, &[], ["rev-parse".as_ref(), OsStr::new("--show-toplevel")])?.stdout;
    let top = PathBuf::from(String::from_utf8_lossy(&top).trim_end_matches(['\n', '\r']));
    git(&top, &variables, ["checkout-index".as_ref(), OsStr::new("--all"), OsStr::new(&to)])?;
    let source = Source::file(&target.path().join(below).join(name)).map_err(|error| error.to_string())?;
    Ok((source, Checkout { folder: target, revision: revision.to_owned() }))
}

/// `REVISION:PATH`
fn object(revision: &str, before: &str, path: &OsStr) -> std::ffi::OsString {
    let mut object = std::ffi::OsString::from(format!("{revision}:{before}"));
    object.push(path);
    object
}

/// Runs git in a folder. Fails with what git says.
fn git<'a>(
    folder: &Path,
    variables: &[(&str, &OsStr)],
    args: impl IntoIterator<Item = &'a OsStr>,
) -> Result<Output, String> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(args).envs(variables.iter().copied());
    let output = command.output().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => "git is not installed".to_owned(),
        _ => format!("git cannot be started: {error}"),
    })?;
    if output.status.success() {
        return Ok(output);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or("git failed").trim_start_matches("fatal: ").to_owned();
    Err(said)
}
