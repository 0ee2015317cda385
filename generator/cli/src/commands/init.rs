//! `crategen init`

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crategen::{Settings, is_url};

use crate::args::InitArgs;
use crate::exit::Failure;
use crate::print::print_status;

/// The settings file. The first placeholder is the document, the second one a line about other hosts.
const TEMPLATE: &str = include_str!("init.toml");

/// Where documents usually are.
const FOLDERS: [&str; 9] = ["", "api", "apis", "docs", "openapi", "schema", "spec", "specs", "swagger"];
const NAMES: [&str; 4] = ["openapi", "swagger", "api", "spec"];
const EXTENSIONS: [&str; 3] = ["yaml", "yml", "json"];

/// Writes a settings file for a document.
pub fn run_init(args: &InitArgs) -> Result<(), Failure> {
    let path = Path::new(Settings::FILE);
    let spec = match &args.spec {
        Some(spec) if !is_url(spec) && !spec.is_file() => return Err(Failure::read(spec, "it is not a file")),
        Some(spec) => spec.clone(),
        None => find_document()?,
    };
    write(path, &settings_for(&spec), args.force)?;
    print_status(&format!("wrote `{}` for `{}`", path.display(), spec.display()));
    print_status("next: read it, run `crategen generate`, and add `members = [\"crates/*\"]` to your workspace");
    Ok(())
}

/// Returns the text of the settings file for a document.
fn settings_for(spec: &Path) -> String {
    let quoted = serde_json::Value::String(spec.to_string_lossy().into_owned()).to_string();
    let remote = if is_url(spec) { "allow-remote = true" } else { "# allow-remote = false" };
    TEMPLATE.replace("{spec}", &quoted).replace("{allow-remote}", remote)
}

/// Writes a file that must not exist yet, unless it may be replaced.
fn write(path: &Path, text: &str, force: bool) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    if force {
        options.create(true).truncate(true);
    } else {
        options.create_new(true);
    }
    let written = options.write(true).open(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => {
            Failure::File(format!("`{}` exists\nhelp: replace it with `--force`, or edit it", path.display()))
        }
        _ => Failure::write(path, error),
    })
}

/// Returns the first document in the usual places, and names the others.
fn find_document() -> Result<PathBuf, Failure> {
    let mut found = FOLDERS
        .iter()
        .flat_map(|folder| NAMES.iter().map(move |name| Path::new(folder).join(name)))
        .flat_map(|path| EXTENSIONS.iter().map(move |extension| path.with_extension(extension)))
        .filter(|path| is_document(path));
    let Some(first) = found.next() else {
        let folders = FOLDERS.iter().filter(|folder| !folder.is_empty()).map(|folder| format!("`{folder}`"));
        let message = format!(
            "no document in this folder, {}; name it, as in `crategen init path/to/document.yaml`",
            folders.collect::<Vec<_>>().join(", ")
        );
        return Err(Failure::Usage(message));
    };
    found.for_each(|other| {
        print_status(&format!("there is also `{}`; `crategen init FILE` chooses it", other.display()));
    });
    Ok(first)
}

/// Returns whether a file has the key of the version. That it is valid is the concern of `generate`.
fn is_document(path: &Path) -> bool {
    let has_key = |line: &str| {
        let line = line.trim_start_matches(['{', ' ', '\t', '"']);
        line.starts_with("openapi") || line.starts_with("swagger")
    };
    path.is_file() && std::fs::read_to_string(path).is_ok_and(|text| text.lines().any(has_key))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the settings file with every line that is commented out, so that each setting has an example.
    fn complete() -> String {
        let text = settings_for(Path::new("a \"b\".yaml"));
        text.lines()
            .map(|line| line.strip_prefix("# ").filter(|line| is_toml(line)).unwrap_or(line).to_owned() + "\n")
            .collect()
    }

    /// Whether a comment is an entry or the head of a table. Comments for people begin with a capital letter.
    fn is_toml(line: &str) -> bool {
        line.starts_with(|c: char| c.is_ascii_lowercase() || matches!(c, '[' | '"'))
    }

    /// Returns the keys of a schema, and those below them.
    fn keys(schema: &serde_json::Value, found: &mut Vec<String>) {
        for (key, value) in schema["properties"].as_object().into_iter().flatten() {
            found.push(key.clone());
            if key != "diagnostics" {
                keys(value, found);
            }
        }
        if schema.get("items").is_some() {
            keys(&schema["items"], found);
        }
    }

    #[test]
    fn the_file_and_its_comments_are_valid_settings() {
        for text in [settings_for(Path::new("a.yaml")), settings_for(Path::new("https://a.example/b.json")), complete()]
        {
            let settings = Settings::parse(&text, Path::new(""));
            assert!(settings.is_ok(), "{settings:?}\n{text}");
            let source = crategen::Source::text("a", "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {}\n");
            let config = settings.map(|settings| settings.config).unwrap_or_default();
            let config = crategen::Config { overlays: Vec::new(), ..config };
            let found = crategen::validate(source, &config).map_or_else(|report| report, |(_, report)| report);
            assert!(!found.to_text().contains("unknown-setting"), "{}", found.to_text());
        }
    }

    #[test]
    fn the_file_mentions_every_setting() {
        let (text, mut found) = (complete(), Vec::new());
        keys(&Settings::schema(), &mut found);
        assert!(found.len() > 40, "{found:?}");
        for key in found {
            let is_there = [format!("{key} = "), format!("[{key}"), format!(".{key}]")];
            assert!(is_there.iter().any(|part| text.contains(part.as_str())), "`{key}` is missing in init.toml");
        }
    }
}
