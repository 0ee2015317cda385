//! Unions in forms and in parameters: what the server reads is what the client wrote, in the documented format.

use std::sync::{Arc, Mutex};

use super::form_unions::client::{Client, InProcess};
use super::form_unions::server::{self as server, Api, AuthError, Context, Credentials, DefaultApi, RequestInfo, Server};
use super::form_unions::models::*;
