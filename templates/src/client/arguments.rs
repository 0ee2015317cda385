//! Writes the arguments of an operation into a request.

use bytes::Bytes;
use serde::Serialize;

use super::error::RequestError;
use super::request::Request;
use crate::models::Operation;
use crate::models::params::form::Field;
use crate::models::params::{Param, Params, text};

/// The request into which an operation writes its arguments. The first error is returned when the request is sent.
#[derive(Debug)]
pub struct Arguments(Result<Request, RequestError>);

impl Arguments {
    pub(super) fn new(operation: &'static Operation) -> Self {
        Self(Request::of(operation))
    }

    pub(super) fn into_request(self) -> Result<Request, RequestError> {
        self.0
    }

    /// Changes the request, unless an error has occurred.
    pub fn with(&mut self, write: impl FnOnce(&mut Request) -> Result<(), RequestError>) {
        if let Ok(request) = &mut self.0
            && let Err(error) = write(request)
        {
            self.0 = Err(error);
        }
    }

    /// Writes a parameter into the path template.
    pub fn path<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.path_as(&Param::path(name), value);
    }

    /// Writes a parameter with a style of its own into the path template.
    pub fn path_as<T: Serialize + ?Sized>(&mut self, param: &Param, value: &T) {
        self.with(|request| request.path_param(param, value));
    }

    /// Adds a name and value that the query always contains.
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

    /// Sets the `Accept` header.
    pub fn accept(&mut self, media_types: &'static str) {
        self.with(|request| {
            request.accept(media_types);
            Ok(())
        });
    }

    /// Sends the request to an absolute URL instead of one below the base URL.
    pub fn target(&mut self, url: &str) {
        self.with(|request| request.target(url));
    }

    /// Adds an idempotency key, by which the server recognizes a repeated request, unless the request has one.
    pub fn idempotency_key(&mut self, name: &str) {
        self.with(|request| request.idempotency_key(name));
    }

    /// Sets a JSON body.
    pub fn json<T: Serialize + ?Sized>(&mut self, media_type: &'static str, body: &T) {
        self.with(|request| request.json(media_type, body));
    }

    /// Sets a body of form fields, written like a query string.
    pub fn form<T: Serialize + ?Sized>(&mut self, media_type: &'static str, fields: &[Field], body: &T) {
        self.with(|request| request.form(media_type, fields, body));
    }

    /// Sets a text body that is one value.
    pub fn text<T: Serialize + ?Sized>(&mut self, media_type: &'static str, body: &T) {
        self.with(|request| match text::write(body) {
            Ok(text) => {
                request.bytes(media_type, text.into());
                Ok(())
            }
            Err(error) => Err(RequestError::new(error, None)),
        });
    }

    /// Sets a body of bytes.
    pub fn bytes(&mut self, media_type: &str, body: Bytes) {
        self.with(|request| request.bytes_of(media_type, body));
    }
}
