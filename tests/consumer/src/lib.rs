//! A project that generates from its `build.rs`, as users do.

/// The generated API.
pub mod appwrite {
    include!(concat!(env!("OUT_DIR"), "/appwrite.rs"));
}

/// Properties with defaults.
pub mod defaults {
    include!(concat!(env!("OUT_DIR"), "/defaults.rs"));
}

/// Another one, whose document has a rule of every kind.
pub mod validation {
    include!(concat!(env!("OUT_DIR"), "/validation.rs"));
}

/// Lists of values, and single ones.
pub mod enums {
    include!(concat!(env!("OUT_DIR"), "/string_enums.rs"));
}

/// Values of discriminators.
pub mod discriminators {
    include!(concat!(env!("OUT_DIR"), "/discriminators.rs"));
}

/// Inline schemas that are equal.
pub mod equal_types {
    include!(concat!(env!("OUT_DIR"), "/equal_types.rs"));
}

/// Schemas that inherit by discriminator.
pub mod inheritance {
    include!(concat!(env!("OUT_DIR"), "/inheritance.rs"));
}

/// Unions of constants, and unions of one branch.
pub mod named_constants {
    include!(concat!(env!("OUT_DIR"), "/named_constants.rs"));
}

/// Files that may be null.
pub mod nullable_files {
    include!(concat!(env!("OUT_DIR"), "/nullable_files.rs"));
}

/// Unions that are extended.
pub mod unions_within {
    include!(concat!(env!("OUT_DIR"), "/unions_within.rs"));
}

/// Objects that are several parameters.
pub mod exploded_objects {
    include!(concat!(env!("OUT_DIR"), "/exploded_objects.rs"));
}

/// Unions that contain themselves.
pub mod recursive_unions {
    include!(concat!(env!("OUT_DIR"), "/recursive_unions.rs"));
}

/// Forms of fields and of parts.
pub mod forms {
    include!(concat!(env!("OUT_DIR"), "/forms.rs"));
}

/// Bodies that are sent and received piece by piece.
pub mod streams {
    include!(concat!(env!("OUT_DIR"), "/streams.rs"));
}

/// Answers that are streams of events and of JSON values.
pub mod events {
    include!(concat!(env!("OUT_DIR"), "/events.rs"));
}

/// Answers with headers.
pub mod headers {
    include!(concat!(env!("OUT_DIR"), "/response_headers.rs"));
}

/// Security schemes with access tokens and certificates.
pub mod credentials {
    include!(concat!(env!("OUT_DIR"), "/credentials.rs"));
}

/// Security schemes with keys and passwords.
pub mod security {
    include!(concat!(env!("OUT_DIR"), "/security.rs"));
}

/// What OpenAPI 3.2 adds.
pub mod openapi_3_2 {
    include!(concat!(env!("OUT_DIR"), "/openapi_3_2.rs"));
}

/// Lists that come page by page.
pub mod pagination {
    include!(concat!(env!("OUT_DIR"), "/pagination.rs"));
}

/// Lists that come page by page.
pub mod pagination_by_last_item {
    include!(concat!(env!("OUT_DIR"), "/pagination_by_last_item.rs"));
}

/// Lists that come page by page.
pub mod construction {
    include!(concat!(env!("OUT_DIR"), "/construction.rs"));
}

/// What goes the other way: webhooks and callbacks.
pub mod webhooks {
    include!(concat!(env!("OUT_DIR"), "/webhooks.rs"));
}

/// Successes that lead to further calls.
pub mod links {
    include!(concat!(env!("OUT_DIR"), "/links.rs"));
}

/// Operations of several successes.
pub mod successes {
    include!(concat!(env!("OUT_DIR"), "/successes.rs"));
}

/// Bodies of several media types.
pub mod request_bodies {
    include!(concat!(env!("OUT_DIR"), "/request_bodies.rs"));
}

/// Bodies of XML.
pub mod xml {
    include!(concat!(env!("OUT_DIR"), "/xml.rs"));
}

/// Bodies of text that is one value.
pub mod text_bodies {
    include!(concat!(env!("OUT_DIR"), "/text_bodies.rs"));
}

/// Responses of several media types.
pub mod several_media_types {
    include!(concat!(env!("OUT_DIR"), "/several_media_types.rs"));
}

/// Bodies whose media type the document leaves open.
pub mod media_type_ranges {
    include!(concat!(env!("OUT_DIR"), "/media_type_ranges.rs"));
}

/// Operations that have servers of their own.
pub mod operation_servers {
    include!(concat!(env!("OUT_DIR"), "/operation_servers.rs"));
}

/// Queries of Swagger 2.0.
pub mod swagger_2 {
    include!(concat!(env!("OUT_DIR"), "/swagger_2.rs"));
}

/// Forms of Swagger 2.0.
pub mod swagger_2_forms {
    include!(concat!(env!("OUT_DIR"), "/swagger_2_forms.rs"));
}

/// A form for each encoding of fields and parts.
pub mod wire_forms {
    include!(concat!(env!("OUT_DIR"), "/wire_forms.rs"));
}

/// Headers and cookies of each kind.
pub mod wire_headers {
    include!(concat!(env!("OUT_DIR"), "/wire_headers.rs"));
}

/// A parameter for each style, place and kind.
pub mod wire_parameters {
    include!(concat!(env!("OUT_DIR"), "/wire_parameters.rs"));
}

#[cfg(test)]
mod construction_tests;
#[cfg(test)]
mod credentials_tests;
#[cfg(test)]
mod defaults_tests;
#[cfg(test)]
mod enums_tests;
#[cfg(test)]
mod equal_types_tests;
#[cfg(test)]
mod events_tests;
#[cfg(test)]
mod exploded_objects_tests;
#[cfg(test)]
mod faults_tests;
#[cfg(test)]
mod forms_tests;
#[cfg(test)]
mod headers_tests;
#[cfg(test)]
mod links_tests;
#[cfg(test)]
mod media_type_ranges_tests;
#[cfg(test)]
mod nullable_files_tests;
#[cfg(test)]
mod openapi_3_2_tests;
#[cfg(test)]
mod operation_servers_tests;
#[cfg(test)]
mod pagination_by_last_item_tests;
#[cfg(test)]
mod pagination_tests;
#[cfg(test)]
mod request_bodies_tests;
#[cfg(test)]
mod several_media_types_tests;
#[cfg(test)]
mod sharing_tests;
#[cfg(test)]
mod streams_tests;
#[cfg(test)]
mod successes_tests;
#[cfg(test)]
mod text_bodies_tests;
#[cfg(test)]
mod unions_tests;
#[cfg(test)]
mod unions_within_tests;
#[cfg(test)]
mod validation_tests;
#[cfg(test)]
mod webhooks_tests;
#[cfg(test)]
mod wire_tests;
#[cfg(test)]
mod xml_tests;

#[cfg(test)]
mod tests {
    use super::appwrite::client::Client;
    use super::appwrite::models::User;
    use super::appwrite::models::{ListBucketsResponse, ListDatabasesResponse, ListUsersParams, ListUsersResponse};
    use super::appwrite::server::{self, Api, AuthError, Context, Credentials, RequestInfo, Server};

    struct App;

    impl Api for App {
        type Principal = ();

        async fn authenticate(&self, _: Credentials, _: &RequestInfo<'_>) -> Result<(), AuthError> {
            Ok(())
        }
    }

    impl server::AccountApi for App {
        async fn get_account(&self, _: Context<()>) -> Result<User, server::GetAccountError> {
            Ok(User::default().with_name("Jane"))
        }
    }

    impl server::UsersApi for App {
        async fn list_users(
            &self,
            _: Context<()>,
            _: ListUsersParams,
        ) -> Result<ListUsersResponse, server::ListUsersError> {
            Err(server::ListUsersError::unauthorized())
        }

        async fn create_user(
            &self,
            _: Context<()>,
            _: super::appwrite::models::CreateUserRequest,
        ) -> Result<User, server::CreateUserError> {
            Err(server::CreateUserError::conflict())
        }
    }

    impl server::DatabasesApi for App {
        async fn list_databases(&self, _: Context<()>) -> Result<ListDatabasesResponse, server::ListDatabasesError> {
            Ok(ListDatabasesResponse::default())
        }
    }

    impl server::StorageApi for App {
        async fn list_buckets(&self, _: Context<()>) -> Result<ListBucketsResponse, server::ListBucketsError> {
            Ok(ListBucketsResponse::default())
        }
    }

    #[tokio::test]
    async fn a_call_reaches_the_server() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/v1", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, Server::new(App).into_app()).await });
        let client = Client::builder().base_url(url).project_key("p").build().unwrap();
        assert_eq!(client.account().get_account().await.unwrap().name.as_deref(), Some("Jane"));
        assert_eq!(client.users().list_users().await.unwrap_err().status().map(|s| s.as_u16()), Some(401));
    }
}
