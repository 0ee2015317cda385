//! What can go wrong inside the service. Callers see none of it, only 500.

use std::fmt;

/// An error that is not the caller's fault.
#[derive(Debug)]
pub enum Error {
    /// The database failed.
    Database(rusqlite::Error),
    /// The database was written by a newer version of this program.
    NewerSchema {
        /// The version of its schema.
        found: usize,
        /// The newest version that this program knows.
        known: usize,
    },
    /// The changes could not be committed, for the given reason.
    NotCommitted(String),
    /// A thread gave up the work; the log says why.
    Abandoned,
    /// A password could not be hashed or verified.
    Password(argon2::password_hash::Error),
    /// The hash of a password cannot be read.
    PasswordHash(argon2::password_hash::phc::Error),
    /// The operating system has no random numbers.
    Random(getrandom::Error),
    /// The operating system has no thread for the work.
    Thread(std::io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(error) => write!(f, "the database failed: {error}"),
            Self::NewerSchema { found, known } => write!(
                f,
                "the database has version {found} of the schema, but this program knows versions up to {known}; use a newer \
                 program"
            ),
            Self::NotCommitted(reason) => write!(f, "the changes could not be committed: {reason}"),
            Self::Abandoned => f.write_str("a thread gave up the work; the log says why"),
            Self::Password(error) => write!(f, "a password could not be hashed: {error}"),
            Self::PasswordHash(error) => write!(f, "the hash of a password cannot be read: {error}"),
            Self::Random(error) => write!(f, "no random numbers: {error}"),
            Self::Thread(error) => write!(f, "cannot start a thread: {error}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

impl From<argon2::password_hash::Error> for Error {
    fn from(error: argon2::password_hash::Error) -> Self {
        Self::Password(error)
    }
}

impl From<getrandom::Error> for Error {
    fn from(error: getrandom::Error) -> Self {
        Self::Random(error)
    }
}

impl From<argon2::password_hash::phc::Error> for Error {
    fn from(error: argon2::password_hash::phc::Error) -> Self {
        Self::PasswordHash(error)
    }
}
