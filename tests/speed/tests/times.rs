//! How long generated servers and clients take, beside handwritten ones.
//!
//! `CRATEGEN_SPEED=1 cargo test --release -p speed --test times -- --nocapture --test-threads 1` prints tables. A part of a name
//! instead of `1` measures what has that name; nothing and `0` measure nothing. Allocations have a test of their own, because counting them takes time.

use speed::calls::Served;
use speed::loopback::{self, Called};
use speed::measure::{compare, print};
use speed::{by_hand, examples, generated};

/// Whether a benchmark is to be run.
fn is_wanted(name: &str) -> bool {
    std::env::var("CRATEGEN_SPEED").is_ok_and(|wanted| match wanted.as_str() {
        "" | "0" => false,
        "1" => true,
        part => name.contains(part),
    })
}

#[test]
fn servers() {
    let calls = examples::calls().into_iter().filter(|call| is_wanted(call.name));
    let rows = calls.map(|call| {
        let [mut generated, mut by_hand] =
            [generated::router(), by_hand::router()].map(|router| Served::new(&router, &call));
        let calls = if call.is_large() { 50 } else { 2000 };
        compare(call.name, calls, &mut generated, &mut by_hand)
    });
    print("server, in process", &rows.collect::<Vec<_>>());
}

#[test]
fn servers_of_many_operations() {
    let sizes = [("10 operations", 10), ("1,000 operations", 1000)];
    let rows = sizes.into_iter().filter(|(name, _)| is_wanted(name)).map(|(name, operations)| {
        let call = examples::last_of(name, operations);
        let [mut generated, mut by_hand] = [generated::router_of(operations), by_hand::router_of(operations)]
            .map(|router| Served::new(&router, &call));
        compare(call.name, 2000, &mut generated, &mut by_hand)
    });
    print("server, in process", &rows.collect::<Vec<_>>());
}

#[test]
fn clients() {
    let rows = loopback::CALLS.into_iter().filter(|(name, ..)| is_wanted(name)).map(|(name, generated, by_hand)| {
        let url = loopback::serve(by_hand::router());
        compare(name, 300, &mut Called::new(&url, generated), &mut Called::new(&url, by_hand))
    });
    print("client, over loopback", &rows.collect::<Vec<_>>());
}
