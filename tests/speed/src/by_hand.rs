//! The API of `spec.yaml` as one writes it by hand: axum's extractors, serde's derive, and the same checks.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as TaskContext, Poll};

use axum::Router;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use futures_core::Stream;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::{Deserialize, Serialize};

use crate::generated::EVENTS;

/// What the handlers share.
pub struct Shop {
    item: Item,
    items: Vec<Item>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Item {
    id: i64,
    name: String,
    price: f64,
    tags: Vec<String>,
    size: Size,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Size {
    width: f64,
    height: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    customer: Customer,
    address: Address,
    lines: Vec<Line>,
    note: Option<String>,
}

#[derive(Deserialize)]
struct Customer {
    name: String,
    email: String,
    phone: Option<String>,
}

#[derive(Deserialize)]
struct Address {
    street: String,
    city: String,
    zip: String,
    country: String,
}

#[derive(Deserialize)]
struct Line {
    sku: String,
    quantity: i32,
    price: f64,
}

#[derive(Serialize)]
struct Receipt {
    id: i64,
    total: f64,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Shape {
    Circle { radius: f64 },
    Rectangle { width: f64, height: f64 },
}

#[derive(Serialize)]
struct Area {
    area: f64,
}

#[derive(Serialize)]
struct Change {
    id: i64,
    price: f64,
}

#[derive(Deserialize)]
struct ListItems {
    limit: Option<i32>,
    search: Option<String>,
}

/// Problem details (RFC 9457).
#[derive(Serialize)]
struct Problem {
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    title: &'static str,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Violation>,
}

#[derive(Serialize)]
struct Violation {
    location: String,
    detail: String,
}

impl Violation {
    fn new(location: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { location: location.into(), detail: detail.into() }
    }
}

/// Why a request gets no documented response.
enum Refusal {
    NotFound,
    NotAcceptable,
    Invalid(Vec<Violation>),
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, title, detail, errors) = match self {
            Self::NotFound => {
                (StatusCode::NOT_FOUND, "Not Found", Some("There is no such item".to_owned()), Vec::new())
            }
            Self::NotAcceptable => (StatusCode::NOT_ACCEPTABLE, "Not Acceptable", None, Vec::new()),
            Self::Invalid(errors) => {
                let detail = Some("the request does not match the document".to_owned());
                (StatusCode::BAD_REQUEST, "Bad Request", detail, errors)
            }
        };
        let problem = Problem { kind: None, title, status: status.as_u16(), detail, errors };
        match serde_json::to_vec(&problem) {
            Ok(body) => {
                (status, [(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"))], body).into_response()
            }
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }
}

impl From<PathRejection> for Refusal {
    fn from(rejection: PathRejection) -> Self {
        Self::Invalid(vec![Violation::new("path", rejection.body_text())])
    }
}

impl From<QueryRejection> for Refusal {
    fn from(rejection: QueryRejection) -> Self {
        Self::Invalid(vec![Violation::new("query", rejection.body_text())])
    }
}

impl From<JsonRejection> for Refusal {
    fn from(rejection: JsonRejection) -> Self {
        Self::Invalid(vec![Violation::new("#", rejection.body_text())])
    }
}

/// Collects violations.
#[derive(Default)]
struct Checks(Vec<Violation>);

impl Checks {
    fn length(&mut self, at: &str, text: &str, least: usize, most: usize) {
        let count = text.chars().count();
        if count < least {
            let noun = if least == 1 { "character" } else { "characters" };
            self.0.push(Violation::new(at, format!("must have at least {least} {noun}")));
        }
        if count > most {
            self.0.push(Violation::new(at, format!("must have at most {most} characters")));
        }
    }

    fn require(&mut self, holds: bool, at: &str, detail: &str) {
        if !holds {
            self.0.push(Violation::new(at, detail));
        }
    }

    fn item(&mut self, at: usize, item: &Item) {
        let Item { id, name, price, tags, .. } = item;
        if *id < 1 || name.is_empty() || name.chars().count() > 100 || *price < 0.0 || tags.len() > 10 {
            self.0.push(Violation::new(format!("#/{at}"), "is invalid"));
        }
    }

    fn done(self) -> Result<(), Refusal> {
        if self.0.is_empty() { Ok(()) } else { Err(Refusal::Invalid(self.0)) }
    }
}

/// Fails with 406 unless the client accepts JSON.
fn accepts_json(headers: &HeaderMap) -> Result<(), Refusal> {
    let Some(accept) = headers.get(ACCEPT) else { return Ok(()) };
    let mut ranges = accept.to_str().unwrap_or_default().split(',').map(|range| range.split(';').next().unwrap_or(""));
    if ranges.any(|range| matches!(range.trim(), "application/json" | "application/*" | "*/*")) {
        Ok(())
    } else {
        Err(Refusal::NotAcceptable)
    }
}

fn json<T: Serialize>(status: StatusCode, body: &T) -> Response {
    (status, axum::Json(body)).into_response()
}

async fn get_item(
    State(shop): State<Arc<Shop>>,
    path: Result<Path<i64>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    accepts_json(&headers)?;
    let Path(id) = path?;
    let mut checks = Checks::default();
    checks.require(id >= 1, "{id}", "must be at least 1");
    checks.done()?;
    if id == 404 {
        return Err(Refusal::NotFound);
    }
    Ok(json(StatusCode::OK, &shop.item))
}

async fn delete_item(path: Result<Path<i64>, PathRejection>) -> Result<StatusCode, Refusal> {
    let Path(id) = path?;
    let mut checks = Checks::default();
    checks.require(id >= 1, "{id}", "must be at least 1");
    checks.done()?;
    Ok(StatusCode::NO_CONTENT)
}

async fn list_items(
    State(shop): State<Arc<Shop>>,
    query: Result<Query<ListItems>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    accepts_json(&headers)?;
    let Query(ListItems { limit, search }) = query?;
    let trace = headers.get("x-trace").map(|value| value.to_str().unwrap_or_default().to_owned());
    let mut checks = Checks::default();
    if let Some(limit) = limit {
        checks.require(limit >= 1, "query/limit", "must be at least 1");
        checks.require(limit <= 100, "query/limit", "must be at most 100");
    }
    if let Some(search) = &search {
        checks.length("query/search", search, 0, 100);
    }
    if let Some(trace) = &trace {
        checks.length("header/X-Trace", trace, 0, 64);
    }
    checks.done()?;
    let most = usize::try_from(limit.unwrap_or(20)).unwrap_or_default();
    Ok(json(StatusCode::OK, &shop.items.get(..most).unwrap_or(&shop.items).to_vec()))
}

async fn replace_items(body: Result<axum::Json<Vec<Item>>, JsonRejection>) -> Result<StatusCode, Refusal> {
    let axum::Json(items) = body?;
    let mut checks = Checks::default();
    for (index, item) in items.iter().enumerate() {
        checks.item(index, item);
    }
    checks.done()?;
    Ok(StatusCode::NO_CONTENT)
}

async fn place_order(headers: HeaderMap, body: Result<axum::Json<Order>, JsonRejection>) -> Result<Response, Refusal> {
    accepts_json(&headers)?;
    let axum::Json(Order { customer, address, lines, note }) = body?;
    let mut checks = Checks::default();
    checks.length("#/customer/name", &customer.name, 1, 100);
    checks.length("#/customer/email", &customer.email, 0, 254);
    if let Some(phone) = &customer.phone {
        checks.length("#/customer/phone", phone, 0, 30);
    }
    checks.length("#/address/street", &address.street, 1, usize::MAX);
    checks.length("#/address/city", &address.city, 1, usize::MAX);
    checks.length("#/address/zip", &address.zip, 3, 10);
    checks.length("#/address/country", &address.country, 2, 2);
    checks.require(!lines.is_empty(), "#/lines", "must have at least 1 item");
    checks.require(lines.len() <= 100, "#/lines", "must have at most 100 items");
    for (index, line) in lines.iter().enumerate() {
        if line.sku.is_empty() || line.quantity < 1 || line.quantity > 1000 || line.price < 0.0 {
            let (at, detail) = match () {
                () if line.sku.is_empty() => ("sku", "must have at least 1 character"),
                () if line.quantity < 1 => ("quantity", "must be at least 1"),
                () if line.quantity > 1000 => ("quantity", "must be at most 1000"),
                () => ("price", "must be at least 0"),
            };
            checks.0.push(Violation::new(format!("#/lines/{index}/{at}"), detail));
        }
    }
    if let Some(note) = &note {
        checks.length("#/note", note, 0, 1000);
    }
    checks.done()?;
    let total = lines.iter().map(|line| f64::from(line.quantity) * line.price).sum();
    Ok(json(StatusCode::CREATED, &Receipt { id: 1, total }))
}

async fn measure_shape(
    headers: HeaderMap,
    body: Result<axum::Json<Shape>, JsonRejection>,
) -> Result<Response, Refusal> {
    accepts_json(&headers)?;
    let axum::Json(shape) = body?;
    let mut checks = Checks::default();
    let area = match shape {
        Shape::Circle { radius } => {
            checks.require(radius >= 0.0, "#/radius", "must be at least 0");
            std::f64::consts::PI * radius * radius
        }
        Shape::Rectangle { width, height } => {
            checks.require(width >= 0.0, "#/width", "must be at least 0");
            checks.require(height >= 0.0, "#/height", "must be at least 0");
            width * height
        }
    };
    checks.done()?;
    Ok(json(StatusCode::OK, &Area { area }))
}

/// The value of a cookie.
fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let mut pairs = headers.get(COOKIE)?.to_str().ok()?.split("; ").filter_map(|pair| pair.split_once('='));
    pairs.find(|(known, _)| *known == name).map(|(_, value)| value)
}

async fn get_session(headers: HeaderMap) -> Result<Response, Refusal> {
    accepts_json(&headers)?;
    let mut checks = Checks::default();
    let (session, theme) =
        (cookie(&headers, "session").map(str::to_owned), cookie(&headers, "theme").map(str::to_owned));
    match &session {
        Some(session) => checks.length("cookie/session", session, 8, 64),
        None => checks.require(false, "cookie/session", "is missing"),
    }
    if let Some(theme) = &theme {
        checks.length("cookie/theme", theme, 0, 20);
    }
    checks.done()?;
    #[allow(clippy::cast_precision_loss)]
    let width = theme.map_or(0.0, |theme| theme.len() as f64);
    Ok(json(StatusCode::OK, &Size { width, height: 1.0 }))
}

async fn watch_prices() -> impl IntoResponse {
    let event = |id| Event::default().json_data(Change { id, price: 9.5 });
    Sse::new(Events((1..=EVENTS).map(event).collect::<Vec<_>>().into_iter()))
}

/// What is sent, one event after the other.
struct Events(std::vec::IntoIter<Result<Event, axum::Error>>);

impl Stream for Events {
    type Item = Result<Event, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut TaskContext<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next())
    }
}

async fn add_photo(mut parts: Multipart) -> Result<StatusCode, Refusal> {
    let (mut title, mut width, mut file) = (None, None, None);
    let bad = |error: MultipartError| Refusal::Invalid(vec![Violation::new("#", error.body_text())]);
    while let Some(part) = parts.next_field().await.map_err(bad)? {
        match part.name() {
            Some("title") => title = Some(part.text().await.map_err(bad)?),
            Some("width") => width = Some(part.text().await.map_err(bad)?.parse::<i64>()),
            Some("file") => {
                let (name, media_type) = (part.file_name().map(str::to_owned), part.content_type().map(str::to_owned));
                file = Some((name, media_type, part.bytes().await.map_err(bad)?));
            }
            _ => {}
        }
    }
    let mut checks = Checks::default();
    match &title {
        Some(title) => checks.length("#/title", title, 1, 100),
        None => checks.require(false, "#/title", "is missing"),
    }
    match width {
        Some(Ok(width)) => checks.require(width >= 1, "#/width", "must be at least 1"),
        Some(Err(_)) => checks.require(false, "#/width", "must be an integer"),
        None => {}
    }
    checks.require(file.is_some(), "#/file", "is missing");
    checks.done()?;
    Ok(StatusCode::NO_CONTENT)
}

fn item(id: i64) -> Item {
    Item {
        id,
        name: format!("Item {id}"),
        price: 9.5,
        tags: vec!["new".to_owned(), "blue".to_owned()],
        size: Size { width: 2.5, height: 4.0 },
        note: None,
    }
}

/// The server.
pub fn router() -> Router {
    let shop = Arc::new(Shop { item: item(7), items: (1..=20).map(item).collect() });
    Router::new()
        .route("/items/{id}", get(get_item).delete(delete_item))
        .route("/items", get(list_items).put(replace_items))
        .route("/orders", post(place_order))
        .route("/shapes", post(measure_shape))
        .route("/session", get(get_session))
        .route("/prices", get(watch_prices))
        .route("/photos", post(add_photo))
        .with_state(shop)
}

/// A server with as many operations as are asked for: `GET /group{index}/{id}`.
pub fn router_of(operations: usize) -> Router {
    let shop = Arc::new(Shop { item: item(7), items: Vec::new() });
    let paths = (0..operations).map(|index| format!("/group{index}/{{id}}"));
    paths.fold(Router::new(), |router, path| router.route(&path, get(get_item))).with_state(shop)
}
