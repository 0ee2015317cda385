//! The operations. This is the only file that creates generated types.

use std::path::PathBuf;

use appwrite_models::chrono::DateTime;
use appwrite_models::{
    Bucket, CreateUserRequest, Database as DatabaseBody, ListBucketsResponse, ListDatabasesResponse, ListUsersParams,
    ListUsersResponse, User,
};
use appwrite_server::{
    AccountApi, Api, AuthError, Basic, Context, CreateUserError, Credentials, DatabasesApi, GetAccountError,
    ListBucketsError, ListDatabasesError, ListUsersError, Problem, RequestInfo, StorageApi, UsersApi, Violation,
};

use crate::catalog::{self, Named, Table};
use crate::database::Database;
use crate::error::Error;
use crate::new_user;
use crate::passwords::Passwords;
use crate::queries;
use crate::users::{self, Inserted, Listed, StoredUser};

/// How a service is set up. It is not `Debug`, because the projects are credentials.
#[derive(Clone)]
pub struct Settings {
    /// The file of the database.
    pub database: PathBuf,
    /// The projects that may call.
    pub projects: Vec<String>,
    /// The cost of hashing a password. `Params::default()` is right for passwords of people.
    pub password_cost: argon2::Params,
}

/// An implementation of the API.
pub struct Service {
    database: Database,
    passwords: Passwords,
    projects: Vec<String>,
}

/// The project that calls.
pub struct Project(String);

impl Service {
    /// Opens the database, and creates what is missing in it.
    pub async fn open(settings: Settings) -> Result<Self, Error> {
        let Settings { database, projects, password_cost } = settings;
        let database = Database::open(&database)?;
        let added = projects.clone();
        let add = move |connection: &_| added.iter().try_for_each(|project| catalog::add_project(connection, project));
        database.write(add).await?;
        Ok(Self { database, passwords: Passwords::new(password_cost)?, projects })
    }

    async fn list(&self, table: Table, Project(project): Project) -> Result<Vec<Named>, Error> {
        self.database.read(move |connection| catalog::list(connection, table, &project)).await
    }
}

impl Api for Service {
    type Principal = Project;

    async fn authenticate(&self, credentials: Credentials, _: &RequestInfo<'_>) -> Result<Project, AuthError> {
        let Credentials::ProjectKey(key) = credentials;
        let known = self.projects.iter().find(|project| key.ct_eq(project));
        known.cloned().map(Project).ok_or_else(|| AuthError::unauthorized("unknown project"))
    }
}

impl AccountApi for Service {
    /// The document names no credential of users, so this asks for their e-mail address and password (HTTP basic).
    async fn get_account(&self, cx: Context<Project>) -> Result<User, GetAccountError> {
        let Some(login) = Basic::from_headers(&cx.headers) else {
            let detail = "the e-mail address and the password are required, as HTTP basic authentication";
            return Err(GetAccountError::unauthorized().with_detail(detail));
        };
        let (Project(project), password) = (cx.principal, login.expose().to_owned());
        let find = move |connection: &_| users::find_by_email(connection, &project, &login.user);
        let (user, hash) = self.database.read(find).await?.unzip();
        let is_password = self.passwords.verify(password, hash).await?;
        let refused = || GetAccountError::unauthorized().with_detail("unknown e-mail address or wrong password");
        user.filter(|user| is_password && user.is_active).map(user_body).ok_or_else(refused)
    }
}

impl UsersApi for Service {
    async fn list_users(
        &self,
        cx: Context<Project>,
        params: ListUsersParams,
    ) -> Result<ListUsersResponse, ListUsersError> {
        // The document lists no 400 here. A `Problem` is sent as it is, whatever the document lists.
        let selection = queries::read(params.queries(), params.search.as_deref()).map_err(invalid)?;
        let Project(project) = cx.principal;
        match self.database.read(move |connection| users::list(connection, &project, &selection)).await? {
            Listed::Page(page) => Ok(ListUsersResponse::default()
                .with_total(page.total)
                .with_users(page.users.into_iter().map(user_body))),
            Listed::UnknownCursor(id) => {
                let detail = format!("`cursorAfter`: no user has the id `{id}`");
                Err(invalid(vec![Violation::new("?queries", detail)]).into())
            }
        }
    }

    // ANCHOR: create_user
    async fn create_user(&self, cx: Context<Project>, body: CreateUserRequest) -> Result<User, CreateUserError> {
        let (new, password) = new_user::check(body).map_err(invalid).map_err(CreateUserError::BadRequest)?;
        let hash = self.passwords.hash(password).await?;
        let Project(project) = cx.principal;
        match self.database.write(move |connection| users::insert(connection, &project, &new, &hash)).await? {
            Inserted::Stored(user) => Ok(user_body(user)),
            Inserted::EmailTaken => Err(CreateUserError::conflict()),
            Inserted::IdTaken => Err(CreateUserError::conflict().with_detail("User with this id already exists")),
        }
    }
    // ANCHOR_END: create_user
}

impl DatabasesApi for Service {
    async fn list_databases(&self, cx: Context<Project>) -> Result<ListDatabasesResponse, ListDatabasesError> {
        let databases = self.list(Table::Databases, cx.principal).await?;
        Ok(ListDatabasesResponse::default()
            .with_total(total(&databases))
            .with_databases(databases.into_iter().map(database_body)))
    }
}

impl StorageApi for Service {
    async fn list_buckets(&self, cx: Context<Project>) -> Result<ListBucketsResponse, ListBucketsError> {
        let buckets = self.list(Table::Buckets, cx.principal).await?;
        Ok(ListBucketsResponse::default()
            .with_total(total(&buckets))
            .with_buckets(buckets.into_iter().map(bucket_body)))
    }
}

/// The response to values that break rules of this service. It looks like the server's own.
fn invalid(violations: Vec<Violation>) -> Problem {
    Problem::of(400).with_detail("the request breaks rules of this service").with_errors(violations)
}

fn user_body(user: StoredUser) -> User {
    let body = User::default()
        .with_id(user.id)
        .with_name(user.name)
        .with_email(user.email)
        .with_email_verification(user.is_email_verified)
        .with_status(user.is_active);
    User { created_at: DateTime::from_timestamp_millis(user.created_at), ..body }
}

fn database_body(stored: Named) -> DatabaseBody {
    let body = DatabaseBody::default().with_id(stored.id).with_name(stored.name);
    DatabaseBody { created_at: DateTime::from_timestamp_millis(stored.created_at), ..body }
}

fn bucket_body(stored: Named) -> Bucket {
    let body = Bucket::default().with_id(stored.id).with_name(stored.name);
    Bucket { created_at: DateTime::from_timestamp_millis(stored.created_at), ..body }
}

fn total<T>(all: &[T]) -> i64 {
    i64::try_from(all.len()).unwrap_or(i64::MAX)
}
