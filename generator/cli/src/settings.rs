//! The settings of a run: the settings file, overridden by flags.

use std::path::Path;

use crategen::{Settings, Source};

use crate::args::CommonArgs;
use crate::exit::Failure;

/// Reads the settings file and applies the flags.
pub fn read_settings(args: &CommonArgs) -> Result<Settings, Failure> {
    let default = Path::new(Settings::FILE);
    let mut settings = match &args.config {
        Some(path) => Settings::read(path)?,
        None if default.is_file() => Settings::read(default)?,
        None => Settings::default(),
    };
    if let Some(spec) = &args.spec {
        // The name and the overlays in the settings file belong to the document in the settings file.
        settings.spec = Some(spec.clone());
        settings.config.name = None;
        settings.config.overlays.clear();
    }
    if let Some(name) = &args.name {
        settings.config.name = Some(name.clone());
    }
    settings.config.overlays.extend(args.overlay.iter().cloned());
    settings.config.strict |= args.strict;
    settings.config.allow_outside |= args.allow_outside;
    settings.config.allow_remote |= args.allow_remote;
    Ok(settings)
}

/// Reads the document.
pub fn read_source(settings: &Settings) -> Result<Source, Failure> {
    let Some(path) = &settings.spec else {
        let message = "no document; pass `--spec FILE` or set `spec = \"FILE\"` in `crategen.toml`";
        return Err(Failure::Usage(message.to_owned()));
    };
    if crategen::is_url(path) {
        let url = path.to_string_lossy();
        return Source::remote(&url, &settings.config).map_err(|error| Failure::read(path, error));
    }
    let source = if path.as_os_str() == "-" { Source::stdin() } else { Source::file(path) };
    source.map_err(|error| Failure::read(path, error))
}
