//! Groups of operations whose feature is off.

/// `no_operations!(UsersApi);` stands in place of a group of operations whose feature is off: the trait has no methods, and
/// every implementation has it, so that bounds do not depend on features.
#[macro_export]
macro_rules! no_operations {
    ($api:ident) => {
        /// Nothing: the feature of these operations is off.
        pub trait $api: super::Api {}

        impl<A: super::Api> $api for A {}

        pub(crate) fn routes<A: $api>() -> Vec<$crate::server::Route<A>> {
            Vec::new()
        }
    };
}
