//! `collectionFormat` of Swagger 2.0, in queries and forms.
//!
//! Separators are those of Swagger 2.0, "Parameter Object". They are escaped as OpenAPI appendix E asks for; the comma is not, as in the style
//! `form`, which replaces `csv` (OpenAPI §4.8.12.3). `tsv` has no row, because `csv` is used in its place, with a warning.

use crategen_runtime::server::{AuthError, RequestInfo, WithHeaders};

use axum::body::Body;

use super::super::swagger_2::{client, models as pets, server};
use super::super::swagger_2_forms::{client as forms_client, models as forms, server as forms_server};
use super::table::{Arrived, Table};

impl server::Api for Arrived {
    type Principal = ();

    async fn authenticate(&self, _: server::Credentials, _: &RequestInfo<'_>) -> Result<(), AuthError> {
        Ok(())
    }
}

impl server::PetsApi for Arrived {
    async fn list_pets(
        &self,
        _: server::Context<()>,
        params: pets::ListPetsParams,
    ) -> Result<WithHeaders<Vec<pets::Pet>, pets::ListPetsHeaders>, server::ListPetsError> {
        self.keep(params);
        Ok(Vec::new().into())
    }

    async fn add_pet(&self, _: server::Context<()>, pet: pets::Pet) -> Result<(), server::AddPetError> {
        self.keep(pet);
        Ok(())
    }
}

impl forms_server::Api for Arrived {}

impl forms_server::OldFormsApi for Arrived {
    async fn add_notes(
        &self,
        _: forms_server::Context<()>,
        body: Option<forms::AddNotesRequest>,
    ) -> Result<Body, forms_server::AddNotesError> {
        self.keep(body.unwrap_or_default());
        Ok(Body::empty())
    }

    async fn put_notes(
        &self,
        _: forms_server::Context<()>,
        body: forms::PutNotesRequest,
    ) -> Result<(), forms_server::PutNotesError> {
        self.keep(body);
        Ok(())
    }

    async fn add_body(
        &self,
        _: forms_server::Context<()>,
        params: forms::AddBodyParams,
        _: String,
    ) -> Result<WithHeaders<(), forms::AddBodyHeaders>, forms_server::AddBodyError> {
        self.keep(params);
        Ok(().into())
    }

    async fn put_body(
        &self,
        _: forms_server::Context<()>,
        body: Option<forms::PutBodyRequest>,
    ) -> Result<(), forms_server::PutBodyError> {
        self.keep(body.unwrap_or_default());
        Ok(())
    }
}

fn params() -> pets::ListPetsParams {
    pets::ListPetsParams::default()
}

#[tokio::test]
async fn queries() {
    use pets::ListPetsSortItem::{Age, Name};
    let client = |url| client::Client::builder().base_url(format!("{url}/v1")).login("a", "b").build().unwrap();
    let mut table = Table::start(client, |arrived| server::Server::new(arrived).into_app()).await;
    rows!(table, |client, params: pets::ListPetsParams| client.pets().list_pets().params(params);
        "Swagger 2.0: a single value", params().with_limit(10) => "GET /v1/pets?limit=10\nauthorization: Basic YTpi";
        "Swagger 2.0: multi", params().with_ids([1, 2]) => "GET /v1/pets?ids=1&ids=2\nauthorization: Basic YTpi";
        "Swagger 2.0: pipes", params().with_sort([Name, Age]) => "GET /v1/pets?sort=name%7Cage\nauthorization: Basic YTpi";
    );
    table.finish();
}

fn notes() -> forms::AddNotesRequest {
    forms::AddNotesRequest::default()
}

macro_rules! form {
    ($body:literal) => {
        concat!("POST /notes\ncontent-type: application/x-www-form-urlencoded\n\n", $body)
    };
}

#[tokio::test]
async fn forms() {
    let client = |url| forms_client::Client::builder().base_url(url).build().unwrap();
    let mut table = Table::start(client, |arrived| forms_server::Server::new(arrived).into_app()).await;
    rows!(table, |client, body: forms::AddNotesRequest| client.add_notes().body(body);
        "Swagger 2.0: multi", notes().with_many(["a,b", "c&d"]) => form!("many=a%2Cb&many=c%26d");
        "Swagger 2.0: csv is the default", notes().with_commas(["a", "b,c"]) => form!("commas=a,b%2Cc");
        "Swagger 2.0: pipes", notes().with_pipes([1, -2]) => form!("pipes=1%7C-2");
        "Swagger 2.0: ssv", notes().with_shared(["a", "b,c"]) => form!("shared=a%20b%2Cc");
    );
    table.finish();
}
