//! Links between pages, and into the repository.

use std::collections::BTreeSet;
use std::path::Path;

use crate::page::{Page, folder};

/// What the pages call the repository.
const REPOSITORY: &str = "https://github.com/crategen/crategen/blob/main/";

/// The targets of the links of a line.
fn targets(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|rest| rest.split(')').next())
}

/// Pages that are not in the summary, or not in the folder.
pub fn summary_mistakes(pages: &[Page]) -> Vec<String> {
    let summary = std::fs::read_to_string(folder().join("SUMMARY.md")).unwrap();
    let listed: BTreeSet<&str> = summary.lines().flat_map(targets).collect();
    let existing: BTreeSet<&str> = pages.iter().map(|page| page.name.as_str()).collect();
    listed
        .symmetric_difference(&existing)
        .map(|name| format!("{name} is a page, or in the summary, but not both"))
        .collect()
}

/// Links that lead nowhere.
pub fn broken(pages: &[Page]) -> Vec<String> {
    let mut wrong = Vec::new();
    for page in pages {
        for (line, target) in page.prose().flat_map(|(line, text)| targets(text).map(move |target| (line, target))) {
            let path = match target.strip_prefix(REPOSITORY) {
                Some(path) => e2e::root().join(path),
                None if target.starts_with("https://") => continue,
                None => folder().join(target),
            };
            if !leads_somewhere(&path) {
                wrong.push(format!("{}:{line}: {target}", page.name));
            }
        }
    }
    wrong
}

/// Whether a path exists, and has the heading behind its `#`.
fn leads_somewhere(path: &Path) -> bool {
    let path = path.to_string_lossy();
    let (file, heading) = path.split_once('#').map_or((&*path, None), |(file, heading)| (file, Some(heading)));
    let Some(heading) = heading else { return Path::new(file).exists() };
    if !Path::new(file).is_file() {
        return false;
    }
    Page::read(Path::new(file)).prose().any(|(_, line)| line.starts_with('#') && id(line) == heading)
}

/// The id that mdBook and GitHub give a heading.
fn id(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase();
    text.chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}
