//! Strings of the formats of JSON Schema (Validation 2020-12 §7.3) and of the OpenAPI Format Registry.

/// Returns strings of a format, the usual one first; none if the format is not known.
pub(super) fn of_format(format: &str) -> &'static [&'static str] {
    match format {
        "date" => &["2026-01-31", "2026-02-28", "2026-03-31"],
        "date-time" => &["2026-01-31T12:00:00Z", "2026-02-28T12:00:00Z", "2026-01-31T12:00:00.000Z"],
        "time" => &["12:00:00Z", "13:30:00Z", "12:00:00+00:00"],
        "duration" => &["PT1H", "P1D", "P1Y2M3DT4H5M6S"],
        "email" | "idn-email" => &["jane@example.com", "a@b.co", "jane.doe.of.the.sales.department@example.com"],
        "hostname" | "idn-hostname" => &["example.com", "a.b", "www.department.example.com"],
        "ipv4" | "ip" => &["192.0.2.1", "192.0.2.123", "192.0.2.2"],
        "ipv6" => &["2001:db8::1", "2001:db8:0:0:0:0:0:1", "2001:db8::2"],
        "uri" | "url" | "iri" => &[
            "https://example.com",
            "https://example.com/path",
            "https://www.example.com/a/rather/long/path?with=a-query#and-a-fragment",
        ],
        "uri-reference" | "iri-reference" => &["/path", "/", "https://example.com/path"],
        "uri-template" => &["/users/{id}", "/{id}", "https://example.com/users/{id}"],
        "uuid" | "guid" => &[
            "67e55044-10b1-426f-9247-bb680e5fe0c8",
            "67e55044-10b1-426f-9247-bb680e5fe0c9",
            "67e55044-10b1-426f-9247-bb680e5fe0ca",
        ],
        "json-pointer" => &["/path", "", "/path/to/0"],
        "relative-json-pointer" => &["1/path", "0", "1/path/to/0"],
        "regex" => &["^a+$", "a", "^[a-z]+[0-9]*$"],
        "byte" | "base64" => &["Ynl0ZXM=", "YQ==", "bW9yZSBieXRlcw=="],
        "base64url" => &["Ynl0ZXM", "YQ", "bW9yZSBieXRlcw"],
        "http-date" => &["Sun, 06 Nov 1994 08:49:37 GMT", "Mon, 07 Nov 1994 08:49:37 GMT"],
        "media-range" => &["application/json", "text/*"],
        "char" => &["a", "b", "c"],
        _ => &[],
    }
}
