//! What generated clients and servers cost at run time, beside handwritten ones that do the same: `tests/times.rs` and
//! `tests/allocations.rs`.

#![allow(unused_qualifications)] // of generated code
#![allow(clippy::unwrap_used, clippy::missing_panics_doc, clippy::print_stdout)]

include!(concat!(env!("OUT_DIR"), "/api.rs"));

pub mod by_hand;
pub mod calls;
pub mod examples;
pub mod generated;
pub mod loopback;
pub mod measure;
