//! Allocations of generated servers and clients per request, compared with `allocations.txt`.
//!
//! `CRATEGEN_UPDATE=1 cargo test -p speed --test allocations` writes the file. Write it after a change that is worth its
//! allocations, or saves some.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::panic)]

use std::fmt::Write as _;
use std::path::Path;

use speed::calls::{Call, Served};
use speed::loopback::{self, Called, Connect};
use speed::measure::Side as _;
use speed::{by_hand, examples, generated};

/// Allocations of one request: those of many, without what only the first one needs.
fn allocations(router: &axum::Router, call: &Call) -> u64 {
    let mut served = Served::new(router, call);
    let mut of = |calls| {
        let requests = served.requests(calls);
        allocation_counter::measure(|| served.serve(requests)).count_total
    };
    let (few, many) = (of(1), of(11));
    (many - few) / 10
}

/// Allocations of one call of a client: the least of several turns, because what arrives in how many pieces is up to the system.
fn of_client(url: &str, connect: Connect) -> u64 {
    let mut called = Called::new(url, connect);
    let mut of = |calls| {
        allocation_counter::measure(|| {
            called.run(calls);
        })
        .count_total
    };
    of(1);
    (0..5).map(|_| of(11) / 11).min().unwrap_or_default()
}

/// Both sides of each call.
fn counted() -> Vec<(&'static str, u64, u64)> {
    let of_both =
        |call: Call| (call.name, allocations(&generated::router(), &call), allocations(&by_hand::router(), &call));
    let mut counted: Vec<_> = examples::calls().into_iter().map(of_both).collect();
    for (name, generated, by_hand) in loopback::CALLS {
        let url = loopback::serve(by_hand::router());
        counted.push((name, of_client(&url, generated), of_client(&url, by_hand)));
    }
    for (name, operations) in [("10 operations", 10), ("1,000 operations", 1000)] {
        let call = examples::last_of(name, operations);
        let generated = allocations(&generated::router_of(operations), &call);
        counted.push((name, generated, allocations(&by_hand::router_of(operations), &call)));
    }
    counted
}

#[test]
fn both_sides_allocate_as_often_as_listed() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/allocations.txt");
    let counted = counted();
    println!("\n| allocations | generated | by hand |\n|---|---|---|");
    let mut text = String::new();
    for (name, generated, by_hand) in &counted {
        println!("| {name} | {generated} | {by_hand} |");
        writeln!(text, "{name}: {generated}").unwrap();
    }
    if std::env::var_os("CRATEGEN_UPDATE").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let known = std::fs::read_to_string(&path).unwrap();
    let known: Vec<(&str, u64)> = known
        .lines()
        .map(|line| line.rsplit_once(": ").unwrap())
        .map(|(name, count)| (name, count.parse().unwrap()))
        .collect();
    let names: Vec<&str> = counted.iter().map(|(name, ..)| *name).collect();
    let listed: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
    assert_eq!(listed, names, "allocations.txt lists other calls");
    for ((name, before), (_, now, _)) in known.into_iter().zip(&counted) {
        assert!(
            now.abs_diff(before) <= (before / 20).max(1),
            "{name}: {now} allocations, {before} in allocations.txt. If that is right, set CRATEGEN_UPDATE=1"
        );
    }
}

/// A handwritten server that allocates less does not do the same, and neither does one that sends something else.
#[test]
fn both_servers_respond_with_the_same_bytes() {
    for call in examples::calls() {
        let [generated, by_hand] =
            [generated::router(), by_hand::router()].map(|router| Served::new(&router, &call).response());
        assert_eq!(generated, by_hand, "{}", call.name);
    }
    let call = examples::last_of("of many", 10);
    let [generated, by_hand] =
        [generated::router_of(10), by_hand::router_of(10)].map(|router| Served::new(&router, &call).response());
    assert_eq!(generated, by_hand);
}
