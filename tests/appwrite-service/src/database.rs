//! Opening the database, and its schema.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};

use crate::error::Error;
use crate::worker::Worker;

/// The steps from an empty database to the current schema. Append to them; databases exist that have taken the others.
const MIGRATIONS: &[&str] = &[include_str!("schema.sql")];

/// How long to wait for another process that is writing.
const PATIENCE: Duration = Duration::from_secs(10);

/// A database with one thread that writes and one that reads, so that lists do not wait for writes.
#[derive(Debug)]
pub struct Database {
    writer: Worker,
    reader: Worker,
}

impl Database {
    /// Opens a database, and creates the file and the schema if they do not exist.
    ///
    /// Fails if the file cannot be opened, is no database, or belongs to a newer version of the program.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let mut writing = connect(path)?;
        migrate(&mut writing)?;
        let reading = connect(path)?;
        reading.pragma_update(None, "query_only", true)?;
        Ok(Self {
            writer: Worker::start("database-writer", writing, TransactionBehavior::Immediate)?,
            reader: Worker::start("database-reader", reading, TransactionBehavior::Deferred)?,
        })
    }

    /// Changes the database. When this returns, the changes survive a crash of the machine; if the work fails, there are
    /// none.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.writer.run(work).await
    }

    /// Reads the database. The work sees one state of it, with every change that was returned before.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.reader.run(work).await
    }
}

fn connect(path: &Path) -> Result<Connection, Error> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(PATIENCE)?;
    // With a write-ahead log, reading goes on while something is written; FULL syncs the log with every commit.
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    Ok(connection)
}

/// Takes the steps that the database has not taken yet, in one transaction.
fn migrate(connection: &mut Connection) -> Result<(), Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let (found, known) = (usize::try_from(version).unwrap_or(usize::MAX), MIGRATIONS.len());
    let missing = MIGRATIONS.get(found..).ok_or(Error::NewerSchema { found, known })?;
    for step in missing {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", i64::try_from(known).unwrap_or(i64::MAX))?;
    transaction.commit()?;
    Ok(())
}
