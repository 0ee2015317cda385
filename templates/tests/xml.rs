//! XML is written as the tables say, and read back.

#![cfg(feature = "xml")]
#![allow(clippy::pedantic, missing_docs, clippy::unwrap_used)]

use crategen_runtime::models::xml::{Content, Element, Member, Object, read, write};
use proptest::prelude::*;
use serde_json::{Value, json};

static TAG: Object = Object::new(&[Member::text("name", Content::Text), Member::attribute("rank", Content::Number)]);

static PET: Object = Object::new(&[
    Member::attribute("id", Content::Number).required(),
    Member::element("name", Content::Text),
    Member::element("weight", Content::Number).named("mass").namespace("urn:units", "u"),
    Member::element("tags", Content::List(&Element::new("tag", Content::Object(&TAG)))),
    Member::repeated("photoUrls", Content::Text).named("photo").required(),
    Member::element("alive", Content::Boolean),
    Member::element("parent", Content::Object(&PET)),
    Member::element("scores", Content::Map(&Content::Number)),
    Member::element("note", Content::Scalar),
]);

static ROOT: Element = Element::new("pet", Content::Object(&PET)).namespace("urn:pets", "");

fn text(value: &Value) -> String {
    String::from_utf8(write(&ROOT, value).unwrap()).unwrap()
}

#[test]
fn tables_decide_between_elements_and_attributes() {
    let pet = json!({
        "id": 7,
        "name": "Rex & <Co>",
        "weight": 1.5,
        "tags": [{ "name": "good", "rank": 1 }, { "name": "", "rank": 2 }],
        "photoUrls": ["a", "b"],
        "alive": true,
        "parent": { "id": 8, "photoUrls": [], "tags": [] },
        "scores": { "sit": 3 },
    });
    let xml = text(&pet);
    let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><pet xmlns=\"urn:pets\" id=\"7\">\
        <name>Rex &amp; &lt;Co&gt;</name><u:mass xmlns:u=\"urn:units\">1.5</u:mass>\
        <tags><tag rank=\"1\">good</tag><tag rank=\"2\"></tag></tags><photo>a</photo><photo>b</photo>\
        <alive>true</alive><parent id=\"8\"><tags></tags></parent><scores><sit>3</sit></scores></pet>";
    assert_eq!(xml, expected);
    assert_eq!(read(&ROOT, xml.as_bytes()).unwrap(), pet);
}

#[test]
fn xml_of_other_programs_is_read() {
    let xml = "\u{feff}<?xml version='1.0'?><!-- a pet --><x:pet xmlns:x='urn:pets' x:id=' 7 '>\n  \
        <x:name>A<![CDATA[<b>]]>&#67;</x:name>\n  <mass>+2</mass><alive>0</alive>\
        <note>12</note><tags/><extra><a>1</a><a>2</a></extra></x:pet>";
    let pet = json!({
        "id": 7, "name": "A<b>C", "weight": 2, "alive": false, "note": 12, "tags": [], "photoUrls": [],
        "extra": { "a": ["1", "2"] },
    });
    assert_eq!(read(&ROOT, xml.as_bytes()).unwrap(), pet);
}

#[test]
fn null_is_an_element_with_xsi_nil() {
    let pet = json!({ "id": 1, "name": null, "photoUrls": [] });
    assert!(text(&pet).contains("<name xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>"));
    assert_eq!(read(&ROOT, text(&pet).as_bytes()).unwrap(), pet);
}

#[test]
fn invalid_xml_is_refused() {
    let deep = format!("{}{}", "<a>".repeat(10_000), "</a>".repeat(10_000));
    let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbb\">]><a>&b;</a>";
    let refused = ["", "text", "<a>", "<a></b>", "<a/><b/>", "<a>&b;</a>", "<a b=1/>", "<a b='1' b='2'/>", &deep, bomb];
    for xml in refused {
        assert!(read(&ROOT, xml.as_bytes()).is_err(), "{xml:.40}");
    }
    assert!(read(&ROOT, b"<a>\xff</a>").is_err());
}

#[test]
fn values_that_xml_cannot_contain_are_errors() {
    for value in [json!({ "a b": 1 }), json!({ "name": "\u{1}" }), json!({ "><script": {} }), json!({ "": 1 })] {
        assert!(write(&ROOT, &value).is_err(), "{value}");
    }
}

proptest! {
    #[test]
    fn strings_are_read_back(name in "[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\u{fffe}\u{ffff}]*", rank in any::<i64>()) {
        let pet = json!({ "id": rank, "name": name, "photoUrls": [name], "tags": [{ "name": name, "rank": rank }] });
        prop_assert_eq!(read(&ROOT, text(&pet).as_bytes()).unwrap(), pet);
    }
}
