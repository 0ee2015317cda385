//! What values must satisfy, as statements that add violations to `checks`.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::Cx;
use super::ty::Viewpoint;
use crate::config::MapType;
use crate::ir::{Checks, Int, Rule, Scalar, Shape, Ty};
use crate::tree::Number;

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

/// The statements that check a value outside the types, such as a parameter. If there are rules on JSON, the value is compared
/// with the schema of that name.
pub(super) fn statements_outside(
    cx: &Cx<'_>,
    checks: &Checks,
    (ty, schema): (&Ty, &str),
    place: &TokenStream,
    value: &Value,
    from: Viewpoint,
) -> TokenStream {
    if !checks.are_on_json() {
        return statements(cx, checks, ty, place, value);
    }
    let rules = match from {
        Viewpoint::Models => quote!(rules::RULES),
        Viewpoint::Outside => quote!(models::rules::RULES),
    };
    let borrowed = &value.borrowed;
    match cx.api.resolve(ty) {
        Ty::Nullable(_) => quote!(if let Some(value) = #borrowed { #place.by_rules(&#rules, #schema, value); }),
        _ => quote!(#place.by_rules(&#rules, #schema, #borrowed);),
    }
}

/// The statements that check a value of a type without rules on JSON; `place` is an expression of the place in question.
pub(super) fn statements(cx: &Cx<'_>, checks: &Checks, ty: &Ty, place: &TokenStream, value: &Value) -> TokenStream {
    Emitter { cx }.statements(checks, ty, place, value, 0)
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

/// The statement that compares a value of a type with its schema.
pub(super) fn by_rules(name: &Ident) -> TokenStream {
    let schema = name.to_string();
    quote!(checks.by_rules(&rules::RULES, #schema, self);)
}

/// `impl Validate for Type`.
pub(super) fn implementation(name: &Ident, statements: &TokenStream) -> TokenStream {
    quote! {
        impl runtime::Validate for #name {
            #[inline]
            fn check(&self, checks: &mut runtime::Checks<'_>) {
                #statements
            }
        }
    }
}

struct Emitter<'a> {
    cx: &'a Cx<'a>,
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
            calls.extend(call(rule, resolved, value));
        }
        let by_item = checks.items.is_some() || has_foreign_parts(cx, resolved);
        if mentions_invalid(cx, ty) && !by_item {
            let borrowed = &value.borrowed;
            calls.extend(quote!(.nested(#borrowed)));
        }
        let own = (!calls.is_empty()).then(|| quote!(#place #calls;));
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
                if inner.is_empty() {
                    return inner;
                }
                quote!(for (#index, value) in #list.iter().enumerate() { #inner })
            }
            Ty::Map(entry) => {
                let place = quote!(#place.property(#key));
                let inner = self.statements(own, entry, &place, &Value::bound(&name), depth + 1);
                if inner.is_empty() {
                    return inner;
                }
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
}

/// The call that checks a rule; none for rules on JSON.
fn call(rule: &Rule, ty: &Ty, value: &Value) -> TokenStream {
    let borrowed = &value.borrowed;
    let count = |count: u64| Literal::u64_unsuffixed(count);
    match rule {
        Rule::MinLength(least) => method("min_length", borrowed, &count(*least)),
        Rule::MaxLength(most) => method("max_length", borrowed, &count(*most)),
        Rule::Pattern(pattern) => quote!(.pattern(#borrowed, crategen_runtime::pattern!(#pattern))),
        Rule::Minimum(limit) => number("minimum", *limit, ty, value),
        Rule::ExclusiveMinimum(limit) => number("exclusive_minimum", *limit, ty, value),
        Rule::Maximum(limit) => number("maximum", *limit, ty, value),
        Rule::ExclusiveMaximum(limit) => number("exclusive_maximum", *limit, ty, value),
        Rule::MultipleOf(of) => number("multiple_of", *of, ty, value),
        Rule::MinItems(least) => method("min_items", borrowed, &count(*least)),
        Rule::MaxItems(most) => method("max_items", borrowed, &count(*most)),
        Rule::UniqueItems => quote!(.unique_items(#borrowed)),
        _ => TokenStream::new(),
    }
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
