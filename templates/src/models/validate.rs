//! Checks that a type cannot make: bounds, patterns, unknown values, what `not` and `if` say (JSON Schema Validation 2020-12).
//!
//! Violations are collected, each with the place where it is.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::problem::Violation;
use super::strict::strict;

/// A type whose values can break rules of the document that decoding does not enforce.
pub trait Validate {
    /// Adds what is wrong with the value; nothing can be, unless the type says so.
    fn check(&self, checks: &mut Checks<'_>) {
        let _ = checks;
    }

    /// Whether the value satisfies the document.
    ///
    /// Fails with everything that is wrong, each at its JSON pointer.
    fn validate(&self) -> Result<(), Invalid> {
        let mut violations = Vec::new();
        self.check(&mut Checks::new("#", &mut violations));
        if violations.is_empty() { Ok(()) } else { Err(Invalid { violations }) }
    }
}

/// A value that breaks rules of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// What is wrong, in the order of the document; never empty.
    pub violations: Vec<Violation>,
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.violations.iter().enumerate() {
            let between = if index == 0 { "" } else { "; " };
            write!(f, "{between}{}: {}", violation.location, violation.detail)?;
        }
        Ok(())
    }
}

impl std::error::Error for Invalid {}

/// A place in a value, and where violations are collected.
#[derive(Debug)]
pub struct Checks<'p> {
    violations: &'p mut Vec<Violation>,
    path: Path<'p>,
}

/// From a place to the root.
#[derive(Clone, Copy, Debug)]
enum Path<'p> {
    Root(&'p str),
    Property(&'p Path<'p>, &'p str),
    Index(&'p Path<'p>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root(root) => f.write_str(root),
            Self::Property(parent, name) => write!(f, "{parent}/{}", name.replace('~', "~0").replace('/', "~1")),
            Self::Index(parent, index) => write!(f, "{parent}/{index}"),
        }
    }
}

/// Whether a value satisfies a schema.
type Is = fn(&Value) -> bool;

/// Adds what is wrong with a value by a schema.
type Judge = fn(&Value, &mut Checks<'_>);

#[allow(clippy::needless_pass_by_value)] // numbers are passed as they are written
impl<'p> Checks<'p> {
    /// Collects violations of a value that is at `root`: `#` for a body, `?name` for a query parameter.
    pub fn new(root: &'p str, violations: &'p mut Vec<Violation>) -> Self {
        Self { violations, path: Path::Root(root) }
    }

    /// Another root.
    pub fn at<'q>(&'q mut self, root: &'q str) -> Checks<'q> {
        Checks { violations: self.violations, path: Path::Root(root) }
    }

    /// The place of a property.
    pub fn property<'q>(&'q mut self, name: &'q str) -> Checks<'q> {
        Checks { violations: self.violations, path: Path::Property(&self.path, name) }
    }

    /// The place of an item.
    pub fn index(&mut self, index: usize) -> Checks<'_> {
        Checks { violations: self.violations, path: Path::Index(&self.path, index) }
    }

    /// Adds a violation at this place.
    pub fn violation(&mut self, detail: impl fmt::Display) -> &mut Self {
        self.violations.push(Violation::new(self.path.to_string(), detail));
        self
    }

    fn require(&mut self, fine: bool, detail: fmt::Arguments<'_>) -> &mut Self {
        if fine { self } else { self.violation(detail) }
    }

    /// Checks what a value says of itself.
    pub fn nested<T: Validate + ?Sized>(&mut self, value: &T) -> &mut Self {
        value.check(self);
        self
    }

    /// `minLength`
    pub fn min_length(&mut self, text: &str, least: usize) -> &mut Self {
        self.require(text.chars().count() >= least, format_args!("must have at least {least} characters"))
    }

    /// `maxLength`
    pub fn max_length(&mut self, text: &str, most: usize) -> &mut Self {
        self.require(text.chars().count() <= most, format_args!("must have at most {most} characters"))
    }

    /// `minimum`
    pub fn minimum<N: PartialOrd + fmt::Display>(&mut self, value: N, limit: N) -> &mut Self {
        self.require(value >= limit, format_args!("must be at least {limit}"))
    }

    /// `exclusiveMinimum`
    pub fn exclusive_minimum<N: PartialOrd + fmt::Display>(&mut self, value: N, limit: N) -> &mut Self {
        self.require(value > limit, format_args!("must be more than {limit}"))
    }

    /// `maximum`
    pub fn maximum<N: PartialOrd + fmt::Display>(&mut self, value: N, limit: N) -> &mut Self {
        self.require(value <= limit, format_args!("must be at most {limit}"))
    }

    /// `exclusiveMaximum`
    pub fn exclusive_maximum<N: PartialOrd + fmt::Display>(&mut self, value: N, limit: N) -> &mut Self {
        self.require(value < limit, format_args!("must be less than {limit}"))
    }

    /// `multipleOf`
    pub fn multiple_of<N: Divide + fmt::Display>(&mut self, value: N, of: N) -> &mut Self {
        self.require(value.is_multiple(of), format_args!("must be a multiple of {of}"))
    }

    /// `multipleOf` of a whole number by one that is not.
    #[allow(clippy::cast_precision_loss)] // the quotient is as precise as a double can be
    pub fn whole_multiple_of(&mut self, value: i128, of: f64) -> &mut Self {
        self.multiple_of(value as f64, of)
    }

    /// `minItems`
    pub fn min_items<T>(&mut self, items: &[T], least: usize) -> &mut Self {
        self.require(items.len() >= least, format_args!("must have at least {least} items"))
    }

    /// `maxItems`
    pub fn max_items<T>(&mut self, items: &[T], most: usize) -> &mut Self {
        self.require(items.len() <= most, format_args!("must have at most {most} items"))
    }

    /// `uniqueItems`
    pub fn unique_items<T: Serialize>(&mut self, items: &T) -> &mut Self {
        let items = json(items);
        let mut seen = BTreeSet::new();
        let unique = items.as_array().into_iter().flatten().all(|item| seen.insert(canonical(item)));
        self.require(unique, format_args!("must not have equal items"))
    }

    /// `contains`, `minContains`, `maxContains`
    pub fn contains<T: Serialize>(&mut self, items: &T, is: Is, least: usize, most: Option<usize>) -> &mut Self {
        let found = json(items).as_array().into_iter().flatten().filter(|item| is(item)).count();
        self.require(found >= least, format_args!("must contain at least {least} items of a kind, found {found}"));
        let most = most.unwrap_or(usize::MAX);
        self.require(found <= most, format_args!("must contain at most {most} items of a kind, found {found}"))
    }

    /// `prefixItems`
    pub fn item<T: Serialize>(&mut self, items: &[T], index: usize, judge: Judge) -> &mut Self {
        if let Some(item) = items.get(index) {
            judge(&json(item), &mut self.index(index));
        }
        self
    }

    /// `items` after `prefixItems`
    pub fn items_from<T: Serialize>(&mut self, items: &[T], first: usize, judge: Judge) -> &mut Self {
        for (index, item) in items.iter().enumerate().skip(first) {
            judge(&json(item), &mut self.index(index));
        }
        self
    }

    /// `minProperties`
    pub fn min_properties(&mut self, object: &Value, least: usize) -> &mut Self {
        self.require(keys(object).count() >= least, format_args!("must have at least {least} properties"))
    }

    /// `maxProperties`
    pub fn max_properties(&mut self, object: &Value, most: usize) -> &mut Self {
        self.require(keys(object).count() <= most, format_args!("must have at most {most} properties"))
    }

    /// `required`, for keys that are no declared property.
    pub fn required_keys(&mut self, object: &Value, required: &[&str]) -> &mut Self {
        for key in required {
            self.require(object.get(key).is_some(), format_args!("`{key}` is missing"));
        }
        self
    }

    /// `anyOf` or `oneOf` of branches that only list required keys.
    pub fn key_sets(&mut self, object: &Value, exactly_one: bool, sets: &[&[&str]]) -> &mut Self {
        let complete = sets.iter().filter(|set| set.iter().all(|key| object.get(key).is_some())).count();
        let fine = if exactly_one { complete == 1 } else { complete > 0 };
        let word = if exactly_one { "exactly" } else { "at least" };
        let shown: Vec<String> = sets.iter().map(|set| set.join(" and ")).collect();
        self.require(fine, format_args!("must have {word} one of: {}", shown.join("; ")))
    }

    /// `dependentRequired`
    pub fn dependent_required(&mut self, object: &Value, key: &str, required: &[&str]) -> &mut Self {
        if object.get(key).is_none() {
            return self;
        }
        for other in required {
            self.require(object.get(other).is_some(), format_args!("`{other}` is missing, which `{key}` needs"));
        }
        self
    }

    /// `dependentSchemas`
    pub fn dependent_schema(&mut self, object: &Value, key: &str, judge: Judge) -> &mut Self {
        if object.get(key).is_some() {
            judge(object, self);
        }
        self
    }

    /// `propertyNames`
    pub fn property_names(&mut self, object: &Value, is: Is) -> &mut Self {
        for key in keys(object) {
            self.require(is(&Value::from(key.as_str())), format_args!("`{key}` is no allowed key"));
        }
        self
    }

    /// `enum`, for values of a type that says less; the values are JSON text.
    pub fn one_of_values(&mut self, value: &Value, values: &str) -> &mut Self {
        let known: Vec<Value> = serde_json::from_str(values).unwrap_or_default();
        let wanted = canonical(value);
        self.require(known.iter().any(|known| canonical(known) == wanted), format_args!("must be one of {values}"))
    }

    /// `anyOf`
    pub fn any_of(&mut self, value: &Value, schemas: &[Is]) -> &mut Self {
        self.require(schemas.iter().any(|is| is(value)), format_args!("must satisfy at least one of the alternatives"))
    }

    /// `oneOf`
    pub fn exactly_one(&mut self, value: &Value, schemas: &[Is]) -> &mut Self {
        let found = schemas.iter().filter(|is| is(value)).count();
        self.require(found == 1, format_args!("must satisfy exactly one of the alternatives, satisfies {found}"))
    }

    /// `not`
    pub fn not(&mut self, value: &Value, is: Is) -> &mut Self {
        self.require(!is(value), format_args!("is what it must not be"))
    }

    /// `if`, `then`, `else`
    pub fn conditional(
        &mut self,
        value: &Value,
        condition: Is,
        then: Option<Judge>,
        otherwise: Option<Judge>,
    ) -> &mut Self {
        if let Some(judge) = if condition(value) { then } else { otherwise } {
            judge(value, self);
        }
        self
    }
}

/// Whether a value is one of a type: it decodes, with nothing that the document forbids, and satisfies every rule.
pub fn is<T: DeserializeOwned + Validate>(value: &Value) -> bool {
    strict(|| T::deserialize(value)).is_ok_and(|value| value.validate().is_ok())
}

/// Adds what is wrong with a value by a type.
pub fn judge<T: DeserializeOwned + Validate>(value: &Value, checks: &mut Checks<'_>) {
    match strict(|| T::deserialize(value)) {
        Ok(value) => value.check(checks),
        Err(error) => {
            checks.violation(error);
        }
    }
}

/// A value as JSON; `null` if it cannot be written.
pub fn json<T: Serialize + ?Sized>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

fn keys(object: &Value) -> impl Iterator<Item = &String> {
    object.as_object().into_iter().flat_map(serde_json::Map::keys)
}

/// The same text for values that JSON Schema holds for equal: `1` and `1.0`, objects in any order of keys.
pub(super) fn canonical(value: &Value) -> String {
    match value {
        Value::Number(number) => match number.as_f64() {
            #[allow(clippy::cast_possible_truncation)] // a whole number of this size is exact
            Some(double) if number.is_f64() && double.fract() == 0.0 && double.abs() < 9e18 => {
                (double as i64).to_string()
            }
            _ => number.to_string(),
        },
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(canonical).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(map) => {
            let entries: BTreeMap<&String, String> = map.iter().map(|(key, value)| (key, canonical(value))).collect();
            let entries: Vec<String> =
                entries.iter().map(|(key, value)| format!("{}:{value}", Value::from(key.as_str()))).collect();
            format!("{{{}}}", entries.join(","))
        }
        scalar => scalar.to_string(),
    }
}

/// Numbers that can be multiples of each other.
pub trait Divide: Copy {
    /// Whether this is a whole multiple of another number; of nothing that is zero.
    fn is_multiple(self, of: Self) -> bool;
}

macro_rules! divide {
    ($($int:ty),*) => {
        $(impl Divide for $int {
            fn is_multiple(self, of: Self) -> bool {
                self.checked_rem(of) == Some(0)
            }
        })*
    };
}
divide!(i8, i16, i32, i64, i128, u8, u16, u32, u64);

impl Divide for f64 {
    fn is_multiple(self, of: Self) -> bool {
        let times = self / of;
        // `0.0075 / 0.0001` is not quite 75 in binary.
        (times - times.round()).abs() <= 1e-9 * times.abs().max(1.0) && times.is_finite()
    }
}

macro_rules! nothing_to_check {
    ($($name:ty),* $(,)?) => {
        $(impl Validate for $name {})*
    };
}
nothing_to_check!(
    (),
    bool,
    i8,
    i16,
    i32,
    i64,
    i128,
    u8,
    u16,
    u32,
    u64,
    f64,
    String,
    Value,
    super::Base64,
    super::Never
);

impl<T: Validate + ?Sized> Validate for Box<T> {
    fn check(&self, checks: &mut Checks<'_>) {
        (**self).check(checks);
    }
}

impl<T: Validate> Validate for Option<T> {
    fn check(&self, checks: &mut Checks<'_>) {
        if let Some(value) = self {
            value.check(checks);
        }
    }
}

impl<T: Validate> Validate for super::Patch<T> {
    fn check(&self, checks: &mut Checks<'_>) {
        if let Some(value) = self.as_value() {
            value.check(checks);
        }
    }
}

impl<T: Validate> Validate for Vec<T> {
    fn check(&self, checks: &mut Checks<'_>) {
        for (index, item) in self.iter().enumerate() {
            item.check(&mut checks.index(index));
        }
    }
}

impl<T: Validate> Validate for BTreeMap<String, T> {
    fn check(&self, checks: &mut Checks<'_>) {
        for (key, value) in self {
            value.check(&mut checks.property(key));
        }
    }
}

impl Validate for serde_json::Map<String, Value> {}
