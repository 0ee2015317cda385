//! Bodies that are sent and received piece by piece, over a real socket.

use std::pin::Pin;
use std::task::{Context as TaskContext, Poll};

use bytes::Bytes;
use http_body::Frame;
use http_body_util::BodyExt as _;

use super::streams::client::{Client, UploadBody};
use super::streams::models::PatchBlobSuccess;
use super::streams::server::{
    Api, Context, GetBlobError, PatchBlobError, PostRawError, PutBlobError, Server, StreamsApi,
};

/// Serves as many bytes as the name says, and counts what it gets.
struct App;

impl Api for App {}

impl StreamsApi for App {
    async fn put_blob(&self, _: Context<()>, _: String, mut body: axum::body::Body) -> Result<i64, PutBlobError> {
        let mut size = 0;
        while let Some(frame) = body.frame().await {
            size += frame?.into_data().map_or(0, |data| i64::try_from(data.len()).unwrap());
        }
        Ok(size)
    }

    async fn get_blob(&self, _: Context<()>, name: String) -> Result<axum::body::Body, GetBlobError> {
        match name.parse() {
            Ok(left) => Ok(axum::body::Body::new(Zeros { left })),
            Err(_) => Err(GetBlobError::not_found()),
        }
    }

    async fn patch_blob(
        &self,
        cx: Context<()>,
        _: String,
        _: Option<axum::body::Body>,
    ) -> Result<PatchBlobSuccess<axum::body::Body>, PatchBlobError> {
        Ok(PatchBlobSuccess::Ok(cx.header("content-type").unwrap_or_default().to_owned().into()))
    }

    async fn post_raw(&self, _: Context<()>, body: Bytes) -> Result<String, PostRawError> {
        Ok(format!("{body:?}"))
    }
}

/// A body that is made as it is read.
struct Zeros {
    left: u64,
}

impl http_body::Body for Zeros {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut TaskContext<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        static CHUNK: [u8; 64 << 10] = [0; 64 << 10];
        let size = self.left.min(CHUNK.len() as u64);
        self.left -= size;
        let chunk = Bytes::from_static(&CHUNK[..usize::try_from(size).unwrap()]);
        Poll::Ready((size > 0).then(|| Ok(Frame::data(chunk))))
    }
}

async fn serve() -> Client {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Server::new(App).into_app()).await });
    Client::builder().base_url(url).timeout(None).build().unwrap()
}

async fn received(client: &Client, name: &str) -> u64 {
    let mut stream = client.get_blob(name).await.unwrap();
    let mut size = 0;
    while let Some(chunk) = stream.next().await {
        size += chunk.unwrap().len() as u64;
    }
    size
}

#[tokio::test]
async fn bytes_of_every_source_arrive() {
    let client = serve().await;
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), vec![7_u8; 200_000]).unwrap();
    assert_eq!(client.put_blob("a", "text").await.unwrap(), 4);
    assert_eq!(client.put_blob("a", Vec::new()).await.unwrap(), 0);
    assert_eq!(client.put_blob("a", UploadBody::from_path(file.path())).await.unwrap(), 200_000);
    assert_eq!(client.put_blob("a", UploadBody::from_body(Zeros { left: 300_000 })).await.unwrap(), 300_000);
    assert!(client.put_blob("a", UploadBody::from_path("/no/such/file")).await.is_err());
    assert_eq!(client.get_blob("5").await.unwrap().bytes().await.unwrap(), Bytes::from_static(&[0; 5]));
    assert_eq!(received(&client, "200000").await, 200_000);
}

#[tokio::test]
async fn failures_are_read_as_a_whole() {
    let client = serve().await;
    let error = client.get_blob("none").await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 404);
    assert_eq!(error.raw().unwrap().message().as_deref(), Some("no such blob"));
}

#[tokio::test]
async fn media_types_of_ranges_are_chosen_by_the_caller() {
    let client = serve().await;
    let sent = async |body: UploadBody| match client.patch_blob("a").body(body).await.unwrap() {
        PatchBlobSuccess::Ok(media_type) => String::from_utf8(media_type.bytes().await.unwrap().to_vec()).unwrap(),
        PatchBlobSuccess::Accepted => "none".to_owned(),
    };
    // Without a media type, the request says none (RFC 9110 §8.3).
    assert_eq!(sent("x".into()).await, "");
    assert_eq!(sent(UploadBody::from("x").with_content_type("image/gif")).await, "image/gif");
    assert_eq!(client.post_raw("cbor").await.unwrap(), "b\"cbor\"");
}

/// How much memory this process used at most, in bytes.
#[cfg(target_os = "linux")]
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap() * 1024
}

/// Set `CRATEGEN_LARGE=1` and run this test alone: the limit holds for the whole process.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_gigabyte_each_way_fits_into_64_megabytes() {
    if std::env::var_os("CRATEGEN_LARGE").is_none() {
        println!("skipped: set CRATEGEN_LARGE=1 to send and receive a GiB");
        return;
    }
    const GIB: u64 = 1 << 30;
    let client = serve().await;
    let body = UploadBody::from_body(Zeros { left: GIB });
    assert_eq!(client.put_blob("a", body).await.unwrap(), i64::try_from(GIB).unwrap());
    assert_eq!(received(&client, &GIB.to_string()).await, GIB);
    let peak = peak_memory();
    println!("peak memory of client and server together: {} MiB", peak >> 20);
    assert!(peak < 64 << 20, "{peak}");
}
