//! Resolves `#[cfg(feature = ...)]` for code that becomes part of another package, which does not have those features.

use std::collections::BTreeSet;

use syn::visit_mut::VisitMut;
use syn::{Attribute, Expr, ImplItem, Item, Lit, Meta, Stmt, Token, TraitItem};

use crate::names::OPTIONAL_FEATURES;

/// Removes the items of disabled features, and the conditions of the items that stay.
///
/// The features of tags are enabled, and those in [`OPTIONAL_FEATURES`] are if they are in `enabled`.
pub(super) fn resolve(file: &mut syn::File, enabled: &BTreeSet<String>) {
    Resolve { enabled }.visit_file_mut(file);
}

struct Resolve<'e> {
    enabled: &'e BTreeSet<String>,
}

impl Resolve<'_> {
    /// Whether an item stays. Removes its condition.
    fn keep(&self, attributes: &mut Vec<Attribute>) -> bool {
        let mut stays = true;
        attributes.retain(|attribute| match self.condition(attribute) {
            Some(holds) => {
                stays &= holds;
                false
            }
            None => true,
        });
        stays
    }

    /// Whether a condition holds; `None` if the attribute is no condition, or one of more than features.
    fn condition(&self, attribute: &Attribute) -> Option<bool> {
        let Meta::List(list) = &attribute.meta else { return None };
        if !list.path.is_ident("cfg") {
            return None;
        }
        self.holds(&list.parse_args().ok()?)
    }

    fn holds(&self, condition: &Meta) -> Option<bool> {
        match condition {
            Meta::NameValue(pair) if pair.path.is_ident("feature") => {
                let Expr::Lit(syn::ExprLit { lit: Lit::Str(name), .. }) = &pair.value else { return None };
                let name = name.value();
                Some(!OPTIONAL_FEATURES.contains(&name.as_str()) || self.enabled.contains(&name))
            }
            Meta::List(list) => {
                let parse = syn::punctuated::Punctuated::<Meta, Token![,]>::parse_terminated;
                let inner = list.parse_args_with(parse).ok()?;
                let inner: Vec<bool> = inner.iter().map(|inner| self.holds(inner)).collect::<Option<_>>()?;
                match list.path.get_ident()?.to_string().as_str() {
                    "not" => Some(!inner.contains(&true)),
                    "any" => Some(inner.contains(&true)),
                    "all" => Some(!inner.contains(&false)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn keep_item(&self, item: &mut Item) -> bool {
        let attributes = match item {
            Item::Mod(item) => &mut item.attrs,
            Item::Use(item) => &mut item.attrs,
            Item::Fn(item) => &mut item.attrs,
            Item::Const(item) => &mut item.attrs,
            Item::Static(item) => &mut item.attrs,
            Item::Impl(item) => &mut item.attrs,
            Item::Struct(item) => &mut item.attrs,
            Item::Macro(item) => &mut item.attrs,
            _ => return true,
        };
        self.keep(attributes)
    }
}

impl VisitMut for Resolve<'_> {
    fn visit_file_mut(&mut self, file: &mut syn::File) {
        // `#![cfg(...)]` is the condition of the whole file, whose `mod` item has the same condition.
        self.keep(&mut file.attrs);
        file.items.retain_mut(|item| self.keep_item(item));
        syn::visit_mut::visit_file_mut(self, file);
    }

    fn visit_item_mod_mut(&mut self, module: &mut syn::ItemMod) {
        if let Some((_, items)) = &mut module.content {
            items.retain_mut(|item| self.keep_item(item));
        }
        syn::visit_mut::visit_item_mod_mut(self, module);
    }

    fn visit_item_trait_mut(&mut self, item: &mut syn::ItemTrait) {
        item.items.retain_mut(|item| match item {
            TraitItem::Fn(function) => self.keep(&mut function.attrs),
            _ => true,
        });
        syn::visit_mut::visit_item_trait_mut(self, item);
    }

    fn visit_item_impl_mut(&mut self, item: &mut syn::ItemImpl) {
        item.items.retain_mut(|item| match item {
            ImplItem::Fn(function) => self.keep(&mut function.attrs),
            _ => true,
        });
        syn::visit_mut::visit_item_impl_mut(self, item);
    }

    fn visit_item_struct_mut(&mut self, item: &mut syn::ItemStruct) {
        if let syn::Fields::Named(fields) = &mut item.fields {
            let kept = std::mem::take(&mut fields.named);
            fields.named =
                kept.into_iter().filter_map(|mut field| self.keep(&mut field.attrs).then_some(field)).collect();
        }
        syn::visit_mut::visit_item_struct_mut(self, item);
    }

    fn visit_expr_struct_mut(&mut self, item: &mut syn::ExprStruct) {
        let kept = std::mem::take(&mut item.fields);
        item.fields = kept.into_iter().filter_map(|mut field| self.keep(&mut field.attrs).then_some(field)).collect();
        if item.dot2_token.is_some() && !item.fields.empty_or_trailing() {
            item.fields.push_punct(syn::token::Comma::default());
        }
        syn::visit_mut::visit_expr_struct_mut(self, item);
    }

    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        block.stmts.retain_mut(|statement| match statement {
            Stmt::Local(local) => self.keep(&mut local.attrs),
            Stmt::Item(item) => self.keep_item(item),
            _ => true,
        });
        syn::visit_mut::visit_block_mut(self, block);
    }
}
