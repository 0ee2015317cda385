//! What generated clients and servers cost at run time, beside handwritten ones; see `tests/`.

#![allow(unused_qualifications)] // of generated code

include!(concat!(env!("OUT_DIR"), "/api.rs"));
