//! Ten thousand items, page after page, once each, in order, and no page before it is needed.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::pagination::client::Client;
use super::pagination::models::{
    Item, ListByCursorParams, ListByCursorResponse, ListByCursorResponseMeta, ListByNumberParams, ListByOffsetParams,
    ListByUrlResponse, ListByUrlResponseLinks, ListLinkedHeaders, ListLinkedParams, Several,
};
use super::pagination::server::{
    Api, Context, ListByCursorError, ListByNumberError, ListByOffsetError, ListByUrlError, ListLinkedError,
    ListPlainError, PaginationApi, Server, WithHeaders,
};

const ALL: i64 = 10_000;
const PAGE: i64 = 250;

/// Has ten thousand items, and counts the pages that are asked for.
#[derive(Clone, Default)]
struct App {
    asked: Arc<AtomicUsize>,
}

impl App {
    fn page(&self, from: i64) -> Vec<Item> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        (from..ALL.min(from + PAGE)).map(Item::new).collect()
    }
}

fn from_query(cx: &Context<()>) -> i64 {
    let query = cx.uri.query().unwrap_or_default();
    let from = query.split('&').find_map(|pair| pair.strip_prefix("from="));
    from.map_or(0, |from| from.parse().unwrap())
}

impl Api for App {}

impl PaginationApi for App {
    async fn list_linked(
        &self,
        cx: Context<()>,
        _: ListLinkedParams,
    ) -> Result<WithHeaders<Vec<Item>, ListLinkedHeaders>, ListLinkedError> {
        let from = from_query(&cx);
        // The link is absolute, as most are, and not the only one.
        let host = cx.header("host").unwrap();
        let next = format!(
            "<https://other.example.com/>; rel=first; title=\"<a>, b\", <http://{host}/v1/linked?from={}>; rel=\"last next\"",
            from + PAGE
        );
        let headers = ListLinkedHeaders::default();
        let headers = if from + PAGE < ALL { headers.with_link(next) } else { headers };
        Ok(WithHeaders::new(self.page(from), headers))
    }

    async fn list_by_cursor(
        &self,
        _: Context<()>,
        params: ListByCursorParams,
    ) -> Result<ListByCursorResponse, ListByCursorError> {
        let from: i64 = params.cursor.map_or(Ok(0), |cursor| cursor.trim_start_matches("after ").parse())?;
        let next = (from + PAGE < ALL).then(|| format!("after {}", from + PAGE));
        let meta = ListByCursorResponseMeta { next_cursor: next };
        Ok(ListByCursorResponse::default().with_data(self.page(from)).with_meta(meta))
    }

    async fn list_by_url(&self, cx: Context<()>) -> Result<ListByUrlResponse, ListByUrlError> {
        let from = from_query(&cx);
        let links = ListByUrlResponseLinks { next: (from + PAGE < ALL).then(|| format!("?from={}", from + PAGE)) };
        let items = self.page(from).into_iter().map(|item| item.id.to_string()).collect();
        Ok(ListByUrlResponse { items, links })
    }

    async fn list_by_offset(&self, _: Context<()>, params: ListByOffsetParams) -> Result<Several, ListByOffsetError> {
        let from = params.skip.unwrap_or(0);
        if from == 500 && params.page == Some(9) {
            Err("broken")?;
        }
        Ok(Several::new(self.page(from)))
    }

    async fn list_by_number(&self, _: Context<()>, params: ListByNumberParams) -> Result<Several, ListByNumberError> {
        Ok(Several::new(self.page(params.page.unwrap_or(0) * PAGE)))
    }

    async fn list_plain(&self, _: Context<()>) -> Result<Vec<String>, ListPlainError> {
        Ok(Vec::new())
    }
}

async fn start() -> (App, Client) {
    let app = App::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    let router = Server::new(app.clone()).into_app();
    tokio::spawn(async move { axum::serve(listener, router).await });
    (app, Client::builder().base_url(url).build().unwrap())
}

/// Walks a list to its end; no page may be asked for before it is needed.
macro_rules! walk {
    ($app:expr, $items:expr, $id:expr, $last:expr) => {{
        let mut items = $items;
        let mut expected = 0;
        while let Some(item) = items.next().await {
            assert_eq!($id(item.unwrap()), expected);
            expected += 1;
            let pages = usize::try_from((expected + PAGE - 1) / PAGE).unwrap();
            assert_eq!($app.asked.load(Ordering::SeqCst), pages);
        }
        assert_eq!(expected, ALL);
        assert_eq!($app.asked.load(Ordering::SeqCst), usize::try_from(ALL / PAGE).unwrap() + $last);
    }};
}

#[tokio::test]
async fn along_links() {
    let (app, client) = start().await;
    walk!(app, client.list_linked().per_page(7).items(), |item: Item| item.id, 0);
}

#[tokio::test]
async fn along_cursors() {
    let (app, client) = start().await;
    walk!(app, client.list_by_cursor().items(), |item: Item| item.id, 0);
}

#[tokio::test]
async fn along_urls() {
    let (app, client) = start().await;
    walk!(app, client.list_by_url().items(), |item: String| item.parse::<i64>().unwrap(), 0);
}

#[tokio::test]
async fn along_offsets() {
    let (app, client) = start().await;
    walk!(app, client.list_by_offset().items(), |item: Item| item.id, 1);
}

#[tokio::test]
async fn along_numbers() {
    let (app, client) = start().await;
    walk!(app, client.list_by_number().items(), |item: Item| item.id, 1);
}

#[tokio::test]
async fn pages_start_where_the_arguments_lead_and_end_with_a_failure() {
    let (app, client) = start().await;
    let mut pages = client.list_by_number().page(39).pages();
    assert_eq!(pages.next().await.unwrap().unwrap().body.hits.len(), 250);
    assert!(pages.next().await.unwrap().unwrap().body.hits.is_empty());
    assert!(pages.next().await.is_none());
    assert_eq!(app.asked.load(Ordering::SeqCst), 2);
    let mut items = client.list_by_offset().page(9).items();
    for expected in 0..500 {
        assert_eq!(items.next().await.unwrap().unwrap().id, expected);
    }
    assert_eq!(items.next().await.unwrap().unwrap_err().status().unwrap(), 500);
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn a_next_page_on_another_host_is_refused() {
    let answer = async || ([("link", "<https://other.example.com/>; rel=next")], "[{\"id\": 1}]");
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let router = axum::Router::new().fallback(answer);
    tokio::spawn(async move { axum::serve(listener, router).await });
    let client = Client::builder().base_url(url).build().unwrap();
    let mut items = client.list_linked().items();
    assert_eq!(items.next().await.unwrap().unwrap().id, 1);
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(error.to_string(), "the next page is on another host");
}
