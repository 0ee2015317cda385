//! Values that are made to cost much: each is read and validated in time that is bounded by its size.
#![cfg(feature = "patterns")]

use std::time::{Duration, Instant};

use crategen_runtime::models::{Checks, Rules, Validate, Violation, strict};
use crategen_runtime::{object, union};

/// `Cond` compares the value of `t` with itself four times, as `{if, then, else, not}` can.
static RULES: Rules = Rules::new(
    r#"{
    "Filter": {"variants": [["And", {"$ref": "And"}], ["Not", {"$ref": "Not"}], ["Leaf", {"$ref": "Leaf"}]],
        "rules": [{"oneOf": [{"$ref": "And"}, {"$ref": "Not"}, {"$ref": "Leaf"}]}]},
    "And": {"type": "object", "properties": [["and", {"type": "array", "items": {"$ref": "Filter"}}]], "required": ["and"]},
    "Not": {"type": "object", "properties": [["not", {"$ref": "Filter"}]], "required": ["not"]},
    "Leaf": {"type": "object", "properties": [["field", {"type": "string"}]], "required": ["field"]},
    "Either": {"variants": [["Left", {"$ref": "Left"}], ["Right", {"$ref": "Right"}]]},
    "Left": {"type": "object", "properties": [["a", {"$ref": "Either"}], ["x", {"type": "string"}]], "required": ["a"]},
    "Right": {"type": "object", "properties": [["a", {"$ref": "Either"}], ["x", {"type": "integer"}]], "required": ["a"]},
    "Cond": {"type": "object", "properties": [["t", {"$ref": "Cond"}], ["x", {"type": "string"}]],
        "rules": [{"if": {"if": {"$ref": "HasX"}, "then": {"$ref": "Part"}, "else": {"$ref": "Part"}}},
                  {"not": {"$ref": "HasBad"}}]},
    "Part": {"type": "object", "properties": [["t", {"$ref": "Cond"}]]},
    "HasX": {"type": "object", "properties": [["t", {"$ref": "Cond"}]], "rules": [{"required": ["x"]}]},
    "HasBad": {"type": "object", "properties": [["t", {"$ref": "HasBad"}]], "rules": [{"required": ["bad"]}]},
    "Names": {"type": "array", "items": {"type": "string", "rules": [{"pattern": "^(a+)+$"}]}, "rules": [{"uniqueItems": true}]}
}"#,
);

#[derive(Clone, Debug, PartialEq)]
enum Filter {
    And(And),
    Not(Box<Not>),
    Leaf(Leaf),
}

union!(checked Filter by RULES {
    And: Object ["and"] [];
    Not: Object boxed ["not"] [];
    Leaf: Object ["field"] [];
});

impl Validate for Filter {
    fn check(&self, checks: &mut Checks<'_>) {
        checks.by_rules(&RULES, "Filter", self);
    }
}

#[derive(Clone)]
struct And {
    and: Vec<Filter>,
}

object!(And {
    and: "and", required;
});

#[derive(Clone)]
struct Not {
    not: Filter,
}

object!(Not {
    not: "not", required;
});

#[derive(Clone)]
struct Leaf {
    field: String,
}

object!(Leaf {
    field: "field", required;
});

#[derive(Clone, Debug, PartialEq)]
enum Either {
    Left(Box<Left>),
    Right(Box<Right>),
}

union!(Either by RULES {
    Left: Object boxed ["a"] ["x"];
    Right: Object boxed ["a"] ["x"];
});

#[derive(Clone)]
struct Left {
    a: Either,
    x: Option<String>,
}

object!(Left {
    a: "a", required;
    x: "x", optional;
});

#[derive(Clone)]
struct Right {
    a: Either,
    x: Option<i64>,
}

object!(Right {
    a: "a", required;
    x: "x", optional;
});

/// `open` and `close` around `inside`, `depth` times.
fn nested(open: &str, inside: &str, close: &str, depth: usize) -> String {
    format!("{}{inside}{}", open.repeat(depth), close.repeat(depth))
}

fn timed<T>(limit: Duration, run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = run();
    assert!(start.elapsed() < limit, "took {:?}", start.elapsed());
    result
}

/// Ten times the depth may take at most this many times the time.
const LIMIT: f64 = 20.0;

/// How many times longer `run` takes for `long` than for `short`. Something else may run meanwhile, so a ratio beyond
/// [`LIMIT`] is measured again: what is not linear exceeds it each time.
fn growth(short: &str, long: &str, run: impl Fn(&str)) -> f64 {
    let once = |text: &str| {
        let start = Instant::now();
        run(text);
        start.elapsed()
    };
    let ratio = |_| {
        let times = (0..20).map(|_| (once(short), once(long)));
        let (short, long) =
            times.fold((Duration::MAX, Duration::MAX), |best, time| (best.0.min(time.0), best.1.min(time.1)));
        long.as_secs_f64() / short.as_secs_f64()
    };
    let mut least = f64::INFINITY;
    for measured in (0..10).map(ratio) {
        least = least.min(measured);
        if least < LIMIT {
            break;
        }
    }
    least
}

fn read<T: serde::de::DeserializeOwned>(schema: &str, json: &str) -> (Option<T>, Vec<Violation>) {
    let mut violations = Vec::new();
    let value = RULES.read(schema, json.as_bytes(), &mut violations);
    (value, violations)
}

#[test]
fn a_filter_language_takes_linear_time() {
    let of = |depth| nested(r#"{"not":"#, r#"{"field":"a"}"#, "}", depth);
    timed(Duration::from_secs(1), || {
        let (value, violations) = read::<Filter>("Filter", &of(100));
        assert!(value.is_some() && violations.is_empty(), "{violations:?}");
        assert_eq!(serde_json::to_string(&value).ok(), Some(of(100)));
    });
    let (short, long) = (of(10), of(100));
    let ratio = growth(&short, &long, |text| drop(read::<Filter>("Filter", text)));
    assert!(ratio < LIMIT, "ten times the depth takes {ratio:.1} times the time");
}

#[test]
fn overlapping_variants_take_linear_time() {
    for inside in [r#"{"a":1}"#, r#"{"x":1}"#, "1", "null"] {
        let of = |depth| nested(r#"{"a":"#, inside, "}", depth);
        let decode = |text: &str| serde_json::from_str::<Either>(text).map_err(|error| error.to_string());
        let error = timed(Duration::from_secs(1), || decode(&of(100)));
        assert!(error.as_ref().is_err_and(|text| text.len() < 10_000), "{error:?}");
        let (short, long) = (of(10), of(100));
        let ratio = growth(&short, &long, |text| drop(decode(text)));
        assert!(ratio < LIMIT, "{inside}: ten times the depth takes {ratio:.1} times the time");
        let ratio = growth(&short, &long, |text| drop(strict(|| decode(text))));
        assert!(ratio < LIMIT, "{inside}: ten times the depth takes {ratio:.1} times the time in strict mode");
    }
}

#[test]
fn conditions_take_linear_time() {
    let of = |depth| nested(r#"{"t":"#, r#"{"x":1}"#, "}", depth);
    let judge = |text: &str| read::<serde_json::Value>("Cond", text).1;
    let violations = timed(Duration::from_secs(1), || judge(&of(100)));
    let at = format!("#{}/x", "/t".repeat(100));
    assert!(
        violations.iter().any(|found| found.location == at && found.detail == "must be a string"),
        "{violations:?}"
    );
    let (short, long) = (of(10), of(100));
    let ratio = growth(&short, &long, |text| drop(judge(text)));
    assert!(ratio < LIMIT, "ten times the depth takes {ratio:.1} times the time");
}

#[test]
fn violations_are_bounded_in_number_and_length() {
    let long = format!("\"{}\"", "b".repeat(100_000));
    let items = vec![long; 2_000].join(",");
    let (_, violations) = timed(Duration::from_secs(20), || read::<Vec<String>>("Names", &format!("[{items}]")));
    assert_eq!(violations.len(), 101);
    assert!(violations.iter().all(|found| found.location.len() + found.detail.len() < 3_000));
    let deep = nested(&format!(r#"{{"{}":"#, "k".repeat(10_000)), "1", "}", 100);
    let mut found = Vec::new();
    Checks::new("#", &mut found).by_rules(&RULES, "Names", &serde_json::from_str::<serde_json::Value>(&deep).ok());
    assert!(found.iter().all(|found| found.location.len() < 2_000));
}
