//! A thousand items, each page behind the last item of the one before.

use super::pagination_by_last_item::client::Client;
use super::pagination_by_last_item::models::{
    Charge, ListChargesParams, ListChargesResponse, ListMessagesParams, ListRefundsParams, ListRefundsResponse,
    Message, MessageMeta,
};
use super::pagination_by_last_item::server::{
    Api, Context, ListChargesError, ListMessagesError, ListRefundsError, PaginationByTheLastItemApi, Server,
};

const ALL: usize = 1000;
const PAGE: usize = 70;

struct App;

impl Api for App {}

impl PaginationByTheLastItemApi for App {
    async fn list_charges(
        &self,
        _: Context<()>,
        params: ListChargesParams,
    ) -> Result<ListChargesResponse, ListChargesError> {
        let from = params.starting_after.map_or(0, |id| id.trim_start_matches("ch_").parse::<usize>().unwrap() + 1);
        let until = ALL.min(from + PAGE);
        let data = (from..until).map(|number| Charge::new(format!("ch_{number}")));
        Ok(ListChargesResponse::new(data, until < ALL))
    }

    async fn list_messages(
        &self,
        _: Context<()>,
        params: ListMessagesParams,
    ) -> Result<Vec<Message>, ListMessagesError> {
        let from = params.after.map_or(0, |number| usize::try_from(number).unwrap() + 1);
        let numbers = from..ALL.min(from + PAGE);
        Ok(numbers
            .map(|number| Message::default().with_meta(MessageMeta::new(i64::try_from(number).unwrap())))
            .collect())
    }

    async fn list_refunds(
        &self,
        _: Context<()>,
        _: ListRefundsParams,
    ) -> Result<ListRefundsResponse, ListRefundsError> {
        Ok(ListRefundsResponse::default())
    }
}

#[tokio::test]
async fn every_item_arrives_once_in_order() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Server::new(App).into_app()).await });
    let client = Client::builder().base_url(url).build().unwrap();
    // A stream keeps its client, so a task can take it.
    let mut charges = client.list_charges().items();
    let read = tokio::spawn(async move {
        let mut ids = Vec::new();
        while let Some(charge) = charges.next().await {
            ids.push(charge.unwrap().id);
        }
        ids
    });
    let expected: Vec<String> = (0..ALL).map(|number| format!("ch_{number}")).collect();
    assert_eq!(read.await.unwrap(), expected);
    let mut messages = client.list_messages().items();
    let mut numbers = Vec::new();
    while let Some(message) = messages.next().await {
        numbers.push(usize::try_from(message.unwrap().meta.unwrap().number).unwrap());
    }
    assert_eq!(numbers, (0..ALL).collect::<Vec<_>>());
}
