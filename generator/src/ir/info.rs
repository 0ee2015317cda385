//! Title, version and servers of an API.

use crate::diag::Pointer;

/// The Info Object (OpenAPI 3.0.3 §4.7.2).
#[derive(Clone, Debug, Default)]
pub struct Info {
    /// The title of the API.
    pub title: String,
    /// The version of the document, in any format.
    pub version: String,
    /// What the API is for, in Markdown.
    pub description: String,
    /// Name, URL and e-mail address of the contact.
    pub contact: Option<String>,
    /// The licence of the API.
    pub license: Option<String>,
}

/// A server of the API (OpenAPI 3.0.3 §4.7.5).
#[derive(Clone, Debug)]
pub struct Server {
    /// The place of the Server Object.
    pub at: Pointer,
    /// The URL, absolute or relative to the document, with `{variables}`.
    pub url: String,
    /// What the server is for, in Markdown.
    pub description: String,
    /// The variables of the URL with their defaults.
    pub variables: Vec<ServerVariable>,
}

/// A variable of a server URL (OpenAPI 3.0.3 §4.7.6).
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// Its name between the braces.
    pub name: String,
    /// The value if the user chooses none.
    pub default: String,
    /// The values to choose from; empty if any value is allowed.
    pub values: Vec<String>,
    /// What the variable means, in Markdown.
    pub description: String,
}

impl Server {
    /// The URL with every variable at its default.
    pub fn default_url(&self) -> String {
        let mut url = self.url.clone();
        for variable in &self.variables {
            url = url.replace(&format!("{{{}}}", variable.name), &variable.default);
        }
        url
    }

    /// Whether the URL says how to reach the server, rather than where it is below the document.
    pub fn is_absolute(&self) -> bool {
        self.default_url().contains("://")
    }
}

/// The path of a server URL: `/v1` of `https://host/v1/`, `/v1` and `v1`.
pub fn url_path(url: &str) -> String {
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').and_then(|start| rest.get(start..)).unwrap_or(""),
        None => url,
    };
    let path = path.split(['?', '#']).next().unwrap_or("").trim_end_matches('/');
    let fine = path.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '{' | '}' | '*'));
    match path {
        "" => String::new(),
        path if fine && path.starts_with('/') => path.to_owned(),
        path if fine && !path.starts_with('.') => format!("/{path}"),
        _ => String::new(),
    }
}
