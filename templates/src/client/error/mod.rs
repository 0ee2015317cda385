//! Errors of clients.

/// Implements `Debug` and `Error`: what `unwrap` prints is the message, because requests and responses can be long.
macro_rules! error_of_message {
    ($name:ident $(<$param:ident: $bound:path>)?) => {
        impl $(<$param: $bound>)? std::fmt::Debug for $name $(<$param>)? {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl $(<$param: $bound>)? std::error::Error for $name $(<$param>)? {}
    };
}

mod any;
mod build;
mod call;
mod decode;
mod request;
mod send;
mod transport;

pub use any::{Error, Result};
pub use build::BuildError;
pub use call::CallError;
pub use decode::DecodeError;
pub use request::RequestError;
pub(super) use send::SendError;
pub use transport::TransportError;
