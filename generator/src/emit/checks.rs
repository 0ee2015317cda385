//! What values must satisfy, as statements that add violations to `checks`.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::Cx;
use super::ty::Viewpoint;
use crate::config::MapType;
use crate::ir::{Checks, Int, Rule, Scalar, Shape, Ty, TypeId};
use crate::tree::{Number, Tree};

/// A value to check: how it is borrowed and, for numbers, how it is copied.
#[derive(Clone)]
pub(super) struct Value {
    /// An expression of type `&T`.
    pub borrowed: TokenStream,
    /// An expression of type `T`.
    pub copied: TokenStream,
}

impl Value {
    /// What a place holds: `self.name`.
    pub fn of(place: &TokenStream) -> Self {
        Self { borrowed: quote!(&#place), copied: place.clone() }
    }

    /// What a pattern bound by reference.
    pub fn bound(name: &Ident) -> Self {
        Self { borrowed: quote!(#name), copied: quote!(*#name) }
    }
}

/// Whether values of a type can break a rule that decoding does not enforce.
pub(super) fn can_be_invalid(cx: &Cx<'_>, checks: &Checks, ty: &Ty) -> bool {
    !checks.is_empty() || mentions_invalid(cx, ty)
}

fn mentions_invalid(cx: &Cx<'_>, ty: &Ty) -> bool {
    match ty {
        Ty::Named(id) => match &cx.api.types[*id].shape {
            Shape::Alias(target) => mentions_invalid(cx, target),
            _ => cx.analysis[*id].can_be_invalid,
        },
        Ty::List(inner) | Ty::Map(inner) | Ty::Nullable(inner) => mentions_invalid(cx, inner),
        Ty::Tuple(items) => items.iter().any(|ty| mentions_invalid(cx, ty)),
        Ty::Any | Ty::Null | Ty::Never | Ty::Scalar(_) | Ty::Given(_) => false,
    }
}

/// Whether all there is to check of a value is what its type's `Validate` checks, in one call.
pub(super) fn is_only_nested(cx: &Cx<'_>, checks: &Checks, ty: &Ty) -> bool {
    let is_nullable = matches!(cx.api.resolve(ty), Ty::Nullable(_));
    checks.is_empty() && !is_nullable && mentions_invalid(cx, ty) && !has_foreign_parts(cx, ty)
}

/// Whether a type does not implement `Validate` as a whole: tuples, and maps whose type the user may choose.
fn has_foreign_parts(cx: &Cx<'_>, ty: &Ty) -> bool {
    match cx.api.resolve(ty) {
        Ty::Tuple(_) => true,
        Ty::Map(_) => cx.config.types.map != MapType::BTreeMap,
        Ty::List(inner) | Ty::Nullable(inner) => has_foreign_parts(cx, inner),
        _ => false,
    }
}

/// The statements that check a value of a type; `place` is an expression of the place in question.
pub(super) fn statements(
    cx: &Cx<'_>,
    checks: &Checks,
    ty: &Ty,
    place: &TokenStream,
    value: &Value,
    from: Viewpoint,
) -> TokenStream {
    Emitter { cx, from }.statements(checks, ty, place, value, 0)
}

/// What people should know of the rules of a value, on one line.
pub(super) fn notes(checks: &Checks) -> Option<String> {
    let notes: Vec<String> = checks.rules.iter().filter_map(note).collect();
    if notes.is_empty() { None } else { Some(notes.join(" ")) }
}

fn counted(count: u64, what: &str) -> String {
    if count == 1 { format!("{count} {what}") } else { format!("{count} {what}s") }
}

fn note(rule: &Rule) -> Option<String> {
    Some(match rule {
        Rule::MinLength(least) => format!("At least {}.", counted(*least, "character")),
        Rule::MaxLength(most) => format!("At most {}.", counted(*most, "character")),
        Rule::Pattern(pattern) => format!("Matches `{}`.", super::docs::shown(pattern)),
        Rule::Minimum(limit) => format!("At least {limit}."),
        Rule::ExclusiveMinimum(limit) => format!("More than {limit}."),
        Rule::Maximum(limit) => format!("At most {limit}."),
        Rule::ExclusiveMaximum(limit) => format!("Less than {limit}."),
        Rule::MultipleOf(of) => format!("A multiple of {of}."),
        Rule::MinItems(least) => format!("At least {}.", counted(*least, "item")),
        Rule::MaxItems(most) => format!("At most {}.", counted(*most, "item")),
        Rule::UniqueItems => "No two equal items.".to_owned(),
        Rule::MinProperties(least) => format!("Properties: at least {least}."),
        Rule::MaxProperties(most) => format!("Properties: at most {most}."),
        _ => return None,
    })
}

/// The statements that check a struct, an enum or a union as a whole.
pub(super) fn own(cx: &Cx<'_>, checks: &Checks) -> TokenStream {
    if checks.rules.is_empty() {
        return TokenStream::new();
    }
    let emitter = Emitter { cx, from: Viewpoint::Models };
    let calls: TokenStream = checks.rules.iter().map(|rule| emitter.call_on_json(rule)).collect();
    quote! {
        let whole = runtime::validate::json(self);
        checks #calls;
    }
}

/// `impl Validate for Type`.
pub(super) fn implementation(name: &Ident, statements: &TokenStream) -> TokenStream {
    quote! {
        impl runtime::Validate for #name {
            fn check(&self, checks: &mut runtime::Checks<'_>) {
                #statements
            }
        }
    }
}

struct Emitter<'a> {
    cx: &'a Cx<'a>,
    from: Viewpoint,
}

impl Emitter<'_> {
    fn statements(&self, checks: &Checks, ty: &Ty, place: &TokenStream, value: &Value, depth: usize) -> TokenStream {
        let cx = self.cx;
        if !can_be_invalid(cx, checks, ty) {
            return TokenStream::new();
        }
        let resolved = cx.api.resolve(ty);
        if let Ty::Nullable(inner) = resolved {
            let name = format_ident!("value");
            let inner = self.statements(checks, inner, place, &Value::bound(&name), depth);
            let borrowed = &value.borrowed;
            return quote!(if let Some(value) = #borrowed { #inner });
        }
        let mut calls = TokenStream::new();
        for rule in &checks.rules {
            calls.extend(self.call(rule, resolved, value));
        }
        let by_item = checks.items.is_some() || has_foreign_parts(cx, resolved);
        if mentions_invalid(cx, ty) && !by_item {
            let borrowed = &value.borrowed;
            calls.extend(quote!(.nested(#borrowed)));
        }
        let whole = checks.rules.iter().any(is_on_json).then(|| {
            let borrowed = &value.borrowed;
            quote!(let whole = runtime::validate::json(#borrowed);)
        });
        let own = (!calls.is_empty()).then(|| quote!(#whole #place #calls;));
        let parts = if by_item { self.parts(checks, resolved, place, value, depth) } else { TokenStream::new() };
        quote!(#own #parts)
    }

    /// The items of lists and tuples, and the values of maps.
    fn parts(&self, checks: &Checks, ty: &Ty, place: &TokenStream, value: &Value, depth: usize) -> TokenStream {
        let none = Checks::default();
        let own = checks.items.as_deref().unwrap_or(&none);
        let level = if depth == 0 { String::new() } else { (depth + 1).to_string() };
        let (index, key, name) = (format_ident!("index{level}"), format_ident!("key{level}"), format_ident!("value"));
        let borrowed = &value.borrowed;
        match ty {
            Ty::List(item) => {
                let place = quote!(#place.index(#index));
                let inner = self.statements(own, item, &place, &Value::bound(&name), depth + 1);
                let list = iterated(borrowed);
                quote!(for (#index, value) in #list.iter().enumerate() { #inner })
            }
            Ty::Map(entry) => {
                let place = quote!(#place.property(#key));
                let inner = self.statements(own, entry, &place, &Value::bound(&name), depth + 1);
                quote!(for (#key, value) in #borrowed { #inner })
            }
            Ty::Tuple(items) => {
                let mut out = TokenStream::new();
                for (index, item) in items.iter().enumerate() {
                    let position = Literal::usize_unsuffixed(index);
                    let place = quote!(#place.index(#position));
                    let tuple = iterated(borrowed);
                    let own = checks.positions.get(index).unwrap_or(&none);
                    out.extend(self.statements(own, item, &place, &Value::of(&quote!(#tuple.#position)), depth + 1));
                }
                out
            }
            _ => TokenStream::new(),
        }
    }

    fn schema(&self, id: TypeId, function: &str) -> TokenStream {
        let function = format_ident!("{function}");
        let ty = super::ty::ty(self.cx, &Ty::Named(id), self.from);
        quote!(runtime::validate::#function::<#ty>)
    }

    fn call(&self, rule: &Rule, ty: &Ty, value: &Value) -> TokenStream {
        let borrowed = &value.borrowed;
        let count = |count: u64| Literal::u64_unsuffixed(count);
        match rule {
            Rule::MinLength(least) => method("min_length", borrowed, &count(*least)),
            Rule::MaxLength(most) => method("max_length", borrowed, &count(*most)),
            Rule::Pattern(pattern) => {
                let pattern = compiled(pattern);
                quote!(.pattern(#borrowed, #pattern))
            }
            Rule::Minimum(limit) => number("minimum", *limit, ty, value),
            Rule::ExclusiveMinimum(limit) => number("exclusive_minimum", *limit, ty, value),
            Rule::Maximum(limit) => number("maximum", *limit, ty, value),
            Rule::ExclusiveMaximum(limit) => number("exclusive_maximum", *limit, ty, value),
            Rule::MultipleOf(of) => number("multiple_of", *of, ty, value),
            Rule::MinItems(least) => method("min_items", borrowed, &count(*least)),
            Rule::MaxItems(most) => method("max_items", borrowed, &count(*most)),
            Rule::UniqueItems => quote!(.unique_items(#borrowed)),
            Rule::Contains { schema, min, max } => {
                let (is, min) = (self.schema(*schema, "is"), count(*min));
                let max = max.map_or(quote!(None), |max| {
                    let max = count(max);
                    quote!(Some(#max))
                });
                quote!(.contains(#borrowed, #is, #min, #max))
            }
            Rule::Position { index, schema } => {
                let (judge, index) = (self.schema(*schema, "judge"), Literal::usize_unsuffixed(*index));
                quote!(.item(#borrowed, #index, #judge))
            }
            Rule::ItemsFrom { index, schema } => {
                let (judge, index) = (self.schema(*schema, "judge"), Literal::usize_unsuffixed(*index));
                quote!(.items_from(#borrowed, #index, #judge))
            }
            on_json => self.call_on_json(on_json),
        }
    }

    fn call_on_json(&self, rule: &Rule) -> TokenStream {
        let is = |ids: &[TypeId]| -> Vec<TokenStream> { ids.iter().map(|id| self.schema(*id, "is")).collect() };
        match rule {
            Rule::MinProperties(least) => method("min_properties", &quote!(&whole), &Literal::u64_unsuffixed(*least)),
            Rule::MaxProperties(most) => method("max_properties", &quote!(&whole), &Literal::u64_unsuffixed(*most)),
            Rule::RequiredKeys(keys) => quote!(.required_keys(&whole, &[#(#keys),*])),
            Rule::KeySets { exactly_one, sets } => {
                let sets = sets.iter().map(|set| quote!(&[#(#set),*]));
                quote!(.key_sets(&whole, #exactly_one, &[#(#sets),*]))
            }
            Rule::DependentRequired { key, required } => quote!(.dependent_required(&whole, #key, &[#(#required),*])),
            Rule::DependentSchema { key, schema } => {
                let judge = self.schema(*schema, "judge");
                quote!(.dependent_schema(&whole, #key, #judge))
            }
            Rule::PropertyNames(schema) => {
                let is = self.schema(*schema, "is");
                quote!(.property_names(&whole, #is))
            }
            Rule::PatternProperties { pattern, schema } => {
                let (pattern, judge) = (compiled(pattern), self.schema(*schema, "judge"));
                quote!(.pattern_properties(&whole, #pattern, #judge))
            }
            Rule::AdditionalProperties { known, patterns, schema } => {
                let patterns = patterns.iter().map(|pattern| compiled(pattern));
                let judge = self.schema(*schema, "judge");
                quote!(.additional_properties(&whole, &[#(#known),*], &[#(#patterns),*], #judge))
            }
            Rule::OneOfValues(values) => {
                let text = Tree::Array(values.clone()).json();
                quote!(.one_of_values(&whole, #text))
            }
            Rule::AnyOf(schemas) => {
                let schemas = is(schemas);
                quote!(.any_of(&whole, &[#(#schemas),*]))
            }
            Rule::ExactlyOne(schemas) => {
                let schemas = is(schemas);
                quote!(.exactly_one(&whole, &[#(#schemas),*]))
            }
            Rule::Not(schema) => {
                let is = self.schema(*schema, "is");
                quote!(.not(&whole, #is))
            }
            Rule::If { condition, then, otherwise } => {
                let optional = |id: &Option<TypeId>| match id {
                    Some(id) => {
                        let judge = self.schema(*id, "judge");
                        quote!(Some(#judge))
                    }
                    None => quote!(None),
                };
                let (is, then, otherwise) = (self.schema(*condition, "is"), optional(then), optional(otherwise));
                quote!(.conditional(&whole, #is, #then, #otherwise))
            }
            _ => TokenStream::new(),
        }
    }
}

/// A regular expression that is compiled once.
fn compiled(pattern: &str) -> TokenStream {
    quote!(crategen_runtime::pattern!(#pattern))
}

/// Whether a rule looks at the value as JSON.
pub(super) fn is_on_json(rule: &Rule) -> bool {
    !matches!(
        rule,
        Rule::MinLength(_)
            | Rule::MaxLength(_)
            | Rule::Pattern(_)
            | Rule::Minimum(_)
            | Rule::ExclusiveMinimum(_)
            | Rule::Maximum(_)
            | Rule::ExclusiveMaximum(_)
            | Rule::MultipleOf(_)
            | Rule::MinItems(_)
            | Rule::MaxItems(_)
            | Rule::UniqueItems
            | Rule::Contains { .. }
            | Rule::Position { .. }
            | Rule::ItemsFrom { .. }
    )
}

/// `&self.tags` as `self.tags`, of which methods are called.
fn iterated(borrowed: &TokenStream) -> TokenStream {
    let mut tokens = borrowed.clone().into_iter().peekable();
    match tokens.peek() {
        Some(proc_macro2::TokenTree::Punct(punct)) if punct.as_char() == '&' => tokens.skip(1).collect(),
        _ => borrowed.clone(),
    }
}

fn method(name: &str, value: &TokenStream, limit: &Literal) -> TokenStream {
    let name = format_ident!("{name}");
    quote!(.#name(#value, #limit))
}

/// A limit of a number, in the number's own type where it fits.
fn number(name: &str, limit: Number, ty: &Ty, value: &Value) -> TokenStream {
    let (copied, call) = (&value.copied, format_ident!("{name}"));
    let Ty::Scalar(Scalar::Int(int)) = ty else {
        let limit = Literal::f64_unsuffixed(limit.as_f64());
        return quote!(.#call(#copied, #limit));
    };
    match limit.as_int() {
        Some(limit) if fits(*int, limit) => {
            let limit = Literal::i128_unsuffixed(limit);
            quote!(.#call(#copied, #limit))
        }
        Some(limit) if *int == Int::I128 => {
            let limit = Literal::i128_unsuffixed(limit);
            quote!(.#call(#copied, #limit))
        }
        Some(limit) => {
            let limit = Literal::i128_unsuffixed(limit);
            quote!(.#call(i128::from(#copied), #limit))
        }
        None if name == "multiple_of" => {
            let limit = Literal::f64_unsuffixed(limit.as_f64());
            quote!(.whole_multiple_of(i128::from(#copied), #limit))
        }
        None => {
            // No whole number lies between the limit and the next one.
            let upper = name.contains("maximum");
            let whole = if upper { limit.as_f64().floor() } else { limit.as_f64().ceil() };
            let call = format_ident!("{}", if upper { "maximum" } else { "minimum" });
            let limit = Literal::i128_unsuffixed(Number::Float(whole).as_int().unwrap_or_else(|| saturated(whole)));
            quote!(.#call(i128::from(#copied), #limit))
        }
    }
}

/// Beyond every integer.
fn saturated(limit: f64) -> i128 {
    if limit < 0.0 { i128::MIN } else { i128::MAX }
}

fn fits(int: Int, value: i128) -> bool {
    let (low, high) = int.range();
    (low..=high).contains(&value)
}
