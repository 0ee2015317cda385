//! What a success leads to: calls whose arguments are what was sent and what came.

use super::links::client::{Client, InProcess};
use super::links::models::{CreateUserHeaders, ListReposParams, RenameUserParams, User, UserProfile};
use super::links::server::{
    Api, Context, CreateUserError, GetUserError, ListReposError, RenameUserError, ReposApi, Server, UsersApi,
    WithHeaders,
};

struct App;

impl Api for App {}

impl UsersApi for App {
    async fn create_user(
        &self,
        _: Context<()>,
        mut user: User,
    ) -> Result<WithHeaders<User, CreateUserHeaders>, CreateUserError> {
        user.id = user.profile.as_ref().map(|_| 7);
        Ok(WithHeaders::new(user, CreateUserHeaders { x_cursor: Some("page 2".to_owned()) }))
    }

    async fn get_user(&self, _: Context<()>, id: String) -> Result<User, GetUserError> {
        Ok(User { id: id.parse().ok(), profile: None })
    }

    async fn rename_user(
        &self,
        _: Context<()>,
        _: String,
        _: RenameUserParams,
        _: User,
    ) -> Result<(), RenameUserError> {
        Ok(())
    }
}

impl ReposApi for App {
    async fn list_repos(&self, _: Context<()>, params: ListReposParams) -> Result<Vec<String>, ListReposError> {
        Ok(vec![params.owner, params.cursor.unwrap_or_default(), format!("{:?}", params.limit)])
    }
}

fn client() -> Client {
    let server = Server::new(App).into_app();
    Client::builder().base_url("http://links.test").transport(InProcess(server)).build().unwrap()
}

#[tokio::test]
async fn arguments_are_taken_from_the_request_and_the_answer() {
    let client = client();
    let user = User { id: None, profile: Some(UserProfile::new("Ann")) };
    let created = client.users().create_user(user.clone()).send_linked().await.unwrap();
    assert_eq!((created.status.as_u16(), created.body.id), (201, Some(7)));
    // A number in the answer is a text in the path.
    assert_eq!(created.self_().unwrap().await.unwrap().id, Some(7));
    assert_eq!(created.repos().unwrap().await.unwrap(), ["Ann", "page 2", "Some(10)"]);
    assert_eq!(created.again().unwrap().await.unwrap().profile, user.profile);
    // What a link does not say is asked for.
    let renamed = created.rename(User::default()).unwrap().notify(true).send_linked().await.unwrap();
    assert_eq!(renamed.back().unwrap().await.unwrap().id, Some(7));
}

#[tokio::test]
async fn what_did_not_come_is_an_error() {
    let client = client();
    let created = client.users().create_user(User::default()).send_linked().await.unwrap();
    let error = created.self_().map(drop).unwrap_err();
    assert_eq!(error.to_string(), "no value at `/id`");
}
