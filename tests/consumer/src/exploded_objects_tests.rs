//! Exploded objects take their own keys only: none of other parameters, and no credential.

use std::sync::{Arc, Mutex};

use super::exploded_objects::client::{Client, InProcess};
use super::exploded_objects::models::{
    GetOneParams, GetThreeFirst, GetThreeParams, GetTwoParams, PostFourRequest, PostFourRequestColor,
};
use super::exploded_objects::server::{
    Api, AuthError, Context, Credentials, ExplodedObjectsApi, GetOneError, GetThreeError, GetTwoError, PostFourError,
    RequestInfo, Server,
};

#[derive(Clone, Default)]
struct App(Arc<Mutex<Vec<GetOneParams>>>, Arc<Mutex<Vec<GetThreeParams>>>);

impl Api for App {
    type Principal = ();

    async fn authenticate(&self, _: Credentials, _: &RequestInfo<'_>) -> Result<(), AuthError> {
        Ok(())
    }
}

impl ExplodedObjectsApi for App {
    async fn get_one(&self, _: Context<()>, params: GetOneParams) -> Result<(), GetOneError> {
        self.0.lock().unwrap().push(params);
        Ok(())
    }

    async fn get_two(&self, _: Context<()>, _: GetTwoParams) -> Result<(), GetTwoError> {
        Ok(())
    }

    async fn get_three(&self, _: Context<()>, params: GetThreeParams) -> Result<(), GetThreeError> {
        self.1.lock().unwrap().push(params);
        Ok(())
    }

    async fn post_four(&self, _: Context<()>, _: PostFourRequest) -> Result<(), PostFourError> {
        Ok(())
    }
}

#[tokio::test]
async fn a_free_form_object_has_its_own_keys() {
    let app = App::default();
    let server = Server::new(app.clone()).into_app();
    let client = Client::builder().base_url("http://test").key("secret").transport(InProcess(server));
    let sent = GetOneParams::default().with_limit(5).with_free([("a", "b")]);
    client.build().unwrap().get_one().params(sent).await.unwrap();
    let received = app.0.lock().unwrap();
    assert_eq!(received[0].limit, Some(5));
    assert_eq!(received[0].free, Some([("a".to_owned(), "b".to_owned())].into()));
}

// Nothing on the wire says whose `offset` it is; a warning at generation says so. What was sent arrives where it was sent to.
#[tokio::test]
async fn a_key_of_two_objects_arrives() {
    let app = App::default();
    let server = Server::new(app.clone()).into_app();
    let client = Client::builder().base_url("http://test").key("secret").transport(InProcess(server));
    let sent = GetThreeParams::default().with_first(GetThreeFirst::default().with_offset(7).with_size(2));
    client.build().unwrap().get_three().params(sent).await.unwrap();
    let received = app.1.lock().unwrap();
    assert_eq!(received[0].first.as_ref().and_then(|first| first.offset), Some(7));
    assert_eq!(received[0].first.as_ref().and_then(|first| first.size), Some(2));
}

// As the warning says.
#[tokio::test]
async fn a_form_with_a_field_and_a_key_of_one_name_is_refused() {
    let server = Server::new(App::default()).into_app();
    let client = Client::builder().base_url("http://test").key("secret").transport(InProcess(server)).build().unwrap();
    let color = PostFourRequestColor::default().with_r(2);
    client.post_four(PostFourRequest::default().with_r(1)).await.unwrap();
    let error = client.post_four(PostFourRequest::default().with_r(1).with_color(color)).await.unwrap_err();
    assert_eq!(error.status(), Some(http::StatusCode::BAD_REQUEST));
}
