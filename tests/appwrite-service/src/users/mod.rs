//! The table of users.

mod condition;
mod list;

pub use list::{Listed, Page, list};

use appwrite_models::chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::error::Error;
use crate::new_user::{NewId, NewUser, unique_id};

/// The columns of a [`StoredUser`], in the order of its properties.
const COLUMNS: &str = "id, email, name, email_verification, status, created_at";

/// How often the service chooses an id before it gives up. Two equal ids are possible, but rare.
const ATTEMPTS: usize = 5;

/// A user, without the hash of the password.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredUser {
    /// The id, unique within the project.
    pub id: String,
    /// The e-mail address, unique within the project.
    pub email: String,
    /// The name; empty if there is none.
    pub name: String,
    /// Whether the e-mail address is verified.
    pub is_email_verified: bool,
    /// Whether the user may use the account.
    pub is_active: bool,
    /// The time of creation, in milliseconds since 1970.
    pub created_at: i64,
}

impl StoredUser {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            email: row.get(1)?,
            name: row.get(2)?,
            is_email_verified: row.get(3)?,
            is_active: row.get(4)?,
            created_at: row.get(5)?,
        })
    }
}

/// What became of a new user.
#[derive(Debug, PartialEq)]
pub enum Inserted {
    /// The user is stored.
    Stored(StoredUser),
    /// Another user of the project has the id.
    IdTaken,
    /// Another user of the project has the e-mail address.
    EmailTaken,
}

/// Stores a user. The constraints of the table decide whether the id and the e-mail address are free.
pub fn insert(connection: &Connection, project: &str, new: &NewUser, password_hash: &str) -> Result<Inserted, Error> {
    if let NewId::Chosen(id) = &new.id {
        return insert_as(id, Utc::now(), connection, project, new, password_hash);
    }
    for _ in 0..ATTEMPTS {
        let now = Utc::now();
        let id = unique_id(now.timestamp_micros())?;
        match insert_as(&id, now, connection, project, new, password_hash)? {
            Inserted::IdTaken => {}
            decided => return Ok(decided),
        }
    }
    Ok(Inserted::IdTaken)
}

fn insert_as(
    id: &str,
    now: DateTime<Utc>,
    connection: &Connection,
    project: &str,
    new: &NewUser,
    password_hash: &str,
) -> Result<Inserted, Error> {
    let sql = format!(
        "INSERT INTO users (project, id, email, name, password_hash, created_at) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT DO NOTHING RETURNING {COLUMNS}"
    );
    let values = params![project, id, new.email, new.name, password_hash, now.timestamp_millis()];
    let stored = connection.query_row(&sql, values, StoredUser::of).optional()?;
    if let Some(user) = stored {
        return Ok(Inserted::Stored(user));
    }
    let sql = "SELECT EXISTS (SELECT 1 FROM users WHERE project = ? AND email = ?)";
    let is_email_taken = connection.query_row(sql, params![project, new.email], |row| row.get(0))?;
    Ok(if is_email_taken { Inserted::EmailTaken } else { Inserted::IdTaken })
}

/// Finds a user by the e-mail address, with the hash of the password.
pub fn find_by_email(
    connection: &Connection,
    project: &str,
    email: &str,
) -> Result<Option<(StoredUser, String)>, Error> {
    let sql = format!("SELECT {COLUMNS}, password_hash FROM users WHERE project = ? AND email = ?");
    let read = |row: &Row<'_>| Ok((StoredUser::of(row)?, row.get(6)?));
    Ok(connection.query_row(&sql, params![project, email.to_lowercase()], read).optional()?)
}
