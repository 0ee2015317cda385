//! Parameters of requests: whatever a caller sends, every style reads a value or reports a violation.

#![no_main]

use std::collections::BTreeMap;

use crategen_runtime::models::params::form::{self, Field};
use crategen_runtime::models::params::{Kind, Param, Place, Reader, Style, read_path};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

const STYLES: [Style; 8] = [
    Style::Simple,
    Style::Label,
    Style::Matrix,
    Style::Form,
    Style::SpaceDelimited,
    Style::PipeDelimited,
    Style::DeepObject,
    Style::Json,
];
const KINDS: [Kind; 4] = [Kind::Scalar, Kind::List, Kind::Object, Kind::Mixed];
const FIELDS: &[Field] = &[Field::text("a"), Field::list("b"), Field::json("c"), Field::mixed("d")];

fuzz_target!(|text: &str| {
    let headers = [("a", text), ("cookie", text)];
    let reader = Reader::new(text, headers.into_iter());
    let mut violations = Vec::new();
    for place in [Place::Path, Place::Query, Place::Header, Place::Cookie] {
        for style in STYLES {
            for kind in KINDS {
                for explode in [true, false] {
                    let param = Param { name: "a", place, style, explode, kind, reserved: false, not_keys: &[] };
                    read(&reader, &param, text, &mut violations);
                }
            }
        }
    }
    form::read(FIELDS, text, &mut violations);
});

fn read(reader: &Reader, param: &Param, text: &str, violations: &mut Vec<crategen_runtime::models::Violation>) {
    if param.place == Place::Path {
        let _: Option<Value> = read_path(param, text, violations);
        let _: Option<Vec<i64>> = read_path(param, text, violations);
    } else {
        let _: Option<Value> = reader.optional(param, violations);
        let _: Option<Vec<i64>> = reader.optional(param, violations);
        let _: Option<BTreeMap<String, String>> = reader.required(param, violations);
    }
}
