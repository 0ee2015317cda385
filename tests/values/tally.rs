//! Counts agreements and lists disagreements.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

/// How verdicts can differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A valid value is refused.
    Refused,
    /// An invalid value is accepted.
    Accepted,
    /// A valid value is not the same after it was read and written.
    Lost,
}

/// Where a value is.
pub struct Place<'a> {
    /// The name of the document.
    pub document: &'a str,
    /// The schema.
    pub pointer: &'a str,
    /// The value.
    pub value: &'a Value,
}

/// The results of a run.
#[derive(Default)]
pub struct Tally {
    values: usize,
    agreed: usize,
    undeclared: usize,
    excused: BTreeMap<&'static str, usize>,
    disagreements: BTreeMap<(Kind, String), Vec<String>>,
    rules: BTreeMap<String, Vec<String>>,
    failed: Vec<String>,
    not_judged: BTreeMap<String, Vec<String>>,
    readings: BTreeMap<&'static str, usize>,
    free_form: Vec<String>,
    unsaid: Vec<String>,
}

impl Tally {
    /// Counts values that were made.
    pub fn made(&mut self, values: usize) {
        self.values += values;
    }

    /// Counts a verdict that both share.
    pub fn agreed(&mut self) {
        self.agreed += 1;
    }

    /// Counts a value that lost properties that nothing declares.
    pub fn undeclared(&mut self) {
        self.agreed += 1;
        self.undeclared += 1;
    }

    /// Counts a disagreement with a known reason.
    pub fn excused(&mut self, reason: &'static str) {
        *self.excused.entry(reason).or_default() += 1;
    }

    /// Remembers a disagreement. Those with the same reason are listed together.
    pub fn disagreed(&mut self, kind: Kind, reason: &str, place: &Place<'_>, more: &str) {
        let line = format!("{} {} {} {reason} {more}", place.document, place.pointer, short(&place.value.to_string()));
        self.disagreements.entry((kind, general(reason))).or_default().push(line);
    }

    /// Remembers a value on which the rules in `rules.json` and the verdict of the server differ.
    pub fn rules_differ(&mut self, reason: &str, place: &Place<'_>) {
        let line = format!("{} {} {} {reason}", place.document, place.pointer, short(&place.value.to_string()));
        self.rules.entry(general(reason)).or_default().push(line);
    }

    /// Remembers a document that is not generated, or does not compile.
    pub fn failed(&mut self, document: &str, error: &str) {
        self.failed.push(format!("{document}: {error}"));
    }

    /// Remembers a schema that has no judge.
    pub fn not_judged(&mut self, document: &str, pointer: &str, reason: &str) {
        self.not_judged.entry(general(reason)).or_default().push(format!("{document} {pointer}: {}", short(reason)));
    }

    /// Counts how often schemas were read differently from JSON Schema.
    pub fn readings(&mut self, readings: &BTreeMap<&'static str, usize>) {
        for (reading, count) in readings {
            *self.readings.entry(reading).or_default() += count;
        }
    }

    /// Remembers a type that takes any value: although its schema says more, or without a diagnostic.
    pub fn free_form(&mut self, document: &str, pointer: &str, says_more: bool, is_said: bool) {
        if says_more {
            self.free_form.push(format!("{document} {pointer}"));
            if !is_said {
                self.unsaid.push(format!("{document} {pointer}"));
            }
        }
    }

    fn share(&self) -> f64 {
        let wrong: usize = self.disagreements.values().map(Vec::len).sum();
        #[allow(clippy::cast_precision_loss)]
        let share = 100.0 * self.agreed as f64 / (self.agreed + wrong).max(1) as f64;
        share
    }

    /// Whether at least 99.9 % agree, and no type is free-form unsaid.
    pub fn is_fine(&self) -> bool {
        self.share() >= 99.9 && self.unsaid.is_empty() && self.failed.is_empty()
    }

    /// Returns the counts.
    pub fn summary(&self) -> String {
        let mut out = String::new();
        let wrong: usize = self.disagreements.values().map(Vec::len).sum();
        let _ = writeln!(
            out,
            "{} values made, {} verdicts, {:.3} % agree, {wrong} do not",
            self.values,
            self.agreed + wrong,
            self.share()
        );
        let _ = writeln!(out, "{} values lost properties that nothing declares", self.undeclared);
        for (reason, count) in &self.excused {
            let _ = writeln!(out, "{count:7} verdicts differ: {reason}");
        }
        for (reading, count) in &self.readings {
            let _ = writeln!(out, "{count:7} schemas: {reading}");
        }
        let _ = writeln!(
            out,
            "{} free-form types whose schema says more, {} of them without a diagnostic",
            self.free_form.len(),
            self.unsaid.len()
        );
        let _ = writeln!(out, "{} documents failed", self.failed.len());
        let _ = writeln!(out, "{} schemas were not judged:", self.not_judged.values().map(Vec::len).sum::<usize>());
        listed(&mut out, self.not_judged.iter().map(|(reason, lines)| (reason.clone(), lines)), 0);
        let _ = writeln!(out, "disagreements:");
        listed(
            &mut out,
            self.disagreements.iter().map(|((kind, reason), lines)| (format!("{kind:?}: {reason}"), lines)),
            0,
        );
        out
    }

    /// Returns everything.
    pub fn report(&self) -> String {
        let mut out = self.summary();
        out.push_str("\n\nDISAGREEMENTS\n");
        listed(
            &mut out,
            self.disagreements.iter().map(|((kind, reason), lines)| (format!("{kind:?}: {reason}"), lines)),
            6,
        );
        out.push_str("\n\nRULES DIFFER FROM THE SERVER'S VERDICT\n");
        listed(&mut out, self.rules.iter().map(|(reason, lines)| (reason.clone(), lines)), 4);
        out.push_str("\n\nNOT JUDGED\n");
        listed(&mut out, self.not_judged.iter().map(|(reason, lines)| (reason.clone(), lines)), 4);
        let _ = writeln!(
            out,
            "\n\nFREE-FORM\n{}\n\nWITHOUT A DIAGNOSTIC\n{}",
            self.free_form.join("\n"),
            self.unsaid.join("\n")
        );
        let _ = writeln!(out, "\n\nFAILED\n{}", self.failed.join("\n"));
        out
    }
}

/// Lists reasons with the number of lines, most frequent first, and the first lines of each, shortest first.
fn listed<'a>(out: &mut String, reasons: impl Iterator<Item = (String, &'a Vec<String>)>, shown: usize) {
    let mut reasons: Vec<_> = reasons.collect();
    reasons.sort_by_key(|(_, lines)| std::cmp::Reverse(lines.len()));
    for (reason, lines) in reasons {
        let _ = writeln!(out, "{:7} {reason}", lines.len());
        let mut lines: Vec<&String> = lines.iter().collect();
        lines.sort_by_key(|line| line.len());
        let mut documents = std::collections::BTreeSet::new();
        lines.retain(|line| documents.insert(line.split(' ').take(2).collect::<Vec<_>>().join(" ")));
        for line in lines.into_iter().take(shown) {
            let _ = writeln!(out, "            {line}");
        }
    }
}

/// A reason without what differs between values: names, numbers, places.
fn general(reason: &str) -> String {
    let mut out = String::new();
    let first = reason.split("; ").next().unwrap_or_default();
    // What follows a text of the value may contain parts of it.
    let first = first.split_once("has the ").map_or(first, |(start, _)| start);
    for (index, part) in first.split(['`', '"']).enumerate() {
        out.push_str(if index % 2 == 0 { part } else { "_" });
    }
    let words = out.split_whitespace().filter(|word| !word.starts_with('#') && !word.starts_with('/'));
    let words: Vec<String> = words
        .map(|word| if word.bytes().any(|b| b.is_ascii_digit()) { "N".to_owned() } else { word.to_owned() })
        .collect();
    short(&words.join(" "))
}

fn short(text: &str) -> String {
    if text.chars().count() > 300 { text.chars().take(300).chain("...".chars()).collect() } else { text.to_owned() }
}
