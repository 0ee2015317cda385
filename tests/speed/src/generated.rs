//! The API of `spec.yaml` on the generated traits.

use std::sync::Arc;

use crate::models::{
    AddPhotoRequest, Area, Change, GetSessionParams, Item, ItemRequired, ListItemsParams, Order, Receipt, Shape, Size,
    StreamEvent,
};
use crate::server::{
    AddPhotoError, Api, Context, DeleteItemError, EventBody, GetItemError, GetSessionError, ListItemsError,
    MeasureShapeError, PlaceOrderError, ReplaceItemsError, Server, ShopApi, WatchPricesError,
};
use axum::Router;
use axum::response::Response;
use crategen_runtime::models::Operation;
use crategen_runtime::server::{
    Failure, Incoming, Rejection, RequestInfo, Route, Routes, Settings, json, log_internal_error,
};

/// How many events a stream has.
pub const EVENTS: i64 = 100;

struct Shop {
    item: Item,
    items: Vec<Item>,
}

impl Api for Shop {}

impl ShopApi for Shop {
    async fn get_item(&self, _: Context<()>, id: i64) -> Result<Item, GetItemError> {
        if id == 404 { Err(GetItemError::not_found()) } else { Ok(self.item.clone()) }
    }

    async fn delete_item(&self, _: Context<()>, _: i64) -> Result<(), DeleteItemError> {
        Ok(())
    }

    async fn list_items(&self, _: Context<()>, params: ListItemsParams) -> Result<Vec<Item>, ListItemsError> {
        let most = usize::try_from(params.limit.unwrap_or(20))?;
        Ok(self.items.get(..most).unwrap_or(&self.items).to_vec())
    }

    async fn replace_items(&self, _: Context<()>, _: Vec<Item>) -> Result<(), ReplaceItemsError> {
        Ok(())
    }

    async fn place_order(&self, _: Context<()>, order: Order) -> Result<Receipt, PlaceOrderError> {
        let total = order.lines.iter().map(|line| f64::from(line.quantity) * line.price).sum();
        Ok(Receipt::new(1, total))
    }

    async fn measure_shape(&self, _: Context<()>, shape: Shape) -> Result<Area, MeasureShapeError> {
        Ok(Area::new(match shape {
            Shape::Circle(circle) => std::f64::consts::PI * circle.radius * circle.radius,
            Shape::Rectangle(rectangle) => rectangle.width * rectangle.height,
        }))
    }

    async fn get_session(&self, _: Context<()>, params: GetSessionParams) -> Result<Size, GetSessionError> {
        #[allow(clippy::cast_precision_loss)]
        let width = params.theme.map_or(0.0, |theme| theme.len() as f64);
        Ok(Size { width, height: 1.0 })
    }

    async fn watch_prices(&self, _: Context<()>) -> Result<EventBody<Change>, WatchPricesError> {
        Ok((1..=EVENTS).map(|id| StreamEvent::new(Change::new(id, 9.5))).collect())
    }

    async fn add_photo(&self, _: Context<()>, _: AddPhotoRequest) -> Result<(), AddPhotoError> {
        Ok(())
    }
}

fn item(id: i64) -> Item {
    let size = Size { width: 2.5, height: 4.0 };
    let tags = vec!["new".to_owned(), "blue".to_owned()];
    Item::new(ItemRequired { id, name: format!("Item {id}"), price: 9.5, tags, size })
}

/// The server.
pub fn router() -> Router {
    Server::new(Shop { item: item(7), items: (1..=20).map(item).collect() }).into_router()
}

/// A server with as many operations as are asked for: `GET /group{index}/{id}`. Generated routers are made in the same way;
/// the code of a thousand operations would take long to compile.
pub fn router_of(operations: usize) -> Router {
    let leaked = |text: String| -> &'static str { text.leak() };
    let operation = |index: usize| {
        let (id, path) = (leaked(format!("getItem{index}")), leaked(format!("/group{index}/{{id}}")));
        Operation::new(id, "GET", path).produces(&["application/json"])
    };
    let operations: &'static [Operation] = (0..operations).map(operation).collect::<Vec<_>>().leak();
    let routes = operations.iter().map(|operation| Route::new(operation, serve_get_item)).collect();
    let respond = |_: &Shop, failure: Failure, info: &RequestInfo<'_>| {
        failure.into_response(Rejection::into_response, |error| log_internal_error(&error, info))
    };
    let shop = Arc::new(Shop { item: item(7), items: Vec::new() });
    Routes { routes, operations, respond }.into_router(&shop, &Settings::new(""))
}

async fn serve_get_item(api: Arc<Shop>, mut request: Incoming) -> Result<Response, Failure> {
    let id: Option<i64> = request.path("id");
    let id = request.check(id)?;
    match ShopApi::get_item(&*api, request.context(()), id).await {
        Ok(item) => json(200, "application/json", &item),
        Err(error) => Err(Failure::Internal(format!("{error:?}").into())),
    }
}
