//! The public items of generated crates, read from their text: a second opinion on verdicts, which knows nothing of documents.
//!
//! The rules are those of Cargo for semantic versions, as far as generated crates can break them.

use std::collections::BTreeMap;
use std::path::Path;

use crategen::{Config, Level, Output, Source, Surface};
use quote::ToTokens;
use syn::{Fields, FnArg, ImplItem, Item, TraitItem, Visibility};

/// Public items by their path, with what users see of them.
#[derive(Default)]
pub struct Items {
    seen: BTreeMap<String, Seen>,
    /// What each alias stands for.
    aliases: BTreeMap<String, String>,
}

#[derive(PartialEq)]
struct Seen {
    text: String,
    /// What it means if a version has it and the one before has not.
    added: Level,
    deprecated: bool,
}

impl Items {
    /// The items of one of the crates.
    pub fn of(output: &Output, config: &Config, krate: &str) -> Self {
        let mut items = Self::default();
        let is_of_crate = |path: &Path| path.iter().next().is_some_and(|name| name.to_string_lossy().ends_with(krate));
        for (path, text) in output.files.iter().filter(|(path, _)| is_of_crate(path)) {
            let name = path.to_string_lossy();
            if name.ends_with("Cargo.toml") {
                items.manifest(text, config);
            } else if name.contains("/src/") && name.ends_with(".rs") && !is_hidden(&name) {
                for item in syn::parse_file(text).unwrap().items {
                    items.item(item);
                }
            }
        }
        items
    }

    fn add(&mut self, path: String, text: impl ToTokens, added: Level, attributes: &[syn::Attribute]) {
        let deprecated = attributes.iter().any(|attribute| attribute.path().is_ident("deprecated"));
        self.seen.insert(path, Seen { text: text.to_token_stream().to_string(), added, deprecated });
    }

    fn note(&mut self, path: String, added: Level) {
        self.seen.insert(path, Seen { text: String::new(), added, deprecated: false });
    }

    fn manifest(&mut self, text: &str, config: &Config) {
        let manifest: toml::Value = toml::from_str(text).unwrap();
        if config.name.is_none() {
            self.note(format!("crate {}", manifest["package"]["name"]), Level::Major);
        }
        for feature in manifest.get("features").and_then(toml::Value::as_table).into_iter().flatten() {
            self.note(format!("feature {}", feature.0), Level::Minor);
        }
    }

    fn item(&mut self, item: Item) {
        match item {
            Item::Struct(item) if is_public(&item.vis) => {
                let name = item.ident.to_string();
                let is_literal = item.fields.iter().all(|field| is_public(&field.vis));
                let added = if is_literal { Level::Major } else { Level::Minor };
                self.add(name.clone(), "struct", Level::Minor, &item.attrs);
                self.derives(&name, &item.attrs);
                for (index, field) in item.fields.iter().enumerate().filter(|(_, field)| is_public(&field.vis)) {
                    let field_name = field.ident.as_ref().map_or_else(|| index.to_string(), ToString::to_string);
                    self.add(format!("{name}.{field_name}"), &field.ty, added, &field.attrs);
                }
            }
            Item::Enum(item) if is_public(&item.vis) => {
                let name = item.ident.to_string();
                self.add(name.clone(), "enum", Level::Minor, &item.attrs);
                self.derives(&name, &item.attrs);
                for variant in item.variants {
                    let fields = match &variant.fields {
                        Fields::Unit => String::new(),
                        fields => fields.iter().map(shown_field).collect::<Vec<_>>().join(", "),
                    };
                    self.add(format!("{name}::{}", variant.ident), fields, Level::Major, &variant.attrs);
                }
            }
            Item::Type(item) if is_public(&item.vis) => {
                self.aliases.insert(item.ident.to_string(), item.ty.to_token_stream().to_string());
                self.add(item.ident.to_string(), item.ty, Level::Minor, &item.attrs);
            }
            Item::Const(item) if is_public(&item.vis) => {
                self.add(item.ident.to_string(), item.ty, Level::Minor, &item.attrs);
            }
            Item::Trait(item) if is_public(&item.vis) => self.trait_item(item),
            Item::Impl(item) => self.implementation(item),
            Item::Macro(item) if item.mac.path.segments.last().is_some_and(|name| name.ident == "api_trait") => {
                for item in item.mac.parse_body::<syn::File>().unwrap().items {
                    self.item(item);
                }
            }
            _ => {}
        }
    }

    fn derives(&mut self, name: &str, attributes: &[syn::Attribute]) {
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
            let traits =
                attribute.parse_args_with(syn::punctuated::Punctuated::<syn::Path, syn::Token![,]>::parse_terminated);
            for path in traits.unwrap() {
                self.note(format!("impl {} for {name}", path.to_token_stream()), Level::Minor);
            }
        }
    }

    fn trait_item(&mut self, item: syn::ItemTrait) {
        let name = item.ident.to_string();
        self.add(name.clone(), item.supertraits, Level::Minor, &item.attrs);
        for member in item.items {
            if let TraitItem::Fn(method) = member {
                let added = if method.default.is_some() { Level::Minor } else { Level::Major };
                let signature = signature(&method.sig);
                self.add(format!("{name}::{}", method.sig.ident), signature, added, &method.attrs);
            }
        }
    }

    fn implementation(&mut self, item: syn::ItemImpl) {
        let of = item.self_ty.to_token_stream().to_string();
        let of = of.split(" <").next().unwrap_or_default().to_owned();
        // Types that cannot be invalid implement `Validate` as well, through their tables.
        let is_validate = |path: &syn::Path| path.segments.last().is_some_and(|name| name.ident == "Validate");
        if let Some((path, _)) = item.trait_.as_ref().filter(|(path, _)| !is_validate(path)) {
            self.note(format!("impl {} for {of}", path.to_token_stream()), Level::Minor);
        }
        for member in item.items {
            match member {
                ImplItem::Fn(method) if item.trait_.is_none() && is_public(&method.vis) => {
                    let text = signature(&method.sig);
                    self.add(format!("{of}::{}", method.sig.ident), text, Level::Minor, &method.attrs);
                }
                ImplItem::Type(found) => self.add(format!("{of}::{}", found.ident), found.ty, Level::Minor, &[]),
                _ => {}
            }
        }
    }

    /// A text with what the aliases in it stand for.
    fn expanded(&self, text: &str) -> String {
        let once = |text: String| {
            let word = |word| self.aliases.get(word).map_or(word, String::as_str);
            text.split(' ').map(word).collect::<Vec<_>>().join(" ")
        };
        (0..8).fold(text.to_owned(), |text, _| once(text))
    }

    /// The level of the changes since another version; `None` if there are at most changes of documentation.
    pub fn level_since(&self, old: &Self) -> (Option<Level>, String) {
        let mut found: Vec<(Level, String)> = Vec::new();
        for (path, seen) in &self.seen {
            match old.seen.get(path) {
                None => found.push((seen.added, format!("new: {path}"))),
                Some(before) if old.expanded(&before.text) != self.expanded(&seen.text) => {
                    found.push((Level::Major, format!("changed: {path}")));
                }
                Some(before) if before.deprecated != seen.deprecated => {
                    found.push((Level::Minor, format!("deprecated: {path}")));
                }
                _ => {}
            }
        }
        for path in old.seen.keys().filter(|path| !self.seen.contains_key(*path)) {
            found.push((Level::Major, format!("gone: {path}")));
        }
        // A new item is one addition, whatever it consists of.
        let is_new_owner = |text: &str| {
            let path = text.trim_start_matches("new: ");
            let owner = path.rsplit_once([':', '.']).map_or("", |(owner, _)| owner.trim_end_matches(':'));
            self.seen.contains_key(owner) && !old.seen.contains_key(owner)
        };
        for (level, text) in &mut found {
            if text.starts_with("new: ") && is_new_owner(text) {
                // A new trait is a supertrait of the trait of all operations.
                *level = Level::Minor;
            }
        }
        let level = found.iter().map(|(level, _)| *level).max();
        let lines: Vec<String> = found.iter().map(|(level, text)| format!("{}: {text}", level.as_str())).collect();
        (level, lines.join("\n"))
    }
}

/// Compares the levels of two documents with those of their generated items. Where there is a reason, they have to differ.
/// `before` is what is generated from the old document.
pub fn disagreements(
    name: &str,
    although: &BTreeMap<String, String>,
    (old, before): (&Source, &Output),
    new: Source,
    config: &Config,
) -> String {
    let compared = crategen::diff(old.clone(), new.clone(), config);
    let (Ok(comparison), Ok(after)) = (compared, crategen::generate(new, config)) else { return String::new() };
    let mut wrong = String::new();
    for surface in [Surface::Models, Surface::Client, Surface::Server] {
        let krate = surface.as_str();
        let items = |output| Items::of(output, config, krate);
        let (level, items) = items(&after).level_since(&items(before));
        let own = comparison.level(surface).filter(|level| *level > Level::Patch);
        let reason = although.get(krate);
        // The text of an item does not show that an alias of another crate stands for another type or became a struct, nor the value
        // of a constant.
        let hidden = ["target-changed", "type-kind-changed", "server-changed"];
        // Signatures that mention such a type look the same as well.
        let has_other_type = comparison.changes.iter().any(|change| change.kind.as_str() == "type-kind-changed");
        let is_hidden = |change: &crategen::Change| {
            let kind = change.kind.as_str();
            let is_signature = ["arguments-changed", "output-changed"].contains(&kind);
            let is_of_kind = hidden.contains(&kind) || (has_other_type && is_signature);
            is_of_kind && Some(change.level) == own && change.surfaces.contains(&surface)
        };
        if own > level && comparison.changes.iter().any(is_hidden) {
            continue;
        }
        if (level != own) != reason.is_some() {
            let text = comparison.to_text();
            wrong.push_str(&format!(
                "\n# {name}: {krate} is {own:?}, and {level:?} by its items ({reason:?})\n{items}\n{text}"
            ));
        }
    }
    wrong
}

/// Modules that users do not see.
fn is_hidden(path: &str) -> bool {
    ["src/rules.rs", "src/forms.rs", "src/elements.rs", "src/mock.rs"].iter().any(|name| path.ends_with(name))
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn shown_field(field: &syn::Field) -> String {
    let name = field.ident.as_ref().map(|name| format!("{name}: ")).unwrap_or_default();
    format!("{name}{}", field.ty.to_token_stream())
}

/// The types of a signature: the names of arguments mean nothing to callers.
fn signature(signature: &syn::Signature) -> String {
    let types = signature.inputs.iter().map(|input| match input {
        FnArg::Receiver(receiver) => receiver.to_token_stream().to_string(),
        FnArg::Typed(typed) => typed.ty.to_token_stream().to_string(),
    });
    format!("({}) {}", types.collect::<Vec<_>>().join(", "), signature.output.to_token_stream())
}
