//! The requests that both servers get.

use http::Method;

use crate::calls::Call;

fn items(count: usize) -> String {
    let item = |id: usize| {
        format!(
            r#"{{"id":{},"name":"Item {id}","price":9.5,"tags":["new","blue"],"size":{{"width":2.5,"height":4.0}},"note":"A note, which is longer than the name"}}"#,
            id + 1
        )
    };
    format!("[{}]", (0..count).map(item).collect::<Vec<_>>().join(","))
}

const ORDER: &str = r#"{"customer":{"name":"Jane Doe","email":"jane@example.com","phone":"+44 20 7946 0000"},
    "address":{"street":"1 Main Street","city":"Springfield","zip":"12345","country":"US"},
    "lines":[{"sku":"A-1","quantity":2,"price":9.5},{"sku":"B-2","quantity":1,"price":120},{"sku":"C-3","quantity":10,"price":0.25}],
    "note":"Leave it at the door"}"#;

/// One call of each kind.
pub fn calls() -> Vec<Call> {
    let get = |name, path| Call::new(name, Method::GET, path);
    let post = |name, path| Call::new(name, Method::POST, path);
    vec![
        get("one item", "/items/7"),
        get("a list of 20, with query and header", "/items?limit=20&search=blue").header("x-trace", "8f1c2d"),
        post("a nested body", "/orders").json(ORDER),
        post("a union", "/shapes").json(r#"{"kind":"rectangle","width":2.5,"height":4}"#),
        Call::new("a body of 64 KiB", Method::PUT, "/items").json(items(450)),
        get("two cookies", "/session").header("cookie", "session=0123456789abcdef; theme=dark"),
        get("a stream of 100 events", "/prices").header("accept", "text/event-stream"),
        post("a form with a file of 4 KiB", "/photos").photo(4 << 10),
        post("a form with a file of 48 KiB", "/photos").photo(48 << 10),
        get("an error of the handler", "/items/404"),
        get("an invalid parameter", "/items/0"),
        Call::new("an empty response", Method::DELETE, "/items/7"),
    ]
}

/// A call of the last operation of a server with many.
pub fn last_of(name: &'static str, operations: usize) -> Call {
    Call::new(name, Method::GET, format!("/group{}/7", operations - 1))
}
