//! The tables of databases and buckets. No operation of the document creates any, so each project begins with one of each.

use appwrite_models::chrono::Utc;
use rusqlite::{Connection, Row, params};

use crate::error::Error;

/// A table of things that have a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// Databases for documents.
    Databases,
    /// Buckets for files.
    Buckets,
}

impl Table {
    fn name(self) -> &'static str {
        match self {
            Self::Databases => "databases",
            Self::Buckets => "buckets",
        }
    }
}

/// A database or a bucket.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// The id, unique within the project and the table.
    pub id: String,
    /// The name.
    pub name: String,
    /// The time of creation, in milliseconds since 1970.
    pub created_at: i64,
}

impl Named {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { id: row.get(0)?, name: row.get(1)?, created_at: row.get(2)? })
    }
}

/// Gives a project its first database and its first bucket, unless it has them.
pub fn add_project(connection: &Connection, project: &str) -> Result<(), Error> {
    for (table, id, name) in
        [(Table::Databases, "main-db", "Main Database"), (Table::Buckets, "avatars", "User Avatars")]
    {
        let table = table.name();
        let sql =
            format!("INSERT INTO {table} (project, id, name, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING");
        connection.execute(&sql, params![project, id, name, Utc::now().timestamp_millis()])?;
    }
    Ok(())
}

/// Returns what a project has in a table, in the order of creation.
pub fn list(connection: &Connection, table: Table, project: &str) -> Result<Vec<Named>, Error> {
    let table = table.name();
    let sql = format!("SELECT id, name, created_at FROM {table} WHERE project = ? ORDER BY created_at, id");
    let mut statement = connection.prepare(&sql)?;
    let found = statement.query_map(params![project], Named::of)?;
    Ok(found.collect::<Result<_, _>>()?)
}
