//! Exploded objects take their own keys only: none of other parameters, and no credential.

use std::sync::{Arc, Mutex};

use super::exploded_objects::client::{Client, InProcess};
use super::exploded_objects::models::{GetOneParams, GetTwoParams};
use super::exploded_objects::server::{
    Api, AuthError, Context, Credentials, ExplodedObjectsApi, GetOneError, GetTwoError, RequestInfo, Server,
};

#[derive(Clone, Default)]
struct App(Arc<Mutex<Vec<GetOneParams>>>);

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
