//! The settings of a run: the settings file, overridden by flags.

use std::path::Path;

use crategen::diag::Level;
use crategen::{Settings, Source};

use crate::args::CommonArgs;
use crate::exit::Failure;

/// Returns the path of the settings file, which need not exist if it is the default one.
pub fn settings_path(args: &CommonArgs) -> &Path {
    args.read.config.as_deref().unwrap_or(Path::new(Settings::FILE))
}

/// Reads the settings file and applies the flags.
pub fn read_settings(args: &CommonArgs) -> Result<Settings, Failure> {
    let path = settings_path(args);
    let is_there = args.read.config.is_some() || path.is_file();
    let mut settings = if is_there { Settings::read(path)? } else { Settings::default() };
    if let Some(spec) = &args.spec {
        // The name and the overlays in the settings file belong to the document in the settings file.
        settings.spec = Some(spec.clone());
        settings.config.name = None;
        settings.config.overlays.clear();
    }
    if let Some(name) = &args.name {
        settings.config.name = Some(name.clone());
    }
    settings.config.overlays.extend(args.read.overlay.iter().cloned());
    settings.config.levels.strict |= args.strict;
    for (level, codes) in [(Level::Allow, &args.allow), (Level::Warn, &args.warn), (Level::Deny, &args.deny)] {
        settings.config.levels.codes.extend(codes.iter().map(|code| (*code, level)));
    }
    settings.config.allow_outside |= args.read.allow_outside;
    settings.config.allow_remote |= args.read.allow_remote;
    Ok(settings)
}

/// Reads the document.
pub fn read_source(settings: &Settings) -> Result<Source, Failure> {
    let Some(path) = &settings.spec else {
        let message = "no document; name one, as in `crategen generate openapi.yaml`, or let `crategen init` write a \
                       `crategen.toml`";
        return Err(Failure::Usage(message.to_owned()));
    };
    if crategen::is_url(path) {
        let url = path.to_string_lossy();
        return Source::remote(&url, &settings.config).map_err(|error| Failure::read(path, error));
    }
    let source = if path.as_os_str() == "-" { Source::stdin() } else { Source::file(path) };
    source.map_err(|error| Failure::read(path, error))
}
