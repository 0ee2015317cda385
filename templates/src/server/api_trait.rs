//! The traits that an implementation of a server provides.

/// Declares the trait of a group of operations, whose futures are `Send`.
///
/// `api_trait! { pub trait UsersApi: Api { async fn list_users(&self, cx: Context<()>) -> Result<(), ListUsersError>; } }`
#[macro_export]
macro_rules! api_trait {
    ($(#[$about:meta])* pub trait $name:ident: $bound:path {
        $($(#[$attribute:meta])* async fn $method:ident(&self $(, $argument:ident: $type:ty)* $(,)?) -> $output:ty;)*
    }) => {
        $(#[$about])*
        pub trait $name: $bound {
            $(
                $(#[$attribute])*
                fn $method(&self $(, $argument: $type)*) -> impl ::std::future::Future<Output = $output> + Send;
            )*
        }
    };
}

/// Declares the same trait as `api_trait!`, with methods that respond with 501 until they are implemented.
#[macro_export]
macro_rules! stub_trait {
    ($(#[$about:meta])* pub trait $name:ident: $bound:path {
        $($(#[$attribute:meta])* async fn $method:ident(&self $(, $argument:ident: $type:ty)* $(,)?) -> $output:ty;)*
    }) => {
        $(#[$about])*
        pub trait $name: $bound {
            $(
                $(#[$attribute])*
                fn $method(&self $(, $argument: $type)*) -> impl ::std::future::Future<Output = $output> + Send {
                    let _ = ($($argument,)*);
                    async { Err($crate::server::not_implemented().into()) }
                }
            )*
        }
    };
}
