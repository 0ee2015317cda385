//! The API of `spec.yaml` on the generated traits.

use axum::Router;
use speed::models::{Area, Item, ItemRequired, ListItemsParams, Order, Receipt, Shape, Size};
use speed::server::{
    Api, Context, DeleteItemError, GetItemError, ListItemsError, MeasureShapeError, PlaceOrderError, ReplaceItemsError,
    Server, ShopApi,
};

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
