//! What generated servers and clients cost, beside handwritten ones that do the same.
//!
//! `CRATEGEN_SPEED=1 cargo test --release -p speed -- --nocapture` prints tables of times. Without the variable, only the
//! allocations are compared, with `allocations.txt`. A part of a name instead of `1` measures what has that name.

#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, clippy::indexing_slicing)]

mod by_hand;
mod calls;
mod examples;
mod generated;
mod measure;

use calls::Served;
use measure::compare;

/// Whether a benchmark is to be run: `CRATEGEN_SPEED` is `1`, or a part of its name.
fn is_wanted(name: &str) -> bool {
    std::env::var("CRATEGEN_SPEED").is_ok_and(|wanted| wanted == "1" || name.contains(&wanted))
}

#[test]
fn both_servers_respond_with_the_same_bytes() {
    for call in examples::calls() {
        let [generated, by_hand] =
            [generated::router(), by_hand::router()].map(|router| Served::new(&router, &call).response());
        assert_eq!(generated, by_hand, "{}", call.name);
    }
}

#[test]
fn servers() {
    let rows = examples::calls().into_iter().filter(|call| is_wanted(call.name)).map(|call| {
        let [mut generated, mut by_hand] =
            [generated::router(), by_hand::router()].map(|router| Served::new(&router, &call));
        let calls = if call.is_large() { 50 } else { 2000 };
        compare(call.name, calls, &mut generated, &mut by_hand)
    });
    measure::print("server, in process", &rows.collect::<Vec<_>>());
}
