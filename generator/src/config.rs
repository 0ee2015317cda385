//! What the user can choose.

/// The choices of one run: `crategen.toml`, overridden by flags.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The base of the crate names: `BASE-models`, `BASE-client`, `BASE-server`. By default the title of the document,
    /// kebab-case, without a trailing "API".
    pub name: Option<String>,
    /// Which crates are generated.
    pub crates: Crates,
    /// Takes schemas at their word. By default a schema that says `properties` and no `type` is an object, as people mean it;
    /// to JSON Schema it is any value, and an object of that form if it is an object.
    pub literal_schemas: bool,
    /// Makes every warning an error.
    pub strict: bool,
    /// Follows references to files outside the folder of the document.
    pub allow_outside: bool,
}

/// Which crates are generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crates {
    /// The types.
    pub models: bool,
    /// The client.
    pub client: bool,
    /// The server.
    pub server: bool,
}

impl Default for Crates {
    fn default() -> Self {
        Self { models: true, client: true, server: true }
    }
}

impl Crates {
    /// Whether the crate of an emitter is wanted.
    pub fn wants(self, emitter: &str) -> bool {
        match emitter {
            "models" => self.models,
            "client" => self.client,
            "server" => self.server,
            _ => false,
        }
    }
}
