//! A thread that owns a connection and works for async code.
//!
//! SQLite blocks, and allows one writer at a time. So each connection belongs to a thread, and requests queue for it without
//! occupying a thread of their own. Work that is waiting is done in one transaction: a commit waits for the disk, and many
//! requests share the wait.

use std::fmt;
use std::thread::{self, JoinHandle};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::{mpsc, oneshot};

use crate::error::Error;

/// How many requests can queue. Further ones wait until there is room.
const QUEUE: usize = 1024;

/// How many requests share a transaction.
const BATCH: usize = 256;

/// Does its work inside a transaction, and returns how to report the result.
type Job = Box<dyn FnOnce(&mut Transaction<'_>) -> Report + Send>;

/// Reports a result to whoever waits for it, once it is known whether the transaction was committed.
type Report = Box<dyn FnOnce(Result<(), Error>)>;

/// A handle of the thread. When it is dropped, the thread finishes its work and closes the connection.
pub struct Worker {
    jobs: mpsc::Sender<Job>,
    /// Dropped after `jobs`, which the thread waits for.
    _thread: Joined,
}

/// A thread. Dropping it waits until it has ended.
struct Joined(Option<JoinHandle<()>>);

impl Drop for Joined {
    fn drop(&mut self) {
        let _ = self.0.take().map(JoinHandle::join);
    }
}

impl Worker {
    /// Starts a thread.
    ///
    /// Fails if the operating system has none.
    pub fn start(name: &str, connection: Connection, behavior: TransactionBehavior) -> Result<Self, Error> {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let work = move || serve(connection, behavior, queue);
        let thread = thread::Builder::new().name(name.to_owned()).spawn(work).map_err(Error::Thread)?;
        Ok(Self { jobs, _thread: Joined(Some(thread)) })
    }

    /// Does work on the thread, and returns its result after it was committed.
    ///
    /// If the work fails, its changes are undone, but not those of other work.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (sender, result) = oneshot::channel();
        let job: Job = Box::new(|transaction| {
            let done = in_savepoint(transaction, work);
            Box::new(|committed| {
                // Nobody is waiting any more if the caller has hung up.
                let _ = sender.send(committed.and(done));
            })
        });
        self.jobs.send(job).await.map_err(|_| Error::Abandoned)?;
        result.await.map_err(|_| Error::Abandoned)?
    }
}

impl fmt::Debug for Worker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Worker").finish_non_exhaustive()
    }
}

fn in_savepoint<T>(
    transaction: &mut Transaction<'_>,
    work: impl FnOnce(&Connection) -> Result<T, Error>,
) -> Result<T, Error> {
    let savepoint = transaction.savepoint()?;
    let value = work(&savepoint)?;
    savepoint.commit()?;
    Ok(value)
}

/// Works until the handle is dropped.
fn serve(mut connection: Connection, behavior: TransactionBehavior, mut queue: mpsc::Receiver<Job>) {
    let mut batch = Vec::new();
    while queue.blocking_recv_many(&mut batch, BATCH) > 0 {
        if let Err(error) = work_through(&mut connection, behavior, &mut batch) {
            // Whoever waits for the work learns it from the channel, which closes when the job is dropped.
            tracing::error!(error = %error, "cannot begin a transaction");
            batch.clear();
        }
    }
}

/// Does all work of a batch in one transaction, then reports the results.
fn work_through(
    connection: &mut Connection,
    behavior: TransactionBehavior,
    batch: &mut Vec<Job>,
) -> Result<(), rusqlite::Error> {
    let mut transaction = connection.transaction_with_behavior(behavior)?;
    let reports: Vec<Report> = batch.drain(..).map(|job| job(&mut transaction)).collect();
    let committed = transaction.commit().map_err(|error| error.to_string());
    for report in reports {
        report(committed.clone().map_err(Error::NotCommitted));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Starts a thread on an empty table of numbers, and of references to them that are checked when a transaction ends.
    fn start() -> Result<Worker, Error> {
        let connection = Connection::open_in_memory()?;
        connection.execute_batch(
            "PRAGMA foreign_keys = ON;
             CREATE TABLE numbers (number INTEGER PRIMARY KEY);
             CREATE TABLE links (number INTEGER REFERENCES numbers DEFERRABLE INITIALLY DEFERRED);",
        )?;
        Worker::start("test", connection, TransactionBehavior::Immediate)
    }

    async fn run(worker: &Worker, sql: &'static str) -> Result<(), Error> {
        worker.run(move |connection| Ok(connection.execute_batch(sql)?)).await
    }

    async fn count(worker: &Worker) -> Result<i64, Error> {
        worker.run(|connection| Ok(connection.query_row("SELECT count(*) FROM numbers", [], |row| row.get(0))?)).await
    }

    #[tokio::test]
    async fn results_are_reported_after_the_commit() -> Result<(), Error> {
        let worker = start()?;
        // The work succeeds, and the commit fails.
        let result = run(&worker, "INSERT INTO numbers VALUES (1); INSERT INTO links VALUES (2)").await;
        assert!(matches!(result, Err(Error::NotCommitted(_))), "{result:?}");
        assert_eq!(count(&worker).await?, 0);
        run(&worker, "INSERT INTO numbers VALUES (1)").await?;
        assert_eq!(count(&worker).await?, 1);
        Ok(())
    }

    #[tokio::test]
    async fn work_that_fails_is_undone_alone() -> Result<(), Error> {
        let worker = start()?;
        let (good, bad, other) = tokio::join!(
            run(&worker, "INSERT INTO numbers VALUES (1)"),
            run(&worker, "INSERT INTO numbers VALUES (2); INSERT INTO numbers VALUES (1)"),
            run(&worker, "INSERT INTO numbers VALUES (3)"),
        );
        assert!(good.is_ok() && other.is_ok(), "{good:?} {other:?}");
        assert!(matches!(bad, Err(Error::Database(_))), "{bad:?}");
        assert_eq!(count(&worker).await?, 2);
        Ok(())
    }
}
