//! Operations whose feature is disabled.

/// `no_operations!(UsersApi: Api);` stands in for the operations of a tag whose feature is disabled: a trait without methods that
/// everything implements, so bounds do not change.
#[macro_export]
macro_rules! no_operations {
    ($api:ident: $bound:path) => {
        /// Has no methods, because the feature of these operations is disabled.
        pub trait $api: $bound {}

        impl<A: $bound> $api for A {}

        pub(crate) fn routes<A: $api>() -> Vec<$crate::server::Route<A>> {
            Vec::new()
        }
    };
}
