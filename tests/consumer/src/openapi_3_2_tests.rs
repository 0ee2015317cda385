//! What OpenAPI 3.2 adds: a default of discriminators, a schema of the whole query string.

use super::openapi_3_2::client::Client;
use super::openapi_3_2::models::{Copy, Pet, SearchPetsParams};
use super::openapi_3_2::server::{
    AnimalsApi, Api, Context, CopyPetsError, LineBody, ListAnimalsError, PetsApi, SearchPetsError, Server,
};

#[test]
fn what_has_another_tag_or_none_is_of_the_default_variant() {
    let read = |json: &str| serde_json::from_str::<Pet>(json).unwrap();
    assert!(matches!(read(r#"{"kind": "cat", "lives": 9}"#), Pet::Cat(cat) if cat.lives == Some(9)));
    assert!(matches!(read(r#"{"name": "Rex"}"#), Pet::Other(other) if other.name.as_deref() == Some("Rex")));
    let dog = read(r#"{"kind": "dog", "name": "Rex"}"#);
    assert!(matches!(&dog, Pet::Other(other) if other.kind.as_deref() == Some("dog")));
    assert_eq!(serde_json::to_value(&dog).unwrap(), serde_json::json!({"kind": "dog", "name": "Rex"}));
}

struct App;

impl Api for App {}

impl PetsApi for App {
    async fn search_pets(&self, _: Context<()>, params: SearchPetsParams) -> Result<Pet, SearchPetsError> {
        let name = format!("{} {:?} {:?}", params.kind, params.names(), params.limit);
        Ok(serde_json::from_value(serde_json::json!({"kind": "found", "name": name}))?)
    }

    async fn copy_pets(&self, _: Context<()>, _: Option<Copy>) -> Result<(), CopyPetsError> {
        Ok(())
    }
}

impl AnimalsApi for App {
    async fn list_animals(&self, _: Context<()>) -> Result<LineBody<Pet>, ListAnimalsError> {
        Err("nobody is there")?
    }
}

#[tokio::test]
async fn the_query_string_is_a_form() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Server::new(App).into_app()).await });
    let client = Client::builder().base_url(url).build().unwrap();
    let found = client.pets().search_pets("cat & dog").names(["a,b", "c"]).limit(3).await.unwrap();
    assert!(matches!(found, Pet::Other(pet) if pet.name.as_deref() == Some(r#"cat & dog ["a,b", "c"] Some(3)"#)));
    let refused = client.pets().search_pets("x").limit(101).await.unwrap_err();
    assert_eq!(refused.status().unwrap(), 400);
}
