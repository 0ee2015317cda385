//! Times two implementations of the same calls.

use std::time::Duration;

/// How often each side has its turn; the best one counts.
const TURNS: usize = 30;

/// One row of a table.
#[derive(Debug)]
pub struct Row {
    name: String,
    generated: Duration,
    by_hand: Duration,
}

/// One of two sides: does the same as often as it is told, and says how long that took.
pub trait Side {
    /// Prepares calls, and returns how long they take.
    fn run(&mut self, calls: usize) -> Duration;
}

/// Measures both sides by turns, so that noise meets both.
pub fn compare(name: &str, calls: usize, generated: &mut dyn Side, by_hand: &mut dyn Side) -> Row {
    let (mut of_generated, mut of_hand) = (Duration::MAX, Duration::MAX);
    for turn in 0..TURNS {
        if turn % 2 == 0 {
            of_generated = of_generated.min(generated.run(calls));
            of_hand = of_hand.min(by_hand.run(calls));
        } else {
            of_hand = of_hand.min(by_hand.run(calls));
            of_generated = of_generated.min(generated.run(calls));
        }
    }
    let calls = u32::try_from(calls).unwrap();
    Row { name: name.to_owned(), generated: of_generated / calls, by_hand: of_hand / calls }
}

/// Prints rows as a table of Markdown.
pub fn print(title: &str, rows: &[Row]) {
    if rows.is_empty() {
        println!("skipped: set CRATEGEN_SPEED=1 to measure");
        return;
    }
    let micros = |time: &Duration| time.as_secs_f64() * 1e6;
    println!("\n| {title} | generated us | by hand us | ratio |\n|---|---|---|---|");
    for Row { name, generated, by_hand } in rows {
        let ratio = micros(generated) / micros(by_hand);
        println!("| {name} | {:.2} | {:.2} | {ratio:.2} |", micros(generated), micros(by_hand));
    }
}
