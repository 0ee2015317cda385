//! Paths as seen from another folder.

use std::path::{Component, Path, PathBuf};

/// The path that leads from the folder `from` to `to`, with `/` between its parts. Both start at the same place; nothing is asked
/// of the disk. An absolute path stays as it is if `from` is relative.
pub fn relative(from: &Path, to: &Path) -> String {
    let (from, to) = (parts(from), parts(to));
    if from.first().map(is_root) != to.first().map(is_root) && to.first().is_some_and(is_root) {
        return text(&to);
    }
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = from.iter().skip(common).map(|_| "..".to_owned());
    let path: Vec<String> = up.chain(to.iter().skip(common).cloned()).collect();
    if path.is_empty() { ".".to_owned() } else { path.join("/") }
}

fn is_root(part: &String) -> bool {
    part == "/" || part.ends_with(':')
}

fn text(parts: &[String]) -> String {
    parts.iter().map(String::as_str).collect::<PathBuf>().to_string_lossy().replace('\\', "/")
}

/// The parts of a path, without `.` and without what `..` takes back.
fn parts(path: &Path) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if out.last().is_some_and(|last| last != ".." && !is_root(last)) => drop(out.pop()),
            Component::RootDir => out.push("/".to_owned()),
            part => out.push(part.as_os_str().to_string_lossy().into_owned()),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_from_folder_to_folder() {
        let seen = |from: &str, to: &str| relative(Path::new(from), Path::new(to));
        assert_eq!(seen("generated/appwrite-client", "templates"), "../../templates");
        assert_eq!(seen("./out/api-client", "./out/crategen-runtime"), "../crategen-runtime");
        assert_eq!(seen("/a/out/api-client", "/a/runtime"), "../../runtime");
        assert_eq!(seen("out/api-client", "/opt/runtime"), "/opt/runtime");
        assert_eq!(seen("a", "a"), ".");
    }
}
