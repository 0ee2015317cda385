//! What the references of a document may read.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;

use super::{document, run};

const SECRET: &str = "type: object\nproperties: {TopSecret: {type: string}}\n";

/// A folder with a secret and a folder `api` with a document that refers to a place.
fn folder(reference: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("api")).unwrap();
    fs::write(folder.path().join("secret.yaml"), SECRET).unwrap();
    fs::write(folder.path().join("api/openapi.yaml"), document(&format!("{{$ref: '{reference}'}}"))).unwrap();
    folder
}

/// The exit code and the output of `bundle`, which shows everything that was read.
fn bundle(folder: &Path, spec: &str, flags: &[&str]) -> (i32, String) {
    run(folder, &[&["bundle", spec], flags].concat())
}

#[test]
fn references_do_not_leave_the_folder_of_the_document() {
    let folder = folder("../secret.yaml");
    let (root, api) = (folder.path(), folder.path().join("api"));
    let absolute = api.join("openapi.yaml").display().to_string();
    for (current, spec) in
        [(root, "api/openapi.yaml"), (&api, "openapi.yaml"), (&api, "./openapi.yaml"), (root, &absolute)]
    {
        let (code, text) = bundle(current, spec, &[]);
        assert!(code == 1 && text.contains("error[outside-reference]"), "{spec}: {text}");
        assert!(!text.contains("TopSecret"), "{spec}: {text}");
        let (code, text) = bundle(current, spec, &["--allow-outside"]);
        assert!(code == 0 && text.contains("TopSecret"), "{spec}: {text}");
    }
}

#[test]
fn no_spelling_of_a_reference_leaves_the_folder() {
    for reference in [
        "/etc/passwd",
        "//etc/passwd",
        "%2e%2e/secret.yaml",
        "..%2fsecret.yaml",
        "x/../../secret.yaml",
        "./.././secret.yaml",
        "/../../../../../../etc/passwd",
        "x:/../../secret.yaml",
        "x:../secret.yaml",
        "file:///etc/passwd",
        "file:../secret.yaml",
        "C:/secret.yaml",
    ] {
        let folder = folder(reference);
        let (code, text) = bundle(&folder.path().join("api"), "openapi.yaml", &[]);
        assert!(!text.contains("TopSecret") && !text.contains("root:"), "{reference}: {text}");
        // A host is not asked without permission, and what refers to it is left out.
        assert_eq!(code, i32::from(!reference.starts_with("//")), "{reference}: {text}");
    }
}

#[test]
fn an_unknown_scheme_is_an_error_and_never_a_file() {
    let folder = folder("x:/../../secret.yaml");
    fs::create_dir(folder.path().join("api/x:")).unwrap();
    for flags in [&[][..], &["--allow-outside"]] {
        let (code, text) = bundle(&folder.path().join("api"), "openapi.yaml", flags);
        assert!(code == 1 && text.contains("has the scheme `x`, which cannot be read"), "{text}");
    }
}

#[test]
#[cfg(unix)]
fn a_symbolic_link_does_not_lead_outside() {
    use std::os::unix::fs::symlink;
    let folder = folder("inner/link.yaml");
    let api = folder.path().join("api");
    fs::create_dir(api.join("inner")).unwrap();
    symlink("../../secret.yaml", api.join("inner/link.yaml")).unwrap();
    let (code, text) = bundle(&api, "openapi.yaml", &[]);
    assert!(code == 1 && text.contains("leads through a symbolic link out of"), "{text}");
    assert!(!text.contains("TopSecret"), "{text}");
    assert_eq!(bundle(&api, "openapi.yaml", &["--allow-outside"]).0, 0);

    // A link to a file in the folder is as good as the file, and so is a link to the whole folder.
    fs::remove_file(api.join("inner/link.yaml")).unwrap();
    fs::write(api.join("inner/real.yaml"), SECRET).unwrap();
    symlink("real.yaml", api.join("inner/link.yaml")).unwrap();
    symlink("api", folder.path().join("linked")).unwrap();
    for spec in ["api/openapi.yaml", "linked/openapi.yaml"] {
        let (code, text) = bundle(folder.path(), spec, &[]);
        assert!(code == 0 && text.contains("TopSecret"), "{text}");
    }
}

#[test]
#[cfg(unix)]
fn pipes_devices_and_folders_are_refused_at_once() {
    let folder = folder("pipe.yaml");
    let api = folder.path().join("api");
    assert!(std::process::Command::new("mkfifo").arg(api.join("pipe.yaml")).status().unwrap().success());
    let (code, text) = bundle(&api, "openapi.yaml", &[]);
    assert!(code == 0 && text.contains("it is not a regular file"), "{text}");

    let (_, text) = bundle(&self::folder("/dev/zero").path().join("api"), "openapi.yaml", &["--allow-outside"]);
    assert!(text.contains("it is not a regular file"), "{text}");

    let (_, text) = bundle(&self::folder(".").path().join("api"), "openapi.yaml", &[]);
    assert!(text.contains("it is a folder"), "{text}");
}

#[test]
fn the_number_and_the_size_of_files_are_limited() {
    let folder = folder("0.yaml");
    let api = folder.path().join("api");
    for file in 0..20 {
        fs::write(api.join(format!("{file}.yaml")), format!("properties: {{a: {{$ref: '{}.yaml'}}}}\n", file + 1))
            .unwrap();
    }
    fs::write(api.join("20.yaml"), SECRET).unwrap();
    assert_eq!(bundle(&api, "openapi.yaml", &[]).0, 0);
    for (limit, expected) in [("files = 10", "more than 10 files"), ("bytes = 100", "more than 100 bytes")] {
        fs::write(api.join("limits.toml"), format!("spec = \"openapi.yaml\"\n[limits]\n{limit}\n")).unwrap();
        let (code, text) = run(&api, &["validate", "--config", "limits.toml"]);
        assert!(code == 1 && text.contains("error[limit]") && text.contains(expected), "{text}");
    }
    fs::File::create(api.join("0.yaml")).unwrap().set_len((64 << 20) + 1).unwrap();
    let (_, text) = bundle(&api, "openapi.yaml", &[]);
    assert!(text.contains("larger than 64 MiB"), "{text}");
}

/// A server that sends the same response to every request, and counts the requests.
fn host(
    response: impl Fn(&str) -> String + Send + 'static,
) -> (String, std::sync::Arc<std::sync::atomic::AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let count = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let asked = count.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = [0; 2048];
            let length = stream.read(&mut request).unwrap_or(0);
            asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            let request = String::from_utf8_lossy(request.get(..length).unwrap_or_default()).into_owned();
            let _ = stream.write_all(response(&request).as_bytes());
        }
    });
    (url, count)
}

fn ok(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len())
}

fn redirect(to: &str) -> String {
    format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
}

#[test]
fn a_redirect_to_another_host_is_refused_and_named() {
    let (other, asked) = host(|_| ok(SECRET));
    let target = format!("{other}/secret.yaml");
    let redirected = target.clone();
    let (url, _) = host(move |request| match request {
        text if text.starts_with("GET /away") => redirect(&redirected),
        text if text.starts_with("GET /circle") => redirect("/circle"),
        text if text.starts_with("GET /here") => redirect("/pet.yaml"),
        _ => ok(SECRET),
    });
    for (path, expected) in [("away", target.as_str()), ("circle", "more than 5 redirects")] {
        let folder = folder(&format!("{url}/{path}"));
        let (_, text) = run(&folder.path().join("api"), &["generate", "openapi.yaml", "--allow-remote"]);
        assert!(text.contains("warning[remote-reference]") && text.contains(expected), "{text}");
        assert!(!folder.path().join("api/crategen.lock").exists(), "{path}");
    }
    assert_eq!(asked.load(std::sync::atomic::Ordering::SeqCst), 0);
    let (code, text) = bundle(&folder(&format!("{url}/here")).path().join("api"), "openapi.yaml", &["--allow-remote"]);
    assert!(code == 0 && text.contains("TopSecret"), "{text}");
}

#[test]
fn the_number_of_requests_is_limited() {
    // Every file refers to another one, so the files never end.
    let (url, asked) = host(|request| {
        let number: usize = request.split(['/', ' ']).find_map(|word| word.parse().ok()).unwrap_or(0);
        ok(&format!("properties: {{a: {{$ref: '{}'}}}}\n", number + 1))
    });
    let folder = folder(&format!("{url}/0"));
    let api = folder.path().join("api");
    fs::write(api.join("limits.toml"), "spec = \"openapi.yaml\"\nallow-remote = true\n[limits]\nfetches = 7\n")
        .unwrap();
    let (code, text) = run(&api, &["validate", "--config", "limits.toml"]);
    assert!(code == 1 && text.contains("error[limit]") && text.contains("more than 7 requests"), "{text}");
    assert_eq!(asked.load(std::sync::atomic::Ordering::SeqCst), 7);
}

#[test]
fn a_file_on_another_host_does_not_lead_to_files_here() {
    let (url, _) = host(|_| ok("properties: {a: {$ref: 'file:///etc/passwd'}, b: {$ref: 'x:/../../secret.yaml'}}\n"));
    let folder = folder(&format!("{url}/pet.yaml"));
    let (code, text) = bundle(&folder.path().join("api"), "openapi.yaml", &["--allow-remote", "--allow-outside"]);
    assert!(code == 1 && text.contains("the scheme `file`") && text.contains("the scheme `x`"), "{text}");
}
