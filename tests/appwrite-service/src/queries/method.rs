//! The methods of queries.

use serde_json::Value;

use super::attribute::Attribute;
use super::call::Call;
use super::searched;
use super::selection::{Filter, Order, Selection};

/// Each method: its name, whether its first argument is an attribute, and what it adds to a selection.
const METHODS: &[(&str, bool, Add)] = &[
    ("equal", true, equal),
    ("search", true, search),
    ("orderAsc", true, order_asc),
    ("orderDesc", true, order_desc),
    ("limit", false, limit),
    ("offset", false, offset),
    ("cursorAfter", false, cursor_after),
];

type Add = fn(Call, &mut Selection) -> Result<(), String>;

/// The largest number of values that an attribute is compared with.
const MOST_VALUES: usize = 100;

/// The largest page.
const LARGEST_PAGE: u64 = 5_000;

/// Whether the first argument of a method is an attribute.
pub(super) fn has_attribute(method: &str) -> bool {
    METHODS.iter().any(|(name, has_attribute, _)| *name == method && *has_attribute)
}

/// Adds a query to a selection.
///
/// Fails with a reason.
pub(super) fn add(call: Call, selection: &mut Selection) -> Result<(), String> {
    let Some((_, _, add)) = METHODS.iter().find(|(name, _, _)| *name == call.method) else {
        let known: Vec<String> = METHODS.iter().map(|(name, _, _)| format!("`{name}`")).collect();
        return Err(format!("unknown method `{}`; expected one of {}", call.method, known.join(", ")));
    };
    add(call, selection)
}

fn equal(call: Call, selection: &mut Selection) -> Result<(), String> {
    let attribute = attribute(&call)?;
    if call.values.is_empty() || call.values.len() > MOST_VALUES {
        return Err(format!("expected 1 to {MOST_VALUES} values"));
    }
    let values = call.values.iter().map(|value| attribute.bind(value)).collect::<Result<_, _>>()?;
    selection.filters.push(Filter::Equal(attribute, values));
    Ok(())
}

fn search(call: Call, selection: &mut Selection) -> Result<(), String> {
    let attribute = attribute(&call)?;
    if !attribute.is_text() {
        return Err(format!("`{}` is not a string", attribute.name));
    }
    let text = searched(only_text(&call)?)?;
    selection.filters.push(Filter::Contains(attribute, text));
    Ok(())
}

fn order_asc(call: Call, selection: &mut Selection) -> Result<(), String> {
    order(&call, false, selection)
}

fn order_desc(call: Call, selection: &mut Selection) -> Result<(), String> {
    order(&call, true, selection)
}

fn order(call: &Call, is_descending: bool, selection: &mut Selection) -> Result<(), String> {
    let attribute = attribute(call)?;
    if !call.values.is_empty() {
        return Err("expected an attribute only".to_owned());
    }
    if selection.orders.iter().any(|order| order.attribute == attribute) {
        return Err(format!("the list is already ordered by `{}`", attribute.name));
    }
    selection.orders.push(Order { attribute, is_descending });
    Ok(())
}

fn limit(call: Call, selection: &mut Selection) -> Result<(), String> {
    let limit = only_number(&call, 1, LARGEST_PAGE)?;
    once(&mut selection.limit, limit)
}

fn offset(call: Call, selection: &mut Selection) -> Result<(), String> {
    let offset = only_number(&call, 0, u64::from(u32::MAX))?;
    once(&mut selection.offset, offset)
}

fn cursor_after(call: Call, selection: &mut Selection) -> Result<(), String> {
    let id = only_text(&call)?;
    once(&mut selection.cursor_after, id)
}

fn attribute(call: &Call) -> Result<Attribute, String> {
    Attribute::named(call.attribute.as_deref().ok_or("expected an attribute")?)
}

fn only_text(call: &Call) -> Result<String, String> {
    match call.values.as_slice() {
        [Value::String(text)] if !text.is_empty() => Ok(text.clone()),
        _ => Err("expected one string that is not empty".to_owned()),
    }
}

fn only_number(call: &Call, least: u64, most: u64) -> Result<u64, String> {
    let number = match call.values.as_slice() {
        [value] => value.as_u64().filter(|number| (least..=most).contains(number)),
        _ => None,
    };
    number.ok_or_else(|| format!("expected one whole number from {least} to {most}"))
}

fn once<T>(place: &mut Option<T>, value: T) -> Result<(), String> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err("this method is used twice".to_owned()),
    }
}
