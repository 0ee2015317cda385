//! Forms of parts: `multipart/form-data`.

use super::super::wire_forms::models::{Color, FilePart, Parts};
use super::fields::table;

fn parts() -> Parts {
    Parts::default()
}

fn file(content: &'static str, name: &str, media_type: &str) -> FilePart {
    FilePart::new(content).with_file_name(name).with_content_type(media_type)
}

fn note(text: &str) -> Color {
    Color::default().with_note(text)
}

/// A form in the notation of the table; the text begins with the line break that ends the headers.
macro_rules! form {
    ($body:literal) => {
        concat!("POST /parts\ncontent-type: multipart/form-data; boundary=BOUNDARY\n", $body)
    };
}

// The choices are: a string has no `Content-Type`, because `text/plain` is its default (RFC 7578 §4.4), and no `charset`, because it is UTF-8
// (§4.5, §5.1.2); names of fields and files are UTF-8 as well (§5.1); and the last boundary ends with a line break (RFC 2046 §5.1.1: an
// empty epilogue). The boundary is random, so the table writes `BOUNDARY`.
//
// Files without a name have no row: a part with a file should have one (RFC 7578 §4.2), so the client sends `file`. Names with quotes have
// none either, because the client escapes them as browsers do (`%22`), and nothing says that servers should undo it.
#[tokio::test]
async fn texts_and_json() {
    let mut table = table().await;
    rows!(table, |client, parts: Parts| client.send_parts(parts);
        "RFC 7578 §4.2", parts().with_text("blue") => form!(r#"
--BOUNDARY
Content-Disposition: form-data; name="text"

blue
--BOUNDARY--
"#);
        "RFC 7578 §4.2: an empty string", parts().with_text("") => form!(r#"
--BOUNDARY
Content-Disposition: form-data; name="text"


--BOUNDARY--
"#);
        "OpenAPI appendix E: no escapes", parts().with_text("a+b & 50%20 = größe") => form!(r#"
--BOUNDARY
Content-Disposition: form-data; name="text"

a+b & 50%20 = größe
--BOUNDARY--
"#);
        "RFC 2046 §5.1.1: line breaks belong to the value", parts().with_text("\r\na\r\n\r\n--b\r\n") => form!(r#"
--BOUNDARY
Content-Disposition: form-data; name="text"


a

--b

--BOUNDARY--
"#);
        "OpenAPI appendix B, RFC 8259 §6", parts().with_number(-7) => form!(r#"
--BOUNDARY
Content-Disposition: form-data; name="number"

-7
--BOUNDARY--
"#);
        "RFC 7578 §4.3: a part per item", parts().with_list(["a,b", ""]) => form!(r#"
--BOUNDARY
Content-Disposition: form-data; name="list"

a,b
--BOUNDARY
Content-Disposition: form-data; name="list"


--BOUNDARY--
"#);
        "OpenAPI appendix C: a style, without escapes", parts().with_joined(["blue", "light blue"]) => form!(r#"
--BOUNDARY
Content-Disposition: form-data; name="joined"

blue,light blue
--BOUNDARY--
"#);
        "OpenAPI §4.8.14.5: an object is JSON", parts().with_object(note("a").with_r(1)) => form!(r#"
--BOUNDARY
Content-Disposition: form-data; name="object"
Content-Type: application/json

{"R":1,"note":"a"}
--BOUNDARY--
"#);
        "OpenAPI §4.8.14.5: each object is JSON", parts().with_objects([note("a"), note("b")]) => form!(r#"
--BOUNDARY
Content-Disposition: form-data; name="objects"
Content-Type: application/json

{"note":"a"}
--BOUNDARY
Content-Disposition: form-data; name="objects"
Content-Type: application/json

{"note":"b"}
--BOUNDARY--
"#);
        "OpenAPI §4.8.15.1.1: a string as JSON", parts().with_json_text("a\"b") => form!(r#"
--BOUNDARY
Content-Disposition: form-data; name="jsonText"
Content-Type: application/json

"a\"b"
--BOUNDARY--
"#);
        "RFC 7578 §5.2: parts in the order of the form", parts().with_text("a").with_number(1) => form!(r#"
--BOUNDARY
Content-Disposition: form-data; name="text"

a
--BOUNDARY
Content-Disposition: form-data; name="number"

1
--BOUNDARY--
"#);
    );
    read_rows!(table;
        "RFC 2183 §2: a name without quotes", parts().with_text("a") => form!(r#"
--BOUNDARY
Content-Disposition: form-data; name=text

a
--BOUNDARY--
"#);
        "RFC 9110 §5.1: names of headers in any case", parts().with_text("a") => form!(r#"
--BOUNDARY
content-disposition: Form-Data; name="text"

a
--BOUNDARY--
"#);
        "RFC 7578 §4.4, §5.1.2: a media type with its charset", parts().with_text("größe") => form!(r#"
--BOUNDARY
Content-Disposition: form-data; name="text"
Content-Type: text/plain; charset=UTF-8

größe
--BOUNDARY--
"#);
        "RFC 7578 §4.7: a transfer encoding that means nothing", parts().with_text("a") => form!(r#"
--BOUNDARY
Content-Disposition: form-data; name="text"
Content-Transfer-Encoding: 8bit

a
--BOUNDARY--
"#);
        "RFC 2046 §5.1.1: no epilogue", parts().with_text("a") => form!(r#"
--BOUNDARY
Content-Disposition: form-data; name="text"

a
--BOUNDARY--"#);
        "RFC 2046 §5.1.1: preamble and epilogue", parts().with_text("a") => form!(r#"
preamble
--BOUNDARY
Content-Disposition: form-data; name="text"

a
--BOUNDARY--
epilogue"#);
        "RFC 2046 §5.1.1: padding after the boundary", parts().with_text("a") => form!("\n--BOUNDARY \t\nContent-Disposition: form-data; name=\"text\"\n\na\n--BOUNDARY-- \n");
        "RFC 7578 §5.2: parts in any order", parts().with_list(["a", "b"]).with_number(1) => form!(r#"
--BOUNDARY
Content-Disposition: form-data; name="list"

a
--BOUNDARY
Content-Disposition: form-data; name="number"

1
--BOUNDARY
Content-Disposition: form-data; name="list"

b
--BOUNDARY--
"#);
        "RFC 2046 §5.1.1: a boundary in quotes", parts().with_text("a") => r#"POST /parts
content-type: multipart/form-data; boundary="a b"

--a b
Content-Disposition: form-data; name="text"

a
--a b--
"#;
        "RFC 9110 §8.3.1: another notation of the media type", parts().with_text("a") => r#"POST /parts
content-type: Multipart/Form-Data; charset=utf-8; Boundary=b

--b
Content-Disposition: form-data; name="text"

a
--b--
"#;
    );
    table.finish();
}

#[tokio::test]
async fn files() {
    let mut table = table().await;
    rows!(table, |client, parts: Parts| client.send_parts(parts);
        "RFC 7578 §4.2, §4.4", parts().with_file(file("\0\u{1}GIF89a", "a.bin", "application/octet-stream")) => form!("\n--BOUNDARY\nContent-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\nContent-Type: application/octet-stream\n\n\0\u{1}GIF89a\n--BOUNDARY--\n");
        "OpenAPI §4.8.15.1.1: the media type of the encoding", parts().with_image(file("png", "a.png", "image/png")) => form!(r#"
--BOUNDARY
Content-Disposition: form-data; name="image"; filename="a.png"
Content-Type: image/png

png
--BOUNDARY--
"#);
        "RFC 7578 §4.4: a media type with a parameter", parts().with_file(file("a", "a.txt", "text/plain; charset=utf-8")) => form!(r#"
--BOUNDARY
Content-Disposition: form-data; name="file"; filename="a.txt"
Content-Type: text/plain; charset=utf-8

a
--BOUNDARY--
"#);
        "RFC 7578 §5.1: a name in UTF-8, with spaces and a semicolon", parts().with_file(file("a", "größe; 50% 日本.txt", "text/plain")) => form!(r#"
--BOUNDARY
Content-Disposition: form-data; name="file"; filename="größe; 50% 日本.txt"
Content-Type: text/plain

a
--BOUNDARY--
"#);
        "RFC 7578 §4.2: an empty file", parts().with_file(file("", "empty", "text/plain")) => form!(r#"
--BOUNDARY
Content-Disposition: form-data; name="file"; filename="empty"
Content-Type: text/plain


--BOUNDARY--
"#);
        "RFC 7578 §4.3: a part per file", parts().with_files([file("a", "1.txt", "text/plain"), file("b", "2.csv", "text/csv")]) => form!(r#"
--BOUNDARY
Content-Disposition: form-data; name="files"; filename="1.txt"
Content-Type: text/plain

a
--BOUNDARY
Content-Disposition: form-data; name="files"; filename="2.csv"
Content-Type: text/csv

b
--BOUNDARY--
"#);
        "RFC 7578 §5.2: a file beside a field", parts().with_text("t").with_file(file("a", "f", "text/plain")) => form!(r#"
--BOUNDARY
Content-Disposition: form-data; name="text"

t
--BOUNDARY
Content-Disposition: form-data; name="file"; filename="f"
Content-Type: text/plain

a
--BOUNDARY--
"#);
    );
    read_rows!(table;
        "RFC 2183 §2: parameters in another order, without quotes", parts().with_file(file("a", "a.txt", "text/plain")) => form!(r#"
--BOUNDARY
Content-Type: text/plain
Content-Disposition: form-data; filename=a.txt; name=file

a
--BOUNDARY--
"#);
        "RFC 2045 §5.1, RFC 822 §3.3: escaped quotes in a name", parts().with_file(file("a", "a \"b\".txt", "text/plain")) => form!(r#"
--BOUNDARY
Content-Disposition: form-data; name="file"; filename="a \"b\".txt"
Content-Type: text/plain

a
--BOUNDARY--
"#);
        "RFC 7578 §4.2, §4.4: neither name nor media type", parts().with_file(FilePart::new("a")) => form!(r#"
--BOUNDARY
Content-Disposition: form-data; name="file"

a
--BOUNDARY--
"#);
    );
    table.finish();
}
