//! The arguments of an operation while they are written into a request.

use bytes::Bytes;
use serde::Serialize;

use super::error::RequestError;
use super::request::Request;
use crate::models::Operation;
use crate::models::params::form::Field;
use crate::models::params::{Param, Params};

/// A request into which an operation writes its arguments; the first failure is kept for the end.
#[derive(Debug)]
pub struct Arguments(Result<Request, RequestError>);

impl Arguments {
    pub(super) fn new(operation: &Operation) -> Self {
        Self(Request::of(operation))
    }

    pub(super) fn into_request(self) -> Result<Request, RequestError> {
        self.0
    }

    /// Does something with the request, unless something has failed.
    pub fn with(&mut self, write: impl FnOnce(&mut Request) -> Result<(), RequestError>) {
        if let Ok(request) = &mut self.0
            && let Err(error) = write(request)
        {
            self.0 = Err(error);
        }
    }

    /// Puts a value into the path template.
    pub fn path<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.path_as(&Param::path(name), value);
    }

    /// Puts a value into the path template, in another style than the usual one.
    pub fn path_as<T: Serialize + ?Sized>(&mut self, param: &Param, value: &T) {
        self.with(|request| request.path_param(param, value));
    }

    /// Adds what the query always contains.
    pub fn query(&mut self, name: &str, value: &str) {
        self.with(|request| {
            request.query_pair(name, value);
            Ok(())
        });
    }

    /// Adds query, header and cookie parameters.
    pub fn params<P: Params>(&mut self, params: &P) {
        self.with(|request| request.params(params));
    }

    /// Says which media types can be read.
    pub fn accept(&mut self, media_types: &'static str) {
        self.with(|request| {
            request.accept(media_types);
            Ok(())
        });
    }

    /// Leads to an absolute URL, wherever it is.
    pub fn target(&mut self, url: &str) {
        self.with(|request| request.target(url));
    }

    /// Gives the request a key by which the server recognises a repetition, unless it has one.
    pub fn idempotency_key(&mut self, name: &str) {
        self.with(|request| request.idempotency_key(name));
    }

    /// Sets a JSON body.
    pub fn json<T: Serialize + ?Sized>(&mut self, media_type: &'static str, body: &T) {
        self.with(|request| request.json(media_type, body));
    }

    /// Sets a body of fields, as a query string writes them.
    pub fn form<T: Serialize + ?Sized>(&mut self, media_type: &'static str, fields: &[Field], body: &T) {
        self.with(|request| request.form(media_type, fields, body));
    }

    /// Sets a body as it is.
    pub fn bytes(&mut self, media_type: &str, body: Bytes) {
        self.with(|request| request.bytes_of(media_type, body));
    }
}
