//! Exploded objects take their own keys only: none of other parameters, and no credential.

use std::sync::{Arc, Mutex};

use super::exploded_objects::client::{Client, InProcess};
use super::exploded_objects::models::{GetOneParams, GetThreeFirst, GetThreeParams, GetTwoParams, PostFourRequest};
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

// Nothing on the wire says whose `offset` it is; a warning at generation says so.
#[tokio::test]
async fn a_key_of_two_objects_arrives_in_both() {
    let app = App::default();
    let server = Server::new(app.clone()).into_app();
    let client = Client::builder().base_url("http://test").key("secret").transport(InProcess(server));
    let sent = GetThreeParams::default().with_first(GetThreeFirst::default().with_offset(7).with_size(2));
    client.build().unwrap().get_three().params(sent).await.unwrap();
    let received = app.1.lock().unwrap();
    assert_eq!(received[0].first.as_ref().and_then(|first| first.offset), Some(7));
    assert_eq!(received[0].first.as_ref().and_then(|first| first.size), Some(2));
    assert_eq!(received[0].second.as_ref().and_then(|second| second.offset), Some(7));
}
