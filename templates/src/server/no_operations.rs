//! Groups of operations whose feature is disabled.

/// Declares the trait of a group of operations whose feature is disabled: `no_operations!(UsersApi);`.
///
/// It has no methods and a blanket implementation, so bounds do not depend on features.
#[macro_export]
macro_rules! no_operations {
    ($api:ident) => {
        /// An empty trait, because the feature of these operations is disabled.
        pub trait $api: super::Api {}

        impl<A: super::Api> $api for A {}

        pub(crate) fn routes<A: $api>() -> Vec<$crate::server::Route<A>> {
            Vec::new()
        }
    };
}
