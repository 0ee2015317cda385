//! Time and allocations of two ways to do the same.

use std::time::{Duration, Instant};

/// How often each side has its turn; the best one counts.
const TURNS: usize = 30;

/// What one call costs.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    pub time: Duration,
    pub allocations: u64,
}

/// One row of a table.
#[derive(Debug)]
pub struct Row {
    pub name: String,
    pub generated: Cost,
    pub by_hand: Cost,
}

/// One of two sides: does the same as often as it is told, and says how long that took.
pub trait Side {
    /// Prepares calls, and returns how long they take.
    fn run(&mut self, calls: usize) -> Duration;

    /// Returns the allocations of one call.
    fn allocations(&mut self) -> u64;
}

/// Measures both sides by turns, so that noise meets both.
pub fn compare<'s>(name: &str, calls: usize, generated: &'s mut dyn Side, by_hand: &'s mut dyn Side) -> Row {
    let mut best = [Duration::MAX; 2];
    for turn in 0..TURNS {
        let mut sides = [(0, &mut *generated), (1, &mut *by_hand)];
        if turn % 2 == 1 {
            sides.reverse();
        }
        for (index, side) in sides {
            best[index] = best[index].min(side.run(calls));
        }
    }
    let cost = |index: usize, side: &mut dyn Side| Cost {
        time: best[index] / u32::try_from(calls).unwrap(),
        allocations: side.allocations(),
    };
    Row { name: name.to_owned(), generated: cost(0, generated), by_hand: cost(1, by_hand) }
}

/// How long something takes.
pub fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// Prints rows as a table of Markdown.
pub fn print(title: &str, rows: &[Row]) {
    if rows.is_empty() {
        println!("skipped: set CRATEGEN_SPEED=1 to measure");
        return;
    }
    let micros = |cost: Cost| cost.time.as_secs_f64() * 1e6;
    println!("\n| {title} | generated us | by hand us | ratio | allocations | by hand |\n|---|---|---|---|---|---|");
    for Row { name, generated, by_hand } in rows {
        println!(
            "| {name} | {:.2} | {:.2} | {:.2} | {} | {} |",
            micros(*generated),
            micros(*by_hand),
            generated.time.as_secs_f64() / by_hand.time.as_secs_f64(),
            generated.allocations,
            by_hand.allocations,
        );
    }
}
