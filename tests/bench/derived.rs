//! The same types with serde's derive: the tables of wire names become attributes.

use std::collections::BTreeMap;

/// A table of the generated code: what it is of, and its rows.
struct Table {
    macro_name: String,
    tag: Option<String>,
    rows: Vec<String>,
}

/// A file of generated models with derives in place of tables.
pub fn derived(text: &str) -> String {
    let tables = tables(text);
    let mut out = String::with_capacity(text.len() * 2);
    let mut lines = text.lines();
    let mut current: Option<&Table> = None;
    let mut derive = String::new();
    while let Some(line) = lines.next() {
        if starts_table(line) {
            // Skip the table itself.
            if line.ends_with('{') {
                lines.by_ref().find(|line| *line == "});");
            }
            out.push_str(&conversions(line, &tables));
        } else if ["impl runtime::Validate", "impl runtime::Defaults"].iter().any(|start| line.starts_with(start)) {
            lines.by_ref().find(|line| *line == "}");
        } else if line.starts_with("#[derive(") {
            line.clone_into(&mut derive);
        } else if let Some(name) = declared(line) {
            // Parameters and outcomes of operations are not on the wire as they are.
            let table = tables.get(name);
            let also = match table.map(|table| table.macro_name.as_str()) {
                Some("object" | "params") => ", Debug, PartialEq)]",
                Some("string_enum") => ", PartialEq, Eq, Hash)]",
                _ => ")]",
            };
            if let Some(constant) = table.filter(|table| table.macro_name == "constant") {
                out.push_str(&constant_item(name, &derive, constant));
                derive.clear();
                continue;
            }
            derive = derive.replace(")]", also);
            current = table.filter(|table| table.macro_name != "params");
            if let Some(table) = current {
                out.push_str(&derive.replace(")]", ", serde::Serialize, serde::Deserialize)]"));
                out.push('\n');
                match (table.macro_name.as_str(), &table.tag) {
                    ("tagged_union", Some(tag)) => out.push_str(&format!("#[serde(tag = {tag})]\n")),
                    ("union", _) => out.push_str("#[serde(untagged)]\n"),
                    ("newtype", _) => out.push_str("#[serde(transparent)]\n"),
                    _ => {}
                }
            } else if !derive.is_empty() {
                out.push_str(&derive);
                out.push('\n');
            }
            derive.clear();
            out.push_str(line);
            out.push('\n');
            if line.ends_with(';') {
                current = None;
            }
        } else {
            if line == "}" {
                current = None;
            }
            if !derive.is_empty() && !line.starts_with(['#', '/']) {
                // Of a type that is nobody's but the file's.
                out.push_str(&derive);
                out.push('\n');
                derive.clear();
            }
            if let Some(attribute) = current.and_then(|table| attribute(table, line)) {
                out.push_str(&format!("    {attribute}\n"));
            }
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// The conversions from strings that a list of known strings has, which other generated code uses.
fn conversions(line: &str, tables: &BTreeMap<String, Table>) -> String {
    let Some(name) = line.strip_prefix("string_enum!(").and_then(|rest| rest.split([' ', ')']).next()) else {
        return String::new();
    };
    let other = tables.get(name).and_then(|table| table.rows.iter().find_map(|row| row.strip_prefix("..")));
    let Some(other) = other.map(|row| row.trim_end_matches(';')) else { return String::new() };
    ["&str", "String"]
        .map(|ty| format!("impl From<{ty}> for {name} {{\n    fn from(value: {ty}) -> Self {{\n        Self::{other}(value.into())\n    }}\n}}\n"))
        .concat()
}

/// Derives know no constants: an enum of one variant, whose value is called like the struct that it stands for.
fn constant_item(name: &str, derive: &str, table: &Table) -> String {
    let value = table.rows.first().and_then(|row| literal(row)).unwrap_or("\"\"");
    let derive = derive.replace(")]", ", serde::Serialize, serde::Deserialize)]");
    format!(
        "{derive}\npub enum {name} {{\n    /// The value.\n    #[default]\n    #[serde(rename = {value})]\n    Only,\n}}\n\n\
         /// The value.\n#[allow(non_upper_case_globals)]\npub const {name}: {name} = {name}::Only;\n"
    )
}

/// The manifest of the crate with derives.
pub fn manifest(text: &str, name: &str) -> String {
    text.replace(&format!("name = \"{name}-models\""), &format!("name = \"{name}-derived\""))
        .replace("[dependencies]\n", "[dependencies]\nserde = { version = \"1\", features = [\"derive\"] }\n")
}

fn starts_table(line: &str) -> bool {
    // What defaults are filled in says nothing of the wire.
    line.starts_with("defaults!(") || is_wire_table(line)
}

fn is_wire_table(line: &str) -> bool {
    [
        "constant!(",
        "object!(",
        "string_enum!(",
        "int_enum!(",
        "json_enum!(",
        "tagged_union!(",
        "union!(",
        "newtype!(",
        "params!(",
    ]
    .iter()
    .any(|start| line.starts_with(start))
}

fn tables(text: &str) -> BTreeMap<String, Table> {
    let mut found = BTreeMap::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if !is_wire_table(line) {
            continue;
        }
        let Some((macro_name, rest)) = line.split_once("!(") else { continue };
        let words: Vec<&str> =
            rest.split([' ', ')', ';']).filter(|word| !matches!(*word, "checked" | "ruled")).collect();
        let tag =
            words.iter().position(|word| *word == "by").and_then(|at| words.get(at + 1)).map(|tag| (*tag).to_owned());
        let mut rows = Vec::new();
        if line.ends_with('{') {
            rows = lines.by_ref().take_while(|line| *line != "});").map(|row| row.trim().to_owned()).collect();
        } else if macro_name == "constant" {
            rows.push(rest.to_owned());
        }
        let table = Table { macro_name: macro_name.to_owned(), tag, rows };
        found.insert(words.first().map_or("", |word| word.trim_end_matches(':')).to_owned(), table);
    }
    found
}

/// The name of the type that a line declares.
fn declared(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "))?;
    rest.split([' ', '(', '<', ';']).next()
}

/// The attribute of a field or variant.
fn attribute(table: &Table, line: &str) -> Option<String> {
    let item = line.strip_prefix("    ")?;
    let name = item.strip_prefix("pub ").unwrap_or(item);
    let name = name.split([':', '(', ',']).next()?;
    if item.starts_with(['/', '#', ' ', '}']) || name.is_empty() {
        return None;
    }
    if table.rows.iter().any(|row| row.strip_prefix("..").is_some_and(|rest| rest.trim_end_matches(';') == name)) {
        let flat = item.starts_with("pub ");
        return Some(if flat { "#[serde(flatten)]" } else { "#[serde(untagged)]" }.to_owned());
    }
    let row = table.rows.iter().find_map(|row| row.strip_prefix(name).filter(|rest| rest.starts_with([':', ' '])))?;
    let literal = literal(row)?;
    let mode = row.rsplit(", ").next().and_then(|mode| mode.split([' ', ';']).next());
    match table.macro_name.as_str() {
        "object" if mode == Some("required") => Some(format!("#[serde(rename = {literal})]")),
        "object" if mode == Some("patch") => Some(format!("#[serde(rename = {literal}, default)]")),
        "object" => Some(format!("#[serde(rename = {literal}, default, skip_serializing_if = \"Option::is_none\")]")),
        "string_enum" | "tagged_union" => Some(format!("#[serde(rename = {literal})]")),
        _ => None,
    }
}

/// The first string literal of a row, with its quotes.
fn literal(row: &str) -> Option<&str> {
    let start = row.find('"')?;
    let mut escaped = false;
    for (index, c) in row.get(start + 1..)?.char_indices() {
        match c {
            '"' if !escaped => return row.get(start..start + index + 2),
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    None
}
