//! Keywords of objects (JSON Schema Validation 2020-12 §6.5, Core 2020-12 §10.2.2.4 and §10.3.2).

use serde_json::Value;

use super::{Checks, Is, Judge};

impl Checks<'_> {
    /// Checks `minProperties`.
    pub fn min_properties(&mut self, object: &Value, least: usize) -> &mut Self {
        self.require(keys(object).count() >= least, format_args!("must have at least {least} properties"))
    }

    /// Checks `maxProperties`.
    pub fn max_properties(&mut self, object: &Value, most: usize) -> &mut Self {
        self.require(keys(object).count() <= most, format_args!("must have at most {most} properties"))
    }

    /// Checks `required` for keys that are not properties of the type.
    pub fn required_keys(&mut self, object: &Value, required: &[&str]) -> &mut Self {
        for key in required {
            self.require(object.get(key).is_some(), format_args!("`{key}` is missing"));
        }
        self
    }

    /// Checks `anyOf` or `oneOf` whose schemas only list required keys.
    pub fn key_sets(&mut self, object: &Value, exactly_one: bool, sets: &[&[&str]]) -> &mut Self {
        let complete = sets.iter().filter(|set| set.iter().all(|key| object.get(key).is_some())).count();
        let fine = if exactly_one { complete == 1 } else { complete > 0 };
        let word = if exactly_one { "exactly" } else { "at least" };
        let shown: Vec<String> = sets.iter().map(|set| set.join(" and ")).collect();
        self.require(fine, format_args!("must have {word} one of: {}", shown.join("; ")))
    }

    /// Checks `dependentRequired`.
    pub fn dependent_required(&mut self, object: &Value, key: &str, required: &[&str]) -> &mut Self {
        if object.get(key).is_none() {
            return self;
        }
        for other in required {
            self.require(object.get(other).is_some(), format_args!("`{other}` is missing, which `{key}` requires"));
        }
        self
    }

    /// Checks `dependentSchemas`.
    pub fn dependent_schema(&mut self, object: &Value, key: &str, judge: Judge) -> &mut Self {
        if object.get(key).is_some() {
            judge(object, self);
        }
        self
    }

    /// Checks `propertyNames`.
    pub fn property_names(&mut self, object: &Value, is: Is) -> &mut Self {
        for key in keys(object) {
            self.require(is(&Value::from(key.as_str())), format_args!("`{key}` is not an allowed key"));
        }
        self
    }
}

fn keys(object: &Value) -> impl Iterator<Item = &String> {
    object.as_object().into_iter().flat_map(serde_json::Map::keys)
}
