//! Responses and request bodies of several media types, on the wire: the caller is given what it prefers (RFC 9110 §12.5.1), and what
//! has another media type than the documented ones is refused (§15.5.7, §15.5.16).

use super::several_media_types::client::{CallError, Client, GetReportError as Refused, InProcess};
use super::several_media_types::models::{
    DownloadOk, ExportOk, ExportSuccess, GetReportOk, GetReportUnprocessableContent as Reason, PutVersionBody,
    PutVersionOk, PutVersionResponseJsonV2, Row,
};
use super::several_media_types::server::{
    Api, Context, DownloadError, ExportError, GetNameError, GetReportError, LineBody, PutRowError, PutVersionError,
    Server, SeveralMediaTypesApi, axum,
};

struct App;

impl Api for App {}

impl SeveralMediaTypesApi for App {
    async fn get_report(&self, cx: Context<()>) -> Result<GetReportOk, GetReportError> {
        match cx.header("x-want") {
            Some("text") => Err(GetReportError::UnprocessableContent(Reason::Text("no".to_owned()))),
            Some("row") => Err(GetReportError::UnprocessableContent(Row::new("no").into())),
            Some("default") => Err(GetReportError::Default(http::StatusCode::CONFLICT, Row::new("other"))),
            _ if cx.preferred_media_type() == "text/csv" => Ok("a\nx\n".to_owned().into()),
            _ => Ok(GetReportOk::Json(vec![Row::new("x")])),
        }
    }

    async fn download(&self, cx: Context<()>) -> Result<DownloadOk<axum::body::Body>, DownloadError> {
        match cx.accept().choose(&["application/zip", "application/json"]) {
            "application/zip" => Ok(DownloadOk::Zip("zip".into())),
            _ => Ok(DownloadOk::Json(Row::new("x"))),
        }
    }

    async fn export(&self, cx: Context<()>) -> Result<ExportSuccess<LineBody<Row>, axum::body::Body>, ExportError> {
        Ok(match cx.header("x-want") {
            Some("lines") => ExportSuccess::Ok(ExportOk::Lines([Row::new("x"), Row::new("y")].into_iter().collect())),
            Some("later") => ExportSuccess::Accepted,
            Some("raw") => ExportSuccess::NonAuthoritative("raw".into()),
            _ => ExportSuccess::Ok(ExportOk::Json(Row::new("x"))),
        })
    }

    async fn put_row(&self, _: Context<()>, row: Row) -> Result<Row, PutRowError> {
        Ok(row)
    }

    async fn put_version(&self, _: Context<()>, body: PutVersionBody) -> Result<PutVersionOk, PutVersionError> {
        Ok(match body {
            PutVersionBody::JsonV1(row) => PutVersionOk::JsonV1(row),
            PutVersionBody::JsonV2(two) => PutVersionOk::JsonV2(PutVersionResponseJsonV2::new(two.b)),
        })
    }

    async fn get_name(&self, _: Context<()>) -> Result<String, GetNameError> {
        Ok("Ann".to_owned())
    }
}

struct Response {
    status: u16,
    media_type: String,
    text: String,
}

/// Sends a request over a socket.
async fn send(method: &str, path: &str, headers: &[(&str, &str)], body: &'static str) -> Response {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}{path}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Server::new(App).into_app()).await });
    let mut request = reqwest::Client::new().request(method.parse().unwrap(), url).body(body);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = request.send().await.unwrap();
    let media_type = response.headers().get("content-type").map(|value| value.to_str().unwrap().to_owned());
    let status = response.status().as_u16();
    Response { status, media_type: media_type.unwrap_or_default(), text: response.text().await.unwrap() }
}

#[tokio::test]
async fn the_caller_is_given_what_it_prefers() {
    // (path, Accept, expected media type)
    let rows = [
        ("/name", "", "application/json"),
        ("/name", "*/*", "application/json"),
        ("/name", "text/plain", "text/plain"),
        ("/name", "text/*", "text/plain"),
        ("/name", "application/json;q=0.5, text/plain", "text/plain"),
        ("/name", "application/json, text/plain;q=0.5", "application/json"),
        ("/name", "text/*;q=0.5, */*;q=0.1", "text/plain"),
        ("/report", "text/csv", "text/csv"),
        ("/report", "text/html;q=1, application/json;q=0.2, text/csv;q=0.1", "application/json"),
        ("/download", "application/zip", "application/zip"),
        ("/download", "application/json", "application/json"),
    ];
    for (path, accept, expected) in rows {
        let headers: &[(&str, &str)] = if accept.is_empty() { &[] } else { &[("accept", accept)] };
        let response = send("GET", path, headers, "").await;
        assert_eq!((response.status, response.media_type.as_str()), (200, expected), "{path} {accept}");
    }
    for (path, accept) in [("/name", "text/html"), ("/name", "application/json;q=0"), ("/download", "image/*")] {
        assert_eq!(send("GET", path, &[("accept", accept)], "").await.status, 406, "{path} {accept}");
    }
    assert_eq!(send("GET", "/name", &[("accept", "application/json")], "").await.text, "\"Ann\"");
    assert_eq!(send("GET", "/name", &[("accept", "text/plain")], "").await.text, "Ann");
}

#[tokio::test]
async fn equal_schemas_are_one_type_of_several_media_types() {
    // (Content-Type, Accept, expected status and media type)
    let rows = [
        ("application/json", "application/json", 200, "application/json"),
        ("text/json", "text/json", 200, "text/json"),
        ("text/plain", "text/plain", 200, "text/plain"),
        ("application/problem+json", "*/*", 200, "application/json"),
        ("text/csv", "*/*", 415, "application/problem+json"),
        ("application/json", "text/csv", 406, "application/problem+json"),
    ];
    for (given, accept, status, expected) in rows {
        let headers = [("content-type", given), ("accept", accept)];
        let response = send("PUT", "/row", &headers, r#"{"a":"x"}"#).await;
        assert_eq!((response.status, response.media_type.as_str()), (status, expected), "{given} {accept}");
    }
}

#[tokio::test]
async fn parameters_distinguish_media_types() {
    // (Content-Type, body, expected status and media type)
    let rows = [
        ("application/json;v=1", r#"{"a":"x"}"#, 200, "application/json;v=1"),
        ("application/json; V=\"2\"", r#"{"b":2}"#, 200, "application/json;v=2"),
        ("application/json", r#"{"a":"x"}"#, 200, "application/json;v=1"),
        ("application/json; charset=utf-8; v=2", r#"{"b":2}"#, 200, "application/json;v=2"),
        ("application/json;v=2", r#"{"a":"x"}"#, 400, "application/problem+json"),
        ("application/json;v=3", r#"{"a":"x"}"#, 415, "application/problem+json"),
    ];
    for (given, body, status, expected) in rows {
        let response = send("PUT", "/version", &[("content-type", given)], body).await;
        assert_eq!((response.status, response.media_type.as_str()), (status, expected), "{given}: {}", response.text);
    }
}

fn client() -> Client {
    let server = Server::new(App).into_app();
    Client::builder().base_url("http://media.test").transport(InProcess(server)).build().unwrap()
}

#[tokio::test]
async fn the_client_reads_every_media_type() {
    let client = client();
    let api = client;
    assert_eq!(api.get_report().await.unwrap(), GetReportOk::Json(vec![Row::new("x")]));
    let csv = api.get_report().header("accept", "text/csv").await.unwrap();
    assert_eq!(csv, GetReportOk::Csv("a\nx\n".to_owned()));
    assert_eq!(api.get_name().await.unwrap(), "Ann");
    assert_eq!(api.get_name().header("accept", "text/plain").await.unwrap(), "Ann");
    assert_eq!(api.put_row(Row::new("x")).await.unwrap(), Row::new("x"));
    let DownloadOk::Zip(bytes) = api.download().header("accept", "application/zip").await.unwrap() else { panic!() };
    assert_eq!(bytes.bytes().await.unwrap(), "zip");
    let DownloadOk::Json(row) = api.download().header("accept", "application/json").await.unwrap() else { panic!() };
    assert_eq!(row, Row::new("x"));
    assert_eq!(api.put_version(PutVersionBody::JsonV1(Row::new("x"))).await.unwrap(), Row::new("x").into());
}

#[tokio::test]
async fn streams_and_whole_bodies_are_told_apart() {
    let client = client();
    let api = client;
    let Ok(ExportSuccess::Ok(ExportOk::Json(row))) = api.export().await else { panic!() };
    assert_eq!(row, Row::new("x"));
    let exported = api.export().header("x-want", "lines").await;
    let Ok(ExportSuccess::Ok(ExportOk::Lines(mut lines))) = exported else { panic!() };
    assert_eq!(lines.next().await.unwrap().unwrap(), Row::new("x"));
    assert_eq!(lines.next().await.unwrap().unwrap(), Row::new("y"));
    assert!(lines.next().await.is_none());
    assert!(matches!(api.export().header("x-want", "later").await, Ok(ExportSuccess::Accepted)));
    let exported = api.export().header("x-want", "raw").await;
    let Ok(ExportSuccess::NonAuthoritative(bytes)) = exported else { panic!() };
    assert_eq!(bytes.bytes().await.unwrap(), "raw");
}

#[tokio::test]
async fn failures_have_several_media_types_as_well() {
    let client = client();
    let failure = async |want: &str| match client.get_report().header("x-want", want).await {
        Err(CallError::Api { error, .. }) => error,
        other => panic!("{other:?}"),
    };
    let Refused::UnprocessableContent(reason) = failure("text").await else { panic!() };
    assert_eq!(reason, Reason::Text("no".to_owned()));
    let Refused::UnprocessableContent(reason) = failure("row").await else { panic!() };
    assert_eq!(reason, Reason::Json(Row::new("no")));
    let Refused::Default(status, row) = failure("default").await else { panic!() };
    assert_eq!((status.as_u16(), row), (409, Row::new("other")));
    let response = send("GET", "/report", &[("x-want", "text")], "").await;
    assert_eq!((response.status, response.media_type.as_str()), (422, "text/plain"));
}

/// Answers every request with one response.
async fn answering(head: &'static str, body: &'static str) -> Client {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let _ = socket.read(&mut [0; 4096]).await.unwrap();
        let text =
            format!("HTTP/1.1 200 OK\r\n{head}content-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
        socket.write_all(text.as_bytes()).await.unwrap();
    });
    Client::builder().base_url(url).build().unwrap()
}

#[tokio::test]
async fn an_undocumented_media_type_is_an_error_that_names_it() {
    let client = answering("content-type: text/html\r\n", "<p>").await;
    let error = client.get_report().await.unwrap_err();
    let expected = "the media type is `text/html`; expected application/json, text/csv";
    assert!(error.to_string().contains(expected), "{error}");
    // Servers that send no media type, or another kind of JSON, are understood.
    for head in ["", "content-type: application/vnd.x+json\r\n", "content-type: text/json\r\n"] {
        let client = answering(head, r#"[{"a":"x"}]"#).await;
        assert_eq!(client.get_report().await.unwrap(), GetReportOk::Json(vec![Row::new("x")]), "{head}");
    }
}
