//! OAuth 2: how access tokens are obtained, kept and renewed (RFC 6749).

#[cfg(feature = "authorization-code")]
mod authorization_code;
mod authorization_server;
mod cache;
mod client_id;
mod device;
mod error;
mod exchange;
mod grant;
mod token;

#[cfg(feature = "authorization-code")]
pub use authorization_code::AuthorizationCode;
pub use authorization_server::AuthorizationServer;
pub use client_id::ClientId;
pub use device::DeviceCode;
pub use error::TokenError;
pub use grant::Grant;
pub(super) use grant::Unconnected;
pub use token::Token;
