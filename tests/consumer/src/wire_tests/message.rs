//! HTTP/1.1 messages as the table writes them: `\n` stands for CRLF, and headers that are the same for every row are left out.

use std::fmt;

use tokio::io::{AsyncRead, AsyncReadExt as _};

/// Headers that say nothing about values.
const LEFT_OUT: [&str; 7] = ["accept", "accept-encoding", "connection", "content-length", "date", "host", "user-agent"];

/// A request or a response.
#[derive(Default, PartialEq, Eq)]
pub struct Message {
    /// Method and target, or the status.
    pub start: String,
    /// Lower-case names (RFC 9110 §5.1) and values, by name; the order of equal names counts (RFC 9110 §5.3).
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Message {
    /// Reads a message of the table.
    pub fn of_table(text: &str) -> Self {
        let text = text.replace('\n', "\r\n");
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let (start, headers) = head.split_once("\r\n").unwrap_or((head, ""));
        Self::new(start.to_owned(), headers, body.to_owned())
    }

    /// Receives a message whose body has a `Content-Length`. A boundary of multipart becomes `BOUNDARY`.
    pub async fn receive(stream: &mut (impl AsyncRead + Unpin)) -> Self {
        let mut bytes = Vec::new();
        let end = loop {
            if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
                break at;
            }
            if stream.read_buf(&mut bytes).await.unwrap() == 0 {
                return Self::default();
            }
        };
        let mut body = bytes.split_off(end + 4);
        let head = String::from_utf8(bytes).unwrap();
        let (start, headers) = head.trim_end().split_once("\r\n").unwrap();
        let length =
            lines(headers).find(|(name, _)| name == "content-length").map_or(0, |(_, size)| size.parse().unwrap());
        while body.len() < length {
            assert_ne!(stream.read_buf(&mut body).await.unwrap(), 0, "the body is incomplete");
        }
        let body = String::from_utf8(body).unwrap();
        let start = start.strip_suffix(" HTTP/1.1").or_else(|| start.strip_prefix("HTTP/1.1 ")).unwrap();
        let mut message = Self::new(start.to_owned(), headers, body);
        for (_, value) in &mut message.headers {
            if let Some((_, boundary)) = value.clone().split_once("; boundary=") {
                *value = value.replace(boundary, "BOUNDARY");
                message.body = message.body.replace(boundary, "BOUNDARY");
            }
        }
        message
    }

    fn new(start: String, headers: &str, body: String) -> Self {
        let mut headers: Vec<_> = lines(headers).filter(|(name, _)| !LEFT_OUT.contains(&name.as_str())).collect();
        headers.sort_by(|(a, _), (b, _)| a.cmp(b));
        Self { start, headers, body }
    }

    /// Returns the bytes to send as a request.
    pub fn request(&self) -> String {
        self.bytes(&format!("{} HTTP/1.1\r\nhost: wire.test", self.start))
    }

    /// Returns the bytes to send as a response.
    pub fn response(&self) -> String {
        self.bytes(&format!("HTTP/1.1 {}", self.start))
    }

    fn bytes(&self, start: &str) -> String {
        let headers: String = self.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let length =
            if self.body.is_empty() { String::new() } else { format!("content-length: {}\r\n", self.body.len()) };
        format!("{start}\r\nconnection: close\r\n{length}{headers}\r\n{}", self.body)
    }
}

fn lines(headers: &str) -> impl Iterator<Item = (String, String)> {
    let header =
        |line: &str| line.split_once(':').map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()));
    headers.split("\r\n").filter_map(header)
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.start)?;
        for (name, value) in &self.headers {
            write!(f, "\n{name}: {value}")?;
        }
        if self.body.is_empty() { Ok(()) } else { write!(f, "\n\n{}", self.body) }
    }
}
