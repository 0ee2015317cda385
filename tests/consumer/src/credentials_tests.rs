//! Every security scheme over sockets: right, wrong, missing and expired credentials, and nothing secret where people look.

mod api;
mod authorization_server;
mod grants;
mod keys;
mod logins;
mod mutual_tls;
mod secrets;
