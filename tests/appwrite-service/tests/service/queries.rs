//! Appwrite's `queries`, in both forms.

use appwrite_client::{CallError, Client, ListUsersError};

use crate::support::{PASSWORD, Running, emails, new_user, refusal};

/// Names and addresses, in the order in which the users are created. Their ids are the addresses up to `@`.
const USERS: [(&str, &str); 6] = [
    ("Jane", "jane@example.com"),
    ("Émile", "emile@example.org"),
    ("Bob 100%", "bob@example.com"),
    ("Jane", "jane.b@example.org"),
    ("", "anonymous@example.com"),
    ("Robert'); DROP TABLE users;--", "bobby@example.com"),
];

async fn with_users() -> Running {
    let running = Running::start().await;
    for (name, email) in USERS {
        let id = email.split('@').next().unwrap();
        let request = new_user(id, email, PASSWORD).with_name(name);
        running.client.users().create_user(request).await.unwrap();
    }
    running
}

/// The total, and the ids on the page.
async fn listed(client: &Client, queries: &[&str]) -> (i64, Vec<String>) {
    let page = client.users().list_users().queries(queries.iter().copied()).await.unwrap();
    let ids = emails(page.users()).iter().map(|email| email.split('@').next().unwrap().to_owned()).collect();
    (page.total.unwrap(), ids)
}

/// Queries as JSON and in the older form, the total, and the ids on the page.
type Row = (&'static [&'static str], &'static [&'static str], i64, &'static [&'static str]);

#[tokio::test]
async fn both_forms_select_the_same() {
    let running = with_users().await;
    let rows: &[Row] = &[
        (&[], &[], 6, &["jane", "emile", "bob", "jane.b", "anonymous", "bobby"]),
        (
            &[r#"{"method":"equal","attribute":"name","values":["Jane"]}"#],
            &[r#"equal("name", ["Jane"])"#],
            2,
            &["jane", "jane.b"],
        ),
        (
            &[r#"{"method":"equal","attribute":"$id","values":["bob","emile","nobody"]}"#],
            &[r#"equal("$id", ["bob", "emile", "nobody"])"#],
            2,
            &["emile", "bob"],
        ),
        (
            &[r#"{"method":"equal","attribute":"email","values":["BOB@example.com"]}"#],
            &[r#"equal("email", "BOB@example.com")"#],
            1,
            &["bob"],
        ),
        (
            &[
                r#"{"method":"equal","attribute":"status","values":[true]}"#,
                r#"{"method":"equal","attribute":"emailVerification","values":[true]}"#,
            ],
            &[r#"equal("status", [true])"#, r#"equal("emailVerification", true)"#],
            0,
            &[],
        ),
        (
            &[r#"{"method":"search","attribute":"email","values":["EXAMPLE.ORG"]}"#],
            &[r#"search("email", "EXAMPLE.ORG")"#],
            2,
            &["emile", "jane.b"],
        ),
        (&[r#"{"method":"search","attribute":"name","values":["%"]}"#], &[r#"search("name", "%")"#], 1, &["bob"]),
        (
            &[r#"{"method":"equal","attribute":"name","values":["Robert'); DROP TABLE users;--"]}"#],
            &[r#"equal("name", "Robert'); DROP TABLE users;--")"#],
            1,
            &["bobby"],
        ),
        (
            &[r#"{"method":"orderAsc","attribute":"email"}"#],
            &[r#"orderAsc("email")"#],
            6,
            &["anonymous", "bob", "bobby", "emile", "jane.b", "jane"],
        ),
        (
            &[r#"{"method":"orderDesc","attribute":"name"}"#],
            &[r#"orderDesc("name")"#],
            6,
            &["emile", "bobby", "jane", "jane.b", "bob", "anonymous"],
        ),
        (
            &[r#"{"method":"limit","values":[2]}"#, r#"{"method":"offset","values":[3]}"#],
            &["limit(2)", "offset(3)"],
            6,
            &["jane.b", "anonymous"],
        ),
        (
            &[r#"{"method":"cursorAfter","values":["jane.b"]}"#],
            &[r#"cursorAfter("jane.b")"#],
            6,
            &["anonymous", "bobby"],
        ),
    ];
    for (json, older, total, ids) in rows {
        let (found, page) = listed(&running.client, json).await;
        assert_eq!(found, *total, "{json:?}");
        assert_eq!(page, *ids, "{json:?}");
        assert_eq!(listed(&running.client, older).await, (found, page), "{older:?}");
    }
}

#[tokio::test]
async fn times_are_compared_as_they_were_returned() {
    let running = with_users().await;
    let page = running.client.users().list_users().await.unwrap();
    for user in page.users() {
        let time = user.created_at.unwrap().to_rfc3339();
        let (_, same_time) = listed(&running.client, &[&format!("equal(\"createdAt\", {time:?})")]).await;
        assert!(same_time.contains(user.id.as_ref().unwrap()), "{time}: {same_time:?}");
    }
}

#[tokio::test]
async fn the_parameter_search_looks_at_names_and_addresses() {
    let running = with_users().await;
    for (search, ids) in
        [("BOB", vec!["bob", "bobby"]), ("jane", vec!["jane", "jane.b"]), ("_", vec![]), ("mile", vec!["emile"])]
    {
        let page = running.client.users().list_users().search(search).await.unwrap();
        let found: Vec<&str> = page.users().iter().map(|user| user.id.as_deref().unwrap()).collect();
        assert_eq!(found, ids, "{search}");
        assert_eq!(page.total, Some(i64::try_from(ids.len()).unwrap()));
    }
}

#[tokio::test]
async fn pages_end_to_end_have_every_user_once() {
    let running = with_users().await;
    for order in [&[][..], &["orderAsc(\"name\")"], &["orderDesc(\"name\")", "orderAsc(\"email\")"]] {
        let (_, whole) = listed(&running.client, order).await;
        let (mut by_cursor, mut by_offset) = (Vec::<String>::new(), Vec::new());
        for n in 0..3 {
            let offset = format!("offset({})", n * 2);
            by_offset.extend(listed(&running.client, &[order, &["limit(2)", &offset]].concat()).await.1);
            let cursor = by_cursor.last().map(|id| format!("cursorAfter(\"{id}\")"));
            let queries = [order, &["limit(2)"], cursor.as_deref().as_slice()].concat();
            by_cursor.extend(listed(&running.client, &queries).await.1);
        }
        assert_eq!(by_offset, whole, "{order:?}");
        assert_eq!(by_cursor, whole, "{order:?}");
    }
}

#[tokio::test]
async fn a_page_has_25_users_by_default() {
    let running = Running::start().await;
    for n in 0..26 {
        let request = new_user("unique()", format!("{n}@example.com"), PASSWORD);
        running.client.users().create_user(request).await.unwrap();
    }
    let (total, page) = listed(&running.client, &[]).await;
    assert_eq!((total, page.len()), (26, 25));
}

#[tokio::test]
async fn wrong_queries_are_refused_with_a_reason() {
    let running = with_users().await;
    let long = format!(r#"search("name", "{}")"#, "x".repeat(257));
    let rows = [
        (
            r#"between("name", 1, 2)"#,
            "unknown method `between`; expected one of `equal`, `search`, `orderAsc`, `orderDesc`",
        ),
        (r#"{"method":"notEqual","attribute":"name","values":["x"]}"#, "unknown method `notEqual`"),
        (r#"equal("password", ["x"])"#, "unknown attribute `password`; expected one of `$id`, `name`, `email`"),
        (r#"{"method":"orderAsc","attribute":"name; --"}"#, "unknown attribute `name; --`"),
        (r#"{"method":"orderAsc"}"#, "expected an attribute"),
        (r#"orderAsc("name", "email")"#, "expected an attribute only"),
        (r#"equal("name", [])"#, "expected 1 to 100 values"),
        (r#"equal("name", [1])"#, "`name` is compared with strings, not with `1`"),
        (r#"equal("status", ["true"])"#, "`status` is compared with booleans"),
        (r#"equal("createdAt", ["today"])"#, "`createdAt` is compared with strings such as"),
        (r#"search("status", "true")"#, "`status` is not a string"),
        (r#"search("name", "")"#, "expected one string that is not empty"),
        (&long, "must have at most 256 characters"),
        ("limit(0)", "expected one whole number from 1 to 5000"),
        ("limit(5001)", "expected one whole number from 1 to 5000"),
        ("limit(1, 2)", "expected one whole number"),
        ("offset(-1)", "expected one whole number from 0"),
        ("offset(1.5)", "expected one whole number from 0"),
        (r#"cursorAfter("nobody")"#, "no user has the id `nobody`"),
        ("limit 5", "expected a JSON object, or a method with arguments in brackets"),
        ("{", "invalid JSON"),
        ("limit(five)", "must be JSON values"),
        ("", "expected a JSON object"),
    ];
    for (query, reason) in rows {
        let refused = running.client.users().list_users().queries([query]).await;
        // The document lists no 400 for this operation.
        assert!(matches!(&refused, Err(CallError::Api { error: ListUsersError::Unexpected(_), .. })), "{refused:?}");
        let (status, problem) = refusal(refused);
        let detail = problem["errors"][0]["detail"].as_str().unwrap();
        assert!(status == 400 && detail.contains(reason), "{query}: {detail}");
        assert_eq!(problem["errors"][0]["location"], "?queries");
    }
}

#[tokio::test]
async fn all_wrong_queries_are_listed() {
    let running = Running::start().await;
    let call = running.client.users().list_users().queries(["limit(1)", "limit(2)", "nothing()"]);
    let (_, problem) = refusal(call.search("x".repeat(257)).await);
    let errors: Vec<_> =
        problem["errors"].as_array().unwrap().iter().map(|error| error["detail"].as_str().unwrap()).collect();
    let [twice, unknown, search] = errors[..] else { panic!("{errors:?}") };
    assert_eq!(twice, "query 2, `limit(2)`: this method is used twice");
    assert!(unknown.starts_with("query 3, `nothing()`: unknown method"), "{unknown}");
    assert_eq!(search, "must have at most 256 characters");
    let many = running.client.users().list_users().queries(vec!["orderAsc(\"name\")"; 101]);
    assert_eq!(refusal(many.await).1["errors"][0]["detail"], "more than 100 queries");
}
