//! The examples that `--help` shows; a test runs each of them.

/// Examples of `init`.
pub const INIT: &str = "Examples:
  crategen init                        # finds openapi.yaml and the like
  crategen init api/openapi.json";

/// Examples of `generate`.
pub const GENERATE: &str = "Examples:
  crategen generate                    # what crategen.toml says
  crategen generate openapi.yaml --out crates --name shop
  crategen generate --only models,client
  crategen generate --check            # in CI: fails if the crates are stale";

/// Examples of `watch`.
pub const WATCH: &str = "Examples:
  crategen watch                       # until Ctrl-C
  crategen watch openapi.yaml --out crates";

/// Examples of `validate`.
pub const VALIDATE: &str = "Examples:
  crategen validate openapi.yaml
  crategen validate --strict --allow renamed
  crategen validate --report report.json";

/// Examples of `bundle`.
pub const BUNDLE: &str = "Examples:
  crategen bundle openapi.yaml --out bundle.yaml
  crategen bundle                      # JSON on standard output";

/// Examples of `inspect`.
pub const INSPECT: &str = "Examples:
  crategen inspect openapi.yaml
  crategen inspect --type User         # one type with its fields
  crategen inspect --format json";

/// Examples of `scaffold`.
pub const SCAFFOLD: &str = "Examples:
  crategen scaffold server > src/service.rs
  crategen scaffold server openapi.yaml";

/// Examples of `explain`.
pub const EXPLAIN: &str = "Examples:
  crategen explain                     # lists all codes
  crategen explain unresolved-reference";

/// Examples of `schema`.
pub const SCHEMA: &str = "Examples:
  crategen schema > crategen.schema.json
  # Editors with Taplo read it if crategen.toml begins with `#:schema ./crategen.schema.json`.";

/// Examples of `completions`.
pub const COMPLETIONS: &str = "Examples:
  crategen completions bash > ~/.local/share/bash-completion/completions/crategen
  crategen completions zsh > ~/.zfunc/_crategen
  crategen completions fish > ~/.config/fish/completions/crategen.fish";
