//! The wire table: values, and the bytes that the specifications prescribe for them.
//!
//! The bytes are written by hand from RFC 3986, 6265, 6570, 7578 and 9110 and from OpenAPI 3.1, whose sections are those of 3.1.1.
//! A row is checked in both directions: a client that is called with the value sends these bytes, and a server that receives
//! these bytes calls its handler with an equal value. Read rows have spellings that the specifications allow, but that a client
//! does not choose; only the second direction applies to them.
//!
//! Where the specifications leave a choice, a comment beside the rows says which one was made.

#[macro_use]
mod table;

mod cookies;
mod fields;
mod headers;
mod message;
mod parts;
mod paths;
mod queries;
mod response_headers;
mod swagger_2;

/// Items of an array of strings.
fn texts<const N: usize>(items: [&str; N]) -> Vec<String> {
    items.map(str::to_owned).into()
}
