//! The five operations of the example document as a program on an embedded database.
//!
//! This is what a service behind a generated server looks like. [`service`] implements the generated traits, and is the
//! only module that knows all others:
//!
//! | module | concern |
//! |---|---|
//! | [`service`] | the operations: who is calling, and what they get |
//! | [`new_user`] | what a new user must look like |
//! | [`passwords`] | hashing and verifying passwords |
//! | [`queries`] | Appwrite's `queries`: what a list contains, and in which order |
//! | [`users`], [`catalog`] | the tables, as functions on a connection |
//! | [`database`] | opening the database, and its schema |
//! | [`worker`] | the threads that own the connections |
//! | [`request_log`] | one line per request |

pub mod catalog;
pub mod database;
pub mod error;
pub mod new_user;
pub mod passwords;
pub mod queries;
pub mod request_log;
pub mod service;
pub mod users;
pub mod worker;

pub use error::Error;
pub use service::{Service, Settings};
