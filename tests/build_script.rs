//! What the README says of build scripts works in an empty folder outside the repository, with exactly the lines that it names.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::path::Path;

/// The code blocks of the README's section about build scripts: the dependencies, `build.rs` and `main.rs`.
fn blocks() -> Vec<String> {
    let readme = std::fs::read_to_string(e2e::root().join("README.md")).unwrap();
    let (_, section) = readme.split_once("### From a build script").unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    let blocks = section.split("\n```").skip(1).step_by(2);
    blocks.map(|block| block.split_once('\n').unwrap().1.to_owned()).collect()
}

fn write_package(folder: &Path, server: std::net::SocketAddr) {
    let blocks = blocks();
    let [dependencies, build, main] = blocks.as_slice() else { panic!("the README has other blocks") };
    let repository = format!("\"{}/", e2e::root().display());
    let package = "[package]\nname = \"readme-program\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n";
    let manifest = format!("{package}{}\n[workspace]\n", dependencies.replace("\"../crategen/", &repository));
    std::fs::create_dir_all(folder.join("src")).unwrap();
    std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    std::fs::write(folder.join("build.rs"), build).unwrap();
    std::fs::write(folder.join("src/main.rs"), main.replace("127.0.0.1:8080", &server.to_string())).unwrap();
    std::fs::copy(e2e::root().join("specs/appwrite-openapi.yaml"), folder.join("openapi.yaml")).unwrap();
    std::fs::copy(e2e::root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
}

#[test]
fn the_readme_program_makes_a_call() {
    if std::env::var_os("CRATEGEN_COMPILE").is_none() {
        println!("skipped: set CRATEGEN_COMPILE=1 to compile and run the program of the README");
        return;
    }
    let tokio = tokio::runtime::Runtime::new().unwrap();
    let listener = tokio.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    write_package(folder.path(), listener.local_addr().unwrap());
    tokio.spawn(async { axum::serve(listener, appwrite_server::mock::Mock::app()).await });
    let output = e2e::cargo(folder.path()).args(["run", "--quiet"]).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !errors.contains("warning"), "{errors}");
    // The mock returns the document's example, which has one user.
    assert_eq!(String::from_utf8_lossy(&output.stdout), "1 users\n");
}
